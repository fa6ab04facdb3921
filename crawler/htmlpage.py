"""An HTML page to its article: family and site say where things stand, reasoning finds what they do not say and checks what they do.

The order: the region of the body, the headline before it, the date nearest to the headline, then the paragraphs with
labels and bylines taken off (crawler.bodytext).
"""

from __future__ import annotations

import re
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.article import Article, Parsed
from crawler.bodytext import Body, fold, join, trim
from crawler.bylines import Byline, ends_sentence, is_name, is_team, read_byline
from crawler.chrome import action_of, never_title
from crawler.datelines import Dateline, is_relative, may_hold_date, read_dateline, read_iso, read_relative
from crawler.dom import Dom, Element, Line, clean, content_of, roles_of
from crawler.families.base import Family
from crawler.metadata import Metadata, read_metadata

if TYPE_CHECKING:
    from crawler.sites import Site

SHORTEST_BODY = 80
"""Characters of text without which a page is a shell."""

LONGEST_TITLE = 300
_EMPTY_SLOT = re.compile(r"\s*[(\[]\s*[)\]]\s*$")
_TAIL_DATE = re.compile(r"\s*[(\[]?\s*([^()\[\]]*)[)\]]?\s*$")


@dataclass(slots=True)
class Page:
    """What is known of the page under reading."""

    dom: Dom
    meta: Metadata
    family: type[Family]
    zone: dt.tzinfo
    fetched_at: dt.datetime | None
    title_selectors: tuple[str, ...] = ()
    date_selectors: tuple[str, ...] = ()
    body_selectors: tuple[str, ...] = ()
    author_selectors: tuple[str, ...] = ()
    source_selectors: tuple[str, ...] = ()


@dataclass(slots=True)
class Region:
    """Lines `first` to `last` hold the body; `sure` when markup says so and not only reasoning."""

    first: int
    last: int
    container: Element | None = None
    sure: bool = False


@dataclass(slots=True)
class Title:
    """The headline, the lines it takes (None when only the head of the page has it) and a date printed inside it."""

    text: str
    first: int | None = None
    last: int | None = None
    date: Dateline | None = None


def selectors_to_remove(family: type[Family], site: Site | None) -> tuple[str, ...]:
    """What is cut out of a page before it is read."""
    own = _site_selectors(site, "remove")
    return (*own, *family.remove)


def read_html(
    dom: Dom,
    *,
    family: type[Family],
    site: Site | None,
    url: str | None,
    zone: dt.tzinfo,
    fetched_at: dt.datetime | None,
) -> Parsed:
    """The article of a parsed page, or why there is none."""
    page = Page(
        dom,
        read_metadata(dom, url),
        family,
        zone,
        fetched_at,
        title_selectors=(*_site_selectors(site, "title"), *family.title),
        date_selectors=(*_site_selectors(site, "date"), *family.date),
        body_selectors=(*_site_selectors(site, "body"), *family.body, '[itemprop="articleBody"]'),
        author_selectors=(*_site_selectors(site, "author"), *family.author),
        source_selectors=(*_site_selectors(site, "source"), *family.source),
    )
    region = _named_region(page) or _dense_region(dom)
    if region is None:
        return Parsed(None, "no-text", family.name)
    title = _title(page, region)
    if title is None:
        return Parsed(None, "listing" if _many_teasers(dom, region) else "no-title", family.name)
    if not region.sure and not page.meta.says_article and _many_teasers(dom, region) and not _opens_article(dom, title):
        return Parsed(None, "listing", family.name)
    lines = _article_lines(dom, region, title)
    body = trim(lines, title.text)
    text_size = sum(len(line.text) for line in body.lines)
    if text_size < SHORTEST_BODY or not any(len(line.text) >= 40 for line in body.lines):
        return Parsed(None, "no-text", family.name)
    if not region.sure and _is_repetition(body.lines):
        return Parsed(None, "listing", family.name)
    value, raw, where = _published(page, region, title, body)
    author, credit = _people(page, region, title, body)
    article = Article(
        title=title.text,
        text=join(title.text, body.lines),
        published_at=value,
        published_raw=raw,
        published_source=where,
        author=author,
        source_credit=credit,
        url=page.meta.canonical,
    )
    return Parsed(article, None, family.name)


def _site_selectors(site: Site | None, field_name: str) -> tuple[str, ...]:
    if site is None:
        return ()
    return tuple(getattr(site.selectors, field_name, ()) or ())


# --- the region of the body -------------------------------------------------------------------------------------------


def _prose_size(lines: Iterable[Line]) -> int:
    return sum(
        len(line.text)
        for line in lines
        if not line.chrome and line.linked * 3 < len(line.text) and len(line.text) >= 30
    )


def _named_region(page: Page) -> Region | None:
    """The element that a selector names: of several, the one with most prose, if it has enough beside the rest of the page."""
    whole = _prose_size(page.dom.lines)
    for selector in page.body_selectors:
        found = page.dom.select(selector)
        if not found:
            continue
        sized = [
            (size, lines, element) for element in found[:40] if (size := _prose_size(lines := page.dom.within(element)))
        ]
        if not sized:
            continue
        size, lines, element = max(sized, key=lambda item: item[0])
        if size < SHORTEST_BODY or size * 5 < whole or _mostly_links(lines):
            continue
        return Region(lines[0].index, lines[-1].index, element, sure=True)
    return None


def _mostly_links(lines: Sequence[Line]) -> bool:
    linked = sum(line.linked for line in lines)
    return linked * 2 > sum(len(line.text) for line in lines)


def _weight(line: Line) -> float:
    """How much a line speaks for being in the body (positive) or outside it."""
    size = len(line.text)
    if line.chrome:
        return -40.0 - line.linked
    action = action_of(line.text)
    if action == "cut":
        return -120.0
    if action == "drop":
        return -8.0
    if line.is_link:
        return -30.0 - min(size, 120) * 0.5
    if line.has("date") or line.has("clock"):
        return -15.0
    weight = float(size) if line.prose else size * 0.35 - line.linked
    if line.zone.listed and line.linked:
        weight -= 40.0
    if line.has("body"):
        weight += 15.0
    if line.zone.heading and not line.has("body"):
        weight -= 25.0
    return weight


def _dense_region(dom: Dom) -> Region | None:
    """The stretch of lines with the greatest sum of weights, widened to the element that names itself a body."""
    best, best_first, best_last = 0.0, -1, -1
    running, first = 0.0, 0
    for line in dom.lines:
        running += _weight(line)
        if running <= 0:
            running, first = 0.0, line.index + 1
        elif running > best:
            best, best_first, best_last = running, first, line.index
    if best_last < 0 or best < SHORTEST_BODY:
        return None
    stretch = dom.lines[best_first : best_last + 1]
    size = _prose_size(stretch)
    container = None
    tried: set[Element] = set()
    for line in stretch:
        node = line.block if line.prose else None
        while node is not None and node.tag not in {"body", "html"}:
            if node in tried:
                break
            tried.add(node)
            if line.has("body") and _names_body(node) and _prose_size(dom.within(node)) * 10 >= size * 7:
                container = node
                break
            node = node.getparent()
        if container is not None:
            break
    if container is None:
        return Region(best_first, best_last)
    inside = dom.within(container)
    if _prose_size(inside) > size * 2:
        return Region(best_first, best_last, container)
    return Region(inside[0].index, inside[-1].index, container)


def _names_body(element: Element) -> bool:
    return "body" in roles_of(f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}")


def _many_teasers(dom: Dom, region: Region) -> bool:
    """Headlines that link elsewhere, one to a paragraph, as listings have them."""
    lines = [line for line in dom.lines[region.first : region.last + 1] if not line.chrome]
    prose = [line for line in lines if line.prose]
    headlines = [line for line in lines if line.is_link and len(line.text) >= 20]
    around = dom.lines[max(0, region.first - 3) : region.first]
    headlines += [line for line in around if line.is_link and len(line.text) >= 20 and not line.chrome]
    return len(headlines) >= 3 and len(headlines) * 2 >= len(prose)


def _opens_article(dom: Dom, title: Title) -> bool:
    """An unlinked headline, then a date line or a lead, then prose, without another headline between."""
    if title.first is None or title.last is None or dom.lines[title.first].is_link:
        return False
    dated = False
    for line in dom.lines[title.last + 1 : title.last + 7]:
        if line.chrome or (line.is_link and len(line.text) >= 20):
            return False
        dated = dated or line.has("lead") or (may_hold_date(line.text) and read_dateline(line.text) is not None)
        if dated and line.prose:
            return dom.lines[title.first].zone.heading == 1 or "title" in dom.lines[title.first].zone.own
    return False


def _is_repetition(lines: Sequence[Line]) -> bool:
    """Cut off summaries, each ending in dots."""
    prose = [line for line in lines if line.prose]
    cut = [line for line in prose if line.text.endswith(("...", "…", "[…]", "[...]"))]
    return len(prose) >= 3 and len(cut) * 2 > len(prose)


# --- the headline -----------------------------------------------------------------------------------------------------


def _title(page: Page, region: Region) -> Title | None:
    candidates = _title_candidates(page, region)
    if candidates:
        return max(candidates, key=lambda item: item[0])[1]
    body = {fold(line.text) for line in page.dom.lines[region.first : region.last + 1]}
    for text in [*page.meta.titles, *page.meta.title_parts[1:2], *page.meta.title_parts[:1]]:
        if (
            (page.meta.says_article or region.sure)
            and len(text) >= 15
            and not never_title(text)
            and text != page.meta.site_name
            and fold(text) not in body
        ):
            return Title(text)
    return None


def _title_candidates(page: Page, region: Region) -> list[tuple[float, Title]]:
    dom, meta = page.dom, page.meta
    named = _elements(page, page.title_selectors)
    first_prose = next((line.index for line in dom.lines[region.first : region.last + 1] if _is_paragraph(line)), region.last)
    said = [fold(text) for text in meta.titles]
    parts = [fold(text) for text in meta.title_parts]
    site_names = (
        {fold(text) for text in [*(meta.title_parts[-1:]), meta.site_name or ""]}
        if len(meta.title_parts) != 1
        else set()
    )
    found: list[tuple[float, Title]] = []
    index = 0
    stop = max(first_prose + 1, region.first + 1)
    while index < stop:
        line = dom.lines[index]
        head = _title_element(line, named)
        if head is None and not _matches_head(line, said, parts) and not _reads_as_headline(dom, line, region):
            index += 1
            continue
        last = index
        whole = head is not None and (head in named or line.zone.heading > 0 or "title" in line.zone.own)
        while (
            whole
            and last + 1 < len(dom.lines)
            and dom.holds(head, dom.lines[last + 1].block)
            and last - index < 3
        ):
            last += 1
        title = _as_title(dom.lines[index : last + 1], index, last)
        if title is not None:
            score = _title_score(
                page, region, title, head, dom.lines[index], said, parts, head in named if head is not None else False
            )
            if fold(title.text) in site_names and not (said and fold(title.text) in said):
                score -= 6
            if score > 2:
                found.append((score, title))
        index = last + 1
    return found


def _elements(page: Page, selectors: Sequence[str]) -> list[Element]:
    return [element for selector in selectors for element in page.dom.select(selector)[:10]]


def _title_element(line: Line, named: list[Element]) -> Element | None:
    node, steps = line.block, 0
    while node is not None and steps < 5:
        if node in named:
            return node
        node, steps = node.getparent(), steps + 1
    node, steps = line.block, 0
    while node is not None and steps < 4:
        tag = node.tag if isinstance(node.tag, str) else ""
        if (len(tag) == 2 and tag[0] == "h" and tag[1] in "123456") or (steps == 0 and "title" in line.zone.own):
            return node
        node, steps = node.getparent(), steps + 1
    return line.block if line.bold * 10 >= len(line.text) * 9 or _in_title_box(line) else None


def _in_title_box(line: Line) -> bool:
    """Whether the block of a line stands in a small element with the name of a title."""
    parent = line.block.getparent()
    if parent is None or "title" not in roles_of(f"{parent.get('class') or ''} {parent.get('id') or ''}"):
        return False
    return len(content_of(parent)) <= LONGEST_TITLE


def _matches_head(line: Line, said: list[str], parts: list[str]) -> bool:
    folded = fold(line.text) if 15 <= len(line.text) <= LONGEST_TITLE else ""
    return bool(folded) and (folded in said or folded in parts)


def _is_paragraph(line: Line) -> bool:
    return line.prose and (len(line.text) > 250 or ends_sentence(line.text))


def _reads_as_headline(dom: Dom, line: Line, region: Region) -> bool:
    """A line without any mark of a heading, right before the first paragraph."""
    if line.chrome or line.is_link or not 35 <= len(line.text) <= 220 or ends_sentence(line.text) or line.index < region.first - 3:
        return False
    if line.has("caption", "lead", "date", "author", "quote"):
        return False
    return any(_is_paragraph(other) for other in dom.lines[line.index + 1 : line.index + 4])


def _as_title(lines: Sequence[Line], first: int, last: int) -> Title | None:
    kept = [line for line in lines if not line.has("date", "clock", "author", "source")] or list(lines)
    text = " ".join(line.text for line in kept)
    dated: Dateline | None = None
    match = re.search(r"\s*[(\[]([^()\[\]]{6,60})[)\]]\s*$", text)
    if match and (reading := read_dateline(match[1], loose=True)) and reading.extra == 0:
        left = match[1][: reading.start] + match[1][reading.end :]
        if not any(sign.isdigit() for sign in left):
            dated, text = reading, text[: match.start()]
    text = _EMPTY_SLOT.sub("", text).strip()
    if not 6 <= len(text) <= LONGEST_TITLE or never_title(text) or not any(letter.isalpha() for letter in text):
        return None
    if may_hold_date(text) and (reading := read_dateline(text)) and reading.extra < 8:
        return None
    return Title(text, first, last, dated)


def _title_score(
    page: Page,
    region: Region,
    title: Title,
    head: Element | None,
    line: Line,
    said: list[str],
    parts: list[str],
    named: bool,
) -> float:
    score = 0.0
    folded = fold(title.text)
    if named:
        score += 5
    heading = line.zone.heading
    score += {1: 4.0, 2: 2.5, 3: 1.5, 4: 1.0}.get(heading, 0.0)
    if "title" in line.zone.own:
        score += 2.5
    elif _in_title_box(line):
        score += 1.5
    if _reads_as_headline(page.dom, line, region):
        score += 2.2
    if folded in said:
        score += 6
    elif any(len(folded) > 15 and (folded in other or other in folded) and len(other) > 15 for other in said):
        score += 3
    if folded in parts:
        score += 4
    if line.bold * 10 >= len(line.text) * 9:
        score += 1
    if line.chrome and not named:
        score -= 7
    if line.is_link:
        score -= 3 if not _links_here(line) else 0
    if line.zone.listed:
        score -= 3
    if len(title.text) < 20 and not named:
        score -= 1.5
    if len(title.text) > 220:
        score -= 1.5
    if line.has("subtitle", "caption", "quote", "lead"):
        score -= 3
    between = page.dom.lines[(title.last or 0) + 1 : region.first]
    score -= min(sum(0.35 if other.chrome or other.is_link else 0.2 for other in between), 6)
    if title.first is not None and title.first > region.first:
        score -= (1.2 if region.sure else 0.0) + (0.3 if region.sure else 0.1) * (title.first - region.first)
    return score


def _links_here(line: Line) -> bool:
    link = next(iter(line.block.iter("a")), None) if line.block.tag != "a" else line.block
    href = (link.get("href") or "") if link is not None else ""
    return href in {"", "#"} or href.startswith("javascript:")


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _article_lines(dom: Dom, region: Region, title: Title) -> list[Line]:
    """Lead between headline and body, the body, and the few lines after it where author and source may stand."""
    lines: list[Line] = []
    if title.last is not None and title.last < region.first:
        gap = dom.lines[title.last + 1 : region.first]
        lines += [line for line in gap if _is_lead(line, title) or _is_label(line)]
    start = region.first if title.last is None else max(region.first, title.last + 1)
    lines += dom.lines[start : region.last + 1]
    return lines + _after(dom, region)


def _is_label(line: Line) -> bool:
    return len(line.text) <= 130 and not line.is_link and line.has("author", "source")


def _is_lead(line: Line, title: Title) -> bool:
    if line.chrome or line.is_link or line.has("caption", "subtitle", "date", "clock", "quote"):
        return False
    if line.has("lead"):
        return len(line.text) >= 20 and not action_of(line.text)
    return line.prose and not (
        may_hold_date(line.text) and (r := read_dateline(line.text)) is not None and r.extra < 30
    )


def _after(dom: Dom, region: Region) -> list[Line]:
    """Up to a dozen lines after the body, as far as the last that is a byline there."""
    found: list[Line] = []
    last = 0
    for line in dom.lines[region.last + 1 : region.last + 13]:
        if action_of(line.text) == "cut" or line.zone.heading or (line.prose and not line.chrome):
            break
        if (line.is_link or line.chrome) and not line.has("author", "source"):
            continue
        byline = read_byline(line.text, slot=line.has("author"))
        if byline and (byline.labelled or line.has("author")):
            found.append(Line(line.text, line.block, line.linked, line.index, line.zone, line.bold))
            last = len(found)
    return found[:last]


# --- the date ---------------------------------------------------------------------------------------------------------


def _published(page: Page, region: Region, title: Title, body: Body) -> tuple[str | None, str | None, str | None]:
    if title.date is not None:
        return title.date.value, title.date.raw, "dateline"
    best: tuple[float, Dateline, Line] | None = None
    slots = _elements(page, page.date_selectors)
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
    if line.has("clock", "caption", "quote") or (line.chrome and not named) or line.zone.listed and line.linked:
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
        if not named and sum(1 for other in page.dom.lines[line.index + 1 : first] if other.chrome or other.is_link) > 2:
            return 0.0
        if gap > 200 or not _beside(page.dom, line, first, slot=named):
            return 0.0
        return score + 3 - gap / 100
    if line.index >= region.last - 3 and (reading.label or slot) and reading.extra <= 10:
        return score + 1.5
    return 0.0


def _beside(dom: Dom, line: Line, title_index: int, *, slot: bool) -> bool:
    """Whether a date before the headline belongs to it: both in one small part of the page, and not the page's first lines."""
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


# --- author and source ------------------------------------------------------------------------------------------------


def _people(page: Page, region: Region, title: Title, body: Body) -> tuple[str | None, str | None]:
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
            piece = re.sub(r"^\s*(?:bởi|by)\s+", "", piece, flags=re.IGNORECASE).strip(" :;.-")
            if is_name(piece) or is_team(piece):
                return piece
    return None


def _name_in_head(page: Page) -> str | None:
    names = {fold(name) for name in [*page.meta.title_parts, page.meta.site_name or ""]}
    return next((name for name in page.meta.authors if is_name(name) and " " in name and fold(name) not in names), None)
