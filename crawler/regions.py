"""Where on an HTML page the body of its article stands, and whether the page is a listing instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.bodytext import fold
from crawler.chrome import action_of
from crawler.datelines import may_hold_date, read_dateline
from crawler.dom import Dom, Element, Line, roles_of
from crawler.reading import Page, Region, Title

SHORTEST_BODY = 100
"""Characters of text without which a page is a shell."""

WORTH_BORROWING = 400
"""Characters of unlinked text from which a page without a region is given to trafilatura (ten times our own cost)."""


def _prose_size(lines: Iterable[Line]) -> int:
    return sum(
        len(line.text)
        for line in lines
        if not line.chrome and line.linked * 3 < len(line.text) and len(line.text) >= 30
    )


def named_region(page: Page) -> Region | None:
    """The element that a selector names: of several, the one with most prose, if it has enough beside the rest of
    the page."""
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


def dense_region(dom: Dom) -> Region | None:
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


def borrowed_region(dom: Dom) -> Region | None:
    """Where trafilatura sees the body; only its place is taken, the lines stay ours."""
    if sum(len(line.text) - line.linked for line in dom.lines if not line.chrome) < WORTH_BORROWING:
        return None
    from trafilatura import extract

    seen = {fold(line) for line in (extract(dom.source, fast=True, include_comments=False) or "").splitlines()}
    found = [line.index for line in dom.lines if len(line.text) >= 30 and fold(line.text) in seen]
    return Region(found[0], found[-1]) if found else None


def _names_body(element: Element) -> bool:
    return "body" in roles_of(f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}")


def many_teasers(dom: Dom, region: Region) -> bool:
    """Headlines that link elsewhere, one to a paragraph, as listings have them."""
    lines = [line for line in dom.lines[region.first : region.last + 1] if not line.chrome]
    prose = [line for line in lines if line.prose]
    headlines = [line for line in lines if line.is_link and len(line.text) >= 20]
    around = dom.lines[max(0, region.first - 3) : region.first]
    headlines += [line for line in around if line.is_link and len(line.text) >= 20 and not line.chrome]
    return len(headlines) >= 3 and len(headlines) * 2 >= len(prose)


def opens_article(dom: Dom, title: Title) -> bool:
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


def is_repetition(lines: Sequence[Line]) -> bool:
    """Cut off summaries, each ending in dots."""
    prose = [line for line in lines if line.prose]
    cut = [line for line in prose if line.text.endswith(("...", "…", "[…]", "[...]"))]
    return len(prose) >= 3 and len(cut) * 2 > len(prose)
