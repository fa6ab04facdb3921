from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.bylines import is_name, read_byline, split_trailing_name

LINES = [
    ("Tác giả : MAI THÚY | Nguồn : Trang TTĐT Sở Mẫu", "MAI THÚY", "Trang TTĐT Sở Mẫu"),
    ("Tác giả: Lan Hương", "Lan Hương", None),
    ("Đào Thu", "Đào Thu", None),
    ("Vương Thế .", "Vương Thế", None),
    ("Tin, ảnh Ngô Minh – Thanh Tú", "Ngô Minh – Thanh Tú", None),
    ("Tin ảnh Ngô Minh – Lệ Thu.", "Ngô Minh – Lệ Thu", None),
    ("Tin, ảnh: HÙNG ANH", "HÙNG ANH", None),
    ("Bài, ảnh: T. KIỀU", "T. KIỀU", None),
    ("Bài viết: Trần Hà; Ảnh: Lê Hà", "Trần Hà", None),
    ("Nhóm P.V thực hiện", "Nhóm P.V", None),
    ("Minh Anh (Theo TTXVN)", "Minh Anh", "Theo TTXVN"),
    ("Theo chinhphu.vn", None, "Theo chinhphu.vn"),
    ("(Theo Báo Nhân Dân)", None, "Theo Báo Nhân Dân"),
    ("Nguồn tin: Sở Nội vụ", None, "Sở Nội vụ"),
    ("TTXVN", None, "TTXVN"),
    ("H’Mai Niê", "H’Mai Niê", None),
    ("H.T", "H.T", None),
]


@pytest.mark.parametrize(("line", "author", "credit"), LINES)
def test_printed_forms(line: str, author: str | None, credit: str | None) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert (byline.author, byline.source_credit) == (author, credit)


@pytest.mark.parametrize(
    "line",
    [
        "Theo đó, các đơn vị thực hiện",
        "Tin liên quan",
        "Các tin khác",
        "Hội nghị tổng kết",
        "Nơi nhận",
        "Kết quả đạt được",
        "",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize("line", ["Người đăng: Ngô Thị Lan", "Biên tập: Quang Vinh", "Ảnh: Bình An"])
def test_who_put_it_online_or_took_the_picture_is_not_the_author(line: str) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert byline.aside
    assert byline.author is None


def test_a_slot_takes_an_organ_but_no_account() -> None:
    organ = read_byline("Phòng Văn hóa huyện Mẫu", slot=True)
    assert organ is not None
    assert organ.author == "Phòng Văn hóa huyện Mẫu"
    assert read_byline("Phòng Văn hóa huyện Mẫu") is None
    assert read_byline("admin", slot=True) is None
    assert read_byline("Administrator", slot=True) is None


def test_a_name_after_the_last_full_stop() -> None:
    text = "Hội nghị đã thống nhất các chỉ tiêu thi đua của khối cho cả năm công tác tiếp theo."
    assert split_trailing_name(f"{text} Phi Sơn") == (text, "Phi Sơn")
    assert split_trailing_name(text) == (text, None)


def test_letters_beyond_ascii_are_told_by_case() -> None:
    assert is_name("Ấu Ửng")
    assert not is_name("Sơn ấy")


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    read_byline(text)
    read_byline(text, slot=True)
    split_trailing_name(text)
