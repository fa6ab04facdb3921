"""Author and source credit of an HTML page: labels and names taken off the text, named slots, then the head."""

from __future__ import annotations

import re

from crawler.bodytext import Body, fold
from crawler.bylines import Byline, is_name, is_team, read_byline
from crawler.datelines import may_hold_date, read_dateline
from crawler.reading import Page, Region, Title


def find_people(page: Page, region: Region, title: Title, body: Body) -> tuple[str | None, str | None]:
    named = [_slot_text(page, region, selector) for selector in page.author_selectors]
    slots = [byline for text in named if text and (byline := read_byline(text, slot=True))]
    heads = body.head_bylines
    bottoms = body.tail_bylines
    ranked: list[Byline] = [
        *[b for b in [*bottoms, *heads] if b.labelled],
        *slots,
        *heads,
        *bottoms,
    ]
    author = next((byline.author for byline in ranked if byline.author), None)
    author = author or body.trailing_name or _name_in_dateline(page, region, title) or _name_in_head(page)
    credit = next((byline.source_credit for byline in ranked if byline.source_credit), None)
    if credit is None:
        texts = [_slot_text(page, region, selector) for selector in page.source_selectors]
        found = [byline for text in texts if text and (byline := read_byline(text, slot=True))]
        credit = next((b.source_credit or b.author for b in found if b.source_credit or b.author), None)
    return author, credit


def _slot_text(page: Page, region: Region, selector: str) -> str | None:
    """The text of a named slot near the article, outside comments, quotes and lists."""
    for element in page.dom.select(selector)[:10]:
        lines = page.dom.within(element)
        if not lines or lines[0].index > region.last + 12 or lines[0].index < region.first - 25:
            continue
        if any(line.has("quote") or line.chrome or line.zone.listed for line in lines) or len(lines) > 3:
            continue
        if region.first < lines[0].index < region.last - 4:
            continue
        return " ".join(line.text for line in lines)
    return None


def _name_in_dateline(page: Page, region: Region, title: Title) -> str | None:
    """``Hồng Hạnh - 12/03/2021 10:12``: the name beside the date under the headline."""
    start = title.first if title.first is not None else region.first
    for line in page.dom.lines[start : region.first + 3]:
        if line.chrome or not may_hold_date(line.text) or line.linked > 40:
            continue
        reading = read_dateline(line.text, zone=page.zone)
        if reading is None or not 4 < reading.extra < 40:
            continue
        for piece in re.split(r"[|•·,()–—]|\s-\s", line.text[: reading.start] + " | " + line.text[reading.end :]):
            who = re.sub(r"^\s*(?:bởi|by)\s+", "", piece, flags=re.IGNORECASE).strip(" :;.-")
            if is_name(who) or is_team(who):
                return who
    return None


def _name_in_head(page: Page) -> str | None:
    names = {fold(name) for name in [*page.meta.title_parts, page.meta.site_name or ""]}
    return next((name for name in page.meta.authors if is_name(name) and " " in name and fold(name) not in names), None)
