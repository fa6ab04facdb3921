"""Campaigns: named emulation movements, quoted or not, with launcher and period."""

from collections.abc import Iterator

from nlp.campaigns.names import patterns as name_patterns
from nlp.campaigns.search import search
from nlp.campaigns.values import campaign_mention
from nlp.reading import Reading
from nlp.scan import Pattern


def patterns() -> Iterator[Pattern]:
    """Yield what the scanner looks for: known names and the anchors before names."""
    yield from name_patterns()


def find(reading: Reading) -> None:
    """Append the campaigns named in the article to `reading.mentions`; runs after `nlp.units.find`."""
    reading.mentions.extend([campaign_mention(reading, span) for span in search(reading)])
