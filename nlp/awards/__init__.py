"""Awards: titles and forms of commendation, each with class, conferring authority and level.

Sources of names and levels: Luật Thi đua, khen thưởng of 2003, 2013 and 2022 (see `nlp.awards.levels`), in
`data/lexicon/awards.csv` and its companions.
"""

from collections.abc import Iterator

from nlp.awards.names import patterns as name_patterns
from nlp.awards.resolve import resolve
from nlp.awards.search import search
from nlp.reading import Reading
from nlp.scan import Pattern


def patterns() -> Iterator[Pattern]:
    """Yield what the scanner looks for: spellings of awards and anchors of names that no list holds."""
    yield from name_patterns()


def find(reading: Reading) -> None:
    """Append the awards named in the article to `reading.mentions`; runs after `nlp.units.find`."""
    found = search(reading)
    if found:
        reading.mentions.extend(resolve(reading, found))
