"""Mentions may nest but never cross (annotation guide): where two cross, the surer one stays, else the longer."""

from nlp.reading import Reading
from nlp.values import Mention


def find(reading: Reading) -> None:
    """Drop the weaker of each two mentions that cross."""
    reading.mentions = without_crossings(reading.mentions)


def without_crossings(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions in text order, without the weaker of any two that overlap and neither holds the other."""
    kept: list[Mention] = []
    open_: list[Mention] = []  # mentions that hold the current position, outermost first
    dropped: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.label)):
        while open_ and open_[-1].end <= mention.start:
            open_.pop()
        crossed = [other for other in open_ if other.end < mention.end]
        if any(_strength(other) >= _strength(mention) for other in crossed):
            continue
        dropped.update(map(id, crossed))
        open_ = [other for other in open_ if other.end >= mention.end]
        open_.append(mention)
        kept.append(mention)
    return [m for m in kept if id(m) not in dropped]


def _strength(mention: Mention) -> tuple[float, int]:
    return mention.confidence, mention.end - mention.start
