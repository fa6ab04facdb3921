"""Servers that do what servers should not: each is a loopback site whose pages are built to wear a crawler out."""

import gzip
import socket
import struct
import time
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

from crawler.sites import Listing, Site, Start
from tests.crawler.conftest import Page, WebServer, make_site

TITLE = "Hội nghị tổng kết phong trào thi đua yêu nước"

Build = Callable[[WebServer], Site]


def bomb(megabytes: int) -> bytes:
    """A gzip body that unpacks to so many megabytes of zeros."""
    pack = zlib.compressobj(1, wbits=zlib.MAX_WBITS | 16)
    zeros = bytes(1 << 20)
    return b"".join(pack.compress(zeros) for _ in range(megabytes)) + pack.flush()


def site(web: WebServer, name: str, **changes: object) -> Site:
    return make_site(web.host, name, **changes)


def page(text: str, title: str = TITLE, charset: str = "utf-8") -> bytes:
    """An article as the parser wants one."""
    body = f"<html><head><meta charset='{charset}'></head><body><h1>{title}</h1><div><p>{text}</p></div></body></html>"
    return body.encode(charset)


def patient(handler: BaseHTTPRequestHandler, pieces: Iterator[bytes], seconds: float) -> None:
    """Send pieces with a pause after each, until the client hangs up."""
    for piece in pieces:
        handler.wfile.write(piece)
        handler.wfile.flush()
        time.sleep(seconds)


def endless(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece


def slow_drip(web: WebServer) -> Site:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        patient(handler, endless(b"<"), 0.05)

    web.pages["/cham-1.html"] = Page(handle=drip)
    web.listing("/", ["/cham-1.html", web.article(2)])
    return site(web, "drip")


def no_answer(web: WebServer) -> Site:
    web.pages["/im-1.html"] = Page(handle=lambda handler: time.sleep(4))
    web.listing("/", ["/im-1.html", web.article(2)])
    return site(web, "mute")


def endless_body(web: WebServer) -> Site:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        patient(handler, endless(b"10000\r\n" + bytes(0x10000) + b"\r\n"), 0)

    web.pages["/dai-1.html"] = Page(handle=pour)
    web.listing("/", ["/dai-1.html", web.article(2)])
    return site(web, "endless-body")


def endless_head(web: WebServer) -> Site:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        patient(handler, endless(b"X-More: " + b"x" * 8000 + b"\r\n"), 0.0002)

    web.pages["/dau-1.html"] = Page(handle=pour)
    web.listing("/", ["/dau-1.html", web.article(2)])
    return site(web, "endless-head")


def gzip_bombs(web: WebServer) -> Site:
    packed = bomb(256)
    web.pages["/bom-1.html"] = Page(packed, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})
    web.pages["/bom-2.html"] = Page(gzip.compress(packed), headers={"Content-Encoding": "gzip, gzip"})
    web.pages["/map.gz"] = Page(packed, headers={"Content-Type": "application/gzip"})
    web.listing("/", ["/bom-1.html", "/bom-2.html", web.article(3)])
    start = Start(sitemap=(f"{web.base}/map.gz",), listing=(Listing(url=f"{web.base}/"),))
    return site(web, "bomb", start=start)


def redirect_loop(web: WebServer) -> Site:
    for number in range(100, 160):
        web.pages[f"/vong-{number}.html"] = Page(status=302, headers={"Location": f"/vong-{number + 1}.html"})
    web.pages["/quay-2.html"] = Page(status=301, headers={"Location": "/quay-2.html"})
    web.listing("/", ["/vong-100.html", "/quay-2.html", web.article(3)])
    return site(web, "loop")


def calendar_trap(web: WebServer) -> Site:
    def month(handler: BaseHTTPRequestHandler) -> None:
        number = int(handler.path.rpartition("=")[2])
        links = "".join(f"<a href='/lich-{number * 100 + n}.html'>Ngày {n}</a>" for n in range(30))
        body = links.encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.wfile.write(body)

    web.listing("/", [web.article(1)])
    for number in range(2, 200):
        web.pages[f"/?thang={number}"] = Page(handle=month)
    listing = Listing(url=f"{web.base}/", page_url=f"{web.base}/?thang={{page}}", max_pages=1000)
    return site(web, "calendar", start=Start(listing=(listing,)), max_requests=40)


def charsets(web: WebServer) -> Site:
    text = "Sáng nay, Hội đồng Thi đua - Khen thưởng tỉnh tổ chức hội nghị. " * 8
    nfd = unicodedata.normalize("NFD", TITLE)
    bodies = {
        "/sai-1.html": (page(text), "text/html; charset=ISO-8859-1"),
        "/thieu-2.html": (f"<html><body><h1>{TITLE}</h1><div><p>{text}</p></div>".encode(), ""),
        "/cp1258-3.html": (page(_for_1258(text), _for_1258(TITLE), "windows-1258"), "text/html; charset=windows-1258"),
        "/nfd-4.html": (page(text, nfd), "text/html; charset=utf-8"),
        "/la-5.html": (page(text), "text/html; charset=x-khong-co"),
    }
    for path, (body, content_type) in bodies.items():
        web.pages[path] = Page(body, headers={"Content-Type": content_type} if content_type else {})
    web.listing("/", list(bodies))
    return site(web, "charset")


def _for_1258(text: str) -> str:
    """The text as windows-1258 can write it: base letters as they are, tone marks after them."""
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        try:
            letter.encode("windows-1258")
            out += letter
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            shape = [mark for mark in marks if mark not in "\u0300\u0301\u0303\u0309\u0323"]
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            out += unicodedata.normalize("NFC", base + "".join(shape)) + "".join(tones)
    return out


def sitemaps_in_sitemaps(web: WebServer) -> Site:
    def index(depth: int) -> bytes:
        names = "".join(f"<sitemap><loc>{web.base}/map-{depth}-{n}</loc></sitemap>" for n in range(10_000))
        return f"<sitemapindex>{names}</sitemapindex>".encode()

    urls = "".join(f"<url><loc>{web.base}/tin-{n}.html</loc></url>" for n in range(10_000))
    web.pages["/map"] = Page(index(1))
    web.pages["/map-1-0"] = Page(f"<urlset>{urls}</urlset>".encode())
    for depth in range(1, 6):
        for number in range(1 if depth == 1 else 0, 40):
            web.pages[f"/map-{depth}-{number}"] = Page(index(depth + 1))
    web.article(0)
    return site(web, "sitemaps", start=Start(sitemap=(f"{web.base}/map",)), max_requests=24)


def entity_bombs(web: WebServer) -> Site:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}'
    web.pages["/rss"] = Page(f"{head}]><rss version='2.0'><channel><title>&l9;</title></channel></rss>".encode())
    web.pages["/map"] = Page(f"{head}]><urlset><url><loc>&l9;</loc></url></urlset>".encode())
    outside = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]><urlset><url><loc>&file;</loc></url></urlset>'
    web.pages["/map2"] = Page(outside.encode())
    web.pages["/map3"] = Page(b"<urlset><url><loc>" + b"<" * 5000)
    web.listing("/", [web.article(1)])
    maps = tuple(f"{web.base}/{name}" for name in ("map", "map2", "map3"))
    start = Start(rss=(f"{web.base}/rss",), sitemap=maps, listing=(Listing(url=f"{web.base}/"),))
    return site(web, "entities", start=start)


def storm_429(web: WebServer) -> Site:
    web.pages["/robots.txt"] = Page(status=404)
    web.pages["/"] = Page(status=429)
    return site(web, "storm-429")


def storm_503(web: WebServer) -> Site:
    web.listing("/", ["/tin-1.html", "/tin-2.html"])
    web.pages["/tin-1.html"] = web.pages["/tin-2.html"] = Page(status=503, headers={"Retry-After": "0"})
    return site(web, "storm-503")


def resets(web: WebServer) -> Site:
    def reset(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True

    paths = [f"/dut-{n}.html" for n in range(20)]
    for path in paths:
        web.pages[path] = Page(handle=reset)
    web.listing("/", paths)
    return site(web, "reset")


def cookie_wall(web: WebServer) -> Site:
    wall = {"Location": "/tin-1.html", "Set-Cookie": "D1N=abc; path=/"}
    web.pages["/tin-1.html"] = Page(status=302, headers=wall)
    script = b"<html><body><script>document.cookie='D1N=1';location.reload()</script></body></html>"
    web.pages["/tin-2.html"] = Page(script, headers={"Content-Type": "text/html", "Set-Cookie": "D1N=abc"})
    web.listing("/", ["/tin-1.html", "/tin-2.html", web.article(3)])
    return site(web, "cookies")


def soft_404(web: WebServer) -> Site:
    lost = "<title>Báo Mẫu</title><body><nav><a href='/'>Trang chủ</a></nav><h2>Không tìm thấy trang</h2></body>"
    paths = [f"/mat-{n}.html" for n in range(4)]
    for path in paths:
        web.html(path, lost)
    web.listing("/", paths)
    return site(web, "soft-404")


def robots_drip(web: WebServer) -> Site:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        patient(handler, endless(b"# "), 0.05)

    web.pages["/robots.txt"] = Page(handle=drip)
    web.listing("/", [web.article(1)])
    return site(web, "robots-drip")


def good(web: WebServer) -> Site:
    web.listing("/", [web.article(number) for number in range(10)])
    return site(web, "good")


HOSTILE: tuple[Build, ...] = (
    slow_drip,
    no_answer,
    endless_body,
    endless_head,
    gzip_bombs,
    redirect_loop,
    calendar_trap,
    charsets,
    sitemaps_in_sitemaps,
    entity_bombs,
    storm_429,
    storm_503,
    resets,
    cookie_wall,
    soft_404,
    robots_drip,
    good,
)
