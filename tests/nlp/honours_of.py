"""A text read up to campaigns, awards, records and article facts, without spaCy around it."""

from datetime import date
from functools import lru_cache

from nlp import anniversaries, article, awards, campaigns, directives, places, records, settle, units
from nlp.fold import nfc
from nlp.reading import Reading, Source
from nlp.scan import Scanner
from nlp.values import Award, AwardRecord, Campaign

_VOCABULARIES = (places, units, directives, anniversaries, campaigns, awards, records, article)
_STEPS = (places, units, directives, anniversaries, campaigns, awards, settle, records, article)


@lru_cache(maxsize=1)
def _scanner() -> Scanner:
    return Scanner(pattern for module in _VOCABULARIES for pattern in module.patterns())


def honours_of(text: str, *, published: date | None = None, province: str | None = None) -> Reading:
    """Return the reading of `text` with everything found but the entity keys."""
    reading = Reading(nfc(text), Source(published=published, province=province))
    reading.hits = _scanner().scan(reading.text, reading.folded)
    for module in _STEPS:
        module.find(reading)
    return reading


def awards_in(text: str, province: str | None = None) -> list[tuple[str, Award]]:
    """Return the awards of `text` as (words, value)."""
    reading = honours_of(text, province=province)
    found = []
    for mention in reading.of(Award):
        assert isinstance(mention.value, Award)
        found.append((reading.text[mention.start : mention.end], mention.value))
    return found


def campaigns_in(text: str, province: str | None = None) -> list[tuple[str, Campaign]]:
    """Return the campaigns of `text` as (words, value)."""
    reading = honours_of(text, province=province)
    found = []
    for mention in reading.of(Campaign):
        assert isinstance(mention.value, Campaign)
        found.append((reading.text[mention.start : mention.end], mention.value))
    return found


def records_in(text: str, province: str | None = None) -> list[AwardRecord]:
    """Return the award records of `text`."""
    return honours_of(text, province=province).records
