"""Facts of the article as a whole: event types and emulation years. The province is set by `nlp.places`."""

from collections.abc import Iterator

from nlp.article.events import event_types
from nlp.article.events import patterns as event_patterns
from nlp.article.years import emulation_years
from nlp.reading import Reading
from nlp.scan import Pattern


def patterns() -> Iterator[Pattern]:
    """Yield the cue phrases of the event types."""
    yield from event_patterns()


def find(reading: Reading) -> None:
    """Set event types and years of `reading.facts`; runs after the records are read."""
    reading.facts.event_types = event_types(reading)
    reading.facts.years = emulation_years(reading)
