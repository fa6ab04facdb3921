"""The pace of requests: what robots.txt asks for, and what a slow server needs, never less than the profile says."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

from crawler.settings import ROBOTS_NAME

logger = logging.getLogger(__name__)

LONGEST_CRAWL_DELAY = 60.0
"""Seconds. A robots.txt that asks for more would keep a run going for days; the site gets a request a minute."""


class CrawlDelay:
    """Extension: a site's queue waits at least the Crawl-delay of its robots.txt."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        asked = robotparser.crawl_delay(ROBOTS_NAME)
        if not asked:
            return
        delay = min(asked, LONGEST_CRAWL_DELAY)
        name = request.meta["download_slot"]
        downloader = self._crawler.engine.downloader
        settings: dict[str, Any] = downloader.per_slot_settings.setdefault(name, {})
        if delay > settings.get("delay", 0):
            logger.info("%s asks for %g s between requests by its robots.txt", name, asked)
            settings["delay"] = delay
            if name in downloader.slots:
                downloader.slots[name].delay = delay


class FlooredAutoThrottle(AutoThrottle):  # type: ignore[misc]
    """Scrapy's AutoThrottle with each site's own delay (or Crawl-delay) as its floor, not one floor for all."""

    def _spider_opened(self, spider: Spider) -> None:
        super()._spider_opened(spider)
        self.mindelay = 0.0

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        name, slot = self._get_slot(request, spider)
        if slot is not None:
            floor = self.crawler.engine.downloader.per_slot_settings.get(name, {}).get("delay", slot.delay)
            slot.delay = max(slot.delay, floor)
