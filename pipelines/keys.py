"""Keys of the dataset: made of content and canonical values, the same in every run and on every machine.

No key holds a row number, a port, a crawl time or the order in which things were found.
"""

import hashlib
import ipaddress
import json
import unicodedata
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = ("utm_", "fbclid", "gclid", "zarsrc")
"""Query parameters that tell where a reader came from, never which article it is."""


def short_hash(*values: Any, length: int = 12) -> str:
    """Hex digits of the SHA-256 of `values` (JSON, NFC)."""
    text = unicodedata.normalize("NFC", json.dumps(values, ensure_ascii=False, sort_keys=True))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def article_id(site_id: str, url: str) -> str:
    """The key of the article at `url`: `<site>-<12 hex digits of its address>`.

    Scheme, port, `www.`, fragment, tracking parameters and the order of parameters do not tell articles apart.
    """
    parts = urlsplit(url)
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.startswith(_TRACKING))
    return f"{site_id}-{short_hash(_host(parts.hostname), parts.path.rstrip('/') or '/', urlencode(query))}"


def identifying_url(captured: str, canonical: str | None) -> str:
    """The address that identifies an article: the one its page states, unless that cannot be an article's.

    Some portals state their front page, or another host's, as the canonical address of every page.
    """
    if not canonical:
        return captured
    stated, seen = urlsplit(canonical), urlsplit(captured)
    is_front = stated.path in {"", "/"} and not stated.query
    return captured if is_front or _host(stated.hostname) != _host(seen.hostname) else canonical


def content_id(title: str, text: str, *facts: str | None) -> str:
    """The key of one version of an article: of what it says, not of when or where it was fetched."""
    return short_hash(title, text, *facts, length=16)


def mention_id(article: str, label: str, start: int, end: int) -> str:
    """The key of a mention: where it stands. Readable on purpose: `baomau-1f2e3d4c5b6a-UNIT-120-151`."""
    return f"{article}-{label}-{start}-{end}"


def _host(name: str | None) -> str:
    """A host name as it identifies a site: no `www.`; loopback addresses, which only samples have, are all one."""
    host = (name or "").lower().removeprefix("www.")
    try:
        return "" if ipaddress.ip_address(host).is_loopback else host
    except ValueError:
        return "" if host == "localhost" else host
