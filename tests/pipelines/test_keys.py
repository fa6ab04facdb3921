"""Keys: the same for the same article or value, whatever the port, the machine or the order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import keys

URL = "http://www.mau.vn:8080/tin/Pages/chi-tiet.aspx?ItemID=7&CateID=2&utm_source=x#top"


def test_an_article_is_the_same_behind_every_port_and_order() -> None:
    same = {
        keys.article_id("mau", url)
        for url in (URL, "https://mau.vn/tin/Pages/chi-tiet.aspx?CateID=2&ItemID=7", URL.replace("8080", "41234"))
    }
    assert len(same) == 1
    assert same.pop().startswith("mau-")


@pytest.mark.parametrize(
    "other",
    [
        "http://mau.vn/tin/Pages/chi-tiet.aspx?ItemID=8&CateID=2",
        "http://mau.vn/khac/Pages/chi-tiet.aspx?ItemID=7&CateID=2",
        "http://so.mau.vn/tin/Pages/chi-tiet.aspx?ItemID=7&CateID=2",
    ],
)
def test_other_addresses_are_other_articles(other: str) -> None:
    assert keys.article_id("mau", other) != keys.article_id("mau", URL)


@given(st.integers(1, 65535), st.from_regex(r"/[a-z0-9/-]{0,20}", fullmatch=True))
def test_loopback_samples_have_the_same_keys_on_every_port(port: int, path: str) -> None:
    assert keys.article_id("mau", f"http://127.0.0.1:{port}{path}") == keys.article_id("mau", f"http://localhost{path}")


@pytest.mark.parametrize(
    ("canonical", "taken"),
    [
        ("https://mau.vn/tin/7.html", True),
        ("https://www.mau.vn/tin/7.html", True),
        ("https://mau.vn/", False),
        ("https://mau.vn", False),
        ("https://khac.vn/tin/7.html", False),
        (None, False),
    ],
)
def test_a_canonical_address_counts_unless_it_cannot_be_the_articles(canonical: str | None, taken: bool) -> None:
    seen = "https://mau.vn/tin/7.html?print=1"
    assert keys.identifying_url(seen, canonical) == (canonical if taken else seen)


@given(st.text(), st.text())
def test_content_is_the_same_in_every_unicode_form(title: str, text: str) -> None:
    decomposed = [unicodedata.normalize("NFD", value) for value in (title, text)]
    assert keys.content_id(title, text) == keys.content_id(*decomposed)


def test_facts_are_not_mixed_up() -> None:
    assert keys.content_id("a", "b", None, "c") != keys.content_id("a", "b", "c", None)
    assert keys.mention_id("mau-1", "UNIT", 3, 9) == "mau-1-UNIT-3-9"
