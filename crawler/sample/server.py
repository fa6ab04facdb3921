"""The sample sites over real HTTP on a loopback address."""

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import urlsplit

import data
from crawler.sample.pages import Answer, SampleWeb, render_web
from crawler.sites import Site, load_sites

LOG_VARIABLE = "THIDUA_SAMPLE_LOG"
"""Environment variable with a file to which the server adds a line (`host status target`) for each request before it
answers, so that what was asked for is known even when the server is killed."""

_SMALL = 400
"""Bodies below so many bytes are not worth compressing."""


@dataclass(frozen=True)
class Visit:
    """One request that the server answered."""

    host: str
    target: str
    status: int


@dataclass(frozen=True)
class SampleServer:
    """The running sites. `sites` are the profiles to crawl: their addresses are the public ones, whatever the port."""

    sites: list[Site]
    web: SampleWeb
    address: str
    visits: list[Visit]


@contextmanager
def serve(folder: Path = data.SAMPLE, edition: int = 1, port: int = 0) -> Iterator[SampleServer]:
    """Serve the sample sites of `folder` on 127.0.0.1 for as long as the context lasts.

    All sites share one port (0: any free one). They are told apart by the Host header or by the absolute form of the
    request (`GET http://sonoivu.mau.thidua.example/ HTTP/1.1`), so that an article has the same URL, and so the same
    id, on every port. Edition 2 is what the sites hold at a later crawl. Raises SampleError for an error in a source,
    SiteError for one in a profile, OSError when the port is taken.
    """
    profiles = load_sites(folder / "sites")
    web = render_web(profiles, folder, edition)
    visits: list[Visit] = []
    log = os.environ.get(LOG_VARIABLE)
    handler = type("SampleHandler", (_Handler,), {"web": web, "visits": visits, "log": Path(log) if log else None})
    with _Server(("127.0.0.1", port), handler) as server:
        address = f"127.0.0.1:{server.server_address[1]}"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield SampleServer([site.served_at(address) for site in profiles.values()], web, address, visits)
        finally:
            server.shutdown()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away (a killed crawl); any other error is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    web: ClassVar[SampleWeb]
    visits: ClassVar[list[Visit]]
    log: ClassVar[Path | None]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # with it, a small answer waits 40 ms for an acknowledgement
    timeout = 30

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def _respond(self, *, with_body: bool) -> None:
        url = urlsplit(self.path)
        host = (url.hostname or self.headers.get("Host", "").partition(":")[0]).lower()
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        if (host, "") not in self.web.answers:
            known = ", ".join(sorted({name for name, _ in self.web.answers}))
            self._send(
                Answer(421, "text/plain; charset=utf-8", f"no such sample site; known: {known}\n".encode()), True
            )
            return
        answer = self.web.answer(host, target)
        status = 304 if answer.status == 200 and self._has_it(answer) else answer.status
        self.visits.append(Visit(host, target, status))
        if self.log is not None:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"{host} {status} {target}\n")
        self._send(answer, with_body, status)

    def _has_it(self, answer: Answer) -> bool:
        """Whether the client's copy is still good (RFC 9110 section 13.2.2: If-None-Match goes before the date)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return answer.etag is not None and answer.etag in [tag.strip() for tag in tags.split(",")]
        since = self.headers.get("If-Modified-Since")
        if since is None or answer.last_modified is None:
            return False
        try:
            return answer.last_modified.replace(tzinfo=UTC) <= parsedate_to_datetime(since)
        except ValueError:
            return False

    def _send(self, answer: Answer, with_body: bool, status: int | None = None) -> None:
        body = b"" if status == 304 else answer.body
        self.send_response(status or answer.status)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if answer.last_modified:
            self.send_header("Last-Modified", format_datetime(answer.last_modified.replace(tzinfo=UTC), usegmt=True))
        if answer.location:
            self.send_header("Location", answer.location)
        if status != 304:
            self.send_header("Content-Type", answer.content_type)
            if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > _SMALL:
                body = gzip.compress(body, compresslevel=5, mtime=0)
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Vary", "Accept-Encoding")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the crawl reports what was fetched."""
