"""What crawling costs, against others in the same run: `make bench`.

Pages per second: our crawl (discovery, archive, state) and an empty Scrapy spider fetch the same pages from the same
server with the same number of requests at once, in turn; the server counts, from the first page to the last. Memory: 60
sites in one process. Parsing: CPU time of `parse_page` and of trafilatura, page by page, in turn.
"""

import asyncio
import datetime as dt
import multiprocessing
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import trafilatura

import data
from crawler.fetch import CrawlReport, crawl
from crawler.page import parse_page
from crawler.sample.articles import load_articles
from crawler.sample.pages import render_web
from crawler.sites import Listing, Start, load_sites
from tests.crawler.conftest import make_site
from tests.crawler.memory import Memory
from tests.shared import SHARED

AT_ONCE = 8
"""Sites that are crawled side by side, one request at a time each; the empty spider has so many requests at once."""
PAGES = 150
"""Pages of each."""
ROUNDS = 3
MANY_SITES = 60
LEAST_SHARE = 0.7
MOST_MEGABYTES = 400
MOST_MILLISECONDS = 6

WORDS = [word for article in load_articles(data.SAMPLE) for word in " ".join(article.paragraphs).split()]

EMPTY_SPIDER = """
import sys
from scrapy import Spider
from scrapy.crawler import CrawlerProcess

class Empty(Spider):
    name = "empty"
    start_urls = sys.stdin.read().split()

    def parse(self, response):
        pass

settings = {"CONCURRENT_REQUESTS": %d, "CONCURRENT_REQUESTS_PER_DOMAIN": %d, "DOWNLOAD_DELAY": 0, "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}
process = CrawlerProcess(settings)
process.crawl(Empty)
process.start()
"""


def article(number: int) -> bytes:
    """A page of about 35 KB, as portals build them, with text that packs no better than real text does."""
    links = "".join(f"<li><a href='/muc-{n}/'>Chuyên mục số {n} của trang tin</a></li>" for n in range(150))
    chance = random.Random(number)
    text = "".join(f"<p>{' '.join(chance.choices(WORDS, k=60))}</p>" for _ in range(60))
    return f"<html><body><ul>{links}</ul><h1>Tin số {number}</h1>{text}</body></html>".encode()


def serve(ports: int, pages: int, pipe: Connection) -> None:
    """A quick server: every port has the same pages. Tells on demand when pages were asked for."""
    listing = "".join(f"<a href='/tin-{n}.html'>Tin {n}</a>" for n in range(pages)).encode()
    bodies = {f"/tin-{n}.html": article(n) for n in range(pages)} | {"/": listing}
    head = "HTTP/1.1 {} OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n"
    answers = {path: head.format(200, len(body)).encode() + body for path, body in bodies.items()}
    missing = head.format(404, 0).encode()
    asked: list[float] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                path = "/" + request.split(b" ", 2)[1].decode().removeprefix("http://").partition("/")[2]
                if path in answers and path != "/":
                    asked.append(time.monotonic())
                writer.write(answers.get(path, missing))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def main() -> None:
        servers = [await asyncio.start_server(talk, "127.0.0.1", 0) for _ in range(ports)]
        pipe.send([server.sockets[0].getsockname()[1] for server in servers])
        while True:
            await asyncio.to_thread(pipe.recv)
            pipe.send(list(asked))
            asked.clear()

    asyncio.run(main())


@contextmanager
def server(ports: int, pages: int) -> Iterator[tuple[list[int], Callable[[], list[float]]]]:
    """The server's ports, and a function that gives the times of the pages asked for since it was last called."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(ports, pages, there), daemon=True)
    process.start()

    def asked() -> list[float]:
        here.send("times")
        times: list[float] = here.recv()
        return times

    try:
        yield here.recv(), asked
    finally:
        process.kill()
        process.join()


def our_crawl(hosts: list[str], address: str | None = None, memory: Memory | None = None) -> CrawlReport:
    sites = [
        make_site(host, f"site-{n}", start=Start(listing=(Listing(url=f"http://{host}/"),)))
        for n, host in enumerate(hosts)
    ]
    if address:
        sites = [site.served_at(address) for site in sites]
    with tempfile.TemporaryDirectory() as folder:
        return crawl(
            sites,
            archive=Path(folder) / "archive",
            state=Path(folder) / "state.sqlite",
            run_id=f"{dt.datetime.now():%H%M%S%f}",
            progress=memory.look if memory else None,
        )


def empty_spider(hosts: list[str]) -> None:
    urls = "\n".join(f"http://{host}/tin-{n}.html" for n in range(PAGES) for host in hosts)
    program = EMPTY_SPIDER % (AT_ONCE, AT_ONCE)
    subprocess.run([sys.executable, "-c", program], input=urls, text=True, check=True)


def pages_per_second(times: list[float]) -> float:
    assert len(times) == AT_ONCE * PAGES, f"{len(times)} pages were asked for"
    return (len(times) - 1) / (times[-1] - times[0])


def bench_fetching() -> None:
    ours, empty = [], []
    with server(AT_ONCE, PAGES) as (ports, asked):
        hosts = [f"127.0.0.1:{port}" for port in ports]
        for _ in range(ROUNDS):
            empty_spider(hosts)
            empty.append(pages_per_second(asked()))
            our_crawl(hosts)
            ours.append(pages_per_second(asked()))
    print(f"{AT_ONCE} sites of {PAGES} pages of {len(article(0)) // 1000} KB, {ROUNDS} rounds")
    print(f"{'empty Scrapy spider':44}{statistics.median(empty):8.0f} pages a second")
    print(f"{'thidua: discover, fetch, archive, state':44}{statistics.median(ours):8.0f} pages a second")
    share = statistics.median(a / b for a, b in zip(ours, empty, strict=True))
    print(f"{'share of the empty spider':44}{share:8.2f} (at least {LEAST_SHARE})")


def bench_memory() -> None:
    memory = Memory()
    with server(1, 20) as ([port], _):
        names = [f"trang{n}.mau.example" for n in range(MANY_SITES)]
        report = our_crawl(names, f"127.0.0.1:{port}", memory)
    assert report.outcomes == {"fetched": 20 * MANY_SITES}
    print(
        f"\n{f'{MANY_SITES} sites in one process, most memory':44}{memory.megabytes:8.0f} MB (at most {MOST_MEGABYTES})"
    )


def saved_pages() -> list[bytes]:
    """The sample sites' articles, and real pages where they are beside the checkout."""
    web = render_web(load_sites(data.SAMPLE / "sites"), data.SAMPLE, 1)
    bodies = [a.body for a in web.answers.values() if a.status == 200 and a.content_type.startswith("text/html")]
    return bodies + [path.read_bytes() for path in sorted((SHARED / "pages").rglob("*.html"))]


def cpu_milliseconds(work: Callable[[bytes], object], page: bytes) -> float:
    start = time.process_time()
    work(page)
    return 1000 * (time.process_time() - start)


def bench_parsing() -> None:
    pages = saved_pages()
    contenders: dict[str, Callable[[bytes], object]] = {
        "parse_page": parse_page,
        "trafilatura with metadata": lambda page: trafilatura.bare_extraction(page, with_metadata=True),
    }
    costs: dict[str, list[float]] = {name: [] for name in contenders}
    for page in pages[:3]:
        for work in contenders.values():
            work(page)
    for page in pages:
        for name, work in contenders.items():
            costs[name].append(min(cpu_milliseconds(work, page) for _ in range(3)))
    print(f"\n{len(pages)} saved pages, CPU time of one process, median over the pages")
    for name, found in costs.items():
        print(f"{name:44}{statistics.median(found):8.2f} ms a page")
    ours, other = (statistics.median(found) for found in costs.values())
    print(f"{'ratio to trafilatura':44}{ours / other:8.2f} (on a quiet machine at most {MOST_MILLISECONDS} ms)")


if __name__ == "__main__":
    bench_fetching()
    bench_memory()
    bench_parsing()
