"""The fold keeps every offset and makes two spellings of one word equal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.fold import clean, fold, key, nfc, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uỷ ban", "Ủy ban"),
        ("Hoà Bình", "Hòa Bình"),
        ("kỷ niệm", "kỉ niệm"),
        ("Chiến sỹ", "chiến sĩ"),
        ("Toà án", "Tòa án"),
        ("quý", "quí"),
        ("đề “Toàn", 'đề "Toàn'),
        ("2021 – 2025", "2021 - 2025"),
        ("QÐ-UBND", "QĐ-UBND"),
        ("Bộ\u00a0Y tế", "Bộ Y tế"),
        ("LỄ PHÁT ĐỘNG", "lễ phát động"),
    ],
)
def test_two_spellings_fold_to_one(one: str, other: str) -> None:
    assert fold(nfc(one)) == fold(nfc(other))


@pytest.mark.parametrize(("one", "other"), [("hoàn", "hòan"), ("quỳ", "qùy"), ("thuyền", "thuyên"), ("Đà", "Da")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(nfc(one)) != fold(nfc(other))


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    text = nfc(text)
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="aáàảãạăâđeêioôơuưyỳýỷỹỵqhklmst HOÀỦYẾ"))
def test_fold_is_idempotent_and_reads_nfd(text: str) -> None:
    once = fold(nfc(text))
    assert fold(once) == once
    assert fold(nfc(unicodedata.normalize("NFD", text))) == once


def test_key_forgets_quotes_and_spacing() -> None:
    assert key("“Dạy tốt –  Học tốt” ") == key("dạy tốt-học tốt")


def test_slug_is_ascii() -> None:
    assert slug("Sở Nội vụ tỉnh Đắk Nông") == "so-noi-vu-tinh-dak-nong"


def test_clean_drops_what_no_reader_sees_and_tells_where_the_rest_stood() -> None:
    text = "thi\u200b \u00a0đua\ufeff  yêu nước"
    cleaned, offsets = clean(text)
    assert cleaned == "thi đua yêu nước"
    assert offsets is not None
    assert [text[o] for o in offsets] == list(cleaned)
    assert clean(cleaned) == (cleaned, None)


@given(st.text(alphabet="a đ\u00a0\u200b\t\n\ufeff"))
def test_clean_keeps_a_map_of_offsets(text: str) -> None:
    cleaned, offsets = clean(text)
    kept = range(len(text)) if offsets is None else offsets
    assert "".join(text[o] for o in kept) == cleaned
    assert "\u200b" not in cleaned
    assert "  " not in cleaned
