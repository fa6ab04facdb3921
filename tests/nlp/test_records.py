"""Award records: status by scope, recipients named and counted, lists, tellings counted once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.fold import fold
from nlp.records.persons import NameBook
from nlp.records.quantities import group_at, number
from nlp.records.status import scope, status_of
from tests.nlp.honours_of import honours_of, records_in

Row = tuple[str, str | None, str | None, int | None]


def rows(text: str, province: str | None = None) -> list[Row]:
    """Return (status, recipient, kind, quantity) of each record."""
    return [(r.status, r.recipient, r.recipient_kind, r.quantity) for r in records_in(text, province)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bộ Y tế tặng Bằng khen cho 12 tập thể và 8 cá nhân.", [("collective", 12), ("individual", 8)]),
        ("Bộ Y tế tặng Bằng khen cho 01 tập thể.", [("collective", 1)]),
        ("Bộ Y tế tặng Bằng khen cho hai nữ nhân viên.", [("individual", 2)]),
        ("Bộ Y tế tặng Bằng khen cho các tập thể, cá nhân.", [("mixed", None)]),
        ("Bộ Y tế tặng Bằng khen cho 6 tập thể, cá nhân.", [("mixed", 6)]),
        ("Bộ Y tế tặng Bằng khen cho 90 hộ gia đình.", [("household", 90)]),
        ("Bộ Y tế tặng Giấy khen cho 4 tập thể 10 cá nhân.", [("collective", 4), ("individual", 10)]),
        (
            "Cờ thi đua của Bộ Y tế: 54 tập thể; Bằng khen của Bộ Y tế: 1.205 cá nhân.",
            [("collective", 54), ("individual", 1205)],
        ),
        ("Có 15 tập thể lao động xuất sắc.", [("collective", 15)]),
        ("75% cán bộ đạt danh hiệu Lao động tiên tiến.", [("individual", None)]),
        ("Hội được tặng 30 Kỷ niệm chương.", [(None, 30)]),
    ],
)
def test_counted_recipients(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert [(kind, quantity) for _, _, kind, quantity in rows(text)] == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("UBND tỉnh đã tặng Bằng khen cho 5 cá nhân.", "conferred"),
        ("Chủ tịch nước truy tặng Huân chương Dũng cảm cho anh Trần Văn Nam.", "conferred"),
        ("Hội đồng đề nghị tặng Cờ thi đua của Chính phủ cho 5 đơn vị.", "proposed"),
        ("Sở Nội vụ tỉnh Nam Định được đề nghị tặng Bằng khen.", "proposed"),
        ("Các đơn vị đăng ký danh hiệu Tập thể lao động xuất sắc.", "registered"),
        ("Công ty phấn đấu đạt Cờ thi đua của Chính phủ.", "registered"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert [r[0] for r in rows(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh thu hồi Bằng khen đã tặng cho ông Trần Văn Nam.",
        "Theo Luật Thi đua, khen thưởng, Huân chương Dũng cảm để tặng cho cá nhân.",
        "Ông Nam không đủ điều kiện đề nghị tặng Bằng khen.",
        "Tập thể xuất sắc sẽ được tặng Cờ thi đua.",
        "Tiêu chuẩn của danh hiệu Chiến sĩ thi đua cơ sở đã rõ.",
    ],
)
def test_rules_plans_and_revocations_give_none(text: str) -> None:
    assert rows(text) == []


def test_a_bare_verb_keeps_the_proposal_open_and_a_past_one_ends_it() -> None:
    text = fold("đề nghị tặng Cờ cho 1 tập thể; UBND tỉnh tặng Bằng khen cho 2 tập thể")
    assert status_of(scope(None, text, 0, len(text))) == "proposed"
    text = fold("đề nghị tặng Cờ cho 1 tập thể; UBND tỉnh đã tặng Bằng khen cho 2 tập thể")
    assert status_of(scope(None, text, 0, len(text))) == "conferred"


def test_named_recipients_after_the_award() -> None:
    text = "Bộ Y tế tặng Bằng khen cho ông Nguyễn Văn Hải (52 tuổi), Giám đốc và bà Trần Thị Mai, Trưởng phòng."
    assert [(r[1], r[2], r[3]) for r in rows(text)] == [
        ("Nguyễn Văn Hải", "individual", 1),
        ("Trần Thị Mai", "individual", 1),
    ]


def test_named_units_take_the_place_of_their_number() -> None:
    text = "Tặng Cờ thi đua của Bộ Nội vụ cho 2 đơn vị là Sở Nội vụ tỉnh Nam Định và Sở Nội vụ tỉnh Hà Nam."
    assert [r[1] for r in rows(text)] == ["Sở Nội vụ tỉnh Nam Định", "Sở Nội vụ tỉnh Hà Nam"]


def test_the_next_clause_is_not_of_the_list() -> None:
    text = "3 tập thể được tặng Cờ thi đua gồm: Sở Nội vụ, Sở Tư pháp; 10 cá nhân được tặng Bằng khen của Bộ Nội vụ."
    found = rows(text, "Nam Định")
    assert [(r[1], r[3]) for r in found] == [
        ("Sở Nội vụ tỉnh Nam Định", 1),
        ("Sở Tư pháp tỉnh Nam Định", 1),
        (None, 10),
    ]


def test_winners_on_lines_of_their_own() -> None:
    text = (
        "Danh sách cá nhân được tặng Bằng khen của Bộ Y tế:\n1. Ông Trần Văn Nam, Giám đốc\n2. Bà Lê Thị Hoa\n"
        "- Ông Phạm Quốc Huy, Trưởng phòng\nTin, ảnh: Hà An"
    )
    assert [r[1] for r in rows(text)] == ["Trần Văn Nam", "Lê Thị Hoa", "Phạm Quốc Huy"]


def test_an_introduced_list_of_awards_shares_its_subject() -> None:
    text = "Trường THPT Chuyên Hạ Long đã được tặng thưởng:\n- Huân chương Lao động hạng Ba\n- Cờ thi đua của Chính phủ"
    assert [(r[0], r[1]) for r in rows(text)] == [("conferred", "Trường THPT Chuyên Hạ Long")] * 2


def test_subjects_and_short_names() -> None:
    text = (
        "Chị Thạch Thị Tha nhặt được túi tiền.\nUBND tỉnh Đồng Nai tặng Bằng khen cho chị Tha.\n"
        "Sau đó, chị cũng được Bộ Công an tặng Bằng khen."
    )
    assert [r[1] for r in rows(text)] == ["Thạch Thị Tha", "Thạch Thị Tha"]


def test_each_class_and_each_authority_is_a_record() -> None:
    found = records_in("Anh Trần Văn Nam được tặng Huy chương Chiến sĩ vẻ vang hạng Nhất, Nhì, Ba.")
    assert [(r.value.class_, r.recipient) for r in found] == [
        ("hạng Nhất", "Trần Văn Nam"),
        ("hạng Nhì", "Trần Văn Nam"),
        ("hạng Ba", "Trần Văn Nam"),
    ]


def test_a_number_told_for_several_awards_is_nobody_s_own() -> None:
    found = records_in("Có 215 tập thể được tặng Giấy khen và Cờ thi đua.")
    assert [r.quantity for r in found] == [None, None]


def test_title_body_and_caption_tell_one_awarding() -> None:
    text = (
        "Tặng bằng khen cho hai nhân viên gác chắn\n"
        "UBND tỉnh Đồng Nai tặng bằng khen cho chị Nguyễn Thị Minh và chị Đỗ Thị Lan.\n"
        "Chị Minh và chị Lan nhận bằng khen.\nTrao bằng khen cho các cá nhân. Ảnh: An Hà"
    )
    assert [r[1] for r in rows(text)] == ["Nguyễn Thị Minh", "Đỗ Thị Lan"]


def test_relatives_receive_for_the_dead() -> None:
    text = (
        "Chủ tịch nước truy tặng Huân chương Dũng cảm cho anh Lê Chí Phước.\n"
        "Bà Trần Thị Hoa nhận Huân chương Dũng cảm của con trai."
    )
    assert [r[1] for r in rows(text)] == ["Lê Chí Phước"]


def test_the_title_does_not_confer_what_the_body_proposes() -> None:
    text = (
        "Tài xế được tặng Huân chương Dũng cảm\n"
        "Tỉnh Lâm Đồng đã đề nghị tặng Huân chương Dũng cảm cho anh Phan Văn Bắc."
    )
    assert rows(text) == [("proposed", "Phan Văn Bắc", "individual", 1)]


def test_people_of_a_place_are_a_collective() -> None:
    text = "Cán bộ và nhân dân huyện Gio Linh đón nhận Huân chương Lao động hạng Nhất."
    assert [(r[1], r[2], r[3]) for r in rows(text)] == [("Cán bộ và nhân dân huyện Gio Linh", "collective", 1)]


def test_the_year_that_the_sentence_tells() -> None:
    (record,) = records_in("Năm 2019, Bộ Y tế tặng Bằng khen cho 5 cá nhân.")
    assert record.year == 2019


@pytest.mark.parametrize(
    ("text", "value"), [("01", 1), ("2.160", 2160), ("bốn", 4), ("mười hai", 12), ("hai mươi lăm", 25), ("", None)]
)
def test_numbers(text: str, value: int | None) -> None:
    assert number(text) == value


def test_a_group_is_read_where_it_starts() -> None:
    text = fold("143 tập thể và 135 cá nhân")
    group = group_at(text, 0, len(text))
    assert group is not None
    assert (group.kind, group.quantity, text[group.start : group.end]) == ("collective", 143, "143 tập thể")


def test_persons_need_an_honorific_or_a_surname() -> None:
    reading = honours_of("Ông Điểu Xuân Hùng và anh Tú gặp Nguyễn Văn Nam tại Hà Nội. Binh nhất Võ Thanh Jang đến.")
    book = NameBook(reading)
    assert [p.name for p in book.persons_in(0, len(reading.text))] == [
        "Điểu Xuân Hùng",
        "Tú",
        "Nguyễn Văn Nam",
        "Võ Thanh Jang",
    ]


PIECES = st.sampled_from(
    [
        "đề nghị",
        "tặng",
        "đã trao",
        "Bằng khen",
        "Cờ thi đua",
        "của Bộ Y tế",
        "cho",
        "12 tập thể",
        "và",
        "8 cá nhân",
        ":",
        ";",
        "\n",
        "ông Trần Văn Nam",
        "anh Nam",
        "- ",
        "gồm",
        "Sở Nội vụ tỉnh Hà Nam",
        "được",
        "(52 tuổi)",
        ",",
        ".",
        "gia đình anh",
        "công ty",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=30).map(" ".join)))
def test_any_text_gives_sound_records(text: str) -> None:
    reading = honours_of(text)
    for record in reading.records:
        assert record.mention in reading.mentions
        assert record.recipient is None or record.quantity in (1, None)
        assert record.quantity is None or record.quantity >= 0
    assert [(r.value, r.recipient, r.quantity) for r in honours_of(text).records] == [
        (r.value, r.recipient, r.quantity) for r in reading.records
    ]
