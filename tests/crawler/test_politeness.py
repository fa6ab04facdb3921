"""What the crawler promises to the sites it visits. (Also: test_fetch.py, test_tls.py, test_hostile.py.)"""

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.http import Request, Response

from crawler.fetch import Patience
from crawler.gate import PrivateAddressError, Refused, SiteGate, _checked, is_public
from crawler.politeness import FlooredAutoThrottle
from crawler.report import CrawlJob
from crawler.settings import scrapy_settings
from tests.crawler.conftest import Page, WebServer, Workplace, make_site
from tests.crawler.test_hostile import served


class Gauge:
    """Counts how many requests a server answers at once, and when each began."""

    def __init__(self, web: WebServer, paths: list[str]) -> None:
        self.at_once = self.most = 0
        self.began: list[float] = []
        self._lock = threading.Lock()
        for path in paths:
            web.pages[path] = Page(handle=self.answer)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.began.append(time.monotonic())
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(0.03)
        with self._lock:
            self.at_once -= 1
        handler.send_response(200)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")


def test_one_request_at_a_time_also_when_several_profiles_share_a_host(web: WebServer, place: Workplace) -> None:
    paths = [f"/tin-{number}.html" for number in range(8)]
    gauge = Gauge(web, paths)
    web.listing("/", paths[:4])
    web.listing("/khac", paths[4:])
    one = make_site(web.host, "one", download_delay=0.15, article_url=r"tin-[0-3]\.html$")
    other = {"listing": [{"url": f"{web.base}/khac"}]}
    two = make_site(web.host, "two", download_delay=0, article_url=r"tin-[4-7]\.html$", start=other)
    place.crawl(one, two)
    assert (gauge.most, len(gauge.began)) == (1, 8)
    assert all(later - earlier >= 0.14 for earlier, later in itertools.pairwise(gauge.began))


def test_who_we_are_is_told_and_nothing_else(web: WebServer, place: Workplace) -> None:
    web.html("/", f"<a href='{web.article(1)}'>Tin</a>", **{"Set-Cookie": "theo-doi=1; path=/"})
    place.crawl(make_site(web.host), contact="https://example.org/lien-he")
    assert {path for path, _ in web.asked} == {"/robots.txt", "/", "/tin-1.html"}
    for _, headers in web.asked:
        assert headers["user-agent"].startswith("thidua/")
        assert "https://example.org/lien-he" in headers["user-agent"]
        assert not {"cookie", "referer", "from"} & set(headers)


ROBOTS: dict[str, tuple[Page, bool]] = {
    "missing": (Page(status=404), True),
    "forbidden": (Page(status=403), True),
    "gone": (Page(status=410), True),
    "no-rules": (Page(b"<html><body>Welcome</body></html>"), True),
    "binary": (Page(bytes(range(256)) * 50), True),
    "other-robots": (Page(b"User-agent: other\nDisallow: /"), True),
    "us": (Page(b"User-agent: *\nAllow: /\nUser-agent: thidua\nDisallow: /"), False),
    "busy": (Page(status=429), False),
    "broken": (Page(status=500), False),
    "away": (Page(status=301, headers={"Location": "http://example.org/robots.txt"}), False),
    "loop": (Page(status=302, headers={"Location": "/robots.txt"}), False),
    "cut": (Page(b"User-agent: *\nAllow: /", announced=1000), False),
    "huge": (Page(b"# " + bytes(9 << 20)), False),
}


def test_robots_are_obeyed_and_what_cannot_be_had_forbids(place: Workplace) -> None:
    with ExitStack() as stack:
        webs = {name: stack.enter_context(served()) for name in ROBOTS}
        for name, (robots, _) in ROBOTS.items():
            webs[name].pages["/robots.txt"] = robots
            webs[name].listing("/", [webs[name].article(1)])
        report = place.crawl(*(make_site(web.host, name) for name, web in webs.items()), patience=Patience(busy=0.01))
    allowed = {name: report.sites[name].outcomes == {"fetched": 1} for name in ROBOTS}
    assert allowed == {name: may for name, (_, may) in ROBOTS.items()}
    refused = [name for name, may in allowed.items() if not may]
    assert all({path for path, _ in webs[name].asked} == {"/robots.txt"} for name in refused)
    assert all(report.sites[name].requests == 0 for name in refused)


def test_a_redirect_leads_nowhere_that_a_request_may_not_go(web: WebServer, place: Workplace) -> None:
    web.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /kin")
    web.pages["/kin/tin-9.html"] = Page(b"never asked for")
    places = {
        "/cam-1.html": "/kin/tin-9.html",
        "/nguoi-khac-2.html": "http://example.org/",
        "/may-nha-3.html": "http://10.0.0.1/tin-1.html",
        "/may-nay-4.html": "http://localhost:1/tin-1.html",
        "/sieu-du-lieu-5.html": "http://169.254.169.254/latest/meta-data/",
        "/tep-6.html": "file:///etc/passwd",
        "/ftp-7.html": "ftp://example.org/tin-1.html",
    }
    for path, location in places.items():
        web.pages[path] = Page(status=302, headers={"Location": location})
    web.listing("/", list(places))
    report = place.crawl(make_site(web.host, article_url=r"-\d\.html$"))
    assert report.outcomes.pop("robots") == 1
    assert web.count("/kin/tin-9.html") == 0
    assert set(report.outcomes) <= {"offsite", "robots", "failed:http-302"}
    assert sum(report.outcomes.values()) == len(places)
    assert not list(place.archive.glob("*.warc.gz"))


def test_an_error_is_tried_once_again_and_no_more(web: WebServer, place: Workplace) -> None:
    web.pages["/tin-1.html"] = Page(status=500)
    web.listing("/", ["/tin-1.html"])
    place.crawl(make_site(web.host))
    assert web.count("/tin-1.html") == 2


def test_the_bound_on_requests_of_a_run_is_kept_and_told(web: WebServer, place: Workplace) -> None:
    web.listing("/", [web.article(number) for number in range(10)])
    report = place.crawl(make_site(web.host, max_requests=5))
    assert (report.requests, report.outcomes) == (5, {"fetched": 4})
    assert report.sites["baomau"].gave_up == "max_requests: the profile allows 5 a run"
    rest = place.crawl(make_site(web.host, max_requests=50))
    assert rest.outcomes["fetched"] == 6


def test_a_site_that_is_slow_with_every_page_does_not_keep_the_run(web: WebServer, place: Workplace) -> None:
    paths = [f"/tin-{number}.html" for number in range(40)]
    Gauge(web, paths)
    web.listing("/", paths)
    report = place.crawl(make_site(web.host), patience=Patience(visit=0.5))
    assert "too slow" in (report.sites["baomau"].gave_up or "")
    assert 0 < report.outcomes["fetched"] < 40


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
    ],
)
def test_no_name_may_lead_to_an_address_off_the_public_internet(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(PrivateAddressError, match=r"baomau\.vn leads to"):
        _checked(address, "baomau.vn")


def test_public_addresses_are_let_through() -> None:
    assert _checked("203.162.0.11", "baomau.vn") == "203.162.0.11"
    assert is_public("2001:ee0::1")


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/x", "http://10.0.0.8:8080/", "http://khac.vn/"])
def test_the_gate_refuses_a_real_site_s_request_to_other_hosts(url: str) -> None:
    gate = SiteGate([real_site("baomau.vn")])
    with pytest.raises(Refused, match="offsite"):
        gate.process_request(Request(url, meta={"site_id": "baomau"}))


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.8:8080", "169.254.169.254"])
def test_a_real_profile_cannot_claim_a_private_address(host: str) -> None:
    gate = SiteGate([real_site(host)])
    with pytest.raises(Refused, match="private_address"):
        gate.process_request(Request(f"http://{host}/", meta={"site_id": "baomau"}))


def real_site(host: str):  # type: ignore[no-untyped-def]
    return make_site(host, sample=False, download_delay=2)


def test_a_server_that_slows_down_is_asked_less_often_and_never_more_than_promised() -> None:
    slot = SimpleNamespace(delay=2.0, transferring=set())
    downloader = SimpleNamespace(slots={"baomau.vn": slot}, per_slot_settings={"baomau.vn": {"delay": 2.0}})
    throttle = FlooredAutoThrottle.__new__(FlooredAutoThrottle)
    throttle.crawler = SimpleNamespace(engine=SimpleNamespace(downloader=downloader))
    throttle.debug, throttle.target_concurrency, throttle.maxdelay, throttle.mindelay = False, 1.0, 60.0, 0.0

    def delays(latency: float) -> Iterator[float]:
        while True:
            request = Request("http://baomau.vn/", meta={"download_slot": "baomau.vn", "download_latency": latency})
            throttle._response_downloaded(Response("http://baomau.vn/", request=request), request, None)
            yield slot.delay

    assert next(itertools.islice(delays(12.0), 5, None)) > 8
    assert next(itertools.islice(delays(0.01), 30, None)) == 2.0


def test_no_door_leads_into_the_crawling_process(web: WebServer, place: Workplace) -> None:
    doors: set[str] = set()

    def look(_step: object) -> None:
        doors.update(listening_sockets_of_children())

    web.listing("/", [web.article(number) for number in range(3)])
    place.crawl(make_site(web.host), progress=look)
    assert doors == set()


def listening_sockets_of_children() -> Iterator[str]:
    listening = {
        columns[9]
        for table in ("tcp", "tcp6")
        for columns in (line.split() for line in Path("/proc/net", table).read_text().splitlines()[1:])
        if columns[3] == "0A"
    }
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in (task / "children").read_text().split():
                for handle in (Path("/proc") / child / "fd").iterdir():
                    target = str(handle.readlink())
                    if target.startswith("socket:[") and target[8:-1] in listening:
                        yield target


def test_settings_that_are_promises(tmp_path: Path) -> None:
    sites = (make_site("127.0.0.1:1"), real_site("baomau.vn").model_copy(update={"id": "bao-khac"}))
    job = CrawlJob(run_id="r", sites=sites, archive=tmp_path, state=tmp_path / "s", log_file=tmp_path / "l")
    settings = scrapy_settings(job)
    expected = {
        "ROBOTSTXT_OBEY": True,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "AUTOTHROTTLE_ENABLED": True,
        "DOWNLOAD_MAXSIZE": 8 << 20,
        "REDIRECT_MAX_TIMES": 5,
    }
    assert {name: settings[name] for name in expected} == expected
    assert settings["DOWNLOAD_SLOTS"]["baomau.vn"] == {"concurrency": 1, "delay": 2.0, "jitter": 0}
