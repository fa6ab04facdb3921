"""Archives of others, made here by warcio in the manners of Common Crawl, wget and plain gzip."""

import datetime as dt
import gzip
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import OPEN_SUFFIX, ArchiveWriter, Capture, read_captures
from crawler.imports import ImportReport, files_of, import_files
from crawler.page import parse_page
from crawler.state import CrawlState
from tests.crawler.conftest import WebServer, Workplace, make_site

SITE = make_site("baomau.example")
OTHER = make_site("baokhac.example", "baokhac")
WHEN = dt.datetime(2019, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
HTML = "<h1>Tin</h1><p>Thi đua yêu nước</p>".encode()


class Foreign:
    """A WARC file written record by record."""

    def __init__(self, path: Path, *, packed: bool = True) -> None:
        self.path = path
        self._file = path.open("wb")
        self._writer = WARCWriter(self._file, gzip=packed, warc_version="1.0")

    def page(
        self,
        url: str,
        body: bytes = HTML,
        *,
        status: str = "200 OK",
        headers: list[tuple[str, str]] | None = None,
        date: str = "2019-05-06T07:08:09Z",
        kind: str = "response",
    ) -> str:
        http = StatusAndHeaders(status, headers or [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": date}
        )
        self._writer.write_record(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def other(self, url: str, kind: str, body: bytes, content_type: str) -> None:
        fields = {"WARC-Date": "2019-05-06T07:08:09Z"}
        record = self._writer.create_warc_record(
            url, kind, payload=BytesIO(body), warc_content_type=content_type, warc_headers_dict=fields
        )
        self._writer.write_record(record)

    def close(self) -> Path:
        self._file.close()
        return self.path


@pytest.fixture
def foreign(tmp_path: Path) -> Foreign:
    return Foreign(tmp_path / "CC-NEWS-20190506.warc.gz")


def take(place: Workplace, *files: Path, **options: Any) -> ImportReport:
    place.runs += 1
    return import_files(
        files, [SITE, OTHER], archive=place.archive, state=place.state, run_id=f"import-{place.runs}", **options
    )


def stored(place: Workplace) -> list[Capture]:
    return [capture for path in sorted(place.archive.glob("*.warc.gz")) for capture in read_captures(path)]


def test_pages_become_captures_of_their_site(place: Workplace, foreign: Foreign) -> None:
    record_id = foreign.page(
        "http://www.baomau.example/tin-1.html?utm_source=x", headers=[("Content-Type", "text/html"), ("ETag", '"1"')]
    )
    foreign.page("http://baokhac.example/tin-2.html", "Trang thứ hai".encode())
    foreign.page("http://khac.example/tin-3.html")
    foreign.page("http://khac.example/tin-4.html")
    foreign.page("http://baomau.example/chinh-tri/")
    foreign.page("http://baomau.example/tin-5.html", status="404 Not Found")
    foreign.page("http://baomau.example/anh-6.html", headers=[("Content-Type", "image/jpeg")])
    foreign.page("http://baomau.example/tin-7.html", b" ")
    foreign.page("http://baomau.example/tin-8.html", kind="request")
    foreign.page("http://baomau.example/tin-9.html", b"", kind="revisit")
    foreign.page("dns:baomau.example")
    foreign.page("http://baomau.example:x/tin-10.html")
    foreign.page("http://baomau.example/tin-11.html", date="not a date")
    report = take(place, foreign.close())
    assert report.sites == {"baokhac": 1, "baomau": 1}
    assert report.unknown_hosts == {"khac.example": 2}
    assert report.left_out == {
        "unknown-host": 2,
        "not-an-article": 1,
        "http-404": 1,
        "type-image": 1,
        "empty": 1,
        "other-record": 2,
        "revisit": 1,
        "no-address": 1,
        "no-date": 1,
    }
    assert not report.broken
    first, second = stored(place)
    assert (first.url, first.site_id, first.fetched_at, first.body) == (
        "http://www.baomau.example/tin-1.html",
        "baomau",
        WHEN,
        HTML,
    )
    assert (first.refers_to, first.headers["etag"]) == (record_id, '"1"')
    assert (second.site_id, second.body.decode()) == ("baokhac", "Trang thứ hai")
    assert report.archive_files == list(place.archive.glob("*.warc.gz"))


def test_an_imported_page_is_not_fetched_again_at_once(web: WebServer, place: Workplace, foreign: Foreign) -> None:
    site = make_site(web.host, sample=False, download_delay=1)
    web.listing("/", [web.article(1), web.article(2)])
    foreign.page(f"{web.base}/tin-1.html")
    import_files([foreign.close()], [site], archive=place.archive, state=place.state, run_id="import")
    with CrawlState(place.state) as state:
        assert state.due_articles(site.id, dt.datetime.now(dt.UTC)) == []
        month = dt.timedelta(days=100)
        assert [row.url for row in state.due_articles(site.id, dt.datetime.now(dt.UTC) + month)] == [
            f"{web.base}/tin-1.html"
        ]
        [seen] = state.seen_counts()
    assert (seen.seen_day, seen.stored) == (WHEN.date(), 1)


def test_what_was_imported_is_known_whatever_the_order(place: Workplace, foreign: Foreign, tmp_path: Path) -> None:
    foreign.page("http://baomau.example/tin-1.html", b"<p>mot</p>", date="2019-05-06T07:08:09Z")
    foreign.page("http://baomau.example/tin-1.html", b"<p>hai</p>", date="2020-05-06T07:08:09Z")
    foreign.page("http://baomau.example/tin-1.html", b"<p>hai</p>", date="2021-05-06T07:08:09Z")
    file = foreign.close()
    older = Foreign(tmp_path / "older.warc.gz")
    older.page("http://baomau.example/tin-1.html", b"<p>khong</p>", date="2018-05-06T07:08:09Z")
    assert take(place, file).imported == 2
    assert take(place, older.close()).imported == 1
    again = take(place, file, older.path)
    assert (again.imported, again.left_out, again.archive_files) == (0, {"known": 4}, [])
    assert [capture.body for capture in stored(place)] == [b"<p>mot</p>", b"<p>hai</p>", b"<p>khong</p>"]
    with CrawlState(place.state) as state:
        assert state.digest("http://baomau.example/tin-1.html") == stored(place)[1].digest  # the latest stays known


def test_text_of_wet_files_is_a_page_where_there_is_no_better(place: Workplace, tmp_path: Path) -> None:
    text = (
        "Xã Minh Hóa đón Bằng khen của Chủ tịch tỉnh\nThứ Hai, 06/05/2019 - 08:15\n"
        "Sáng 6/5, xã Minh Hóa tổ chức lễ đón Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh tặng nhân dân và cán bộ xã.\n"
        "Xã có hai tập thể và năm cá nhân được khen thưởng vì đã hiến đất, góp công làm đường liên thôn.\n"
    ).encode()
    warc = Foreign(tmp_path / "a.warc.gz")
    warc.page("http://baomau.example/tin-1.html")
    wet = Foreign(tmp_path / "b.warc.wet.gz")
    wet.other("http://baomau.example/tin-1.html", "conversion", text, "text/plain")
    wet.other("http://baomau.example/tin-2.html", "conversion", text, "text/plain")
    report = take(place, warc.close(), wet.close())
    assert [(file.imported, file.left_out) for file in report.files] == [(1, {}), (1, {"known": 1})]
    page = stored(place)[1]
    assert page.content_type == "text/plain; charset=utf-8"
    article = parse_page(page.body, url=page.url, content_type=page.content_type, site=SITE).article
    assert article is not None
    assert article.published_at == "2019-05-06T08:15:00+07:00"


def test_a_site_can_be_given_for_pages_of_any_host(place: Workplace, foreign: Foreign) -> None:
    foreign.page("http://mirror.example/luu/tin-1.html")
    foreign.page("http://baomau.example/chinh-tri/")
    file = foreign.close()
    report = take(place, file, site_id="baomau")
    assert (report.sites, report.left_out) == ({"baomau": 1}, {"not-an-article": 1})
    assert take(place, file, site_id="baomau", every_page=True).imported == 1
    with pytest.raises(ValueError, match="'baomoi'"):
        take(place, file, site_id="baomoi")


def test_wget_writes_brackets_and_no_packing(place: Workplace, tmp_path: Path) -> None:
    wget = Foreign(tmp_path / "wget.warc", packed=False)
    wget.page("<http://baomau.example/tin-1.html>")
    wget.other("<http://baomau.example/tin-2.html>", "resource", HTML, "text/html")
    wget.other("metadata://gnu.org/software/wget/warc/MANIFEST.txt", "resource", b"<urn:uuid:1>", "text/plain")
    wget.other("urn:x", "metadata", b"a: b", "application/warc-fields")
    report = take(place, wget.close())
    assert [capture.url[-10:] for capture in stored(place)] == ["tin-1.html", "tin-2.html"]
    assert report.left_out == {"no-address": 1, "other-record": 1}


def test_transfer_and_content_encodings_are_undone(place: Workplace, foreign: Foreign) -> None:
    packed = gzip.compress(HTML)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    kind = ("Content-Type", "text/html")
    both = [kind, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    foreign.page("http://baomau.example/tin-1.html", chunked, headers=both)
    crawled = [kind, ("X-Crawl-Content-Encoding", "gzip"), ("Content-Length", str(len(HTML)))]
    foreign.page("http://baomau.example/tin-2.html", HTML, headers=crawled)
    foreign.page("http://baomau.example/tin-3.html", b"\x28\xb5\x2f\xfd", headers=[kind, ("Content-Encoding", "zstd")])
    report = take(place, foreign.close())
    assert [capture.body for capture in stored(place)] == [HTML, HTML]
    assert report.left_out == {"encoding": 1}


def test_a_file_packed_as_a_whole_is_read(place: Workplace, tmp_path: Path) -> None:
    plain = Foreign(tmp_path / "plain.warc", packed=False)
    for number in range(4):
        plain.page(f"http://baomau.example/tin-{number}.html")
    packed = tmp_path / "whole.warc.gz"
    packed.write_bytes(gzip.compress(plain.close().read_bytes()))
    report = take(place, packed)
    assert (report.imported, report.broken) == (4, [])


@pytest.mark.parametrize("packed", [True, False])
def test_a_broken_tail_costs_only_the_last_page(place: Workplace, tmp_path: Path, packed: bool) -> None:
    made = Foreign(tmp_path / "a.warc", packed=packed)
    for number in range(3):
        made.page(f"http://baomau.example/tin-{number}.html", HTML * 50 + bytes(str(number), "ascii"))
    made.path.write_bytes(made.close().read_bytes()[:-60])
    whole = Foreign(tmp_path / "b.warc.gz")
    whole.page("http://baomau.example/tin-9.html")
    report = take(place, made.path, whole.close())
    assert report.imported == 3
    [broken] = report.broken
    assert broken.imported == 2
    assert "breaks off after" in (broken.error or "")


def test_what_is_no_warc_file_is_told_and_the_rest_goes_on(place: Workplace, tmp_path: Path, foreign: Foreign) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(HTML)
    empty = tmp_path / "empty.warc.gz"
    empty.write_bytes(b"")
    foreign.page("http://baomau.example/tin-1.html")
    report = take(place, page, empty, tmp_path / "missing.warc.gz", foreign.close())
    assert report.imported == 1
    assert [file.path.name for file in report.broken] == ["page.html", "empty.warc.gz", "missing.warc.gz"]
    assert all(str(file.path) in (file.error or "") for file in report.broken)


def test_a_killed_import_is_taken_up(place: Workplace, foreign: Foreign) -> None:
    """The archive file of a killed import lies open; what it holds is known to the next."""
    record_id = foreign.page("http://baomau.example/tin-1.html")
    foreign.page("http://baomau.example/tin-2.html", b"<p>hai</p>")
    with ArchiveWriter(place.archive / "killed.warc.gz") as writer:
        writer.add(
            url="http://baomau.example/tin-1.html",
            site_id="baomau",
            status=200,
            headers=[],
            body=HTML,
            fetched_at=WHEN,
            refers_to=record_id,
        )
    whole = place.archive / "killed.warc.gz"
    whole.rename(place.archive / f"killed.warc.gz{OPEN_SUFFIX}")
    report = take(place, foreign.close())
    assert (report.imported, report.left_out) == (1, {"known": 1})
    assert len(stored(place)) == 2
    with CrawlState(place.state) as state:
        assert state.due_articles("baomau", dt.datetime.now(dt.UTC)) == []


def test_files_are_found_in_folders_each_once(tmp_path: Path, foreign: Foreign) -> None:
    file = foreign.close()
    (tmp_path / "range-0").write_bytes(b"")
    (tmp_path / "x.warc.wet.gz").write_bytes(b"")
    assert [path.name for path in files_of([tmp_path, file, tmp_path / "range-0"])] == [
        "CC-NEWS-20190506.warc.gz",
        "x.warc.wet.gz",
        "range-0",
    ]


_IMPORTER = """
import sys
from pathlib import Path
from crawler.imports import import_files
from tests.crawler.test_imports import SITE
file, archive, state, run_id = sys.argv[1:]
import_files([Path(file)], [SITE], archive=Path(archive), state=Path(state), run_id=run_id)
"""


def test_killed_again_and_again_an_import_takes_each_page_once(place: Workplace, foreign: Foreign) -> None:
    pages = 1200
    for number in range(pages):
        foreign.page(f"http://baomau.example/tin-{number}.html", f"<p>{number}</p>".encode() * 20)
    file = foreign.close()
    for number, wanted in enumerate((1, 60, 400)):
        arguments = [str(file), str(place.archive), str(place.state), f"killed-{number}"]
        importer = subprocess.Popen([sys.executable, "-c", _IMPORTER, *arguments], cwd=Path(__file__).parents[2])
        give_up_at = time.monotonic() + 60
        while importer.poll() is None and _bytes_in(place.archive) < wanted * 300 and time.monotonic() < give_up_at:
            time.sleep(0.002)
        importer.kill()
        importer.wait()
    report = take(place, file)
    assert report.imported + report.left_out["known"] == pages
    assert sorted(capture.url for capture in stored(place)) == sorted(
        f"http://baomau.example/tin-{number}.html" for number in range(pages)
    )
    assert not list(place.archive.glob(f"*{OPEN_SUFFIX}"))


def _bytes_in(folder: Path) -> int:
    try:
        return sum(path.stat().st_size for path in folder.glob(f"*{OPEN_SUFFIX}"))
    except FileNotFoundError:  # the import ended just now
        return 0
