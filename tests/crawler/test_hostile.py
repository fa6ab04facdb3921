"""One run over all hostile servers and a good one: each ends in time and memory, by its reason; the good is whole."""

import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from crawler.archive import Capture, read_captures
from crawler.fetch import CrawlReport, Patience
from crawler.page import parse_page
from crawler.report import SiteReport
from tests.crawler.conftest import WebServer, Workplace
from tests.crawler.hostile import HOSTILE, TITLE
from tests.crawler.memory import Memory

PATIENCE = Patience(download=2.5, busy=0.1, retry_after=1)
MOST_SECONDS = 60
MOST_MEGABYTES = 400


@dataclass
class Met:
    """What the crawl made of the servers."""

    report: CrawlReport
    captures: list[Capture]
    seconds: float
    megabytes: float
    """Most memory that the crawling process held."""

    def of(self, name: str) -> SiteReport:
        return self.report.sites[name]


@contextmanager
def served() -> Iterator[WebServer]:
    server = WebServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    place, memory = Workplace(tmp_path_factory.mktemp("hostile")), Memory()
    with ExitStack() as stack:
        sites = [build(stack.enter_context(served())) for build in HOSTILE]
        began = time.monotonic()
        report = place.crawl(*sites, patience=PATIENCE, progress=memory.look)
        seconds = time.monotonic() - began
    captures = [capture for path in place.archive.glob("*.warc.gz") for capture in read_captures(path)]
    return Met(report, captures, seconds, memory.megabytes)


def test_all_ends_in_time_and_memory(met: Met) -> None:
    assert met.seconds < MOST_SECONDS
    assert 20 < met.megabytes < MOST_MEGABYTES
    assert [site.error for site in met.report.sites.values() if site.error] == []


def test_the_good_site_is_whole(met: Met) -> None:
    assert (met.of("good").outcomes, met.of("good").gave_up) == ({"fetched": 10}, None)
    assert sum(capture.site_id == "good" for capture in met.captures) == 10


def test_an_endless_body_ends_by_its_size_or_by_its_time(met: Met) -> None:
    assert met.of("endless-body").count("failed") == met.of("endless-body").count("fetched") == 1
    assert set(met.of("endless-body").outcomes) <= {"failed:too_large", "failed:timeout", "fetched"}


@pytest.mark.parametrize(
    ("name", "outcomes"),
    [
        ("drip", {"failed:timeout": 1, "fetched": 1}),
        ("mute", {"failed:timeout": 1, "fetched": 1}),
        ("endless-head", {"failed:too_large": 1, "fetched": 1}),
        ("bomb", {"failed:too_large": 2, "fetched": 1}),
        ("loop", {"failed:redirects": 2, "fetched": 1}),
        ("cookies", {"failed:redirects": 1, "fetched": 2}),
        ("entities", {"fetched": 1}),
        ("soft-404", {"fetched": 4}),
    ],
)
def test_a_bad_page_is_counted_by_reason_and_the_next_one_is_fetched(
    met: Met, name: str, outcomes: dict[str, int]
) -> None:
    assert met.of(name).outcomes == outcomes
    assert met.of(name).gave_up is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("storm-429", "busy: still so after waiting"),
        ("storm-503", "busy: still so after waiting"),
        ("reset", "5 failures in a row, the last: failed:connection"),
        ("calendar", "max_requests: the profile allows 40 a run"),
        ("sitemaps", "max_requests: the profile allows 24 a run"),
        ("robots-drip", "robots.txt cannot be had"),
    ],
)
def test_a_site_that_gives_nothing_is_left_with_the_reason(met: Met, name: str, why: str) -> None:
    assert why in (met.of(name).gave_up or "")


def test_documents_that_are_traps_are_told_from_empty_ones(met: Met) -> None:
    assert met.of("entities").start_outcomes == {"failed:unreadable": 4, "fetched": 1}
    assert met.of("bomb").start_outcomes == {"failed:unreadable": 1, "fetched": 1}


def test_endless_links_leave_requests_for_articles(met: Met) -> None:
    calendar, sitemaps = met.of("calendar"), met.of("sitemaps")
    assert (calendar.requests, calendar.start_outcomes) == (40, {"passed_over": 1})
    assert sum(calendar.outcomes.values()) == 20
    assert (sitemaps.requests, sitemaps.seen) == (24, 10_000)
    assert sum(sitemaps.outcomes.values()) == 12


def test_whatever_a_page_calls_its_letters_they_are_kept_and_read_right(met: Met) -> None:
    pages = [capture for capture in met.captures if capture.site_id == "charset"]
    assert len(pages) == 5
    for capture in pages:
        article = parse_page(capture.body, url=capture.url, content_type=capture.content_type).article
        assert article is not None, capture.url
        assert unicodedata.normalize("NFC", article.title) == TITLE, capture.url


def test_pages_that_hold_no_article_are_told_when_they_are_parsed(met: Met) -> None:
    empty = [page for page in met.captures if page.site_id == "soft-404" or page.url.endswith("/tin-2.html")]
    shells = [page for page in empty if page.site_id in {"soft-404", "cookies"}]
    assert len(shells) == 5
    for capture in shells:
        parsed = parse_page(capture.body, url=capture.url, content_type=capture.content_type)
        assert (parsed.article, bool(parsed.reason)) == (None, True), capture.url
