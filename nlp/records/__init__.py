"""Award records: one for each award that the article says somebody receives, is proposed for or registers for."""

from collections.abc import Iterator
from dataclasses import replace

from nlp.reading import Reading
from nlp.records.merge import merge
from nlp.records.tellings import read_records
from nlp.records.years import is_at_event, year_of_event
from nlp.scan import Pattern
from nlp.values import Award


def patterns() -> Iterator[Pattern]:
    """Yield nothing: records are read from the mentions that are there."""
    yield from ()


def find(reading: Reading) -> None:
    """Fill `reading.records` from the awards, units and persons of the article; runs after `nlp.awards.find`."""
    awards = reading.of(Award)
    if awards:
        records = merge(read_records(reading, awards), reading.title.end)
        year = year_of_event(reading)
        for record in records:
            told_here = record.year is None and is_at_event(reading, record.mention.start)
            reading.records.append(replace(record, year=year) if told_here else record)
