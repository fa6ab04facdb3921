"""What the head of a page says about the article: JSON-LD, Open Graph and other meta elements, canonical address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.datelines import read_iso
from crawler.dom import Dom, clean, content_of

_PUBLISHED = (
    "article:published_time", "datepublished", "pubdate", "publishdate", "publish_date", "publish-date",
    "og:published_time", "published_time", "dc.date.issued", "dcterms.issued", "dc.date", "date",
    "news:publication_date", "bt:pubdate",
    "citation_publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "article.published",
)  # fmt: skip
_AUTHOR = ("article:author", "author", "dc.creator", "dcterms.creator", "parsely-author", "cxenseparse:author")
_ARTICLE_TYPES = {
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "blogposting",
    "analysisnewsarticle",
    "opinionnewsarticle",
}
_NO_SITE = re.compile(r"\s+[|–—·»-]\s+|\s*\|\s*")


@dataclass(slots=True)
class Metadata:
    """`titles` best first; `title_parts` are the pieces of `<title>`; dates are ISO 8601 (see Article.published_at)
    with raw."""

    titles: list[str] = field(default_factory=list)
    title_parts: list[str] = field(default_factory=list)
    published: str | None = None
    published_raw: str | None = None
    published_source: str | None = None
    authors: list[str] = field(default_factory=list)
    site_name: str | None = None
    says_article: bool = False
    canonical: str | None = None


def read_metadata(dom: Dom, url: str | None) -> Metadata:
    """Read the head. Never raises on odd JSON or attributes."""
    found = Metadata()
    named: dict[str, str] = {}
    for element in dom.root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        value = clean(element.get("content") or "")
        if key and value:
            named.setdefault(key.casefold(), value)
    for item in _objects(dom.json_ld):
        _read_object(item, found)
    for key in ("og:title", "twitter:title", "title"):
        if key in named:
            found.titles.append(named[key])
    found.site_name = named.get("og:site_name") or named.get("application-name")
    found.says_article = found.says_article or named.get("og:type", "").casefold() in {"article", "news"}
    if found.published is None:
        for key in _PUBLISHED:
            if key in named and (moment := read_iso(named[key])):
                found.published, found.published_raw, found.published_source = moment, named[key], "meta"
                break
    found.authors += [named[key] for key in _AUTHOR if key in named and "/" not in named[key]]
    title = dom.root.find(".//title")
    if title is not None:
        whole = clean(content_of(title))
        found.title_parts = [
            whole,
            *(part.strip() for part in _NO_SITE.split(whole) if part.strip() and part.strip() != whole),
        ]
    found.canonical = _canonical(dom, named, url)
    return found


def _objects(scripts: list[str]) -> Iterator[dict[str, Any]]:
    for script in scripts:
        try:
            waiting: list[Any] = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        steps = 0
        while waiting and steps < 500:
            steps += 1
            item = waiting.pop()
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                yield item
                waiting.extend(item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item)


def _read_object(item: dict[str, Any], found: Metadata) -> None:
    kinds = item.get("@type")
    names = {str(kind).casefold() for kind in (kinds if isinstance(kinds, list) else [kinds])}
    if names.isdisjoint(_ARTICLE_TYPES):
        return
    found.says_article = True
    if isinstance(headline := item.get("headline") or item.get("name"), str):
        found.titles.append(clean(headline))
    raw = item.get("datePublished")
    if found.published is None and isinstance(raw, str) and (value := read_iso(raw)):
        found.published, found.published_raw, found.published_source = value, raw, "json-ld"
    authors = item.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        name = author.get("name") if isinstance(author, dict) and author.get("@type") != "Organization" else author
        if isinstance(name, str) and clean(name):
            found.authors.append(clean(name))


def _canonical(dom: Dom, named: dict[str, str], url: str | None) -> str | None:
    for link in dom.root.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical" and link.get("href"):
            return _absolute(link.get("href"), url)
    return _absolute(named["og:url"], url) if "og:url" in named else url


def _absolute(href: str, url: str | None) -> str | None:
    try:
        joined = urljoin(url or "", href.strip())
        parts = urlsplit(joined)
    except ValueError:
        return url
    return joined if parts.scheme in {"http", "https"} and parts.path.strip("/") + parts.query else url
