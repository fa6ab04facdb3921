"""One site in one run, from its start points to its last due article: one request after the other.

The requests go through Scrapy's downloader (queue, delay, robots, redirects, retries, compression); what is asked for,
and in which order, is read here from top to bottom.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from scrapy.http import Request, Response

from crawler.archive import body_digest
from crawler.day_hints import days_of_address
from crawler.discovery import SITEMAP_LARGEST, DiscoveryError, read_feed, read_listing, read_sitemap
from crawler.found import Found
from crawler.gate import SITE_META, Refused
from crawler.outcomes import EXPECTED, reason_of
from crawler.report import CrawlJob, Progress, SiteReport, StartReport
from crawler.sites import Listing, Site
from crawler.state import READING, CrawlState, DueArticle, Reading, Validators, Visit
from crawler.store import PageStore
from crawler.topic import TopicFilter
from crawler.urls import canonical_url

logger = logging.getLogger(__name__)

MOST_FAILURES_IN_A_ROW = 5
"""A site that fails so often without an answer between is down: it is left, and its work waits for the next run."""

BUSY_TRIES = 3
"""Times that a busy server (429, 503) is asked for one page, with the wait it asks for in between."""

BACKFILL_PAGES = 1000
"""Pages of one listing that a backfill (`since`) turns, at most."""

DEEPEST_SITEMAP = 3
"""Sitemaps named by sitemaps: how deep, at most (how many: `CrawlJob.most_sitemaps`)."""

Download = Callable[[Request], Awaitable[Response]]
"""`ExecutionEngine.download_async`."""


_SERVER_GONE = frozenset({"failed:connection", "robots_unreachable"})
"""Outcomes that mean, for a sample site, that the program which served it has ended."""


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
        self._named: set[str] = set()
        self._new: set[str] = set()
        self._done: set[str] = set()
        self._start_outcomes: Counter[str] = Counter()
        self._outcomes: Counter[str] = Counter()
        self._failures = 0
        self._entered_at = time.monotonic()

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
        steps: list[tuple[StartReport, Callable[[], Awaitable[str]]]] = [
            *((_start("rss", url), partial(self._feed, url)) for url in start.rss),
            *((_start("sitemap", url), partial(self._sitemap, url, 0)) for url in start.sitemap),
            *((_start("listing", listing.url), partial(self._listing, listing)) for listing in start.listing),
        ]
        for number, (told, step) in enumerate(steps, start=1):
            url = told.url
            self._named = set()
            taken_up = self._state.reading(url)
            if taken_up is not None and taken_up.outcome not in {None, READING}:
                outcome = str(taken_up.outcome)  # a killed run had done with it
            elif self._named_enough():
                outcome = "passed_over"
            else:
                outcome = await step()
                self._state.note_reading(self.site.id, url, outcome, _now())
            self._start_outcomes[outcome] += 1
            self.report.starts.append(told.model_copy(update={"outcome": outcome, "articles": len(self._named)}))
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
        taken_up = self._state.reading(url)
        if taken_up is not None and taken_up.outcome == READING:
            read_at, validators, empty = taken_up.at, taken_up.validators, False
        else:
            answer = await self._ask_start(url, largest=SITEMAP_LARGEST)
            if answer.response is None:
                return answer.outcome
            found = _read(read_sitemap, answer.response, url, self.site)
            if isinstance(found, str):
                return found
            self._record(row for row in found if row.kind == "article")
            inner = [row for row in found if row.kind == "sitemap" and self._may_be_in_window(row)]
            names = [row.url for row in sorted(inner, key=_changed, reverse=True)]
            read_at, validators, empty = answer.at, _validators(answer.response), not found
            self._state.note_reading(
                self.site.id, url, READING, read_at, validators=validators, names=names[: self._job.most_sitemaps + 1]
            )
        whole = (self._job.since or self._job.until) is None  # else those outside the window were passed over
        for name in self._state.named_sitemaps(url):
            reading = self._state.reading(name)
            outcome = reading.outcome if reading else None
            if outcome in {None, READING}:
                if (
                    self._named_enough()
                    or depth >= DEEPEST_SITEMAP
                    or self._start_outcomes["inner sitemap"] >= self._job.most_sitemaps
                ):
                    whole = False
                    break
                self._start_outcomes["inner sitemap"] += 1
                outcome = await self._sitemap(name, depth + 1)
                self._state.note_reading(self.site.id, name, outcome, _now())
            whole &= outcome in {"fetched", "unchanged", "empty"}
        if whole:
            self._state.record_read(self.site.id, {url: validators}, "sitemap", read_at, self.site.timezone)
        return "empty" if empty else "fetched"

    async def _listing(self, listing: Listing) -> str:
        """Read a section's pages until one holds nothing that is new in this run, by whatever way it was found.

        A section that was never read to its end is read to the end (or the profile's `max_pages`).
        """
        read_before = self._state.validators(listing.url) is not None
        since = self._job.since
        first: Reading | None = None
        shown: set[str] = set()
        empty = True
        further = listing.further_pages(max(listing.max_pages, BACKFILL_PAGES) if since else None)
        for number, page in enumerate((listing.url, *further)):
            taken_up = self._state.reading(page)
            if taken_up is not None and taken_up.outcome == READING:
                first, empty = first or taken_up, False
                continue
            if first is not None and self._named_enough():
                return "passed_over"  # the rest of the section
            answer = await (self._ask(page) if first or since else self._ask_start(page))
            if answer.response is None:
                if first is None or answer.outcome != "not_found":
                    return answer.outcome  # a page is missing in the middle: read the section anew next time
                break
            found = _read(read_listing, answer.response, answer.url, self.site)
            if isinstance(found, str):
                return found
            self._record(found)
            reading = Reading(READING, answer.at, _validators(answer.response))
            first, empty = first or reading, empty and not found
            on_page = {row.url for row in found}
            if since:
                if self._backfill_ends(since, on_page - shown, beyond=number >= listing.max_pages):
                    break
            elif on_page <= shown or (read_before and not on_page & self._new):
                break
            shown |= on_page
            self._state.note_reading(self.site.id, page, READING, answer.at, validators=reading.validators)
        if first is None or empty:
            return "empty"
        page_read = {listing.url: first.validators}
        self._state.record_read(self.site.id, page_read, "listing", first.at, self.site.timezone)
        return "fetched"

    def _named_enough(self) -> bool:
        """Whether discovery ends here: a trap of endless links must leave requests for the articles themselves."""
        return len(self._seen) >= self._job.most_named or self.report.requests >= self.site.max_requests // 2

    def _backfill_ends(self, since: dt.date, fresh: set[str], *, beyond: bool) -> bool:
        """Whether to turn no more pages of a listing after one that showed the `fresh` articles first.

        What was shown before (side bars, pinned news) says nothing of where the listing is. `beyond` the profile's
        number of pages, only days that are told and not past keep it going.
        """
        days = self._state.days(fresh).values()
        if not fresh or (days and all(each.last < since for each in days)):
            return True
        return beyond and (not days or self.report.requests >= self.site.max_requests // 2)

    def _record(self, found: Iterable[Found]) -> None:
        """Add articles to the frontier."""
        articles = [
            replace(
                row,
                wanted=self._topic is None or self._topic.may_be_on_topic(row.url, row.title, row.summary),
                listed=row.listed or days_of_address(row.url),
            )
            for row in found
        ]
        self._new |= self._state.record_found(self.site.id, articles, _now(), self.site.timezone, since=self._began_at)
        self._seen.update(row.url for row in articles)
        self._named.update(row.url for row in articles)

    def _may_be_in_window(self, row: Found) -> bool:
        """Whether a sitemap can name articles within `since` and `until`, by its last change and its address."""
        since, until = self._job.since, self._job.until
        if since and row.modified and row.modified.date() < since:
            return False
        days = days_of_address(row.url)
        return days is None or days.meets(since, until)

    # -- articles ------------------------------------------------------------------------------------------------

    async def _fetch_due(self) -> None:
        left = self.site.max_requests - self.report.requests + 1  # one more, so that the bound is told when it is met
        due = self._state.due_articles(
            self.site.id,
            _now(),
            revisit_before=self._began_at if self.site.sample else None,
            since=self._job.since,
            until=self._job.until,
            limit=min(self._job.limit or left, left),
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
        moved = False
        if url != article.url and outcome in {"fetched", "unchanged"}:
            if self.site.is_article(url):
                moved = True
            else:
                outcome = "moved_away"  # to the front page, as a rule: the article is gone
        if outcome == "fetched" and answer.response is not None:
            outcome = self._keep(url, article, answer.response, answer.at)
        else:
            if outcome == "moved_away":
                url = article.url
            self._done.add(url)
            self._store.note(Visit(url, self.site.id, answer.at, outcome))
        if moved:  # noted after what it moved to: a kill in between leaves an address to ask for, not one forgotten
            self._outcomes["redirected"] += 1
            self._store.note(Visit(article.url, self.site.id, answer.at, "redirected", moved_to=url))
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
            if wait > self._job.patience.retry_after:
                raise LeaveSite(f"busy: asked us to come back in {wait:.0f} s")
            await asyncio.sleep(wait)
        else:
            raise LeaveSite("busy: still so after waiting")
        if self.site.connect and answer.outcome in _SERVER_GONE:
            raise ConnectionError(f"{self.site.connect}, which serves this sample site, does not answer any more")
        if answer.outcome == "robots_unreachable":
            why = f" ({self.report.robots_failure})" if self.report.robots_failure else ""
            raise LeaveSite(f"robots.txt cannot be had{why}, so the site may not be crawled")
        self._failures = self._failures + 1 if answer.outcome.startswith("failed:") else 0
        if self._failures >= MOST_FAILURES_IN_A_ROW:
            raise LeaveSite(f"{self._failures} failures in a row, the last: {answer.outcome}")
        return answer

    async def _ask_once(self, url: str, known: Validators | None, largest: int | None) -> tuple[Answer, float | None]:
        """One request; the second value is how many seconds a busy server wants to be left alone."""
        if self.report.requests >= self.site.max_requests:
            raise LeaveSite(f"max_requests: the profile allows {self.site.max_requests} a run")
        if time.monotonic() - self._entered_at > self._job.patience.visit:
            raise LeaveSite(f"too slow: not done with it after {self._job.patience.visit:.0f} s")
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
        except EXPECTED as error:
            if isinstance(error, Refused) and error.because:
                self.report.robots_failure = error.because
            return Answer(reason_of(error), at, url), None
        final = canonical_url(response.url, self.site) or url
        status = response.status
        if status in {429, 503}:
            return Answer(f"failed:http-{status}", at, final, None), _retry_after(response, self._job.patience.busy)
        if status == 304:
            return Answer("unchanged", at, final), None
        if status in {404, 410}:
            return Answer("not_found", at, final), None
        if status != 200:
            return Answer(f"failed:http-{status}", at, final), None
        return Answer("fetched", at, final, response), None


def _start(kind: Literal["rss", "sitemap", "listing"], url: str) -> StartReport:
    return StartReport(kind=kind, url=url, outcome="not asked")


def _read(reader: Callable[..., list[Found]], response: Response, url: str, site: Site) -> list[Found] | str:
    """What a start point names, or the outcome when it cannot be read."""
    try:
        return reader(response.body, url=url, site=site, content_type=_content_type(response))
    except DiscoveryError as error:
        logger.warning("%s", error)
        return "failed:unreadable"


def _retry_after(response: Response, unsaid: float) -> float:
    """Seconds to wait as a Retry-After header says (seconds or a date); `unsaid` where it says nothing."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return unsaid
    return max(0.0, (when - _now()).total_seconds()) if when.tzinfo else unsaid


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
