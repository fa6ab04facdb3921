"""One spelling for each address, so that a page is asked for once however it was linked."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

from crawler.sites import Site

TRACKING_PARAMETERS = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "fbclid",
    "gclid",
    "zarsrc",  # Zalo
    "gidzl",  # Zalo
)
"""Query parameters that say who linked, never what is shown."""

LONGEST_URL = 2000
"""Longer addresses are traps or broken markup; servers and browsers refuse them too."""


def canonical_url(link: str, site: Site, *, base: str | None = None) -> str | None:
    """`link` as this site's pages are known by, or None when it leads off the site or is no web address.

    Relative links are resolved against `base`; the fragment and tracking parameters go, the rest of the query is
    sorted; `http` becomes `https` on a site whose start points are given by `https` (many pages still print old links).
    """
    if not link.strip():
        return None
    try:
        url = urljoin(base, link.strip()) if base else link.strip()
        if not site.owns(url) or len(url) > LONGEST_URL:
            return None
        url = canonicalize_url(url_query_cleaner(url, TRACKING_PARAMETERS, remove=True))
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme == "http" and port in {None, 80} and site.uses_https:
        parts = parts._replace(scheme="https", netloc=parts.hostname or "")
    return str(urlunsplit(parts))
