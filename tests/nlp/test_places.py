"""Places: how they are written, and which province an article is about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import places
from nlp.fold import fold, nfc
from nlp.places import seat_at
from nlp.places.gazetteer import province_called, province_of_host, provinces
from nlp.places.grammar import read_bare, read_place
from nlp.reading import Reading, Source
from nlp.words import PhraseTable, Words


def words_of(text: str) -> Words:
    return Words(text, fold(text))


def surveyed(text: str, **source: str | date | None) -> Reading:
    reading = Reading(nfc(text), Source(**source))  # type: ignore[arg-type]
    places.find(reading)
    return reading


@pytest.mark.parametrize(
    ("written", "level", "name"),
    [
        ("tỉnh Nam Định", "province", "Nam Định"),
        ("TP.HCM", "province", "Hồ Chí Minh"),
        ("TPHCM", "province", "Hồ Chí Minh"),
        ("Tp Hồ Chí Minh", "province", "Hồ Chí Minh"),
        ("thành phố Hà Nội", "province", "Hà Nội"),
        ("TP. Biên Hoà", "district", "Biên Hòa"),
        ("huyện Đăk R’lấp", "district", "Đắk R'Lấp"),
        ("Q. 11", "district", "11"),
        ("huyện Cư Jut", "district", "Cư Jút"),
        ("thị xã Long Mỹ", "district", "Long Mỹ"),
        ("xã Hòa Tiến", "commune", "Hòa Tiến"),
        ("tỉnh Thừa Thiên - Huế", "province", "Thừa Thiên Huế"),
    ],
)
def test_a_place_with_its_kind(written: str, level: str, name: str) -> None:
    words = words_of(written)
    place = read_place(words, 0)
    assert place is not None
    assert (place.level, place.name, place.last) == (level, name, len(words))


def test_a_chain_is_one_place_and_a_bracket_only_tells_where() -> None:
    words = words_of("phường Bửu Hòa, TP Biên Hòa, tỉnh Đồng Nai khen thưởng")
    place = read_place(words, 0)
    assert place is not None
    assert words.written(0, place.last) == "phường Bửu Hòa, TP Biên Hòa, tỉnh Đồng Nai"
    words = words_of("thị xã Long Mỹ (Hậu Giang) họp")
    place = read_place(words, 0)
    assert place is not None
    assert place.inside is not None
    assert words.written(0, place.last) == "thị xã Long Mỹ"
    assert place.inside.name == "Hậu Giang"


def test_a_bare_kind_has_no_name_and_a_person_gives_none() -> None:
    words = words_of("TP Lê Văn Bình phát biểu")
    place = read_place(words, 0)
    assert place is not None
    assert (place.name, place.last) == ("", 1)


def test_a_bare_name_must_be_whole() -> None:
    assert read_bare(words_of("Nam Định"), 0) is not None
    assert read_bare(words_of("Thái Bình Dương"), 0) is None
    assert read_bare(words_of("nam định"), 0) is None


def test_the_article_gives_its_province_and_fills_bare_kinds() -> None:
    reading = surveyed("Sáng nay, UBND huyện Vụ Bản, tỉnh Nam Định họp. Chủ tịch UBND huyện và UBND tỉnh dự.")
    assert reading.facts.province == "Nam Định"
    seat = seat_at(reading, reading.text.rindex("tỉnh"))
    assert seat is not None
    assert (seat.official, seat.level, seat.province) == ("tỉnh Nam Định", "province", "Nam Định")
    seat = seat_at(reading, reading.text.rindex("huyện"))
    assert seat is not None
    assert seat.official == "huyện Vụ Bản, tỉnh Nam Định"


def test_the_publisher_gives_the_province_that_the_text_leaves_out() -> None:
    assert surveyed("UBND tỉnh tặng Bằng khen.", province="Lào Cai").facts.province == "Lào Cai"
    assert surveyed("UBND tỉnh tặng Bằng khen.", url="https://snv.daknong.gov.vn/tin/1").facts.province == "Đắk Nông"
    assert surveyed("Bộ Y tế họp.", url="https://moh.gov.vn/tin/1").facts.province is None


def test_a_home_town_or_a_meeting_place_is_no_province_of_the_article() -> None:
    assert surveyed("Ngày 5/6, tại Hà Nội, Bộ Y tế họp. Chị Lan quê Nghệ An nhận quà.").facts.province is None


def test_names_in_any_spelling() -> None:
    assert province_called("TP.HCM") == province_called("Thành phố Hồ Chí Minh") == provinces()["Hồ Chí Minh"]
    assert province_called("Tỉnh Đăk Nông") == provinces()["Đắk Nông"]
    assert province_called("Atlantis") is None
    assert province_of_host("www.baoquangbinh.vn") == provinces()["Quảng Bình"]
    assert province_of_host("chinhphu.vn") is None


def test_every_district_lies_in_a_known_province() -> None:
    from nlp.lexicon import table

    assert len(table("districts")) > 696
    assert {row["province"] for row in table("districts")} <= set(provinces())
    merged = {p.merged_into for p in provinces().values() if p.merged_into}
    assert merged <= set(provinces())
    in_force = [p for p in provinces().values() if p.valid_to is None]
    assert len(in_force) == 34


def test_phrases_match_whatever_joins_their_words() -> None:
    table: PhraseTable[str] = PhraseTable([("Thông tin và Truyền thông", "x"), ("TT&TT", "x"), ("Y tế", "y")])
    for written in (
        "thông tin - truyền thông",
        "Thông tin & Truyền thông",
        "TT-TT",
        "TT&TT",
        "Thông tin và truyền thông",
    ):
        words = words_of(written)
        assert table.longest(words, 0) == (len(words), ["x"])
    assert table.longest(words_of("Thông tin\nTruyền thông"), 0) is None
    assert table.longest(words_of("Y, tế"), 0) is None


@given(st.text(alphabet="tỉnh TP.HCM huyện Đắk ,-()\n1à", max_size=60))
def test_any_text_is_surveyed(text: str) -> None:
    reading = surveyed(text)
    for place in reading.geography.places:
        assert 0 <= place.first < place.last <= len(reading.words)


def test_a_district_named_without_its_kind_tells_which_one_is_meant() -> None:
    text = "Giáo viên Vụ Bản thi dạy giỏi\nPhòng Giáo dục huyện chấm thi. Sở Nội vụ tỉnh Nam Định dự."
    district = surveyed(text).geography.district
    assert district is not None
    assert (district.kind, district.name) == ("huyện", "Vụ Bản")


def test_a_district_s_portal_tells_the_district() -> None:
    geography = surveyed("UBND huyện phát động thi đua.", url="https://dakmil.daknong.gov.vn/tin/1").geography
    assert geography.district is not None
    assert geography.official(geography.district) == "huyện Đắk Mil, tỉnh Đắk Nông"
