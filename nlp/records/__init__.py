"""Award records: one for each award that the article says somebody receives, is proposed for or registers for."""

from collections.abc import Iterator

from nlp.reading import Reading
from nlp.records.merge import merge
from nlp.records.tellings import read_records
from nlp.scan import Pattern
from nlp.values import Award


def patterns() -> Iterator[Pattern]:
    """Yield nothing: records are read from the mentions that are there."""
    yield from ()


def find(reading: Reading) -> None:
    """Fill `reading.records` from the awards, units and persons of the article; runs after `nlp.awards.find`."""
    awards = reading.of(Award)
    if awards:
        reading.records.extend(merge(read_records(reading, awards), reading.title.end))
