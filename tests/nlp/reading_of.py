"""A text read up to the kinds under test, without spaCy around it."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from nlp import anniversaries, directives, places, units
from nlp.fold import nfc
from nlp.reading import Reading, Source
from nlp.scan import Scanner

_MODULES = (places, units, directives, anniversaries)


@lru_cache(maxsize=1)
def _scanner() -> Scanner:
    return Scanner(pattern for module in _MODULES for pattern in module.patterns())


def reading_of(text: str, *, published: date | None = None, province: str | None = None) -> Reading:
    """Return the reading of `text` with places, units, directives and anniversaries found."""
    reading = Reading(nfc(text), Source(published=published, province=province))
    reading.hits = _scanner().scan(reading.text, reading.folded)
    steps: tuple[Callable[[Reading], None], ...] = tuple(module.find for module in _MODULES)
    for step in steps:
        step(reading)
    return reading
