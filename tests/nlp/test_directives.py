"""Citations of documents: codes in every printed form, documents known by name, what holds for all their mentions."""

import csv
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.directives.codes import find_codes
from nlp.directives.identity import document_parts
from nlp.directives.kinds import doc_types, issuers, type_named_by
from nlp.lexicon import table
from nlp.values import Directive
from tests.nlp.reading_of import reading_of
from tests.shared import shared


def cited(text: str) -> list[tuple[str, Directive]]:
    reading = reading_of(text)
    values = []
    for mention in reading.of(Directive):
        assert isinstance(mention.value, Directive)
        values.append((reading.text[mention.start : mention.end], mention.value))
    return values


def one(text: str) -> tuple[str, Directive]:
    found = cited(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("34-CT/TW", "34-CT/TW"),
        ("34 – CT/TW", "34-CT/TW"),
        ("34 CT/TW", "34-CT/TW"),
        ("34- CT/TW", "34-CT/TW"),
        ("34-CT/T.Ư", "34-CT/TW"),
        ("34-CT/TƯ", "34-CT/TW"),
        ("34/CT-TW", "34-CT/TW"),
        ("129-KH/TU", "129-KH/TU"),
        ("36-HD/VPTW", "36-HD/VPTW"),
        ("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP"),
        ("98/2023/NĐ-CP", "98/2023/NĐ-CP"),
        ("98/2023/NĐ- CP", "98/2023/NĐ-CP"),
        ("98/2023/ND-CP", "98/2023/NĐ-CP"),
        ("1436/QÐ-UBND", "1436/QĐ-UBND"),
        ("1315/ QĐ-TTg", "1315/QĐ-TTg"),
        ("1315/QĐ-TTG", "1315/QĐ-TTg"),
        ("655/KH - MTTW - BTT", "655/KH-MTTW-BTT"),
        ("30/2021/QH15", "30/2021/QH15"),
        ("09/2014/TTLT-BTTTT-BNV", "09/2014/TTLT-BTTTT-BNV"),
        ("1112/CT-BGDĐT", "1112/CT-BGDĐT"),
        ("12/2018/TT-BGD&ĐT", "12/2018/TT-BGD&ĐT"),
    ],
)
def test_a_code_is_read_in_the_form_of_its_system(printed: str, code: str) -> None:
    (found,) = find_codes(f"Theo {printed}.")
    assert found.text == code
    assert f"Theo {printed}."[found.start : found.end] == printed
    assert found.certain


@pytest.mark.parametrize(
    "text",
    ["6/6 đơn vị", "24/7", "ngày 27/7/1947", "đạt 100/100 hộ", "Lữ đoàn 490/BTL", "số 0912-345-678", "QL1A, TL 423"],
)
def test_what_only_looks_like_a_code_cites_nothing(text: str) -> None:
    assert cited(text) == []


def test_a_citation_carries_what_follows_it() -> None:
    text = "Thực hiện Chỉ thị số 34-CT/TW, ngày 07-4-2014 của Bộ Chính trị (khóa XI) về “Tiếp tục đổi mới công tác”."
    span, value = one(text)
    assert span == "Chỉ thị số 34-CT/TW"
    assert value == Directive("Chỉ thị", "34", "34-CT/TW", "2014-04-07", "Bộ Chính trị", "Tiếp tục đổi mới công tác")


@pytest.mark.parametrize(
    ("text", "span", "number"),
    [
        ("Quán triệt Chỉ thị số số 34-CT/TW.", "Chỉ thị số số 34-CT/TW", "34"),
        ("Quyết định của Bộ Chính trị số31-QĐ/TW", "Quyết định của Bộ Chính trị số31-QĐ/TW", "31"),
        ("Quán triệt Chỉ thị 05 của Bộ Chính trị", "Chỉ thị 05", "05"),
        ("Thực hiện kế hoạch  số 169 của UBND tỉnh", "kế hoạch số 169", "169"),
        ("Theo chỉ thị 725/CT-TTg", "chỉ thị 725/CT-TTg", "725"),
        ("Nghị quyết số 202/2025 của Quốc hội", "Nghị quyết số 202/2025", "202"),
        ("Số: 67/CT-BTTTT", "67/CT-BTTTT", "67"),
        ("theo NQ số 04-NQ/TU", "NQ số 04-NQ/TU", "04"),
        ("Quyết định 24/2016 của Thủ tướng", "Quyết định 24/2016", "24"),
        ("thực hiện Đề án 06", "Đề án 06", "06"),
    ],
)
def test_type_word_and_number_in_the_forms_of_the_press(text: str, span: str, number: str) -> None:
    found, value = one(text)
    assert (found, value.number) == (span, number)


@pytest.mark.parametrize(
    "text",
    [
        "Mục tiêu của Kế hoạch 5 năm 2021-2026",
        "Kế hoạch 5 năm (2021 - 2025)",
        "kế hoạch năm 2022 và các nghị quyết của cấp ủy",
        "UBND tỉnh quyết định tặng 12 bằng khen",
        "quyết định 3 nội dung lớn",
        "theo kế hoạch 12/2021 của chi đoàn",
        "Phòng Kế hoạch 2, Ban Dự án 5",
        "dự án số 3",
        "Triển khai các văn bản về công tác thi đua",
        "chính sách, pháp luật về thi đua",
        "Hội Luật gia tỉnh và các luật sư",
        "Chương trình “Cặp lá yêu thương”",
        "có ý nghĩa quyết định sự thắng lợi",
        "hai người quyết định “về một nhà”",
    ],
)
def test_general_words_are_no_citation(text: str) -> None:
    assert cited(text) == []


def test_a_list_with_one_head_gives_each_document() -> None:
    found = cited("Thực hiện các Chỉ thị số 34-CT/TW, 35-CT/TW và 05-CT/TW của Bộ Chính trị.")
    assert [span for span, _ in found] == ["Chỉ thị số 34-CT/TW", "35-CT/TW", "05-CT/TW"]
    assert {value.doc_type for _, value in found} == {"Chỉ thị"}
    assert {value.issuer for _, value in found} == {"Bộ Chính trị"}


def test_a_document_in_the_title_of_another_is_a_mention_too() -> None:
    text = (
        "Chỉ thị số 73 ngày 25/10/2021 của Bộ Thông tin và Truyền thông về việc triển khai thực hiện "
        "Chỉ thị số 19/CT-TTg ngày 16/7/2021 của Thủ tướng Chính phủ."
    )
    (_, outer), (_, inner) = cited(text)
    assert outer.title is not None
    assert outer.title.endswith("Thủ tướng Chính phủ")
    assert (inner.code, inner.date, inner.issuer) == ("19/CT-TTg", "2021-07-16", "Thủ tướng Chính phủ")


@pytest.mark.parametrize(
    ("text", "span", "title", "date"),
    [
        ("theo Luật Thi đua, khen thưởng thì", "Luật Thi đua, khen thưởng", "Thi đua, khen thưởng", None),
        ("theo Luật thi đua khen thưởng, các", "Luật thi đua khen thưởng", "thi đua khen thưởng", None),
        ("theo Luật Thi đua, khen thưởng năm 2022 thì", "Luật Thi đua, khen thưởng năm 2022", None, "2022"),
        ("Bộ luật Lao động 2019 đã", "Bộ luật Lao động 2019", "Lao động", "2019"),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Thi đua khen thưởng.",
            "Luật sửa đổi, bổ sung một số điều của Luật Thi đua khen thưởng",
            "sửa đổi, bổ sung một số điều của Luật Thi đua khen thưởng",
            None,
        ),
        ("theo Luật Nhà văn hóa cộng đồng năm 2031.", "Luật Nhà văn hóa cộng đồng năm 2031", None, "2031"),
    ],
)
def test_laws_are_known_by_title_and_year(text: str, span: str, title: str | None, date: str | None) -> None:
    found, value = one(text)
    assert found == span
    assert value.date == date
    assert title is None or value.title == title
    assert value.issuer == "Quốc hội"


def test_a_law_with_its_number_has_both() -> None:
    span, value = one("Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/6/2022;")
    assert span == "Luật Thi đua, khen thưởng số 06/2022/QH15"
    assert (value.number, value.code, value.date) == ("06", "06/2022/QH15", "2022-06-15")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("theo Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng.", None),
        ("thực hiện Nghị quyết Đại hội XIII của Đảng và", "Nghị quyết Đại hội XIII của Đảng"),
        ("Nghị quyết Trung ương 4 khóa XII về", "Nghị quyết Trung ương 4 khóa XII"),
        ("Nghị quyết Trung ương 4 (khóa XI, XII) và", "Nghị quyết Trung ương 4 (khóa XI, XII)"),
        ("Nghị quyết TW 6 khóa XII và", "Nghị quyết TW 6 khóa XII"),
    ],
)
def test_resolutions_of_congresses_and_plenums(text: str, span: str | None) -> None:
    found, value = one(text)
    assert found == (span or text.removeprefix("theo ").rstrip("."))
    assert value.number is None
    assert value.title == found.removeprefix("Nghị quyết ")


def test_a_quoted_title_ends_inside_its_quotes() -> None:
    span, value = one("thực hiện Đề án “Xây dựng xã hội học tập giai đoạn 2021 - 2030” của tỉnh")
    assert span == "Đề án “Xây dựng xã hội học tập giai đoạn 2021 - 2030"
    assert value.title == "Xây dựng xã hội học tập giai đoạn 2021 - 2030"


def test_a_document_without_number_is_known_by_its_title_or_by_issuer_and_date() -> None:
    span, value = one("Tin thi đua\nCụm trưởng vừa ban hành Văn bản về việc phát động thi đua năm 2030.")
    assert span == "Văn bản về việc phát động thi đua năm 2030"
    assert value.title == "phát động thi đua năm 2030"
    _, value = one("đề nghị hủy quyết định ngày 11-9-2007 của Thủ tướng Chính phủ về việc tặng thưởng.")
    assert (value.date, value.issuer) == ("2007-09-11", "Thủ tướng Chính phủ")


def test_what_is_stated_once_holds_for_the_short_form() -> None:
    found = cited(
        "Kế hoạch số 45/KH-UBND ngày 3/2/2020 của UBND tỉnh Hà Nam được triển khai.\n"
        "Sơ kết Kế hoạch số 45, các đơn vị vui."
    )
    assert [value.code for _, value in found] == ["45/KH-UBND", None]
    assert {value.date for _, value in found} == {"2020-02-03"}
    assert {value.issuer for _, value in found} == {"Ủy ban nhân dân tỉnh Hà Nam"}


def test_two_documents_of_one_number_stay_apart() -> None:
    found = cited(
        "Chỉ thị số 34-CT/TW ngày 7/4/2014 của Bộ Chính trị. Chỉ thị số 34-CT/TW ngày 24/5/2024 của Ban Bí thư. "
        "Thực hiện Chỉ thị 34, các cấp vào cuộc."
    )
    assert [value.date for _, value in found] == ["2014-04-07", "2024-05-24", None]


def test_the_day_of_issue_may_stand_before() -> None:
    _, value = one("Ngày 18/5/2022, Thủ tướng Chính phủ đã ban hành Quyết định số 587/QĐ-TTg về kế hoạch phong trào.")
    assert (value.date, value.issuer) == ("2022-05-18", "Thủ tướng Chính phủ")
    _, value = one("Để góp phần bảo đảm an ninh, ngày 18/3/2021, UBND tỉnh đã ban hành Kế hoạch số 42/KH-UBND.")
    assert value.date == "2021-03-18"
    _, value = one("Ngày 18/3/2021, hội nghị quán triệt Kế hoạch số 42/KH-UBND.")
    assert value.date is None


def test_citations_of_one_document_share_an_identity() -> None:
    coded = Directive("Chỉ thị", "34", "34-CT/TW", "2014-04-07", "Bộ Chính trị")
    short = Directive("Chỉ thị", "34", None, "2014-04-07", "Ban Bí thư Trung ương Đảng")
    later = Directive("Chỉ thị", "34", "34-CT/TW", "2024-05-24", "Ban Bí thư Trung ương Đảng")
    assert document_parts(coded) == document_parts(short)
    assert document_parts(coded) != document_parts(later)
    padded = Directive("Thông tư", "02", "02/2023/TT-BNV", "2023-03-23", "Bộ Nội vụ")
    assert document_parts(padded) == document_parts(Directive("Thông tư", "2", "2/2023/TT-BNV"))
    law = Directive("Luật", None, None, "2022", "Quốc hội", "Thi đua, khen thưởng")
    assert document_parts(law) == document_parts(Directive("Luật", "06", "06/2022/QH15", "2022-06-15", "Quốc hội"))


def test_a_plenum_between_number_and_day_is_read_over() -> None:
    _, value = one(
        "Nghị quyết số 18-NQ/TW Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII, ngày 25/10/2017 về đổi mới "
        "bộ máy."
    )
    assert (value.date, value.issuer) == ("2017-10-25", "Ban Chấp hành Trung ương Đảng")
    assert value.title == "đổi mới bộ máy"


def test_the_tables_hold_together() -> None:
    assert doc_types()["Chỉ thị"].known_by >= {"number", "dated"}
    assert type_named_by("TT", party=True) == "Thông tri"
    assert type_named_by("TT", party=False) == "Thông tư"
    assert [i.name for i in issuers()["ttg"]] == ["Thủ tướng Chính phủ"]
    for row in table("laws"):
        for edition in row.items_of("editions"):
            year, _, code = edition.partition(":")
            assert year.isdigit(), (row["title"], edition)
            assert not code or [c.text for c in find_codes(code)] == [code], (row["title"], edition)
            assert not code or code.split("/")[1] == year, (row["title"], edition)


# Examples whose canonical code stands nowhere in the citation (told by number alone, or corrected by knowledge of the
# document): there the number must be right and no code may be made up.
_CODE_NOT_PRINTED = frozenset(
    f"ex{number:03}"
    for number in (2, 4, 7, 9, 10, 12, 13, 14, 17, 21, 43, 49, 60, 67, 68, 69, 78, 82, 84, 85, 97, 109, 113, 114, 116)
)


def _examples() -> list[dict[str, str]]:
    path = shared("domain/document_code_examples.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_real_citations_are_read() -> None:
    wrong = []
    for row in _examples():
        values = [value for _, value in cited(row["citation"])]
        codes = [value.code for value in values]
        if row["id"] in _CODE_NOT_PRINTED:
            continue
        if (
            codes != [code for code in row["canonical_code"].split("; ") if code]
            and row["canonical_code"].find("(") < 0
        ):
            wrong.append((row["id"], row["citation"], codes))
    assert wrong == []


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 99999),
    st.sampled_from([("Chỉ thị", "CT", "TTg"), ("Quyết định", "QĐ", "UBND"), ("Nghị định", "NĐ", "CP")]),
    st.sampled_from(["số ", "số", "", "số số ", "Số: "]),
    st.sampled_from(["-", " - ", "- ", "–", "‑"]),
    st.booleans(),
)
def test_spacing_marks_and_unicode_form_change_no_value(
    number: int, kind: tuple[str, str, str], word: str, dash: str, decomposed: bool
) -> None:
    doc_type, letters, organ = kind
    text = f"Căn cứ {doc_type} {word}{number}/{letters}{dash}{organ}, ngày 7/4/2014 các đơn vị"
    _, value = one(unicodedata.normalize("NFD", text) if decomposed else text)
    assert (value.number, value.code, value.date) == (str(number), f"{number}/{letters}-{organ}", "2014-04-07")


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Chỉ thị", "số", "34", "-CT/TW", "/", "Nghị quyết", "Đại hội", "lần thứ", "XIII", "của", "Đảng", "Luật",
             "“", "”", "về việc", "ngày", "7/4/2014", "UBND tỉnh", "(", ")", ",", "và", "các", "\n", " ", "Đề án",
             "khóa", "QĐ", "İ"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_no_text_raises_and_offsets_hold(parts: list[str]) -> None:
    reading = reading_of(" ".join(parts))
    for mention in reading.of(Directive):
        assert 0 <= mention.start < mention.end <= len(reading.text)
        written = reading.text[mention.start : mention.end]
        assert written == written.strip()
