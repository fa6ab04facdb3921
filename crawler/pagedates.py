"""The date of publication of an HTML page: the date line nearest to the headline, then what markup and head say."""

from __future__ import annotations

from crawler.bodytext import Body
from crawler.datelines import Dateline, is_relative, may_hold_date, read_dateline, read_iso, read_relative
from crawler.dom import Dom, Line, clean, content_of
from crawler.reading import Page, Region, Title, named_elements

HEADLINE = 25
"""Characters from which a link reads as another article's headline."""


def find_date(page: Page, region: Region, title: Title, body: Body) -> tuple[str | None, str | None, str | None]:
    if title.date is not None:
        return title.date.value, title.date.raw, "dateline"
    best: tuple[float, Dateline, Line] | None = None
    slots = named_elements(page, page.date_selectors)
    for line in page.dom.lines[: region.last + 15]:
        if not may_hold_date(line.text) or line.is_link:
            continue
        named = any(page.dom.holds(slot, line.block) for slot in slots)
        reading = read_dateline(line.text, zone=page.zone, loose=named)
        if reading is None:
            continue
        score = _date_score(page, region, title, line, reading, named)
        if score >= 3 and (best is None or score > best[0]):
            best = (score, reading, line)
    if best is not None:
        _, reading, line = best
        return reading.value, reading.raw, "time-element" if line.block.tag == "time" else "dateline"
    if (found := _time_element(page, region, title)) is not None:
        return found
    if page.meta.published is not None:
        return page.meta.published, page.meta.published_raw, page.meta.published_source
    for reading in body.tail_dates:
        return reading.value, reading.raw, "dateline"
    return _relative(page, region, title)


def _date_score(page: Page, region: Region, title: Title, line: Line, reading: Dateline, named: bool) -> float:
    slot = named or line.has("date")
    if line.has("clock", "caption", "quote") or (line.chrome and not named) or _dates_a_link(page.dom, line):
        return 0.0
    if reading.extra > (40 if slot else 25):
        return 0.0
    first = title.first if title.first is not None else region.first
    last = title.last if title.last is not None else region.first - 1
    score = 1.5 * slot + {"published": 2.0, "updated": 1.0}.get(reading.label, 0.0) + 0.3 * reading.has_time
    score += 0.2 * (reading.weekday_agrees is True) - reading.extra / 20
    if page.meta.published and page.meta.published[:10] == reading.value[:10]:
        score += 2
    if first <= line.index <= last:
        return score + 4
    if last < line.index <= max(region.first + 4, last + 6) and line.index <= region.last:
        before_body = line.index < region.first
        return score + (4.5 if before_body or slot or reading.extra <= 5 else 2) - 0.2 * (line.index - last)
    if line.index < first:
        gap = sum(len(other.text) for other in page.dom.lines[line.index + 1 : first])
        if (
            not named
            and sum(1 for other in page.dom.lines[line.index + 1 : first] if other.chrome or other.is_link) > 2
        ):
            return 0.0
        if gap > 200 or not _beside(page.dom, line, first, slot=named):
            return 0.0
        return score + 3 - gap / 100
    if line.index >= region.last - 3 and (reading.label or slot) and reading.extra <= 10:
        return score + 1.5
    return 0.0


def _dates_a_link(dom: Dom, line: Line) -> bool:
    """Whether a date belongs to a headline in a list of other articles."""
    if line.zone.listed:
        node = line.block
        while node.tag != "li":
            node = node.getparent()
        return any(len(clean(content_of(link))) >= HEADLINE for link in node.iter("a"))
    before = dom.lines[line.index - 1] if line.index else None
    return before is not None and before.is_link and len(before.text) >= HEADLINE and before.zone.heading != 1


def _beside(dom: Dom, line: Line, title_index: int, *, slot: bool) -> bool:
    """Whether a date before the headline belongs to it: both in one small part of the page, and not the page's first
    lines."""
    node = line.block
    target = dom.lines[title_index].block
    while node is not None and not dom.holds(node, target):
        node = node.getparent()
    if node is None or node.tag in {"body", "html"}:
        return False
    earlier = title_index
    while earlier > 0 and dom.holds(node, dom.lines[earlier - 1].block):
        earlier -= 1
    return title_index - earlier <= (30 if slot else 8)


def _time_element(page: Page, region: Region, title: Title) -> tuple[str, str, str] | None:
    """`<time datetime>` near the headline whose printed text is no date (`3 giờ trước`)."""
    for line in page.dom.lines[max(0, (title.first or region.first) - 3) : region.first + 4]:
        node = line.block
        if (
            node.tag == "time"
            and node.get("datetime")
            and not line.chrome
            and (value := read_iso(node.get("datetime"), zone=page.zone))
        ):
            return value, clean(node.get("datetime")), "time-element"
    return None


def _relative(page: Page, region: Region, title: Title) -> tuple[str | None, str | None, str | None]:
    for line in page.dom.lines[max(0, (title.first or region.first) - 3) : region.first + 3]:
        if not line.chrome and not line.is_link and is_relative(line.text):
            value = read_relative(line.text, page.fetched_at, zone=page.zone) if page.fetched_at else None
            return value, line.text, "dateline" if value else None
    return None, None, None
