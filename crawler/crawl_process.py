"""The crawling process: `python -m crawler.crawl_process`. Started by `crawler.fetch`, never by hand.

A process of its own, because a Twisted reactor does not start twice. It reads its job (one line of JSON) from standard
input, writes one line of JSON for each step and at last the report to standard output, and ends at once when standard
input closes: that is how it learns that the process it works for is gone. Being killed loses nothing.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import sys
import threading
from pathlib import Path

from pydantic import BaseModel
from scrapy.crawler import AsyncCrawlerProcess

from crawler.archive import read_captures, salvage
from crawler.heads import bound_heads
from crawler.lock import archive_lock
from crawler.report import CrawlJob, CrawlReport, Progress
from crawler.settings import scrapy_settings
from crawler.spider import SitesSpider
from crawler.state import CrawlState
from crawler.store import PageStore
from crawler.topic import TopicFilter
from crawler.trust import trust_certificates

ORPHANED = 3
"""Exit status when the process that started us has gone."""


class Line(BaseModel):
    """One line to the starting process: one of the three is set."""

    progress: Progress | None = None
    report: CrawlReport | None = None
    error: str | None = None


def main() -> int:
    job = CrawlJob.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_starter, daemon=True).start()
    try:
        report = run(job)
    except (OSError, RuntimeError, ValueError, sqlite3.Error) as error:
        _tell(Line(error=str(error)))
        return 1
    _tell(Line(report=report))
    return 0


def run(job: CrawlJob) -> CrawlReport:
    """Do a job in this process, which can do no other afterwards."""
    started_at = dt.datetime.now(dt.UTC)
    timezones = {site.id: site.timezone for site in job.sites}
    job.log_file.parent.mkdir(parents=True, exist_ok=True)
    with archive_lock(job.archive), CrawlState(job.state) as state:

        def take_up(file: Path) -> None:
            state.reconcile(read_captures(file), timezones, now=started_at)

        salvaged = salvage(job.archive, take_up=take_up)
        began_at = state.begin_run(job.run_id, list(timezones), started_at)
        trust_certificates(job.sites, job.log_file.parent)
        topic = TopicFilter.load() if job.topic_only else None
        bound_heads()
        process = AsyncCrawlerProcess(scrapy_settings(job))
        crawler = process.create_crawler(SitesSpider)
        with PageStore(job.archive, job.run_id, state, job.sites) as store:
            process.crawl(crawler, job=job, state=state, store=store, topic=topic, began_at=began_at, tell=_tell_step)
            process.start()
        if crawler.spider is None:
            raise RuntimeError("the crawl could not be started")
        visits = crawler.spider.visits
    return CrawlReport(
        run_id=job.run_id,
        started_at=started_at,
        finished_at=dt.datetime.now(dt.UTC),
        archive_file=store.archive_file,
        salvaged=tuple(salvaged),
        sites={site_id: visit.report for site_id, visit in visits.items()},
    )


def _end_with_starter() -> None:
    while os.read(sys.stdin.fileno(), 1024):  # unbuffered: a buffered read would hold a lock that our own exit needs
        pass
    os._exit(ORPHANED)


def _tell_step(step: Progress) -> None:
    _tell(Line(progress=step))


def _tell(line: Line) -> None:
    sys.stdout.write(line.model_dump_json(exclude_none=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
