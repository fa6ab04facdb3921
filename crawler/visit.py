"""One site in one run, from its start points to its last due article: one request after the other.

The requests go through Scrapy's downloader (queue, delay, robots, redirects, retries, compression); what is asked for,
and in which order, is read here from top to bottom.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Request, Response
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from crawler.archive import body_digest
from crawler.discovery import SITEMAP_LARGEST, DiscoveryError, read_feed, read_listing, read_sitemap
from crawler.found import Found
from crawler.gate import SITE_META, PrivateAddressError, Refused
from crawler.report import CrawlJob, Progress, SiteReport
from crawler.sites import Listing, Site
from crawler.state import CrawlState, DueArticle, Validators, Visit
from crawler.store import PageStore
from crawler.topic import TopicFilter
from crawler.urls import canonical_url

logger = logging.getLogger(__name__)

MOST_FAILURES_IN_A_ROW = 5
"""A site that fails so often without an answer between is down: it is left, and its work waits for the next run."""

LONGEST_WAIT = 120.0
"""Seconds of Retry-After that are waited out; a server that asks for more is left until the next run."""
BUSY_WAIT = 30.0
"""Seconds to wait after a 429 or 503 that says nothing itself."""
BUSY_TRIES = 3

DEEPEST_SITEMAP = 3
MOST_SITEMAPS = 200
"""Sitemaps named by sitemaps: how deep, and how many a run, at most."""

Download = Callable[[Request], Awaitable[Response]]
"""`ExecutionEngine.download_async`."""

_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (PrivateAddressError, "private_address"),
    (CannotResolveHostError, "failed:dns"),
    (DownloadTimeoutError, "failed:timeout"),
    (DownloadConnectionRefusedError, "failed:connection"),
    (ResponseDataLossError, "failed:truncated"),
    (DownloadCancelledError, "failed:too_large"),
    (UnsupportedURLSchemeError, "offsite"),
    (DownloadFailedError, "failed:connection"),
    (ConnectionDone, "failed:connection"),
    (ConnectionLost, "failed:connection"),
    (ConnectError, "failed:connection"),
)
_EXPECTED = (IgnoreRequest, OSError, *dict(_REASONS))


class LeaveSite(Exception):  # noqa: N818 - a decision, not an error
    """The site is left for this run; the text is the reason for the report."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request."""

    outcome: str
    """`fetched`, `unchanged`, `not_found`, `robots`, `offsite`, `failed:<reason>` ..."""
    at: dt.datetime
    url: str
    """Canonical address of what answered (after redirects)."""
    response: Response | None = None


class SiteVisit:
    """Visits one site. `run` returns when the work is done or the site was left; `report` tells what came of it.

    `began_at` is when the run began, or the killed runs before it whose work it takes up (`CrawlState.begin_run`).
    """

    def __init__(
        self,
        site: Site,
        job: CrawlJob,
        state: CrawlState,
        store: PageStore,
        topic: TopicFilter | None,
        began_at: dt.datetime,
        download: Download,
        tell: Callable[[Progress], None],
    ) -> None:
        self.site = site
        self.report = SiteReport(site_id=site.id)
        self._job = job
        self._state = state
        self._store = store
        self._download = download
        self._tell = tell
        self._topic = topic
        self._began_at = began_at
        self._seen: set[str] = set()
        self._new: set[str] = set()
        self._done: set[str] = set()
        self._start_outcomes: Counter[str] = Counter()
        self._outcomes: Counter[str] = Counter()
        self._failures = 0

    async def run(self) -> None:
        """Discover, then fetch what is due. Raises only what ends the whole run (the disk) or is our own fault."""
        try:
            await self._discover()
            await self._fetch_due()
        except LeaveSite as reason:
            self.report.gave_up = str(reason)
            logger.warning("%s: left: %s", self.site.id, reason)
        self._store.checkpoint()
        report = self.report
        report.seen = len(self._seen)
        report.new = len(self._new)
        report.start_outcomes = dict(self._start_outcomes)
        report.outcomes = dict(self._outcomes)
        self._state.finish_site(
            self._job.run_id,
            self.site.id,
            _now(),
            requests=report.requests,
            seen=report.seen,
            new=report.new,
            start_outcomes=report.start_outcomes,
            article_outcomes=report.outcomes,
            gave_up=report.gave_up,
        )
        self._tell(Progress(site_id=self.site.id, stage="done", done=1, total=1))

    # -- discovery -----------------------------------------------------------------------------------------------

    async def _discover(self) -> None:
        start = self.site.start
        steps: list[tuple[str, Callable[[], Awaitable[str]]]] = [
            *((url, partial(self._feed, url)) for url in start.rss),
            *((url, partial(self._sitemap, url, 0)) for url in start.sitemap),
            *((listing.url, partial(self._listing, listing)) for listing in start.listing),
        ]
        for number, (url, step) in enumerate(steps, start=1):
            outcome = await step()
            self._start_outcomes[outcome] += 1
            if outcome not in {"fetched", "unchanged"}:
                logger.warning("%s: start point %s: %s", self.site.id, url, outcome)
            self._tell(
                Progress(site_id=self.site.id, stage="start", done=number, total=len(steps), url=url, outcome=outcome)
            )

    async def _feed(self, url: str) -> str:
        answer = await self._ask_start(url)
        if answer.response is None:
            return answer.outcome
        response = answer.response
        found = _read(read_feed, response, url, self.site)
        if isinstance(found, str):
            return found
        self._record(found)
        self._state.record_read(self.site.id, {url: _validators(response)}, "feed", answer.at, self.site.timezone)
        return "fetched" if found else "empty"

    async def _sitemap(self, url: str, depth: int) -> str:
        """Read a sitemap and those it names. It counts as read only when all of them do."""
        answer = await self._ask_start(url, largest=SITEMAP_LARGEST)
        if answer.response is None:
            return answer.outcome
        response = answer.response
        found = _read(read_sitemap, response, url, self.site)
        if isinstance(found, str):
            return found
        self._record(row for row in found if row.kind == "article")
        inner = sorted((row for row in found if row.kind == "sitemap"), key=_changed, reverse=True)
        whole = True
        for row in inner:
            if depth >= DEEPEST_SITEMAP or self._start_outcomes["inner sitemap"] >= MOST_SITEMAPS:
                whole = False
                break
            if self._is_before_window(row):
                continue
            self._start_outcomes["inner sitemap"] += 1
            whole &= await self._sitemap(row.url, depth + 1) in {"fetched", "unchanged", "empty"}
        if whole:
            page = {url: _validators(response)}
            self._state.record_read(self.site.id, page, "sitemap", answer.at, self.site.timezone)
        return "fetched" if found else "empty"

    async def _listing(self, listing: Listing) -> str:
        """Read a section's pages until one holds nothing that is new in this run, by whatever way it was found.

        A section that was never read to its end is read to the end (or the profile's `max_pages`).
        """
        read_before = self._state.validators(listing.url) is not None
        first = await self._ask_start(listing.url)
        answer = first
        shown: set[str] = set()
        found: list[Found] | str = []
        for next_page in (*listing.further_pages(), None):
            if answer.response is None:
                break
            response, url = answer.response, answer.url
            found = _read(read_listing, response, url, self.site)
            if isinstance(found, str):
                return found
            self._record(found)
            on_page = {row.url for row in found}
            if next_page is None or on_page <= shown or (read_before and not on_page & self._new):
                break
            shown |= on_page
            answer = await self._ask(next_page)
        if first.response is None:
            return first.outcome
        if answer.outcome not in {"fetched", "not_found"}:
            return answer.outcome  # a page is missing in the middle: read the section anew next time
        if not shown and not found:
            return "empty"
        page = {listing.url: _validators(first.response)}
        self._state.record_read(self.site.id, page, "listing", first.at, self.site.timezone)
        return "fetched"

    def _record(self, found: Iterable[Found]) -> None:
        """Add articles to the frontier."""
        articles = [
            replace(row, wanted=self._topic is None or self._topic.may_be_on_topic(row.url, row.title, row.summary))
            for row in found
        ]
        self._new |= self._state.record_found(self.site.id, articles, _now(), self.site.timezone, since=self._began_at)
        self._seen.update(row.url for row in articles)

    def _is_before_window(self, row: Found) -> bool:
        return bool(self._job.since and row.modified and row.modified.date() < self._job.since)

    # -- articles ------------------------------------------------------------------------------------------------

    async def _fetch_due(self) -> None:
        due = self._state.due_articles(
            self.site.id,
            _now(),
            revisit_before=self._began_at if self.site.sample else None,
            since=self._job.since,
            until=self._job.until,
            limit=self._job.limit,
        )
        for number, article in enumerate(due, start=1):
            if article.url in self._done:
                continue
            outcome = await self._fetch(article)
            self._outcomes[outcome] += 1
            self._tell(
                Progress(
                    site_id=self.site.id,
                    stage="article",
                    done=number,
                    total=len(due),
                    url=article.url,
                    outcome=outcome,
                )
            )

    async def _fetch(self, article: DueArticle) -> str:
        answer = await self._ask(article.url, article.validators if article.stored else None)
        outcome, url = answer.outcome, answer.url
        if url != article.url and outcome in {"fetched", "unchanged"}:
            if not self.site.is_article(url):
                outcome = "moved_away"  # to the front page, as a rule: the article is gone
            else:
                self._outcomes["redirected"] += 1
                moved = Visit(article.url, self.site.id, answer.at, "redirected", moved_to=url)
                self._store.note(moved)
        if outcome == "fetched" and answer.response is not None:
            return self._keep(url, article, answer.response, answer.at)
        if outcome == "moved_away":
            url = article.url
        self._done.add(url)
        self._store.note(Visit(url, self.site.id, answer.at, outcome))
        return outcome

    def _keep(self, url: str, article: DueArticle, response: Response, at: dt.datetime) -> str:
        """Archive a page, unless it is the one we have."""
        if url in self._done:
            return "unchanged"
        self._done.add(url)
        known = article.validators.digest if url == article.url else self._state.digest(url)
        validators = _validators(response)
        if not response.body:
            self._store.note(Visit(url, self.site.id, at, "failed:empty"))
            return "failed:empty"
        if validators.digest == known:
            self._store.note(Visit(url, self.site.id, at, "unchanged", validators=validators))
            return "unchanged"
        self._store.add_page(
            self.site,
            url,
            at=at,
            status=response.status,
            headers=_headers(response),
            body=response.body,
            ip_address=str(response.ip_address) if response.ip_address else None,
        )
        return "fetched"

    # -- requests ------------------------------------------------------------------------------------------------

    async def _ask_start(self, url: str, largest: int | None = None) -> Answer:
        """Ask for a start point; one that is the same as when it was last read gives no response."""
        known = self._state.validators(url)
        answer = await self._ask(url, known, largest=largest)
        if answer.response is not None and known and _validators(answer.response).digest == known.digest:
            return replace(answer, outcome="unchanged", response=None)
        return answer

    async def _ask(self, url: str, known: Validators | None = None, *, largest: int | None = None) -> Answer:
        """Ask for a page, waiting out a busy server. Raises LeaveSite when there is no sense in asking this site on."""
        for _ in range(BUSY_TRIES):
            answer, wait = await self._ask_once(url, known, largest)
            if wait is None:
                break
            if wait > LONGEST_WAIT:
                raise LeaveSite(f"busy: asked us to come back in {wait:.0f} s")
            await asyncio.sleep(wait)
        else:
            raise LeaveSite("busy: still so after waiting")
        if answer.outcome == "robots_unreachable":
            raise LeaveSite("robots.txt cannot be had, so the site may not be crawled")
        self._failures = self._failures + 1 if answer.outcome.startswith("failed:") else 0
        if self._failures >= MOST_FAILURES_IN_A_ROW:
            raise LeaveSite(f"{self._failures} failures in a row, the last: {answer.outcome}")
        return answer

    async def _ask_once(self, url: str, known: Validators | None, largest: int | None) -> tuple[Answer, float | None]:
        """One request; the second value is how many seconds a busy server wants to be left alone."""
        if self.report.requests >= self.site.max_requests:
            raise LeaveSite(f"max_requests: the profile allows {self.site.max_requests} a run")
        headers = {}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        meta: dict[str, object] = {SITE_META: self.site.id}
        if largest is not None:
            meta["download_maxsize"] = largest
        request = Request(url, headers=headers, meta=meta, dont_filter=True)
        at = _now()
        try:
            response = await self._download(request)
        except _EXPECTED as error:
            return Answer(_reason(error), at, url), None
        final = canonical_url(response.url, self.site) or url
        status = response.status
        if status in {429, 503}:
            return Answer(f"failed:http-{status}", at, final, None), _retry_after(response)
        if status == 304:
            return Answer("unchanged", at, final), None
        if status in {404, 410}:
            return Answer("not_found", at, final), None
        if status != 200:
            return Answer(f"failed:http-{status}", at, final), None
        return Answer("fetched", at, final, response), None


def _read(reader: Callable[..., list[Found]], response: Response, url: str, site: Site) -> list[Found] | str:
    """What a start point names, or the outcome when it cannot be read."""
    try:
        return reader(response.body, url=url, site=site, content_type=_content_type(response))
    except DiscoveryError as error:
        logger.warning("%s", error)
        return "failed:unreadable"


def _reason(error: BaseException) -> str:
    """The outcome an exception of the downloader is counted by."""
    if isinstance(error, Refused):
        return error.reason
    if isinstance(error, IgnoreRequest):
        return "failed:redirects" if "redirect" in str(error) else "failed:too_large"
    told = f"{error!r} {error}"
    if "PrivateAddressError" in told:
        return "private_address"
    if "SSL" in told or "certificate" in told.lower():
        return "failed:tls"
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), "failed:connection")


def _retry_after(response: Response) -> float:
    """Seconds to wait as a Retry-After header says (seconds or a date), or BUSY_WAIT."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return BUSY_WAIT
    return max(0.0, (when - _now()).total_seconds()) if when.tzinfo else BUSY_WAIT


def _validators(response: Response) -> Validators:
    names = {name.lower(): value for name, value in _headers(response)}
    return Validators(names.get("etag"), names.get("last-modified"), body_digest(response.body))


def _headers(response: Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def _changed(row: Found) -> dt.datetime:
    return row.modified or dt.datetime.min.replace(tzinfo=dt.UTC)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
