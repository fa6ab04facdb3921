"""The headline of an article: what stands before the body like one, weighed against what the head of the page says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.bodytext import fold
from crawler.bylines import ends_sentence
from crawler.chrome import never_title
from crawler.datelines import Dateline, may_hold_date, read_dateline
from crawler.dom import Dom, Element, Line, content_of, roles_of
from crawler.reading import Page, Region, Title, named_elements

LONGEST_TITLE = 300
_EMPTY_SLOT = re.compile(r"\s*[(\[]\s*[)\]]\s*$")


def find_title(page: Page, region: Region) -> Title | None:
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
    named = named_elements(page, page.title_selectors)
    first_prose = next(
        (line.index for line in dom.lines[region.first : region.last + 1] if _is_paragraph(line)), region.last
    )
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
        while whole and last + 1 < len(dom.lines) and dom.holds(head, dom.lines[last + 1].block) and last - index < 3:
            last += 1
        title = _as_title(dom.lines[index : last + 1], index, last)
        if title is not None:
            score = _title_score(
                page, region, title, dom.lines[index], said, parts, named=head is not None and head in named
            )
            if fold(title.text) in site_names and not (said and fold(title.text) in said):
                score -= 6
            if score > 2:
                found.append((score, title))
        index = last + 1
    return found


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
    if (
        line.chrome
        or line.is_link
        or not 35 <= len(line.text) <= 220
        or ends_sentence(line.text)
        or line.index < region.first - 3
    ):
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
        if not any(sign.isdecimal() for sign in left):
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
    line: Line,
    said: list[str],
    parts: list[str],
    *,
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
    if line.bold * 10 >= len(line.text) * 9 and len(line.text) >= 30:
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
