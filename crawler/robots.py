"""robots.txt, more strictly than Scrapy reads it: what cannot be had forbids everything (RFC 9309, section 2.3.1.4)."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Request, Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.gate import Refused
from crawler.outcomes import reason_of

LARGEST_ROBOTS = 512 * 1024
"""Bytes of robots.txt that are read; the RFC asks for at least 500 KiB."""


class StrictRobotsMiddleware(RobotsTxtMiddleware):  # type: ignore[misc]
    """Scrapy's middleware with the RFC's reading of failures.

    A 4xx answer (but 429) means there are no rules; a 5xx or 429 answer, a timeout, a refused connection or a redirect
    off the site mean that we may not crawl. Refuses by raising Refused: `robots`, or `robots_unreachable` with the
    outcome of the request for robots.txt behind it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._failures: dict[str, str] = {}

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):  # only set on the request for robots.txt itself
            return
        rules = await self.robot_parser(request)
        if rules is None:  # Scrapy's sign for "could not be had", which it takes for a yes
            raise Refused("robots_unreachable", self._failures.get(urlparse_cached(request).netloc))
        if not rules.allowed(request.url, self._robotstxt_useragent):
            raise Refused("robots")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            raise Refused(f"failed:http-{response.status}")
        body = response.body[:LARGEST_ROBOTS] if response.status < 300 else b""
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._failures[netloc] = reason_of(exc)
        super()._robots_error(exc, netloc)
