"""The spaCy pipeline: exact texts and offsets, nothing raises, results survive a DocBin."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from nlp.annotate import ArticleError, annotate
from nlp.pipeline import SPANS_KEY, STEPS, load, read
from nlp.reading import Source

TEXT = (
    "Khối thi đua các sở, ngành tỉnh Nam Định ký kết giao ước thi đua năm 2022\n\n"
    "Sáng 24/2/2022, UBND tỉnh tổ chức hội nghị; Sở Nội vụ được tặng Cờ thi đua của Chính phủ theo Quyết định số "
    "1436/QĐ-TTg ngày 05/02/2022. Hội nghị hưởng ứng phong trào thi đua “Dạy tốt – Học tốt”, lập thành tích chào mừng "
    "92 năm Ngày thành lập Đảng Cộng sản Việt Nam (03/02/1930 - 03/02/2022)."
)

# Pieces of real grammar, so that random texts reach the rules and not only the scanner.
# fmt: off
PIECES = [
    "UBND", "tỉnh", "Sở", "Nội vụ", "và", ",", ";", ":", "(", ")", "“", "”", '"', "\n", " ", "  ", "\u00a0", "số",
    "34-CT/TW", "Chỉ thị", "Quyết định", "ngày", "7/4/2014", "năm", "kỷ niệm", "75", "Ngày", "thành lập",
    "Cờ thi đua", "của", "Chính phủ", "Bằng khen", "cho", "12", "tập thể", "cá nhân", "Huân chương Lao động",
    "hạng", "Nhất", "Ba", "đề nghị", "tặng", "phong trào thi đua", "giai đoạn", "2021-2025", "Nam Định", "huyện",
    "TP.HCM", "Khối thi đua", "Trường THPT", "Công ty", "TNHH", "Nguyễn Văn A", "ông", "các", "Đảng ủy", "xã", "-",
    "–", "/", ".", "…", "hoà", "1930", "lần thứ", "XIII",
]
# fmt: on


def test_every_step_stands_in_the_pipeline() -> None:
    names = load().pipe_names
    assert names[0] == "thidua_scan"
    assert names[1:-1] == [f"thidua_{name}" for name in STEPS]
    assert names[-1] == "thidua_finish"


@given(st.text())
@settings(deadline=None)
def test_no_text_raises_and_tokens_give_the_text_back(text: str) -> None:
    doc = read(text)
    assert doc.text == unicodedata.normalize("NFC", doc.text)
    for mention in doc._.mentions:
        assert doc.text[mention["start"] : mention["end"]] == mention["text"]


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["", " "]))
@settings(deadline=None, max_examples=300)
def test_mentions_hold_their_text_and_never_cross(pieces: list[str], glue: str) -> None:
    doc = read(glue.join(pieces))
    again = read(glue.join(pieces))
    assert doc._.mentions == again._.mentions
    assert doc._.records == again._.records
    ids = {m["id"] for m in doc._.mentions}
    for mention in doc._.mentions:
        assert mention["text"]
        assert doc.text[mention["start"] : mention["end"]] == mention["text"]
        assert mention["text"] == mention["text"].strip()
        assert 0 < mention["confidence"] <= 1
        assert mention["rule"]
        assert mention["entity"]
        for other in doc._.mentions:
            crossing = mention["start"] < other["start"] < mention["end"] < other["end"]
            assert not crossing, (mention, other)
    for record in doc._.records:
        assert record["mention"] in ids


def test_results_survive_a_docbin() -> None:
    doc = read(TEXT, Source(published=date(2022, 2, 25)))
    (kept,) = DocBin(docs=[doc], store_user_data=True).get_docs(load().vocab)
    assert list(kept._.mentions) == doc._.mentions  # a DocBin gives lists back as tuples
    assert [(s.label_, s._.start, s._.value) for s in kept.spans[SPANS_KEY]] == [
        (m["label"], m["start"], s._.value) for m, s in zip(doc._.mentions, doc.spans[SPANS_KEY], strict=True)
    ]


def test_a_decomposed_text_reads_like_a_composed_one() -> None:
    composed, decomposed = read(TEXT), read(unicodedata.normalize("NFD", TEXT))
    assert decomposed.text == TEXT
    assert decomposed._.mentions == composed._.mentions


def test_the_five_kinds_are_read() -> None:
    doc = read(TEXT)
    assert {m["label"] for m in doc._.mentions} == {"UNIT", "DIRECTIVE", "ANNIVERSARY", "AWARD", "CAMPAIGN"}
    (record,) = doc._.records
    assert (record["award"], record["authority"], record["status"]) == ("Cờ thi đua", "Chính phủ", "conferred")
    assert record["recipient"] == "Sở Nội vụ tỉnh Nam Định"
    assert doc._.facts["province"] == "Nam Định"


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"text": "x"}, "field 'id' is missing; a string is needed"),
        ({"id": "a", "text": None}, "field 'text' is missing"),
        ({"id": "a", "text": ["x"]}, "field 'text' is a list"),
        ({"id": "a", "text": "x", "published": 2022}, "field 'published' is a int; a string or null is needed"),
    ],
)
def test_an_article_of_another_form_is_refused(item: dict[str, object], message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        list(annotate([item]))
