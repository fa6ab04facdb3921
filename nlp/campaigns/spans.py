"""Where the name of a campaign stands, and where it ends."""

from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A campaign's name at `start`:`end`; the words that announce it stand from
    `anchor` to `announced` (the first name of a list; None: to `start`)."""

    start: int
    end: int
    anchor: int
    rule: str
    confidence: float
    announced: int | None = None


_TAIL = regex.compile(
    r"[\s,.;:]*(?:\s?(?<!\w)(?:giai đoạn|năm học|năm|nhiệm kì)\s[\d\s/-]{4,13}|\sgiai đoạn)?[\s,.;:!]*$"
)


_MARKS = regex.compile(r"[\s,.;:!]*$")
_CONGRESS = regex.compile(r"(?<!\w)đại hội(?!\w)")


def name_end(folded: str, start: int, end: int) -> int:
    """Return the end of a name without period, spaces and punctuation (`“X giai đoạn 2021-2025”`)."""
    m = _TAIL.search(folded[start:end])
    if m and "nhiệm kì" in m[0] and _CONGRESS.search(folded, start, start + m.start()):
        m = _MARKS.search(
            folded[start:end]
        )  # the term belongs to the congress: `... Đại hội lần thứ XIII, nhiệm kỳ ...`
    return start + m.start() if m else end
