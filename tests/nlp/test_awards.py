"""Awards: names and their ends, classes and grades, who confers, level by law, what is no award."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.awards.levels import level_of
from nlp.awards.names import award_named, grades, medal_names
from nlp.lexicon import table
from nlp.values import Award, AwardLevel
from tests.nlp.honours_of import awards_in, honours_of

PRESIDENT = "Chủ tịch nước"


@pytest.mark.parametrize(
    ("text", "words", "award", "class_", "authority", "level"),
    [
        (
            "trao Huân chương Lao động hạng Ba cho ông",
            "Huân chương Lao động hạng Ba",
            "Huân chương Lao động",
            "hạng Ba",
            PRESIDENT,
            "state",
        ),
        (
            "huân chương lao động hạng nhì",
            "huân chương lao động hạng nhì",
            "Huân chương Lao động",
            "hạng Nhì",
            PRESIDENT,
            "state",
        ),
        (
            "Huân chương Độc lập hạng III",
            "Huân chương Độc lập hạng III",
            "Huân chương Độc lập",
            "hạng Ba",
            PRESIDENT,
            "state",
        ),
        (
            "Huân chương “Chiến công” hạng Nhất",
            "Huân chương “Chiến công” hạng Nhất",
            "Huân chương Chiến công",
            "hạng Nhất",
            PRESIDENT,
            "state",
        ),
        (
            "Huy chương Chiến sỹ vẻ vang hạng Ba",
            "Huy chương Chiến sỹ vẻ vang hạng Ba",
            "Huy chương Chiến sĩ vẻ vang",
            "hạng Ba",
            PRESIDENT,
            "state",
        ),
        (
            "danh hiệu “Anh hùng LLVTND”",
            "Anh hùng LLVTND",
            "Anh hùng Lực lượng vũ trang nhân dân",
            None,
            PRESIDENT,
            "state",
        ),
        ("Cờ thi đua của Chính phủ cho", "Cờ thi đua của Chính phủ", "Cờ thi đua", None, "Chính phủ", "government"),
        (
            "Bằng khen của Thủ tướng Chính phủ",
            "Bằng khen của Thủ tướng Chính phủ",
            "Bằng khen",
            None,
            "Thủ tướng Chính phủ",
            "government",
        ),
        ("băng khen của Bộ Y tế", "băng khen của Bộ Y tế", "Bằng khen", None, "Bộ Y tế", "ministry_province"),
        (
            "danh hiệu Chiến sĩ thi đua toàn quốc",
            "Chiến sĩ thi đua toàn quốc",
            "Chiến sĩ thi đua",
            "toàn quốc",
            "Thủ tướng Chính phủ",
            "government",
        ),
        ("đạt CSTĐ cấp cơ sở", "CSTĐ cấp cơ sở", "Chiến sĩ thi đua", "cơ sở", None, "base"),
        (
            "Tập thể Lao động xuất sắc",
            "Tập thể Lao động xuất sắc",
            "Tập thể lao động xuất sắc",
            None,
            None,
            "ministry_province",
        ),
        (
            "trao Huy hiệu 50 năm tuổi Đảng cho",
            "Huy hiệu 50 năm tuổi Đảng",
            "Huy hiệu tuổi Đảng",
            "50 năm",
            None,
            "ministry_province",
        ),
        ("tặng Giấy khen cho", "Giấy khen", "Giấy khen", None, None, "base"),
        ("đạt danh hiệu Gia đình văn hóa", "Gia đình văn hóa", "Gia đình văn hóa", None, None, "base"),
        (
            "tặng danh hiệu “Công dân tiêu biểu tỉnh nhà” cho",
            "Công dân tiêu biểu tỉnh nhà",
            "Công dân tiêu biểu tỉnh nhà",
            None,
            None,
            None,
        ),
    ],
)
def test_name_class_and_authority(
    text: str, words: str, award: str, class_: str | None, authority: str | None, level: AwardLevel | None
) -> None:
    assert awards_in(text) == [(words, Award(award, class_, authority, level))]


def test_a_medal_has_its_name_and_its_conferrer() -> None:
    quoted, plain = awards_in(
        "tặng Kỷ niệm chương “Vì sự nghiệp giáo dục” cho 5 nhà giáo và kỷ niệm chương vì sức khỏe nhân dân cho 2 bác sĩ"
    )
    assert quoted == (
        "Kỷ niệm chương “Vì sự nghiệp giáo dục",
        Award("Kỷ niệm chương Vì sự nghiệp giáo dục", None, "Bộ Giáo dục và Đào tạo", "ministry_province"),
    )
    assert plain[0] == "kỷ niệm chương vì sức khỏe nhân dân"
    assert plain[1].authority == "Bộ Y tế"


def test_an_ellipsis_of_classes_is_one_mention() -> None:
    reading = honours_of("Trường được tặng Huân chương Lao động hạng Nhất, Nhì, Ba.")
    (mention,) = reading.of(Award)
    assert reading.text[mention.start : mention.end] == "Huân chương Lao động hạng Nhất, Nhì, Ba"
    assert isinstance(mention.value, Award)
    assert mention.value.class_ is None
    assert [a.class_ for a in mention.alternatives if isinstance(a, Award)] == ["hạng Nhất", "hạng Nhì", "hạng Ba"]


def test_an_ellipsis_of_authorities_is_one_mention() -> None:
    reading = honours_of("nhận Bằng khen của Bộ Y tế, Bộ Tài chính.")
    (mention,) = reading.of(Award)
    assert reading.text[mention.start : mention.end] == "Bằng khen của Bộ Y tế, Bộ Tài chính"
    assert isinstance(mention.value, Award)
    assert mention.value.authority is None
    assert [a.authority for a in mention.alternatives if isinstance(a, Award)] == ["Bộ Y tế", "Bộ Tài chính"]


def test_a_following_clause_is_no_ellipsis() -> None:
    words = [w for w, _ in awards_in("tặng Bằng khen của Bộ Y tế, Bộ Tài chính tặng Cờ thi đua cho")]
    assert words == ["Bằng khen của Bộ Y tế", "Cờ thi đua"]


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("UBND tỉnh Nam Định tặng Cờ thi đua cho 2 tập thể", "Ủy ban nhân dân tỉnh Nam Định"),
        ("Công ty được Bộ Công Thương tặng Bằng khen", "Bộ Công Thương"),
        ("đề nghị Thủ tướng Chính phủ tặng bằng khen cho", "Thủ tướng Chính phủ"),
        ("bà Mai trao bằng khen đột xuất của UBND tỉnh Nam Định cho anh Tú", "Ủy ban nhân dân tỉnh Nam Định"),
        ("Bằng khen do Bộ Nội vụ trao tặng", "Bộ Nội vụ"),
        ("Chủ tịch UBND tỉnh Nam Định Phạm Văn Khang trao bằng khen cho anh Tú", None),
        ("Ban Tổ chức trao bằng khen cho anh Tú", None),
    ],
)
def test_the_giver_of_the_sentence(text: str, authority: str | None) -> None:
    ((_, value),) = awards_in(text)
    assert value.authority == authority


def test_awards_under_one_verb_share_its_giver() -> None:
    found = awards_in(
        "Bộ Y tế tặng Cờ thi đua cho 2 đơn vị và Bằng khen cho 5 cá nhân; 12 người đạt Lao động tiên tiến"
    )
    assert [v.authority for _, v in found] == ["Bộ Y tế", "Bộ Y tế", None]


def test_what_the_article_tells_once_holds_for_the_bare_name() -> None:
    found = awards_in("Tặng bằng khen cho anh Tú\nChiều 3/2, anh Tú nhận bằng khen của Bộ Công an.")
    assert [v.authority for _, v in found] == ["Bộ Công an", "Bộ Công an"]


def test_two_authorities_in_the_article_leave_the_bare_name_alone() -> None:
    found = awards_in("Anh nhận bằng khen của Bộ Công an.\nChị nhận bằng khen của Bộ Y tế.\nHai bằng khen đều quý.")
    assert found[-1] == ("bằng khen", Award("Bằng khen", None, None, None))


@pytest.mark.parametrize(
    "text",
    [
        "công tác khen thưởng và các danh hiệu thi đua",
        "nhận huân chương và tiền thưởng",
        "đạt Huy chương vàng môn bơi",
        "NSND Trà Giang biểu diễn",
        "Anh hùng LLVTND Nguyễn Văn Bảy kể chuyện",
        "Mẹ Việt Nam anh hùng Nguyễn Thị Thứ",
        "đạt danh hiệu “Đảng bộ trong sạch vững mạnh”",
        "được xếp loại hoàn thành xuất sắc nhiệm vụ",
        "giành giải Nhất cuộc thi Giáo viên dạy giỏi",
        "Bộ trưởng gửi thư khen",
        "gia đình văn hóa - hạnh phúc tiêu biểu",
        "nêu gương người tốt, việc tốt",
        "đoạt danh hiệu Hoa hậu",
    ],
)
def test_what_is_no_award(text: str) -> None:
    assert awards_in(text) == []


def test_epithets_are_names_where_an_article_grades_its_awards() -> None:
    graded = awards_in("trao bằng khen xuất sắc cho 5 đơn vị, bằng khen tiên tiến cho 3 đơn vị")
    assert [v.award for _, v in graded] == ["Bằng khen xuất sắc", "Bằng khen tiên tiến"]
    assert [v.award for _, v in awards_in("trao bằng khen xuất sắc cho 5 đơn vị")] == ["Bằng khen"]


def test_level_follows_the_law() -> None:
    certificate = award_named("bang_khen")
    assert level_of(certificate, None, "Chính phủ") == "government"
    assert level_of(certificate, None, "Ủy ban nhân dân tỉnh Nam Định") == "ministry_province"
    assert level_of(certificate, None, "Ủy ban nhân dân thành phố Biên Hòa, tỉnh Đồng Nai") == "base"
    assert level_of(certificate, None, None) is None
    assert level_of(award_named("hc_lao_dong"), None, PRESIDENT) == "state"


def test_tables_are_whole() -> None:
    names = [row["name"] for row in table("awards")]
    assert len({row["id"] for row in table("awards")}) == len(names)
    assert {row["award"] for row in table("award_forms")} <= {row["id"] for row in table("awards")}
    assert grades()["toàn quốc"].authority == "Thủ tướng Chính phủ"
    assert medal_names()["vì sự nghiệp giáo dục"].authority == "Bộ Giáo dục và Đào tạo"
    for row in table("award_forms"):
        row.day("valid_from")
        row.day("valid_to", end=True)


PIECES = st.sampled_from(
    [
        "Huân chương Lao động",
        "hạng Nhất",
        ", Nhì",
        "Bằng khen",
        "của",
        "UBND tỉnh",
        "“",
        "”",
        "cho",
        "\n",
        "Cờ",
        "danh hiệu",
        "12 tập thể",
        "ông Trần Nam",
        "Kỷ niệm chương",
        "Vì sự nghiệp",
        "Huy hiệu",
        "30",
        "năm tuổi Đảng",
        ";",
        "tặng",
        "được",
        " ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join)))
def test_any_text_is_read_and_offsets_are_exact(text: str) -> None:
    reading = honours_of(text)
    for mention in reading.of(Award):
        words = reading.text[mention.start : mention.end]
        assert words
        assert words == words.strip()
    again = honours_of(unicodedata.normalize("NFD", text))
    assert [m.value for m in again.of(Award)] == [m.value for m in reading.of(Award)]
