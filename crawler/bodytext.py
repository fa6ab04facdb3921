"""From the lines of an article's region to its paragraphs: widgets out, related lists cut, bylines and date lines
taken off both ends.

The same steps serve HTML pages (lines know their markup) and plain text (they do not).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from crawler.bylines import Byline, ends_sentence, read_byline, split_trailing_name
from crawler.chrome import action_of, tail_label
from crawler.datelines import Dateline, may_hold_date, read_dateline
from crawler.dom import Line, follows_picture

_QUOTES = dict.fromkeys(map(ord, "“”\"'‘’«»`"))
_DASHES = re.compile(r"\s*[-–—]\s*")

LONGEST_CELL = 120
"""Characters of a cell of data; a longer one is a part of the page."""

HEAD_LINES, TAIL_LINES = 7, 7
"""How many lines at either end may be labels, dates and names."""

_LABEL_ROLES = ("date", "author", "source")
_KEEPS_GOING = 0.25
"""Share of an article's prose that must stand after an inline list of links for the list to be inside the article."""


@dataclass(slots=True)
class Body:
    """Kept lines and what was taken off them."""

    lines: list[Line] = field(default_factory=list)
    head_bylines: list[Byline] = field(default_factory=list)
    tail_bylines: list[Byline] = field(default_factory=list)
    tail_dates: list[Dateline] = field(default_factory=list)
    trailing_name: str | None = None


def fold(text: str) -> str:
    """For comparing headlines: case, quotes, dashes, blanks and end marks do not count."""
    text = _DASHES.sub("-", text.casefold().translate(_QUOTES))
    return " ".join(text.split()).strip(" .,:;…")


def trim(lines: Sequence[Line], title: str | None, *, goes_on: float = _KEEPS_GOING) -> Body:
    """The paragraphs among `lines`, which are all lines after the headline that may be the article's, in order."""
    body = Body(lines=_without_widgets(_rows(lines), goes_on))
    _trim_head(body, fold(title or ""))
    _trim_tail(body)
    return body


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Each row of a table of data as one line (``Sở Xây dựng | 96,5 | Cờ thi đua``); tables of layout stay as they
    are."""
    found: list[Line] = []
    index = 0
    while index < len(lines):
        row = _row_of(lines[index])
        last = index
        while row is not None and last + 1 < len(lines) and _row_of(lines[last + 1]) is row:
            last += 1
        cells = lines[index : last + 1]
        first = lines[index]
        if (
            last > index
            and len({cell.block for cell in cells}) > 1
            and all(len(cell.text) <= LONGEST_CELL for cell in cells)
        ):
            text = " | ".join(cell.text for cell in cells)
            found.append(
                Line(text, first.block, sum(cell.linked for cell in cells), first.index, first.zone, 0, first.chrome)
            )
        else:
            found += cells
        index = last + 1
    return found


def _row_of(line: Line) -> object | None:
    node, steps = line.block, 0
    while node is not None and steps < 3:
        if node.tag in {"td", "th"}:
            return node.getparent() if node.getparent() is not None and node.getparent().tag == "tr" else None
        node, steps = node.getparent(), steps + 1
    return None


def _without_widgets(lines: Sequence[Line], goes_on: float) -> list[Line]:
    total = sum(len(line.text) for line in lines if line.prose and not line.chrome)
    linked = sum(1 for line in lines if line.is_link and not line.chrome)
    mostly_links = linked * 2 > len(lines)
    kept: list[Line] = []
    seen = 0
    skipping = False
    for line in lines:
        if line.chrome:
            continue
        action = action_of(line.text)
        if action == "cut":
            if seen and total - seen < goes_on * max(total, 1):
                break
            skipping = True
            continue
        only_link = line.is_link and not line.has("author") and not mostly_links
        if action == "drop" or (only_link and (skipping or not ends_sentence(line.text))):
            continue
        if skipping and not line.prose:
            continue
        skipping = False
        kept.append(line)
        seen += len(line.text) if line.prose else 0
    return kept


def _trim_head(body: Body, title: str) -> None:
    """Repeated headline, date lines, bylines and captions before the first paragraph."""
    kept: list[Line] = []
    for number, line in enumerate(body.lines):
        if number >= HEAD_LINES or (line.prose and len(line.text) > 200):
            kept += body.lines[number:]
            break
        folded = fold(line.text)
        if title and not kept and _repeats(folded, title, line):
            continue
        dated = read_dateline(line.text) if may_hold_date(line.text) else None
        if dated is not None and dated.extra <= 25:
            continue
        byline = read_byline(line.text, slot=line.has("author") and not line.has("quote"))
        if byline is not None and (byline.labelled or line.has("author")) and not kept:
            body.head_bylines.append(byline)
            continue
        if not kept and (line.has("caption", "subtitle", "clock") or (line.has(*_LABEL_ROLES) and len(line.text) < 50)):
            continue
        if number < 2 and not kept and len(line.text) < 160 and not ends_sentence(line.text) and follows_picture(line):
            continue
        kept.append(line)
    body.lines = kept


def _repeats(folded: str, title: str, line: Line) -> bool:
    """The headline once more, perhaps a little longer or cut; a lead that begins with its words is a sentence."""
    if folded == title or (len(folded) > 20 and title.startswith(folded)):
        return True
    if line.has("lead") or len(folded) > len(title) * 1.4 or (ends_sentence(line.text) and not line.text.endswith(")")):
        return False
    return len(title) > 30 and SequenceMatcher(None, folded, title, autojunk=False).ratio() > 0.85


def _trim_tail(body: Body) -> None:
    lines = body.lines
    _cut_after_label(body)
    for _ in range(TAIL_LINES):
        if len(lines) < 2:
            break
        line, before = lines[-1], lines[-2]
        if line.has("caption") or tail_label(line.text) or _is_caption(line):
            lines.pop()
            continue
        if repeated(line, lines):
            lines.pop()
            continue
        dated = read_dateline(line.text) if may_hold_date(line.text) else None
        if dated is not None and dated.extra <= 3:
            body.tail_dates.append(dated)
            lines.pop()
            continue
        byline = read_byline(line.text, slot=line.has("author") and not line.has("quote"))
        if byline is None:
            break
        if not byline.labelled and not line.has("author", "source") and not _may_sign(line, before):
            break
        body.tail_bylines.append(byline)
        lines.pop()
    if lines and lines[-1].prose and not any(byline.author for byline in body.tail_bylines):
        text, name = split_trailing_name(lines[-1].text)
        if name:
            body.trailing_name = name
            last = lines[-1]
            lines[-1] = Line(text, last.block, last.linked, last.index, last.zone, last.bold, last.chrome)


def _cut_after_label(body: Body) -> None:
    """A labelled byline near the end ends the article: what follows it are captions of a gallery."""
    lines = body.lines
    for number in range(len(lines) - 1, max(len(lines) - 6, 0), -1):
        byline = read_byline(lines[number].text)
        if byline and byline.labelled and byline.author and not any(line.prose for line in lines[number + 1 :]):
            lines[number + 1 :] = [line for line in lines[number + 1 :] if _signs(line) or line.has("source")]
            return


def _is_caption(line: Line) -> bool:
    short = len(line.text) < 160 and not ends_sentence(line.text) and not line.has("author", "source")
    return short and follows_picture(line) and not _signs(line)


def _signs(line: Line) -> bool:
    byline = read_byline(line.text)
    return byline is not None and not byline.aside


def _may_sign(line: Line, before: Line) -> bool:
    """A bare name signs when the text before it has ended, or when it is set apart."""
    return ends_sentence(before.text) or before.has("caption") or before.prose or line.bold * 2 >= len(line.text)


def repeated(line: Line, lines: Sequence[Line]) -> bool:
    """A short last line that repeats the one before it (the caption and the alternative text of a picture)."""
    return len(lines) > 2 and len(line.text) < 200 and fold(lines[-2].text) == fold(line.text)


def join(title: str, lines: Sequence[Line]) -> str:
    """The text of an article: headline and paragraphs with blank lines between, doubled lines once."""
    paragraphs = [title]
    for line in lines:
        if line.text != paragraphs[-1]:
            paragraphs.append(line.text)
    return unicodedata.normalize("NFC", "\n\n".join(paragraphs))
