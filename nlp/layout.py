"""The shape of a text: lines, and sentences within lines."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from underthesea import sent_tokenize

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character offsets into an article's text."""

    start: int
    end: int

    def __contains__(self, position: int) -> bool:
        return self.start <= position < self.end


class Layout:
    """Lines and sentences of one text, found once and looked up by position."""

    def __init__(self, text: str) -> None:
        self.lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text) if not m[0].isspace()]
        self.sentences = [s for line in self.lines for s in _sentences(text, line)]
        self._line_starts = [s.start for s in self.lines]
        self._sentence_starts = [s.start for s in self.sentences]

    def line_at(self, position: int) -> Span:
        """Return the line that holds `position` (the one before it when `position` stands between lines)."""
        return _at(self.lines, self._line_starts, position)

    def sentence_at(self, position: int) -> Span:
        """Return the sentence that holds `position` (the one before it when `position` stands between sentences)."""
        return _at(self.sentences, self._sentence_starts, position)

    def sentence_index(self, position: int) -> int:
        """Return the number of the sentence that holds `position`, from 0; 0 also for a text without sentences."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)


def _at(spans: list[Span], starts: list[int], position: int) -> Span:
    if not spans:
        return Span(0, 0)
    return spans[max(0, bisect_right(starts, position) - 1)]


def _sentences(text: str, line: Span) -> list[Span]:
    """Split one line with underthesea, whose sentences are pieces of the line, and give them their offsets back."""
    found: list[Span] = []
    cursor = line.start
    for sentence in sent_tokenize(text[line.start : line.end]):
        start = text.find(sentence, cursor, line.end)
        if not sentence or start < 0:  # a sentence that was rewritten: leave the rest of the line in one piece
            break
        cursor = start + len(sentence)
        found.append(Span(start, cursor))
    rest = text[cursor : line.end]
    if rest.strip():
        start = found.pop().start if found else line.start
        found.append(Span(start, line.end))
    return found
