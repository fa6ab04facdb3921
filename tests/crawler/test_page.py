"""The entry of page parsing: totality, sites' selectors, fingerprint, and the measures on shared pages where these
are at hand."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler import page
from crawler.page import Parsed, fingerprint, parse_page

PAGES = Path(__file__).parent / "pages"
SHARED = Path(__file__).parents[2] / "../shared"
OWN = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))]
KEYS = ("title", "published_at", "published_raw", "published_source", "author", "source_credit", "text")

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared (reference pages) is not beside this clone")


def as_line(file: Path, parsed: Parsed) -> dict[str, Any]:
    """The keys of a `thidua parse` line."""
    found = asdict(parsed.article) if parsed.article else {}
    return {"file": str(file), **{key: found.get(key) for key in KEYS}}


@needs_shared
def test_seeds_exactly() -> None:
    gold = {record["id"]: record for record in map(json.loads, (SHARED / "gold/dev.jsonl").open(encoding="utf-8"))}
    wanted = json.loads((SHARED / "seeds/expected.json").read_text("utf-8"))
    assert len(wanted) == 5
    for seed in wanted:
        article = parse_page((SHARED / "seeds" / seed["file"]).read_bytes()).article
        assert article is not None
        got = {key: getattr(article, key) for key in ("title", "published_at", "author", "source_credit")}
        assert got == {key: seed[key] for key in got}
        missing = [mention["text"] for mention in gold[seed["gold"]]["mentions"] if mention["text"] not in article.text]
        assert not missing
        for chrome in (
            "lượt xem",
            "A- A A+",
            "Các tin khác",
            "Tin liên quan",
            "truy cập",
            "Tác giả",
            "đánh giá bài viết",
        ):
            assert chrome.casefold() not in article.text.casefold()


@needs_shared
def test_shared_pages_by_their_scorer(tmp_path: Path) -> None:
    out = tmp_path / "parsed.jsonl"
    files = sorted((SHARED / "pages").glob("*.html"))
    lines = [json.dumps(as_line(file, parse_page(file.read_bytes())), ensure_ascii=False) for file in files]
    out.write_text("\n".join(lines), encoding="utf-8")
    scorer = [sys.executable, str(SHARED / "pages/score.py"), str(SHARED / "pages/gold.jsonl"), str(out)]
    report = subprocess.run(scorer, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    shares = {line[:16].strip(): float(line.split()[-2]) for line in report.splitlines() if line.endswith("%")}
    least = dict.fromkeys(("title", "date right", "start", "end", "clean", "article"), 95.0)
    least |= {"date not wrong": 99.0, "author": 90.0, "source_credit": 90.0}
    assert {name: shares[name] for name in least if shares[name] < least[name]} == {}


def test_a_sites_selectors_come_first() -> None:
    body = (PAGES / "generic-no-date.html").read_bytes()
    selectors = SimpleNamespace(
        title=("h3.tieude",), date=(".head span",), body=(".box",), author=(), source=(), remove=(".tin-lien-quan",)
    )
    site = SimpleNamespace(family="custom", selectors=selectors, timezone="Asia/Ho_Chi_Minh")
    article = parse_page(body, site=cast(Any, site)).article
    assert article is not None
    assert article.text.startswith("Chín đơn vị")


def test_reasons() -> None:
    assert parse_page(b"%PDF-1.4").reason == "not-text"
    assert parse_page(b"").reason == "empty"
    assert parse_page("<html><body></body></html>").reason == "no-text"
    assert parse_page("<html><body><h1>404 Not Found</h1><p>Không tìm thấy trang.</p></body></html>").article is None


def test_the_address_a_page_states_wins() -> None:
    body = (PAGES / "wordpress.html").read_bytes()
    article = parse_page(body, url="https://hoimau.vn/?p=7").article
    assert article is not None
    assert article.url == "https://hoimau.vn/chin-don-vi/"


def test_fingerprint_is_stable_and_short() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 12
    assert fingerprint().isalnum()


def test_fingerprint_covers_every_module_that_reads_a_page() -> None:
    imported = {"page"}
    waiting = ["page"]
    while waiting:
        source = (Path(page.__file__).parent / f"{waiting.pop()}.py").read_text("utf-8")
        found = set(re.findall(r"^from crawler\.(\w+) import", source, re.MULTILINE)) - {"families"} - imported
        imported |= found
        waiting += found
    assert imported == set(page._CODE)


def well_formed(parsed: Parsed) -> None:
    assert (parsed.article is None) == (parsed.reason is not None)
    if parsed.article:
        assert parsed.article.title
        assert parsed.article.text.startswith(parsed.article.title)


@given(st.binary(max_size=600))
def test_no_bytes_raise(body: bytes) -> None:
    well_formed(parse_page(body))


@given(st.text(alphabet=st.sampled_from('<>/="pdivh1abr tr\n20/7.:ấđ&;!-'), max_size=300))
def test_no_markup_raises(text: str) -> None:
    well_formed(parse_page("<html>" + text))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(OWN), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), max_size=8)
)
def test_no_broken_page_raises(body: bytes, cuts: list[tuple[float, bytes, int]]) -> None:
    for place, put, gone in cuts:
        at = int(place * len(body))
        body = body[:at] + put + body[at + gone :]
    well_formed(parse_page(body))
    well_formed(parse_page(body, content_type="text/html; charset=utf-16", url="http://[bad"))


PROSE = "Hội nghị đã nghe báo cáo tổng kết phong trào thi đua và thống nhất phương hướng, nhiệm vụ của năm tới."


def page_with(middle: str, before: str = "") -> str:
    headline = "<h1>Tổng kết phong trào thi đua cụm số 2</h1>"
    return f"<html><body>{before}<div class='detail'>{headline}{middle}</div></body></html>"


def test_rows_of_data_are_lines_and_layout_is_not() -> None:
    table = "<table><tr><th>Đơn vị</th><th>Hình thức</th></tr><tr><td>Sở Mẫu</td><td>Cờ thi đua</td></tr></table>"
    article = parse_page(page_with(f"<p>{PROSE}</p>{table}<p>{PROSE} Hết năm.</p>")).article
    assert article is not None
    assert "Đơn vị | Hình thức\n\nSở Mẫu | Cờ thi đua" in article.text


def test_dates_of_other_articles_and_of_comments_are_not_the_date() -> None:
    listed = (
        "<ul><li><a href='/1'>Khai mạc hội thao công chức mở rộng</a> <span class='date'>(01/06/2024)</span></li></ul>"
    )
    comments = "<div class='comments'><p>Bạn đọc</p><time>02/07/2024</time></div>"
    article = parse_page(page_with(f"<p>{PROSE}</p><p>{PROSE} Hết.</p>{listed}{comments}", before=listed)).article
    assert article is not None
    assert article.published_at is None


def test_a_linked_author_under_the_headline() -> None:
    byline = "<div class='meta'><a class='author' href='/tac-gia/1'>Trần Hạ Vy</a> <time>13/05/2024 08:10</time></div>"
    article = parse_page(page_with(f"{byline}<p>{PROSE}</p><p>{PROSE} Hết.</p>")).article
    assert article is not None
    assert (article.author, article.published_at) == ("Trần Hạ Vy", "2024-05-13T08:10:00+07:00")
    assert "Hạ Vy" not in article.text
