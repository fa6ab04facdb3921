"""Inline marks of the sample articles: `[[U:Sở Nội vụ]]`, `[[A.co:Cờ thi đua của [[U:Chính phủ]]]]`.

A mark is `[[`, a label letter (U unit, D directive, N anniversary, A award, C campaign), an optional `.key` under which
its values stand in the article's or the site's table, `:`, the text, `]]`. Marks may nest; they never cross.
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\[\[(?P<label>[UDNAC])(?:\.(?P<key>[\w-]+))?:|\]\]")


class MarkError(ValueError):
    """A mark that is opened and not closed, or closed and not opened; the message shows where."""


@dataclass(frozen=True)
class Mark:
    """A marked stretch of plain text: `text[start:end]`, end exclusive, in code points."""

    label: str
    key: str
    start: int
    end: int


def strip(marked: str) -> str:
    """The text without its marks."""
    return split(marked)[0]


def split(marked: str) -> tuple[str, list[Mark]]:
    """Plain text and its marks, ordered by start, the longer first; a mark without a key is keyed by its own text.

    Raises MarkError for unbalanced marks.
    """
    plain: list[str] = []
    length = position = 0
    opened: list[tuple[str, str | None, int]] = []
    marks: list[Mark] = []
    for token in _TOKEN.finditer(marked):
        plain.append(marked[position : token.start()])
        length += token.start() - position
        position = token.end()
        if token["label"]:
            opened.append((token["label"], token["key"], length))
            continue
        if not opened:
            raise MarkError(f"']]' without '[[' near {marked[max(0, token.start() - 40) : token.end()]!r}")
        label, key, start = opened.pop()
        marks.append(Mark(label, key or "".join(plain)[start:length], start, length))
    if opened:
        raise MarkError(f"'[[{opened[-1][0]}' is not closed in {marked[:60]!r}")
    plain.append(marked[position:])
    return "".join(plain), sorted(marks, key=lambda mark: (mark.start, -mark.end))
