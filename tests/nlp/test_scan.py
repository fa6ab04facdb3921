"""The scanner finds whole words, whatever their spelling, and reports offsets of the article's own text."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.fold import fold, nfc
from nlp.scan import Pattern, Scanner

SCANNER = Scanner(
    [
        Pattern("Ủy ban nhân dân", "organ", "ubnd"),
        Pattern("Ủy ban", "organ", "committee"),
        Pattern("UBND", "organ", "ubnd", "exact"),
        Pattern("Hòa Bình", "province", "hoa-binh", "initial"),
        Pattern("Huế", "province", "hue", "initial"),
    ]
)


def found(text: str) -> list[tuple[str, str, str]]:
    hits = SCANNER.scan(text, fold(text))
    rows = [(kind, text[h.start : h.end], h.refs[0]) for kind, of in hits.items() for h in of]
    return sorted(rows)


def test_longest_wins_and_other_tone_marks_match() -> None:
    assert found("Uỷ ban nhân dân tỉnh Hoà Bình") == [
        ("organ", "Uỷ ban nhân dân", "ubnd"),
        ("province", "Hoà Bình", "hoa-binh"),
    ]


def test_case_rules() -> None:
    assert found("ubnd tỉnh; vì hòa bình") == []
    assert found("UBND TỈNH HÒA BÌNH") == [("organ", "UBND", "ubnd"), ("province", "HÒA BÌNH", "hoa-binh")]


def test_only_whole_words() -> None:
    assert found("Huếch hoác") == []


def test_no_break_spaces() -> None:
    assert found("Ủy ban nhân\u00a0dân") == [("organ", "Ủy ban nhân\u00a0dân", "ubnd")]


@given(st.text(alphabet="Ủyubann dâHòBìH UD\u00a0.ế"))
def test_offsets_hold(text: str) -> None:
    text = nfc(text)
    for hits in SCANNER.scan(text, fold(text)).values():
        for hit in hits:
            assert 0 <= hit.start < hit.end <= len(text)
            assert fold(text[hit.start : hit.end]) in {"ủy ban nhân dân", "ủy ban", "ubnd", "hòa bình", "huế"}
