"""The mentions of one kind, sorted, so that a step finds those at a place without passing over all of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from nlp.values import Mention


class MentionIndex:
    """Mentions in text order, the longest first where several start together; looked up by position."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.all: list[Mention] = sorted(mentions, key=lambda m: (m.start, -m.end))
        self._starts = [m.start for m in self.all]
        self._reach: list[int] = []  # the farthest end of the mentions up to each one
        for mention in self.all:
            self._reach.append(max(mention.end, self._reach[-1]) if self._reach else mention.end)

    def longest_at(self, position: int) -> Mention | None:
        """Return the longest mention that starts at `position`, or None."""
        at = bisect_left(self._starts, position)
        return self.all[at] if at < len(self.all) and self._starts[at] == position else None

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that lie wholly in `start`:`end`, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self.all[first:last] if m.end <= end]

    def last_before(self, position: int) -> Mention | None:
        """Return the last mention that starts before `position`, or None."""
        at = bisect_left(self._starts, position)
        return self.all[at - 1] if at else None

    def holds(self, position: int) -> bool:
        """Say whether the character at `position` belongs to any mention."""
        at = bisect_right(self._starts, position)
        return at > 0 and self._reach[at - 1] > position

    def touches(self, start: int, end: int) -> bool:
        """Say whether any mention has a character in `start`:`end`."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reach[at - 1] > start
