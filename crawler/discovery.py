"""What a site says it has published: feeds, sitemaps and listing pages, read into `Found` rows.

Bytes in, rows out: nothing here fetches. XML is read without entities and without network, packed sitemaps are unpacked
up to a bound, and a document that cannot be read raises DiscoveryError rather than passing for an empty one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import zlib
from collections.abc import Container
from io import BytesIO
from time import struct_time
from typing import Any

import feedparser
from lxml import etree
from scrapy.http import HtmlResponse
from scrapy.linkextractors.lxmlhtml import LxmlLinkExtractor
from scrapy.utils.response import get_base_url
from w3lib.html import remove_tags

from crawler.day_hints import days_of_rows
from crawler.found import Days, Found
from crawler.sites import Site
from crawler.urls import canonical_url

SITEMAP_LARGEST = 50 * 1024 * 1024
"""Bytes of one unpacked sitemap: the limit of the sitemap protocol itself."""

SITEMAP_MOST_ENTRIES = 50_000
"""Entries of one sitemap: likewise."""

_LINKS = LxmlLinkExtractor(deny_extensions=[], unique=False, strip=True)


class DiscoveryError(ValueError):
    """A feed, sitemap or listing that cannot be read; the message says what it is instead."""


def read_feed(body: bytes, *, url: str, site: Site, content_type: str = "") -> list[Found]:
    """Articles named by an RSS or Atom feed, in its order. Raises DiscoveryError when it is neither."""
    _refuse_entities(body, url)
    feed = feedparser.parse(
        BytesIO(body), response_headers={"content-type": content_type, "content-location": url}, sanitize_html=False
    )
    if not feed.get("version"):
        raise DiscoveryError(f"{url}: is no RSS or Atom feed ({_begins(body)})")
    found = []
    for entry in feed.entries:
        article = canonical_url(entry.get("link") or "", site, base=url)
        if article:
            found.append(
                Found(
                    url=article,
                    kind="article",
                    via=url,
                    title=_text(entry.get("title")),
                    summary=_text(remove_tags(entry.get("summary") or "")),
                    published=_feed_time(entry.get("published_parsed")),
                    modified=_feed_time(dict.get(entry, "updated_parsed")),
                )
            )
    return found


def read_sitemap(body: bytes, *, url: str, site: Site, content_type: str = "") -> list[Found]:  # noqa: ARG001
    """Articles (kind `article`) and further sitemaps (kind `sitemap`) named by a sitemap, plain or gzip.

    Reads the sitemap protocol's `urlset` and `sitemapindex` with Google's news extension (title, publication date).
    Pages that have not the shape of the site's articles are left out. `content_type` is not looked at: many servers
    call a packed sitemap text. Raises DiscoveryError for anything else.
    """
    plain = _unpack(body, url)
    _refuse_entities(plain, url)
    found: list[Found] = []
    elements = etree.iterparse(
        BytesIO(plain), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root_name = ""
    try:
        for _, element in elements:
            name = _local(element)
            root_name = root_name or _local(element.getroottree().getroot())
            if root_name not in {"urlset", "sitemapindex"}:
                break
            if name not in {"url", "sitemap"}:
                continue
            row = _sitemap_row(element, url, site)
            if row is not None:
                found.append(row)
            element.clear()
            if len(found) > SITEMAP_MOST_ENTRIES:
                raise DiscoveryError(f"{url}: names more than {SITEMAP_MOST_ENTRIES} pages, which no sitemap may")
    except etree.XMLSyntaxError as error:
        if not found:
            raise DiscoveryError(f"{url}: is no sitemap ({error})") from error
    if root_name not in {"urlset", "sitemapindex"}:
        raise DiscoveryError(f"{url}: is no sitemap ({_begins(plain)})")
    return found


def read_listing(body: bytes, *, url: str, site: Site, content_type: str = "") -> list[Found]:
    """Articles linked from a listing page, in the page's order, each once, with the longest text it is linked by.

    Links are told by the profile's `article_url`. Raises DiscoveryError when the page is not HTML at all.
    """
    if content_type and not any(kind in content_type.lower() for kind in ("html", "xml", "text/plain")):
        raise DiscoveryError(f"{url}: is no listing page but {content_type}")
    page = HtmlResponse(url, body=body, headers={"Content-Type": content_type or "text/html"})
    titles: dict[str, str] = {}
    for link in _LINKS.extract_links(page):
        article = canonical_url(link.url, site, base=url)
        if article and site.is_article(article):
            text = " ".join(link.text.split())
            if len(text) >= len(titles.get(article, "")):
                titles[article] = text
    days = _listed_days(page, titles, site) if titles else {}
    return [
        Found(url=article, kind="article", via=url, title=title or None, listed=days.get(article))
        for article, title in titles.items()
    ]


def _listed_days(page: HtmlResponse, articles: Container[str], site: Site) -> dict[str, Days]:
    base = get_base_url(page)
    links = (
        (element, address)
        for element in page.selector.root.iter("a")
        if (address := canonical_url(element.get("href") or "", site, base=base)) and address in articles
    )
    return days_of_rows(links)


def _sitemap_row(element: etree._Element, url: str, site: Site) -> Found | None:
    values = {_local(child): (child.text or "").strip() for child in element.iter() if isinstance(child.tag, str)}
    address = canonical_url(values.get("loc", ""), site, base=url)
    if address is None:
        return None
    is_index = _local(element) == "sitemap"
    if not is_index and not site.is_article(address):
        return None
    return Found(
        url=address,
        kind="sitemap" if is_index else "article",
        via=url,
        title=values.get("title") or None,
        published=_w3c_time(values.get("publication_date", "")),
        modified=_w3c_time(values.get("lastmod", "")),
    )


def _unpack(body: bytes, url: str) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpack.decompress(body, SITEMAP_LARGEST)
    except zlib.error as error:
        raise DiscoveryError(f"{url}: broken gzip: {error}") from error
    if unpack.unconsumed_tail:
        raise DiscoveryError(f"{url}: is larger than {SITEMAP_LARGEST >> 20} MB unpacked, which no sitemap may be")
    return plain


def _refuse_entities(body: bytes, url: str) -> None:
    """Entity declarations are how XML bombs are built; feeds and sitemaps have no use for them."""
    if b"<!ENTITY" in body:
        raise DiscoveryError(f"{url}: declares XML entities; such a document is not read")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(value: Any) -> str | None:
    text = " ".join(str(value or "").split())
    return text or None


def _feed_time(value: struct_time | None) -> dt.datetime | None:
    """feedparser gives UTC as a struct_time."""
    if value is None:
        return None
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(value), dt.UTC)
    except (OverflowError, ValueError):
        return None


def _w3c_time(text: str) -> dt.datetime | None:
    """A date or time as sitemaps write it (ISO 8601); a time without offset, or a day, is taken as UTC."""
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


def _begins(body: bytes) -> str:
    return f"it begins {body[:60].decode('utf-8', 'replace')!r}"
