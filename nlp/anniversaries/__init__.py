"""ANNIVERSARY: commemorations of events, with their count and dates.

`events` knows the days of the table, `grammar` reads one commemoration at its place, `resolve` lets what the article
states once about an event hold for each of its mentions.
"""

from nlp.anniversaries.events import patterns
from nlp.anniversaries.grammar import read_all
from nlp.anniversaries.resolve import resolve
from nlp.reading import Reading

__all__ = ["find", "patterns"]


def find(reading: Reading) -> None:
    """Append the article's anniversaries to its mentions. Units must have been found: event names end with them."""
    reading.mentions.extend(resolve(reading, read_all(reading)))
