"""One page of each family, written for this project in the family's manner, must become what expected.json says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.families import FAMILIES, recognise
from crawler.families.generic import Generic
from crawler.page import parse_page
from crawler.page_tables import rows

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = json.loads((PAGES / "expected.json").read_text("utf-8"))
ARTICLES = sorted(name for name, wanted in EXPECTED.items() if "reason" not in wanted)
NEVER = (
    "Các tin khác",
    "Tin đã đưa",
    "bóng chuyền",
    "chữ ký số",
    "truy cập",
    "Giấy phép",
    "Trang chủ",
    "đánh giá",
    "12/07/2024",
)


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_in_the_manner_of_its_family(name: str) -> None:
    wanted = EXPECTED[name]
    url = wanted.get("url")
    # the header's charset is wrong on purpose
    parsed = parse_page((PAGES / f"{name}.html").read_bytes(), url=url, content_type="text/html; charset=iso-8859-1")
    article = parsed.article
    assert article is not None, parsed.reason
    assert article.title == wanted["title"]
    assert (article.published_at, article.author, article.source_credit) == (
        wanted["published_at"],
        wanted["author"],
        wanted["source_credit"],
    )
    assert (article.published_raw is None) == (article.published_at is None)
    assert (article.published_source is None) == (article.published_at is None)
    assert article.text.startswith(f"{wanted['title']}\n\n{wanted['start']}")
    assert article.text.endswith(wanted["end"])
    assert not [words for words in NEVER if words.casefold() in article.text.casefold()]
    if "family" in wanted:
        assert parsed.family == wanted["family"]
    if url:
        assert article.url == url


@pytest.mark.parametrize("name", ["listing", "shell"])
def test_a_page_without_an_article_says_why(name: str) -> None:
    parsed = parse_page((PAGES / f"{name}.html").read_bytes())
    assert parsed.article is None
    assert parsed.reason == EXPECTED[name]["reason"]


def test_every_family_of_the_marks_exists_and_no_mark_is_generic() -> None:
    named = {row["family"] for row in rows("page_marks")}
    assert named <= set(FAMILIES)
    assert "generic" not in named


def test_one_weak_mark_is_not_enough() -> None:
    assert recognise("<html><body><p>Powered by WordPress</p></body></html>") is Generic
    assert recognise("<p>x</p>", "https://bao.vn/a-a12345.html").name == "a-id"
