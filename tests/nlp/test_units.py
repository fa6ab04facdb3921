"""Units: spans and full names, over the families of phrases in which the press names organisations."""

import itertools
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import places, units
from nlp.bodies import body_at
from nlp.fold import nfc
from nlp.lexicon import table
from nlp.reading import Reading, Source
from nlp.units.catalogue import Bare, Lower, Tail, organs
from nlp.units.fullest import fullest
from nlp.units.spelling import restyled
from nlp.values import Level, Unit


def read(text: str, *, province: str | None = None, published: date | None = None) -> Reading:
    reading = Reading(nfc(text), Source(province=province, published=published))
    places.find(reading)
    units.find(reading)
    return reading


def found(text: str, **source: str | None) -> list[tuple[str, str]]:
    """Return the mentions as (text, canonical)."""
    reading = read(text, **source)  # type: ignore[arg-type]
    return [(reading.text[m.start : m.end], m.value.canonical) for m in reading.mentions if isinstance(m.value, Unit)]


@pytest.mark.parametrize(
    ("text", "mention", "canonical"),
    [
        ("Chủ tịch UBND tỉnh Nam Định Phạm Văn A", "UBND tỉnh Nam Định", "Ủy ban nhân dân tỉnh Nam Định"),
        ("Uỷ ban nhân dân TP.HCM họp", "Uỷ ban nhân dân TP.HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("Bộ trưởng Bộ TT&TT Nguyễn Văn A", "Bộ TT&TT", "Bộ Thông tin và Truyền thông"),
        ("Sở LĐ-TB&XH Hà Nam", "Sở LĐ-TB&XH Hà Nam", "Sở Lao động - Thương binh và Xã hội tỉnh Hà Nam"),
        ("Sở VHTT & DL Nghệ An", "Sở VHTT & DL Nghệ An", "Sở Văn hóa, Thể thao và Du lịch tỉnh Nghệ An"),
        ("Quận uỷ 11, TP.HCM họp", "Quận uỷ 11, TP.HCM", "Quận ủy Quận 11, Thành phố Hồ Chí Minh"),
        ("Huyện ủy Vụ Bản, tỉnh Nam Định", "Huyện ủy Vụ Bản, tỉnh Nam Định", "Huyện ủy Vụ Bản, tỉnh Nam Định"),
        ("Tổng LĐLĐ Việt Nam", "Tổng LĐLĐ Việt Nam", "Tổng Liên đoàn Lao động Việt Nam"),
        ("hội CCB huyện Vụ Bản", "hội CCB huyện Vụ Bản", "Hội Cựu chiến binh huyện Vụ Bản, tỉnh Nam Định"),
        ("Ban thi đua khen thưởng Trung ương", None, "Ban Thi đua - Khen thưởng Trung ương"),
        ("Ban Thường vụ LĐLĐ tỉnh Hà Nam", None, "Ban Thường vụ Liên đoàn Lao động tỉnh Hà Nam"),
        ("Hội Nông dân (HND) huyện Vụ Bản", None, "Hội Nông dân huyện Vụ Bản, tỉnh Nam Định"),
        ("Phòng Cảnh sát kinh tế - Công an tỉnh Hà Nam", None, "Phòng Cảnh sát kinh tế Công an tỉnh Hà Nam"),
        ("Trung đoàn Bộ binh 95", None, "Trung đoàn Bộ binh 95"),
        ("Cụm thi đua số 05 họp", "Cụm thi đua số 05", "Cụm thi đua số 5"),
        ("Khối thi đua các sở, ngành Tổng hợp tổng kết", "Khối thi đua các sở, ngành Tổng hợp", None),
        ("Trường Tiểu học Kim Đồng tổ chức lễ", "Trường Tiểu học Kim Đồng", None),
        ("trường TH Kim Đồng", "trường TH Kim Đồng", "Trường Tiểu học Kim Đồng"),
        ("Công ty TNHH MTV Cấp nước Bình An", None, "Công ty TNHH Một thành viên Cấp nước Bình An"),
        ("Nhà máy Lọc dầu Sông Xanh đón nhận", "Nhà máy Lọc dầu Sông Xanh", None),
        ("Giám đốc Bệnh viện Đa khoa Sông Xanh Nguyễn Văn A", "Bệnh viện Đa khoa Sông Xanh", None),
        ("Tỉnh đoàn Hà Nam phát động", "Tỉnh đoàn Hà Nam", "Tỉnh Đoàn Hà Nam"),
        ("Hội đồng thi đua - khen thưởng tỉnh Hà Nam", None, "Hội đồng Thi đua - Khen thưởng tỉnh Hà Nam"),
    ],
)
def test_one_unit(text: str, mention: str | None, canonical: str | None) -> None:
    assert found(text) == [(mention or text, canonical or mention)]


@pytest.mark.parametrize(
    "text",
    [
        "Thủ tướng Chính phủ tặng Bằng khen",
        "các đại biểu Quốc hội thảo luận",
        "UBND các cấp, các sở, ban, ngành và các đơn vị trong Khối",
        "Luật Mặt trận Tổ quốc Việt Nam",
        "Quyết định số 15/QĐ-UBND và Công văn 20/UBND-VX",
        "cán bộ y tế, cơ sở giáo dục, môi trường Quân đội, hội nghị",
        "Kỳ thi THPT Quốc gia",
        "Ngành Công an, toàn ngành Kho bạc Nhà nước",
        "đồng chí Lê Văn A, Thành ủy viên",
        "xã Trường Xuân, phường Hội Phú",
        "hội trường, Hội An, Hội nghị",
    ],
)
def test_no_unit(text: str) -> None:
    assert found(text) == []


def test_an_enumeration_of_places_is_one_mention_per_name() -> None:
    text = "Tham dự có Sở Nội vụ các tỉnh: Hà Nam, Nam Định và Thái Bình."
    assert found(text) == [
        ("Sở Nội vụ các tỉnh: Hà Nam", "Sở Nội vụ tỉnh Hà Nam"),
        ("Nam Định", "Sở Nội vụ tỉnh Nam Định"),
        ("Thái Bình", "Sở Nội vụ tỉnh Thái Bình"),
    ]
    assert [c for _, c in found("các Tỉnh đoàn Hà Nam, Hải Phòng")] == ["Tỉnh Đoàn Hà Nam", "Thành Đoàn Hải Phòng"]


def test_an_enumeration_of_sectors_shares_the_head() -> None:
    canonical = [c for _, c in found("Giao các Sở: Nội vụ, Tài chính và Y tế chủ trì.", province="Hà Nam")]
    assert canonical == ["Sở Nội vụ tỉnh Hà Nam", "Sở Tài chính tỉnh Hà Nam", "Sở Y tế tỉnh Hà Nam"]
    assert [c for _, c in found("Bộ Quốc phòng, Công an tỉnh Hà Nam")] == ["Bộ Quốc phòng", "Công an tỉnh Hà Nam"]


def test_army_units_share_a_head_and_stand_alone() -> None:
    assert [c for _, c in found("Đại đội 3, Tiểu đoàn 1, Trung đoàn 38")] == [
        "Đại đội 3",
        "Tiểu đoàn 1",
        "Trung đoàn 38",
    ]
    assert [c for _, c in found("các đồn 12, 15.")] == ["Đồn 12", "Đồn 15"]


def test_coordinated_organs_take_the_place_of_the_last() -> None:
    canonical = [c for _, c in found("Tỉnh ủy, HĐND, UBND tỉnh Hà Nam và Đảng ủy, UBND xã Kim Thanh dự.")]
    assert canonical[:3] == ["Tỉnh ủy Hà Nam", "Hội đồng nhân dân tỉnh Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam"]
    assert canonical[3:] == ["Đảng ủy xã Kim Thanh, tỉnh Hà Nam", "Ủy ban nhân dân xã Kim Thanh, tỉnh Hà Nam"]


def test_bare_organs_take_the_places_of_the_article() -> None:
    text = "Hội Nông dân huyện Vụ Bản (Nam Định) họp. UBND huyện, Huyện ủy và Sở Nội vụ dự; UBND tỉnh gửi hoa."
    assert [c for _, c in found(text)] == [
        "Hội Nông dân huyện Vụ Bản, tỉnh Nam Định",
        "Ủy ban nhân dân huyện Vụ Bản, tỉnh Nam Định",
        "Huyện ủy Vụ Bản, tỉnh Nam Định",
        "Sở Nội vụ tỉnh Nam Định",
        "Ủy ban nhân dân tỉnh Nam Định",
    ]


def test_after_the_merger_communes_lie_in_provinces() -> None:
    reading = read("UBND phường Kim Bảng, tỉnh Ninh Bình họp; UBND phường khen.", published=date(2025, 9, 1))
    assert {m.value.canonical for m in reading.mentions if isinstance(m.value, Unit)} == {
        "Ủy ban nhân dân phường Kim Bảng, tỉnh Ninh Bình"
    }


def test_short_forms_that_the_article_defines() -> None:
    text = "Ngân hàng TMCP Sông Xanh (SXBank) nhận Cờ. Năm nay SXBank tăng vốn."
    canonical = "Ngân hàng Thương mại cổ phần Sông Xanh"
    assert found(text) == [("Ngân hàng TMCP Sông Xanh", canonical), ("SXBank", canonical), ("SXBank", canonical)]


def test_short_names_take_the_full_name_of_the_article() -> None:
    names = [
        "Công ty TNHH Đầu tư Sông Xanh",
        "Công ty Sông Xanh",
        "Trường Tiểu học số 2 Kim Sơn",
        "Trường Tiểu học Kim Sơn",
    ]
    assert fullest(names) == {"Công ty Sông Xanh": "Công ty TNHH Đầu tư Sông Xanh"}


def test_names_have_one_spelling() -> None:
    assert restyled("Uỷ ban xã Hoà  Thuỷ, R’Lấp") == "Ủy ban xã Hòa Thủy, R'Lấp"
    assert restyled("Quỳnh Quý") == "Quỳnh Quý"


def test_levels_and_provinces() -> None:
    reading = read("Bộ Y tế, Sở Y tế Hà Nam, UBND huyện Vụ Bản, Trường Tiểu học Kim Đồng và Cụm thi đua số 2.")
    told = [(m.value.level, m.value.province) for m in reading.mentions if isinstance(m.value, Unit)]
    assert told[:3] == [("central", None), ("province", "Hà Nam"), ("district", "Nam Định")]
    assert [level for level, _ in told[3:]] == ["base", "bloc"]


def test_a_body_is_read_with_its_title() -> None:
    reading = read("Bằng khen của Chủ tịch UBND tỉnh Hà Nam, Bằng khen của Thủ tướng Chính phủ, Cờ thi đua của tỉnh")
    at = [reading.text.index(word) for word in ("Chủ tịch", "Thủ tướng")]
    body = body_at(reading, at[0])
    assert body is not None
    assert body.canonical == "Chủ tịch Ủy ban nhân dân tỉnh Hà Nam"
    assert body.organ == "Ủy ban nhân dân tỉnh Hà Nam"
    assert reading.text[body.start : body.end] == "Chủ tịch UBND tỉnh Hà Nam"
    body = body_at(reading, at[1])
    assert body is not None
    assert (body.canonical, body.level) == ("Thủ tướng Chính phủ", "central")
    body = body_at(reading, reading.text.rindex("tỉnh"))
    assert body is not None
    assert body.canonical == "Ủy ban nhân dân tỉnh Hà Nam"
    assert body_at(reading, 0) is None
    reading = read("UBND tỉnh Hà Nam họp; bằng khen của chủ tịch tỉnh được trao.")
    body = body_at(reading, reading.text.index("chủ tịch"))
    assert body is not None
    assert body.canonical == "Chủ tịch Ủy ban nhân dân tỉnh Hà Nam"


# Pieces of real grammar, so that random texts reach the rules.
# fmt: off
PIECES = [
    "UBND tỉnh", "Sở Nội vụ", "các", "Nam Định", ",", "và", "(", ")", "CCB", "Trường", "THPT", "Nguyễn Huệ",
    "Cụm thi đua số", "5", "TP.", "HCM", "\n", "huyện", "của", "Trung ương", "Đảng ủy", "ban chỉ đạo", "“", "”", "-",
    "Công ty", "TNHH", "12/QĐ-UBND", "Sư đoàn", "Báo", "Tổng cục", "HOÀ BÌNH", "Đồn", "Việt Nam", "Tỉnh ủy", "Hội",
]
# fmt: on


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=25,
    )
)
def test_any_text_gives_exact_ordered_mentions(parts: list[str]) -> None:
    reading = read(" ".join(parts))
    spans = [(m.start, m.end) for m in reading.mentions]
    for m in reading.mentions:
        assert isinstance(m.value, Unit)
        mention = reading.text[m.start : m.end]
        assert mention
        assert mention == mention.strip()
        assert m.value.canonical
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    again = read(" ".join(parts))
    assert [m.value for m in again.mentions] == [m.value for m in reading.mentions]


def test_the_tables_of_organs_are_whole() -> None:
    tails = set(get_args(Tail))
    levels = {*get_args(Level), "seat", "city"}
    for row in table("organs"):
        where = f"{row.file}:{row.line}"
        assert row["tail"] in tails, where
        assert row["level"] in levels, where
        assert row["bare"] in get_args(Bare), where
        assert (row.day("valid_from") or date.min) <= (row.day("valid_to", end=True) or date.max), where
    for row in table("open_heads"):
        assert row["grammar"] in tails, f"{row.file}:{row.line}"
        assert row["lower"] in (*get_args(Lower), "any"), f"{row.file}:{row.line}"
    assert organs().starts_with("ubnd")


@pytest.mark.parametrize(
    ("text", "mention", "canonical"),
    [
        ("Nhà hát chèo Việt Nam biểu diễn", None, "Nhà hát chèo Việt Nam"),
        ("trao cho Tổng công ty cổ phần Xây lắp dầu khí Việt Nam.", None, None),
        ("cho tập đoàn Hoa Sen. Dịp này", "tập đoàn Hoa Sen", "Tập đoàn Hoa Sen"),
        ("Tập đoàn TH nhận Bằng khen", "Tập đoàn TH", "Tập đoàn TH"),
        ("giám đốc nhà máy lọc dầu Nghi Sơn nói", "nhà máy lọc dầu Nghi Sơn", "Nhà máy lọc dầu Nghi Sơn"),
        ("đoàn bay 918 nhận Huân chương", "đoàn bay 918", "Đoàn bay 918"),
        ("Đội nữ thanh niên xung phong Đồng Lộc được", "Đội nữ thanh niên xung phong Đồng Lộc", None),
        ("Đại đội nữ pháo binh Hiền Lương được", "Đại đội nữ pháo binh Hiền Lương", None),
        ("Đội Cảnh sát giao thông số 5 bắt", "Đội Cảnh sát giao thông số 5", "Đội Cảnh sát giao thông số 5"),
        ("cục Quản lý thị trường tỉnh Lào Cai", None, "Cục Quản lý thị trường tỉnh Lào Cai"),
        ("Ban Thường vụ Liên đoàn Lao động tỉnh Lào Cai", None, "Ban Thường vụ Liên đoàn Lao động tỉnh Lào Cai"),
        ("Bí thư Ban cán sự đảng Bộ Y tế", "Ban cán sự đảng Bộ Y tế", "Ban Cán sự đảng Bộ Y tế"),
        ("Vụ Tổ chức cán bộ NHNN họp", None, "Vụ Tổ chức cán bộ Ngân hàng Nhà nước Việt Nam"),
        ("TAND cấp cao tại Đà Nẵng xử", "TAND cấp cao tại Đà Nẵng", "Tòa án nhân dân cấp cao tại Đà Nẵng"),
        ("thăm đại sứ quán Cuba sáng nay", "đại sứ quán Cuba", "Đại sứ quán Cuba"),
        ("Đại sứ quán Việt Nam tại Nhật trao", "Đại sứ quán Việt Nam tại Nhật", "Đại sứ quán Việt Nam tại Nhật Bản"),
        ("Bộ Quốc phòng Lào tặng", "Bộ Quốc phòng Lào", "Bộ Quốc phòng Lào"),
        ("Bộ Lục quân Mỹ tặng", "Bộ Lục quân Mỹ", "Bộ Lục quân Mỹ"),
        ("Chính phủ Nhật Bản trao tặng", "Chính phủ Nhật Bản", "Chính phủ Nhật Bản"),
        ("Bộ GD&amp;ĐT tặng Bằng khen", "Bộ GD&amp;ĐT", "Bộ Giáo dục và Đào tạo"),
        ("Bệnh viện Nhi đồng 1, quận 10", "Bệnh viện Nhi đồng 1", "Bệnh viện Nhi đồng 1"),
        ("Học viện Ngoại giao tổ chức", "Học viện Ngoại giao", "Học viện Ngoại giao"),
        ("Trường Mầm non B dù mới", "Trường Mầm non B", "Trường Mầm non B"),
        ("TW Hội Người cao tuổi Việt Nam", None, "Trung ương Hội Người cao tuổi Việt Nam"),
        ("Viettel Nghệ An nhận cờ", "Viettel Nghệ An", "Viettel Nghệ An"),
    ],
)
def test_names_that_no_list_holds(text: str, mention: str | None, canonical: str | None) -> None:
    (unit,) = found(text)
    if mention is not None:
        assert unit[0] == mention
    assert unit[1] == (canonical or unit[0])


@pytest.mark.parametrize(
    "text",
    [
        "Ô tô từ trung tâm Đồng Hới đi vòng qua cầu.",
        "BIDV là ngân hàng thương mại Việt Nam đầu tiên làm việc đó.",
        "mục tiêu trở thành ngân hàng số 1 của vùng",
        "Người đứng đầu Chính phủ biểu dương.",
        "các Công ty Điện lực trực thuộc",
        "chào mừng ngày hội Toàn dân đoàn kết",
        "Ban Giám khảo trao giải.",
        "đội tuyển Việt Nam vô địch",
        "đội Thái Lan thắng trận",
        "Hội thao giáo dục quốc phòng",
        "9/13 Hội Luật gia trong cụm",
        "kỳ thi THPT Quốc gia",
    ],
)
def test_what_only_looks_like_a_name(text: str) -> None:
    assert [m for m, _ in found(text) if m != "BIDV"] == []


def test_a_picture_credit_is_no_part_of_a_name() -> None:
    assert found("Lễ trao cờ cho Tập đoàn TH - Ảnh: L.A") == [("Tập đoàn TH", "Tập đoàn TH")]


def test_a_police_section_takes_the_police_told_after_it() -> None:
    text = "Phòng Cảnh sát hình sự (PC02), Công an tỉnh Lào Cai khám phá vụ án."
    canonicals = [c for _, c in found(text)]
    assert canonicals[0] == "Phòng Cảnh sát hình sự Công an tỉnh Lào Cai"
    assert canonicals[1:] == ["Phòng Cảnh sát hình sự Công an tỉnh Lào Cai", "Công an tỉnh Lào Cai"]


def test_the_centre_of_the_association_that_the_article_is_about() -> None:
    text = "Hội Khuyến học Việt Nam tổng kết năm.\nTrung ương Hội khen thưởng; Bí thư Đảng đoàn phát biểu."
    assert [c for _, c in found(text)] == [
        "Hội Khuyến học Việt Nam",
        "Trung ương Hội Khuyến học Việt Nam",
        "Đảng đoàn Hội Khuyến học Việt Nam",
    ]


def test_two_offices_of_one_person_share_the_commune() -> None:
    text = "Ông A, Bí thư Đảng ủy, Chủ tịch UBND xã Tân Lập, huyện Vụ Bản và Ủy viên Ban Thường vụ Đảng ủy."
    canonicals = [c for _, c in found(text)]
    assert canonicals[0] == "Đảng ủy xã Tân Lập, huyện Vụ Bản, tỉnh Nam Định"
    assert canonicals[1] == "Ủy ban nhân dân xã Tân Lập, huyện Vụ Bản, tỉnh Nam Định"


def test_a_newspaper_is_a_unit_where_the_title_is_about_it() -> None:
    text = "Báo Tiền phong tròn 60 tuổi\nPhóng viên báo Tiền phong đến dự. Bạn đọc của Tiền phong chúc mừng."
    assert {c for _, c in found(text)} == {"Báo Tiền phong"}
    assert len(found(text)) == 3
    assert found("Lũ lớn ở miền Trung\nTheo báo Tiền phong, nước đang rút.") == []


def test_a_brand_with_the_country_or_province_of_its_branch() -> None:
    text = "Công ty FrieslandCampina khánh thành nhà xưởng. FrieslandCampina Việt Nam nhận Huân chương."
    assert found(text)[1] == ("FrieslandCampina Việt Nam", "Công ty FrieslandCampina Việt Nam")


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Khen thưởng\nCục Thuế thành phố Hà Nội và Bộ Tài chính khen Công ty A1 Finance.", None),
        ("Vinh danh\nTrung ương Đoàn khen Tỉnh đoàn Lào Cai, Tỉnh đoàn Bắc Kạn, Tỉnh đoàn Cao Bằng.", None),
        ("Lào Cai khen thưởng\nBộ Tài chính dự lễ.", "Lào Cai"),
        ("Khen thưởng\nUBND tỉnh và Sở Nội vụ tỉnh Lào Cai khen.", "Lào Cai"),
    ],
)
def test_one_organ_of_a_province_does_not_make_the_article_its_own(text: str, province: str | None) -> None:
    assert read(text).facts.province == province
