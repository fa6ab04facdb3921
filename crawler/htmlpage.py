"""An HTML page to its article: family and site say where things stand, reasoning finds what they do not say and
checks what they do.

The order: the region of the body, the headline before it, the date nearest to the headline, then the paragraphs with
labels and bylines taken off (crawler.bodytext).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crawler.article import Article, Parsed
from crawler.bodytext import join, trim
from crawler.bylines import read_byline
from crawler.chrome import action_of
from crawler.datelines import may_hold_date, read_dateline
from crawler.dom import Dom, Line
from crawler.families.base import Family
from crawler.headlines import find_title
from crawler.metadata import read_metadata
from crawler.pagedates import find_date
from crawler.pagepeople import find_people
from crawler.reading import Page, Region, Title
from crawler.regions import (
    SHORTEST_BODY,
    borrowed_region,
    dense_region,
    is_repetition,
    many_teasers,
    named_region,
    opens_article,
)

if TYPE_CHECKING:
    from crawler.sites import Site


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
    region = named_region(page) or dense_region(dom) or borrowed_region(dom)
    if region is None:
        return Parsed(None, "no-text", family.name)
    title = find_title(page, region)
    if title is None:
        return Parsed(None, "listing" if many_teasers(dom, region) else "no-title", family.name)
    if not region.sure and not page.meta.says_article and many_teasers(dom, region) and not opens_article(dom, title):
        return Parsed(None, "listing", family.name)
    lines = article_lines(dom, region, title)
    body = trim(lines, title.text)
    text_size = sum(len(line.text) for line in body.lines)
    if text_size < SHORTEST_BODY or not any(len(line.text) >= 40 for line in body.lines):
        return Parsed(None, "no-text", family.name)
    if not region.sure and is_repetition(body.lines):
        return Parsed(None, "listing", family.name)
    value, raw, where = find_date(page, region, title, body)
    author, credit = find_people(page, region, title, body)
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


def article_lines(dom: Dom, region: Region, title: Title) -> list[Line]:
    """Lead between headline and body, the body, and the few lines after it where author and source may stand."""
    lines: list[Line] = []
    if title.last is not None and title.last < region.first:
        gap = dom.lines[title.last + 1 : region.first]
        lines += [line for line in gap if _is_lead(line) or _is_label(line)]
    elif title.last is None:
        lines += [line for line in dom.lines[max(0, region.first - 4) : region.first] if _is_label(line)]
    start = region.first if title.last is None else max(region.first, title.last + 1)
    lines += dom.lines[start : region.last + 1]
    return lines + _after(dom, region)


def _is_label(line: Line) -> bool:
    return len(line.text) <= 130 and line.has("author", "source")


def _is_lead(line: Line) -> bool:
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
        byline = read_byline(line.text, slot=line.has("author"))
        if action_of(line.text) == "cut" or line.zone.heading or (line.prose and not line.chrome and byline is None):
            break
        if (line.is_link or line.chrome) and not line.has("author", "source"):
            continue
        if byline and (byline.labelled or line.has("author")):
            found.append(Line(line.text, line.block, line.linked, line.index, line.zone, line.bold))
            last = len(found)
    return found[:last]
