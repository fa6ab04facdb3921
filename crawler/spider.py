"""The one spider, for all sites: what a site is stands in its profile. Sites are visited side by side."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import traceback
from collections.abc import AsyncIterator, Callable
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request

from crawler.gate import SITE_META
from crawler.report import CrawlJob, Progress
from crawler.state import CrawlState
from crawler.store import PageStore
from crawler.topic import TopicFilter
from crawler.visit import SiteVisit

logger = logging.getLogger(__name__)


class SitesSpider(Spider):
    """Runs a SiteVisit for each site of a job. Its results are the visits' reports (`visits`)."""

    name = "sites"

    def __init__(
        self,
        job: CrawlJob,
        state: CrawlState,
        store: PageStore,
        topic: TopicFilter | None,
        began_at: dt.datetime,
        tell: Callable[[Progress], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._job = job
        self._state = state
        self._store = store
        self._topic = topic
        self._began_at = began_at
        self._tell = tell
        self.visits: dict[str, SiteVisit] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.count_request, signal=signals.request_reached_downloader)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Visit all sites. Yields nothing: each visit asks the downloader itself, one request after the other."""
        download = self.crawler.engine.download_async
        self.visits = {
            site.id: SiteVisit(
                site, self._job, self._state, self._store, self._topic, self._began_at, download, self._tell
            )
            for site in self._job.sites
        }
        results = await asyncio.gather(*(visit.run() for visit in self.visits.values()), return_exceptions=True)
        for visit, result in zip(self.visits.values(), results, strict=True):
            if isinstance(result, BaseException):
                visit.report.error = "".join(traceback.format_exception_only(result)).strip()
                logger.error("%s: the visit ended by a fault", visit.site.id, exc_info=result)
        nothing: tuple[Request, ...] = ()  # `start` must be an asynchronous iterator, be it an empty one
        for request in nothing:
            yield request

    def count_request(self, request: Request) -> None:
        """Each request that is sent counts, retries and redirects too; those for robots.txt are made by no site."""
        if SITE_META in request.meta:
            self.visits[request.meta[SITE_META]].report.requests += 1
