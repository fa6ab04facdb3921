"""The one entry to page parsing: bytes of a page in, an article or a reason out. Offline, total, without clock or
network."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.article import Article, Parsed
from crawler.datelines import VIETNAM
from crawler.decode import decode_as_written, is_binary
from crawler.dom import parse
from crawler.families import FAMILIES, recognise
from crawler.htmlpage import read_html, selectors_to_remove
from crawler.page_tables import PAGE_TABLES, table_path
from crawler.textpage import read_text

if TYPE_CHECKING:
    from crawler.sites import Site

__all__ = ["Article", "Parsed", "fingerprint", "parse_page"]

_MARKUP = re.compile(
    r"<\s*(?:!doctype|html|head|body|div|p|table|article|section|span|title|meta|br|h[1-6]|a)\b[^<]*>", re.IGNORECASE
)

_CODE = (
    "article", "bodytext", "bylines", "chrome", "datelines", "decode", "dom", "headlines", "htmlpage", "metadata",
    "page", "page_tables", "pagedates", "pagepeople", "reading", "regions", "textpage",
)  # fmt: skip


def parse_page(
    body: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    site: Site | None = None,
    fetched_at: dt.datetime | None = None,
) -> Parsed:
    """Read one saved page: HTML, or plain text with its chrome (as in Common Crawl's WET files).

    `content_type` is the header's value; `site` gives family, selectors and time zone where it is known, else the
    family is
    recognised by its marks. `fetched_at` (aware) serves only to resolve a printed relative date (``3 giờ trước``);
    it is
    never itself a date of publication. Raises nothing on odd input: the reason stands in `Parsed.reason`.
    """
    if isinstance(body, bytes) and is_binary(body, content_type):
        return Parsed(None, "not-text")
    text = decode_as_written(body, content_type)
    if not text.strip():
        return Parsed(None, "empty")
    zone: dt.tzinfo = ZoneInfo(site.timezone) if site is not None and getattr(site, "timezone", None) else VIETNAM
    if not _MARKUP.search(text):
        return read_text(unicodedata.normalize("NFC", text), url=url, zone=zone)
    known = FAMILIES.get(site.family) if site is not None else None
    family = known or recognise(text, url)
    dom = parse(text, remove=selectors_to_remove(family, site))
    if dom is None:
        return Parsed(None, "empty", family.name)
    if not dom.lines:
        return Parsed(None, "no-text", family.name)
    return read_html(dom, family=family, site=site, url=url, zone=zone, fetched_at=fetched_at)


@cache
def fingerprint() -> str:
    """A short hash of the parsing rules, code and tables: it changes when a page may be read differently."""
    here = Path(__file__).parent
    files = [here / f"{name}.py" for name in _CODE]
    files += sorted((here / "families").glob("*.py"))
    files += [table_path(name) for name in PAGE_TABLES]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
