"""Pages of another crawler's WARC become articles of the workspace, and an index extract a list of ranges."""

import io
import json
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.sample import serve
from tests.pipelines.command import inside

PAGE = """<html><head><title>{title}</title></head><body><h1 class="title">{title}</h1>
<div class="post-date">Thứ ba - 20/09/2022 08:15</div><div class="bodytext">{body}</div></body></html>"""
BODY = "<p>" + "Hội nghị trao Giấy khen cho các tập thể tiêu biểu của huyện. " * 12 + "</p>"


@pytest.fixture
def article_url() -> str:
    with serve() as server:
        site = next(s for s in server.sites if s.id == "cong-dak-mil")
    host = site.hosts[0]
    return f"http://{host}/vi/news/thi-dua/hoi-nghi-so-ket-thi-dua-9901.html"


def warc(path: Path, pages: dict[str, str]) -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, html in pages.items():
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(html.encode()), http_headers=headers)
            writer.write_record(record)
    return path


def test_a_foreign_warc_becomes_articles(tmp_path: Path, article_url: str) -> None:
    page = PAGE.format(title="Sơ kết phong trào thi đua", body=BODY)
    file = warc(tmp_path / "foreign.warc.gz", {article_url: page, "http://elsewhere.example/a.html": page})
    where = ("--workspace", tmp_path / "ws")
    answer = json.loads(inside("import", file, "--json", *where).stdout)
    assert answer["imported"] == 1
    assert answer["unknown_hosts"] == {"elsewhere.example": 1}
    parsed = json.loads(inside("parse", "--json", *where).stdout)
    assert parsed["rows"] == {"article": 1}
    again = inside("import", file, *where)
    assert again.returncode == 1
    assert "known 1" in again.stdout


def test_what_cannot_be_imported_is_told(tmp_path: Path) -> None:
    missing = inside("import", tmp_path / "none.warc.gz", "--workspace", tmp_path / "ws")
    assert missing.returncode == 1
    assert "no such file or folder" in missing.stderr
    (tmp_path / "empty").mkdir()
    assert "holds no WARC or WET file" in inside("import", tmp_path / "empty", "--workspace", tmp_path / "ws").stderr


def test_an_index_extract_becomes_ranges(tmp_path: Path) -> None:
    url = "https://baohatinh.vn/trao-tang-bang-khen-cho-cac-tap-the-post291716.html"
    row = {
        "url": url,
        "mime": "text/html",
        "status": "200",
        "digest": "A",
        "length": "10",
        "offset": "5",
        "filename": "c/x.gz",
    }
    index = tmp_path / "index.cdxj"
    index.write_text(f"vn,baohatinh)/x 20240105000000 {json.dumps(row)}\nbroken\n", encoding="utf-8")
    done = inside("import-index", index)
    assert done.returncode == 0
    assert url in done.stdout
    assert "1 ranges of articles" in done.stderr
    assert "index.cdxj:2: is no line of a CDXJ index" in done.stderr
