"""A tiny loopback web server for the crawler's tests: pages are set, requests are counted."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.fetch import CrawlReport, crawl
from crawler.sites import Listing, Site, Start


@dataclass
class Page:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None
    """Content-Length that is sent, where it is not the body's."""
    handle: Callable[[BaseHTTPRequestHandler], None] | None = None


class WebServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Page] = {"/robots.txt": Page(status=404)}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.host = f"127.0.0.1:{self.server_port}"
        self.base = f"http://{self.host}"

    def html(self, path: str, text: str, **headers: str) -> None:
        self.pages[path] = Page(text.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})

    def article(self, number: int, text: str = "Nội dung") -> str:
        path = f"/tin-{number}.html"
        self.html(path, f"<h1>Tin {number}</h1><p>{text}</p>", ETag=f'"{number}-{hash(text):x}"')
        return path

    def listing(self, path: str, articles: list[str]) -> None:
        self.html(path, "".join(f'<a href="{article}">Tin {article}</a>' for article in articles))

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests want."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes; without this each page waits 40 ms for an ACK
    server: WebServer

    def do_GET(self) -> None:
        path = self.path.removeprefix("http://baomau.example")
        self.server.asked.append((path, {name.lower(): value for name, value in self.headers.items()}))
        page = self.server.pages.get(path, Page(b"not here", status=404))
        if page.handle is not None:
            page.handle(self)
            return
        etag = page.headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page.body) if page.announced is None else page.announced))
        self.end_headers()
        self.wfile.write(page.body)
        if page.announced is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[WebServer]:
    server = WebServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def make_site(host: str, site_id: str = "baomau", **changes: object) -> Site:
    """A sample site on `host` that lists its articles on its front page."""
    values: dict[str, object] = {
        "id": site_id,
        "name": "Báo Mẫu",
        "kind": "newspaper",
        "family": "flat-html",
        "province": "Quảng Bình",
        "province_now": "Quảng Trị",
        "hosts": (host,),
        "article_url": r"^/[^/]+-\d+\.html$",
        "start": Start(listing=(Listing(url=f"http://{host}/"),)),
        "download_delay": 0,
        "sample": True,
    }
    return Site.model_validate(values | changes)


class Workplace:
    """A folder with archive and state, and runs numbered from 1."""

    def __init__(self, folder: Path) -> None:
        self.archive = folder / "archive"
        self.state = folder / "state.sqlite"
        self.runs = 0

    def crawl(self, *sites: Site, **options: object) -> CrawlReport:
        self.runs += 1
        return crawl(sites, archive=self.archive, state=self.state, run_id=f"run-{self.runs}", **options)  # type: ignore[arg-type]


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path)
