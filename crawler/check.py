"""Verify a site's profile against the site itself: is it there, may we come, what do its start points name, and does
one of its pages parse.

A check is a crawl of that one site, by the crawl's own process with its robots rules, delays and guards, bounded to a
handful of requests, into a folder that is thrown away.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from crawler.archive import Capture, read_captures
from crawler.fetch import CONTACT_VARIABLE, CrawlError, run_job
from crawler.found import Found
from crawler.page import parse_page
from crawler.report import CrawlJob, CrawlReport, SiteReport, StartReport
from crawler.sites import Site
from crawler.state import CrawlState

INNER_SITEMAPS = 1
"""Of a sitemap that names sitemaps, so many are read: enough to see that they name articles."""

ARTICLES = 3
"""Articles that are asked for: the newest may be a dead link, and one that parses is enough."""

RUN_ID = "check"

_NOT_THERE = frozenset({"failed:connection", "failed:dns", "failed:timeout", "failed:tls", "private_address"})
"""Outcomes of the request for robots.txt that mean the site itself was not reached."""


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True)


class PageCheck(_Result):
    """What came of fetching and parsing an article: of those asked for, the one that parses best."""

    url: str
    outcome: str
    """`fetched`, or why there is no page."""
    reason: str | None = None
    """Why the page is no article to the parser."""
    family: str | None = None
    """How the page was read."""
    title: str | None = None
    published_at: str | None = None
    published_source: str | None = None
    author: str | None = None
    source_credit: str | None = None
    characters: int = 0
    """Length of the article's text."""


class SiteCheck(_Result):
    """What a check found. `ok` is what makes a profile `verified`."""

    site_id: str
    checked_at: dt.datetime
    reachable: bool
    robots: Literal["allows", "forbids", "unreachable"]
    requests: int
    """Requests made, without the one for robots.txt."""
    starts: tuple[StartReport, ...]
    """Each start point with its outcome and how many articles it names (first pages only)."""
    page: PageCheck | None
    """None when there was no article to ask for, or no leave to ask."""
    problems: tuple[str, ...]
    """What stands between the profile and `verified`, in words."""

    @property
    def ok(self) -> bool:
        return not self.problems


def check_site(site: Site, *, contact: str | None = None) -> SiteCheck:
    """Visit the site once: each start point's first page and a few articles (the newest named; else the profile's
    example), of which one must parse.

    `contact` goes into the User-Agent, as for `crawler.fetch.crawl`. Raises CrawlError when a real site is to be
    visited without one, or when the crawling process breaks down; all that the site does wrong is in the result.
    """
    contact = contact or os.environ.get(CONTACT_VARIABLE) or None
    if not site.sample and not contact:
        raise CrawlError(
            f"{site.id}: a real site is visited only by a crawler that says whose it is; "
            f"set {CONTACT_VARIABLE} to your mail address or web page"
        )
    checked_at = dt.datetime.now(dt.UTC)
    with tempfile.TemporaryDirectory(prefix="thidua-check-") as name:
        folder = Path(name)
        job = CrawlJob(
            run_id=RUN_ID,
            sites=(_first_pages(site),),
            archive=folder / "archive",
            state=folder / "state.sqlite",
            limit=ARTICLES,
            most_sitemaps=INNER_SITEMAPS,
            contact=contact,
            log_file=folder / "check.log",
        )
        _propose_example(site, job.state, checked_at)
        report = run_job(job)
        captures = list(read_captures(report.archive_file)) if report.archive_file else []
    return _judge(site, report, captures, checked_at)


def _first_pages(site: Site) -> Site:
    listings = tuple(listing.model_copy(update={"max_pages": 0}) for listing in site.start.listing)
    return site.model_copy(update={"start": site.start.model_copy(update={"listing": listings})})


def _propose_example(site: Site, state: Path, now: dt.datetime) -> None:
    """Put the profile's example last in the frontier, so that it is asked for when nothing else is named."""
    oldest = dt.datetime.fromtimestamp(0, dt.UTC)
    with CrawlState(state) as frontier:
        examples = [Found(url, "article", via="profile", published=oldest) for url in site.examples[:1]]
        frontier.record_found(site.id, examples, now, site.timezone)


def _judge(site: Site, report: CrawlReport, captures: list[Capture], checked_at: dt.datetime) -> SiteCheck:
    told = report.sites.get(site.id) or SiteReport(site_id=site.id)
    reachable = told.robots_failure not in _NOT_THERE
    closed = bool(told.starts) and all(start.outcome == "robots" for start in told.starts)
    page = _page(site, told, captures)
    return SiteCheck(
        site_id=site.id,
        checked_at=checked_at,
        reachable=reachable,
        robots="unreachable" if told.robots_failure else "forbids" if closed else "allows",
        requests=told.requests,
        starts=tuple(told.starts),
        page=page,
        problems=tuple(_problems(told, page, reachable=reachable, closed=closed)),
    )


def _page(site: Site, told: SiteReport, captures: list[Capture]) -> PageCheck | None:
    if not captures:
        outcome = next((name for name in told.outcomes if name != "redirected"), None)
        return PageCheck(url="", outcome=outcome) if outcome else None
    pages = [_read(site, capture) for capture in captures]
    return max(pages, key=lambda page: (page.title is not None, page.published_at is not None))


def _read(site: Site, capture: Capture) -> PageCheck:
    parsed = parse_page(
        capture.body, url=capture.url, content_type=capture.content_type, site=site, fetched_at=capture.fetched_at
    )
    article = parsed.article
    if article is None:
        return PageCheck(url=capture.url, outcome="fetched", reason=parsed.reason, family=parsed.family)
    return PageCheck(
        url=capture.url,
        outcome="fetched",
        family=parsed.family,
        title=article.title,
        published_at=article.published_at,
        published_source=article.published_source,
        author=article.author,
        source_credit=article.source_credit,
        characters=len(article.text),
    )


def _problems(told: SiteReport, page: PageCheck | None, *, reachable: bool, closed: bool) -> list[str]:
    if not reachable:
        return [f"the site cannot be reached ({told.robots_failure}); is the host right, is there a network?"]
    if told.robots_failure:
        return [f"robots.txt cannot be had ({told.robots_failure}), which means that the site may not be crawled"]
    if closed:
        return ["robots.txt forbids all start points of the profile"]
    problems = [text for text in (told.error, told.gave_up) if text]
    problems += [f"{start.kind} {start.url}: {start.outcome}" for start in told.starts if start.outcome != "fetched"]
    problems += [
        f"{start.kind} {start.url}: names no article of the shape article_url"
        for start in told.starts
        if start.outcome == "fetched" and not start.articles
    ]
    if page is None:
        return [*problems, "no article was named, so no page could be tried"]
    if page.outcome != "fetched":
        return [*problems, f"the article that was asked for: {page.outcome}"]
    if page.reason:
        return [*problems, f"{page.url}: is no article to the parser ({page.reason})"]
    if page.published_at is None:
        problems.append(f"{page.url}: no date was found on the page")
    return problems
