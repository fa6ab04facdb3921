"""The gate every request passes, robots.txt and redirects too: the site's own hosts only, and no private address."""

from __future__ import annotations

import ipaddress
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from crawler.settings import slot_of
from crawler.sites import Site, find_site

SITE_META = "site_id"
"""Key in `Request.meta`: the site a request is made for. A redirect carries it along."""


class Refused(IgnoreRequest):  # type: ignore[misc]
    """We do not make this request. `reason` is the outcome it is counted by, `because` what lies behind it."""

    def __init__(self, reason: str, because: str | None = None) -> None:
        self.reason = reason
        self.because = because
        super().__init__(reason)


class PrivateAddressError(OSError):
    """A host name leads to an address that is not on the public internet."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet (not loopback, private, link-local, shared, reserved)."""
    ip = ipaddress.ip_address(address)
    return ip.is_global and not ip.is_multicast


class SiteGate:
    """Downloader middleware: lets a request pass only to its own site's hosts, and puts it in that site's queue."""

    def __init__(self, sites: list[Site]) -> None:
        self._sites = {site.id: site for site in sites}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings["THIDUA_SITES"])

    def process_request(self, request: Request) -> None:
        """Raises Refused: `offsite` for hosts that are not the site's, `private_address` for bare private addresses."""
        site = self._site_of(request)
        if site is None or not site.owns(request.url):
            raise Refused("offsite")
        if not site.sample and _is_bare_private(urlparse_cached(request).hostname or ""):
            raise Refused("private_address")
        request.meta["download_slot"] = slot_of(site)
        if site.sample:
            request.meta["autothrottle_dont_adjust_delay"] = True  # nobody to spare on loopback
            # None keeps a proxy of the environment out of loopback traffic.
            request.meta["proxy"] = f"http://{site.connect}" if site.connect else None

    def _site_of(self, request: Request) -> Site | None:
        if SITE_META in request.meta:
            return self._sites[request.meta[SITE_META]]
        return find_site(self._sites.values(), request.url)  # a request for robots.txt


class GuardedResolver(CachingThreadedResolver):  # type: ignore[misc]
    """Scrapy's resolver, which refuses names that lead to addresses off the public internet.

    It hands over the very address that is connected to, so a name cannot point elsewhere between check and use. Names
    of sample sites, their loopback servers and the environment's own proxies are let through.
    """

    allowed_names: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        resolver: Self = super().from_crawler(crawler, reactor)
        samples = [site for site in crawler.settings["THIDUA_SITES"] if site.sample]
        places = [f"//{name}" for site in samples for name in (*site.hosts, site.connect) if name]
        names = (urlsplit(place).hostname for place in (*places, *getproxies().values()))
        resolver.allowed_names = frozenset(name for name in names if name)
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found if name in self.allowed_names else found.addCallback(_checked, name)


def _checked(address: str, name: str) -> str:
    if not is_public(address):
        raise PrivateAddressError(f"{name} leads to {address}, which is not on the public internet")
    return address


def _is_bare_private(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return False  # a name: the resolver looks at where it leads
