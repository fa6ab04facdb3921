import datetime as dt
import gzip
import io
import json
from pathlib import Path

from crawler.imports import import_files
from crawler.index_extract import host_patterns, read_index, write_ranges
from tests.crawler.conftest import Workplace, make_site
from tests.crawler.test_imports import Foreign

SITE = make_site("baomau.example")
FILE = "crawl-data/CC-MAIN-2019-18/segments/1/warc/CC-MAIN-1.warc.gz"


def line(url: str, *, time: str = "20190506070809", **changes: object) -> str:
    fields = {"url": url, "mime": "text/html", "status": "200", "digest": url[-8:], "length": "300", "offset": "1000"}
    return f"example,baomau)/x {time} {json.dumps(fields | {'filename': FILE} | changes)}\n"


def test_an_extract_gives_the_ranges_of_our_articles(tmp_path: Path) -> None:
    lines = [
        line("https://www.baomau.example/tin-1.html?utm_source=a"),
        line("https://baomau.example/tin-2.html", offset="10", **{"mime": "unk", "mime-detected": "text/html"}),
        line("https://baomau.example/tin-2.html", time="20200506070809"),
        line("https://baomau.example/tin-3.html", status="404"),
        line("https://baomau.example/anh-4.html", mime="image/png"),
        line("https://baomau.example/chinh-tri/"),
        line("https://khac.example/tin-5.html"),
        line("https://baomau.example/tin-6.html", time="20230101000000"),
        line("https://baomau.example/tin-7.html", offset="x"),
        "nothing to see here\n",
        '{"broken": \n',
    ]
    path = tmp_path / "extract.cdxj.gz"
    path.write_bytes(gzip.compress("".join(lines).encode()))
    extract = read_index([path], [SITE], until=dt.date(2021, 12, 31))
    assert [(found.url, found.offset) for found in extract.ranges] == [
        ("https://baomau.example/tin-2.html", 10),
        ("https://www.baomau.example/tin-1.html", 1000),
    ]
    assert extract.left_out == {
        "same-page": 1,
        "http-404": 1,
        "type": 1,
        "not-an-article": 1,
        "unknown-host": 1,
        "outside-window": 1,
        "unreadable": 3,
    }
    assert extract.unknown_hosts == {"khac.example": 1}
    assert extract.errors[0] == f"{path}:10: is no line of a CDXJ index: 'nothing to see here'"
    found = extract.ranges[1]
    assert found.http_range == "bytes=1000-1299"
    assert found.file_url.endswith(FILE)
    assert found.fetched_at == dt.datetime(2019, 5, 6, 7, 8, 9, tzinfo=dt.UTC)


def test_the_servers_json_lines_are_read_too(tmp_path: Path) -> None:
    fields = {
        "urlkey": "x",
        "timestamp": "20190506070809",
        "url": "https://baomau.example/tin-1.html",
        "mime": "text/html",
    }
    fields |= {"status": "200", "digest": "A", "length": "5", "offset": "0", "filename": FILE}
    path = tmp_path / "answer.jsonl"
    path.write_text(json.dumps(fields) + "\n")
    extract = read_index([path], [SITE])
    written = io.StringIO()
    assert write_ranges(extract.ranges, written) == 1
    assert written.getvalue().splitlines()[1].startswith(f"https://data.commoncrawl.org/{FILE},bytes=0-4,baomau,")


def test_downloaded_ranges_are_imported(place: Workplace, tmp_path: Path) -> None:
    """Each range is one gzip member; several one after the other are a WARC file."""
    made = Foreign(tmp_path / "all.warc.gz")
    made.page("http://baomau.example/tin-1.html", b"<p>mot</p>")
    middle = made._file.tell()
    made.page("http://baomau.example/tin-2.html", b"<p>hai</p>")
    content = made.close().read_bytes()
    ranges = [tmp_path / "range-1", tmp_path / "range-2"]
    ranges[0].write_bytes(content[:middle])
    ranges[1].write_bytes(content[middle:] + content[:middle])
    report = import_files(ranges, [SITE], archive=place.archive, state=place.state, run_id="ranges")
    assert [(file.imported, file.left_out) for file in report.files] == [(1, {}), (1, {"known": 1})]


def test_what_to_ask_an_index_server_for() -> None:
    site = make_site("www.baomau.example", hosts=("www.baomau.example", "m.baomau.example"))
    assert host_patterns([site, SITE]) == ["baomau.example/*", "m.baomau.example/*"]
