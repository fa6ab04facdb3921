"""Whole crawls over loopback: what is asked for, what is stored, what is counted."""

import datetime as dt
import gzip
import itertools
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from crawler.archive import OPEN_SUFFIX, ArchiveWriter, Capture, read_captures
from crawler.fetch import CONTACT_VARIABLE, CrawlError, Progress
from crawler.sites import Listing, Start
from crawler.state import CrawlState
from tests.crawler.conftest import Page, WebServer, Workplace, make_site


def stored(place: Workplace) -> list[Capture]:
    return [capture for path in sorted(place.archive.glob("*.warc.gz")) for capture in read_captures(path)]


def test_a_second_crawl_stores_only_what_changed(web: WebServer, place: Workplace) -> None:
    web.listing("/", [web.article(number) for number in range(4)])
    site = make_site(web.host)
    steps: list[Progress] = []
    first = place.crawl(site, progress=steps.append)
    assert first.outcomes == {"fetched": 4}
    assert (first.requests, first.seen, first.sites["baomau"].new) == (5, 4, 4)
    assert [step.outcome for step in steps if step.stage == "article"] == ["fetched"] * 4
    assert {capture.site_id for capture in stored(place)} == {"baomau"}

    web.article(2, "Nội dung mới")
    second = place.crawl(site)
    assert second.outcomes == {"unchanged": 3, "fetched": 1}
    assert second.sites["baomau"].start_outcomes == {"unchanged": 1}
    assert len(stored(place)) == 5
    assert "Nội dung mới".encode() in stored(place)[-1].body

    third = place.crawl(site)
    assert third.outcomes == {"unchanged": 4}
    assert third.archive_file is None
    assert len(stored(place)) == 5


def test_a_page_without_validators_is_told_unchanged_by_its_content(web: WebServer, place: Workplace) -> None:
    web.html("/tin-1.html", "<p>một</p>")
    web.listing("/", ["/tin-1.html"])
    place.crawl(make_site(web.host))
    assert place.crawl(make_site(web.host)).outcomes == {"unchanged": 1}
    assert len(stored(place)) == 1


def test_every_ending_of_a_request_is_counted_by_reason(web: WebServer, place: Workplace) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    good = web.article(1)
    web.pages["/chuyen-2.html"] = Page(status=301, headers={"Location": good})
    web.pages["/mat-3.html"] = Page(status=302, headers={"Location": "/"})
    web.pages["/vong-4.html"] = Page(status=302, headers={"Location": "/vong-4.html?x=1"})
    web.pages["/vong-4.html?x=1"] = Page(status=302, headers={"Location": "/vong-4.html"})
    web.pages["/ra-ngoai-5.html"] = Page(status=302, headers={"Location": "http://example.org/"})
    web.pages["/ngan-6.html"] = Page(b"<p>short", announced=5000)
    web.pages["/ngat-7.html"] = Page(handle=hang_up)
    web.pages["/loi-8.html"] = Page(status=500)
    web.pages["/cam-9.html"] = Page(b"never asked for")
    web.pages["/rong-10.html"] = Page(b"")
    web.pages["/to-11.html"] = Page(b"x" * (9 << 20))
    web.pages["/bom-12.html"] = Page(gzip.compress(b"0" * (64 << 20)), headers={"Content-Encoding": "gzip"})
    web.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /cam")
    bad = ["/chuyen-2.html", "/mat-3.html", "/vong-4.html", "/ra-ngoai-5.html", "/ngan-6.html", "/ngat-7.html"]
    worse = ["/loi-8.html", "/cam-9.html", "/rong-10.html", "/to-11.html", "/bom-12.html", "/khong-13.html"]
    web.listing("/", [*bad, web.article(20), *worse])
    report = place.crawl(make_site(web.host))
    assert report.outcomes == {
        "redirected": 1,
        "fetched": 2,
        "moved_away": 1,
        "failed:redirects": 1,
        "offsite": 1,
        "failed:truncated": 1,
        "failed:connection": 1,
        "failed:http-500": 1,
        "robots": 1,
        "failed:empty": 1,
        "failed:too_large": 2,
        "not_found": 1,
    }
    assert web.count("/cam-9.html") == 0
    assert sorted(capture.url for capture in stored(place)) == [f"{web.base}/tin-1.html", f"{web.base}/tin-20.html"]
    with CrawlState(place.state) as state:
        [counted] = state.seen_counts()
    assert (counted.seen, counted.stored) == (13, 2)  # the redirecting address and its target are one article


def test_robots_that_cannot_be_had_mean_no_crawl(web: WebServer, place: Workplace) -> None:
    web.pages["/robots.txt"] = Page(status=503)
    web.listing("/", [web.article(1)])
    report = place.crawl(make_site(web.host))
    assert report.requests == 0
    assert "robots.txt" in (report.sites["baomau"].gave_up or "")
    assert {path for path, _ in web.asked} == {"/robots.txt"}


def test_robots_that_forbid_all_leave_no_request(web: WebServer, place: Workplace) -> None:
    web.pages["/robots.txt"] = Page(b"User-agent: thidua\nDisallow: /")
    web.listing("/", [web.article(1)])
    report = place.crawl(make_site(web.host))
    assert report.requests == 0
    assert report.sites["baomau"].start_outcomes == {"robots": 1}


def test_crawl_delay_is_kept(web: WebServer, place: Workplace) -> None:
    times: list[float] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        times.append(time.monotonic())
        handler.send_response(200)
        handler.send_header("Content-Length", "9")
        handler.end_headers()
        handler.wfile.write(b"<p>ok</p>")

    web.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 0.4")
    articles = [f"/tin-{number}.html" for number in range(3)]
    web.listing("/", articles)
    for article in articles:
        web.pages[article] = Page(handle=answer)
    place.crawl(make_site(web.host))
    assert len(times) == 3
    assert all(later - earlier >= 0.38 for earlier, later in itertools.pairwise(times))


def test_retry_after_is_waited_out_or_the_site_is_left(web: WebServer, place: Workplace) -> None:
    asked: list[float] = []

    def busy_once(handler: BaseHTTPRequestHandler) -> None:
        asked.append(time.monotonic())
        handler.send_response(503 if len(asked) == 1 else 200)
        handler.send_header("Retry-After", "1")
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")

    web.listing("/", ["/tin-1.html", "/tin-2.html", "/tin-3.html"])
    web.pages["/tin-1.html"] = Page(handle=busy_once)
    web.pages["/tin-2.html"] = Page(status=429, headers={"Retry-After": "86400"})
    report = place.crawl(make_site(web.host))
    assert asked[1] - asked[0] >= 1
    assert report.outcomes == {"fetched": 1}
    assert report.sites["baomau"].gave_up == "busy: asked us to come back in 86400 s"
    assert web.count("/tin-3.html") == 0


def test_feeds_sitemaps_and_further_pages_lead_to_articles(web: WebServer, place: Workplace) -> None:
    web.html(
        "/rss", f"<rss version='2.0'><channel><item><link>{web.base}{web.article(1)}</link></item></channel></rss>"
    )
    web.html("/map", f"<sitemapindex><sitemap><loc>{web.base}/map2</loc></sitemap></sitemapindex>")
    inner = f"<urlset><url><loc>{web.base}{web.article(2)}</loc></url></urlset>"
    web.pages["/map2"] = Page(gzip.compress(inner.encode()))
    web.listing("/tin", [web.article(3)])
    web.listing("/tin?page=2", [web.article(4)])
    web.listing("/tin?page=3", [web.article(4)])
    web.listing("/tin?page=4", [web.article(5)])
    start = Start(
        rss=(f"{web.base}/rss",),
        sitemap=(f"{web.base}/map",),
        listing=(Listing(url=f"{web.base}/tin", page_url=f"{web.base}/tin?page={{page}}"),),
    )
    report = place.crawl(make_site(web.host, start=start))
    assert sorted(capture.url[-10:] for capture in stored(place)) == [f"tin-{n}.html" for n in range(1, 5)]
    assert web.count("/tin?page=4") == 0  # page 3 held nothing that page 2 did not
    assert report.sites["baomau"].start_outcomes == {"fetched": 3, "inner sitemap": 1}


def test_what_a_feed_shows_does_not_hide_the_further_pages_of_a_listing(web: WebServer, place: Workplace) -> None:
    def show(newest: int) -> None:
        links = "".join(f"<item><link>{web.base}{web.article(n)}</link></item>" for n in (newest, newest - 1))
        web.html("/rss", f"<rss version='2.0'><channel>{links}</channel></rss>")
        web.listing("/tin", [web.article(newest), web.article(newest - 1)])
        for page in range(2, 6):
            older = newest - 2 * (page - 1)
            web.listing(f"/tin?page={page}", [web.article(n) for n in (older, older - 1) if n > 0])

    listing = Listing(url=f"{web.base}/tin", page_url=f"{web.base}/tin?page={{page}}", max_pages=4)
    site = make_site(web.host, start=Start(rss=(f"{web.base}/rss",), listing=(listing,)))
    show(6)
    assert place.crawl(site).outcomes == {"fetched": 6}
    web.asked.clear()
    show(10)
    assert place.crawl(site).sites["baomau"].new == 4
    assert (web.count("/tin?page=3"), web.count("/tin?page=4")) == (1, 0)


def test_the_topic_filter_counts_what_it_leaves_out(web: WebServer, place: Workplace) -> None:
    on, off = web.article(1), web.article(2)
    web.html("/", f"<a href='{on}'>Trao tặng Huân chương Lao động</a><a href='{off}'>Thời tiết ngày mai</a>")
    report = place.crawl(make_site(web.host), topic_only=True)
    assert (report.seen, report.outcomes) == (2, {"fetched": 1})
    with CrawlState(place.state) as state:
        [counted] = state.seen_counts()
    assert (counted.seen, counted.wanted, counted.stored) == (2, 1, 1)


def test_limit_takes_some_now_and_the_rest_next_time(web: WebServer, place: Workplace) -> None:
    web.listing("/", [web.article(number) for number in range(5)])
    assert place.crawl(make_site(web.host), limit=2).outcomes == {"fetched": 2}
    assert place.crawl(make_site(web.host), limit=3).outcomes == {"fetched": 3}


def test_a_site_keeps_its_addresses_whatever_port_serves_it(web: WebServer, place: Workplace) -> None:
    web.listing("/", [web.article(1)])
    report = place.crawl(make_site("baomau.example").served_at(web.host))
    assert report.outcomes == {"fetched": 1}
    assert [capture.url for capture in stored(place)] == ["http://baomau.example/tin-1.html"]


def test_no_request_to_private_addresses_unless_for_a_sample(
    web: WebServer, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CONTACT_VARIABLE, "test@example.org")
    web.listing("/", [web.article(1)])
    bare = make_site(web.host, "bare", sample=False, download_delay=1)
    named = make_site(f"localhost:{web.server_port}", "named", sample=False, download_delay=1)
    report = place.crawl(bare, named)
    assert web.asked == []
    assert report.requests == 0
    assert report.sites["bare"].start_outcomes == {"private_address": 1}
    assert "robots.txt" in (report.sites["named"].gave_up or "")


def test_a_real_site_is_not_visited_without_a_contact(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CONTACT_VARIABLE, raising=False)
    with pytest.raises(CrawlError, match=CONTACT_VARIABLE):
        place.crawl(make_site("baomau.example", sample=False, download_delay=2))


def test_no_sites_is_an_error(place: Workplace) -> None:
    with pytest.raises(CrawlError, match="no site to crawl"):
        place.crawl()


def test_an_archive_that_cannot_be_written_is_an_error_and_not_a_loss(web: WebServer, place: Workplace) -> None:
    web.listing("/", [web.article(1)])
    place.archive.parent.mkdir(exist_ok=True)
    place.archive.write_text("a file where the folder should be")
    with pytest.raises(CrawlError, match="run again"):
        place.crawl(make_site(web.host))
    place.archive.unlink()
    assert place.crawl(make_site(web.host)).outcomes == {"fetched": 1}


def test_pages_in_a_file_left_open_are_taken_up(web: WebServer, place: Workplace) -> None:
    articles = [web.article(number) for number in range(3)]
    web.listing("/", articles)
    with ArchiveWriter(place.archive / "killed.warc.gz") as writer:
        writer.add(
            url=f"{web.base}{articles[0]}",
            site_id="baomau",
            status=200,
            headers=[],
            body=b"as it came",
            fetched_at=dt.datetime.now(dt.UTC),
        )
    whole = place.archive / "killed.warc.gz"
    open_file = place.archive / f"killed.warc.gz{OPEN_SUFFIX}"
    open_file.write_bytes(whole.read_bytes() + b"\x1f\x8b\x08 torn")
    whole.unlink()
    with CrawlState(place.state) as state:  # the killed run had begun with the site and not finished
        state.begin_run("killed", ["baomau"], dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1))
    report = place.crawl(make_site(web.host))
    assert [path.name for path in report.salvaged] == ["killed.warc.gz"]
    assert report.outcomes == {"fetched": 2}
    assert web.count(articles[0]) == 0


_STARTER = """
import sys
from pathlib import Path
from tests.crawler.conftest import Workplace, make_site
place = Workplace(Path(sys.argv[1]))
place.runs = int(sys.argv[3])
place.crawl(make_site(sys.argv[2]))
"""


def test_killed_again_and_again_a_crawl_ends_whole_and_asks_once(
    web: WebServer, place: Workplace, tmp_path: Path
) -> None:
    articles = [web.article(number, "chữ " * 2000) for number in range(60)]
    web.listing("/", articles)
    for number, asked in enumerate((3, 20, 45)):
        starter = subprocess.Popen(
            [sys.executable, "-c", _STARTER, str(tmp_path), web.host, str(number)], cwd=Path(__file__).parents[2]
        )
        give_up_at = time.monotonic() + 30
        while sum(path in articles for path, _ in web.asked) < asked and time.monotonic() < give_up_at:
            time.sleep(0.005)
        os.kill(starter.pid, signal.SIGKILL)
        starter.wait()
    place.runs = 10
    report = place.crawl(make_site(web.host))
    assert report.sites["baomau"].gave_up is None
    captures = stored(place)
    assert sorted(capture.url for capture in captures) == sorted(f"{web.base}{path}" for path in articles)
    assert not list(place.archive.glob(f"*{OPEN_SUFFIX}"))
    # Only what was on its way when the process died may have been asked for twice.
    assert sum(web.count(path) - 1 for path in articles) <= 3
