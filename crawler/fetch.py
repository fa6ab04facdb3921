"""`crawl`: visit sites, archive their pages, and report what came of it."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError

from crawler.crawl_process import Line
from crawler.report import CrawlJob, CrawlReport, Patience, Progress, SiteReport
from crawler.sites import Site

__all__ = ["CONTACT_VARIABLE", "CrawlError", "CrawlReport", "Patience", "Progress", "SiteReport", "crawl"]

CONTACT_VARIABLE = "THIDUA_CONTACT"
"""Environment variable with the mail address or web page of whoever runs the crawl: it goes into the User-Agent."""

_PACKAGES = Path(__file__).parents[1]


class CrawlError(RuntimeError):
    """The crawl could not be done; the message says why and what to do. Pages fetched before are kept."""


def crawl(
    sites: Sequence[Site],
    *,
    archive: Path,
    state: Path,
    run_id: str,
    limit: int | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    topic_only: bool = False,
    contact: str | None = None,
    patience: Patience | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> CrawlReport:
    """Visit `sites` once: read their start points, fetch the articles that are due, archive what is new.

    `archive` is the folder for the WARC files, `state` the SQLite file of the crawl state (both are made when missing),
    `run_id` names the run and its file. `limit` is the most articles fetched of each site; `since` and `until` (both
    included) keep to articles whose feed or sitemap gives a day within; `topic_only` leaves articles unfetched whose
    title and summary are off the topic (they count as seen). `contact` is put into the User-Agent; real sites are not
    visited without one (default: the environment variable THIDUA_CONTACT). `patience`: how long to wait for servers.

    Runs in a process of its own, which ends when this one does; killed at any moment, the next call takes up the work.
    Returns the report, also when single sites or pages failed; `report.requests == 0` means that nothing was crawled.
    Raises CrawlError when there is nothing to crawl, when another crawl is at work, or when the crawl broke down.
    """
    contact = contact or os.environ.get(CONTACT_VARIABLE) or None
    if not sites:
        raise CrawlError("no site to crawl; `thidua sites` lists those there are")
    real = [site.id for site in sites if not site.sample]
    if real and not contact:
        raise CrawlError(
            f"{', '.join(real[:3])}: a real site is visited only by a crawler that says whose it is; "
            f"set {CONTACT_VARIABLE} to your mail address or web page"
        )
    job = CrawlJob(
        run_id=run_id,
        sites=tuple(sites),
        archive=archive.absolute(),
        state=state.absolute(),
        limit=limit,
        since=since,
        until=until,
        topic_only=topic_only,
        contact=contact,
        patience=patience or Patience(),
        log_file=state.absolute().parent / "logs" / f"{run_id}.log",
    )
    return run_job(job, progress)


def run_job(job: CrawlJob, progress: Callable[[Progress], None] | None = None) -> CrawlReport:
    """Have a job done by a crawling process. Raises CrawlError as `crawl` does."""
    path = os.pathsep.join(filter(None, [str(_PACKAGES), os.environ.get("PYTHONPATH")]))
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "crawler.crawl_process"],  # -P: no module of the folder we were called in
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C reaches us alone; the child ends when we let go of its standard input
    )
    last = Line()
    with child:
        assert child.stdin is not None and child.stdout is not None
        try:
            child.stdin.write(job.model_dump_json().encode() + b"\n")
            child.stdin.flush()
            for text in child.stdout:
                last = Line.model_validate_json(text)
                if last.progress is not None and progress is not None:
                    progress(last.progress)
        except (BrokenPipeError, ValidationError) as error:
            last = Line(error=f"the crawling process said something unexpected ({error})")
        finally:
            child.stdin.close()
    if last.report is not None:
        return last.report
    told = last.error or f"the crawling process ended with status {child.returncode}"
    raise CrawlError(f"{told}; what it fetched is kept (log: {job.log_file}); run again to go on")
