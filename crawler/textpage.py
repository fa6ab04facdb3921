"""A page that left only its text (saved text, Common Crawl WET): headline, date line, body and byline told by their
words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crawler.article import Article, Parsed
from crawler.bodytext import Body, join, trim
from crawler.bylines import ends_sentence, read_byline
from crawler.chrome import action_of, never_title
from crawler.datelines import VIETNAM, Dateline, may_hold_date, read_dateline
from crawler.dom import PROSE, Line, Zone, clean

LONGEST_TITLE = 300
SHORTEST_BODY = 80
_LINKS_FOLLOW = 0.5
"""Text lost its links: a "related news" heading ends the article unless most of the prose is still to come."""


def read_text(text: str, *, url: str | None = None, zone: dt.tzinfo = VIETNAM) -> Parsed:
    """The article of a text page (NFC), or the reason why there is none."""
    kept = [line for raw in text.split("\n") if (line := clean(raw))]
    lines = [Line(line, None, 0, number, Zone()) for number, line in enumerate(kept)]
    place = _title(lines)
    if place is None:
        return Parsed(None, "no-title" if any(line.prose for line in lines) else "no-text", "text")
    title = lines[place].text
    body = trim(lines[place + 1 :], title, goes_on=_LINKS_FOLLOW)
    if sum(len(line.text) for line in body.lines) < SHORTEST_BODY:
        return Parsed(None, "no-text", "text")
    dated = _date(lines, place, body, zone)
    people = [*body.tail_bylines, *body.head_bylines]
    people = [byline for byline in people if byline.labelled] + [byline for byline in people if not byline.labelled]
    author = next((byline.author for byline in people if byline.author), body.trailing_name)
    article = Article(
        title=title,
        text=join(title, body.lines),
        published_at=dated.value if dated else None,
        published_raw=dated.raw if dated else None,
        published_source="dateline" if dated else None,
        author=author,
        source_credit=next((byline.source_credit for byline in people if byline.source_credit), None),
        url=url,
    )
    return Parsed(article, None, "text")


def _is_date_line(line: Line) -> Dateline | None:
    reading = read_dateline(line.text) if may_hold_date(line.text) else None
    return reading if reading is not None and reading.extra <= 25 else None


def _title(lines: Sequence[Line]) -> int | None:
    """The last line before the first paragraph that can be a headline; nearer a date line is better, menus are
    short."""
    first = next((line.index for line in lines if line.prose and _is_paragraph(line)), None)
    if first is None:
        return None
    best, best_score = None, 0.0
    for line in lines[: first + 1]:
        if (
            not 12 <= len(line.text) <= LONGEST_TITLE
            or action_of(line.text)
            or never_title(line.text)
            or _is_date_line(line)
        ):
            continue
        byline = read_byline(line.text)
        if byline is not None:
            continue
        score = 2.0 + min(len(line.text), 80) / 40 - 0.25 * (first - line.index)
        following = lines[line.index + 1 : line.index + 4]
        score += 1.5 * any(_is_date_line(other) for other in following[:2])
        score -= 2.0 * line.text.endswith((".", ";", ":")) + 4.0 * (line.index == first and _is_paragraph(line))
        if score > best_score:
            best, best_score = line.index, score
    return best


def _is_paragraph(line: Line) -> bool:
    return len(line.text) > LONGEST_TITLE or (
        len(line.text) >= PROSE and ends_sentence(line.text) and not _is_date_line(line)
    )


def _date(lines: Sequence[Line], place: int, body: Body, zone: dt.tzinfo) -> Dateline | None:
    """The date line after the headline; before it only with a label (a bare one is the clock of the page's head)."""
    start = body.lines[0].index if body.lines else place + 1
    for line in lines[place + 1 : max(start, place + 4) + 1]:
        if _is_date_line(line):
            return read_dateline(line.text, zone=zone)
    for line in reversed(lines[max(0, place - 3) : place]):
        reading = _is_date_line(line)
        if reading is not None and reading.label:
            return read_dateline(line.text, zone=zone)
    return body.tail_dates[0] if body.tail_dates else None
