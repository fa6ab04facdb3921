"""Commemorations: counts, names and their ends, dates in brackets, what holds for all mentions of an event."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.anniversaries.events import event_named, events
from nlp.values import Anniversary
from tests.nlp.reading_of import reading_of


def kept(text: str, published: date | None = None) -> list[tuple[str, Anniversary]]:
    reading = reading_of(text, published=published)
    values = []
    for mention in reading.of(Anniversary):
        assert isinstance(mention.value, Anniversary)
        values.append((reading.text[mention.start : mention.end], mention.value))
    return values


def one(text: str, published: date | None = None) -> tuple[str, Anniversary]:
    found = kept(text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "span", "nth", "event_date", "anniversary_date"),
    [
        (
            "kỷ niệm 75 năm ngày Thương binh - Liệt sĩ (27/7/1947 - 27/7/2022);",
            "75 năm ngày Thương binh - Liệt sĩ (27/7/1947 - 27/7/2022)",
            75, "1947-07-27", "2022-07-27",
        ),
        ("Quốc khánh 2/9 (1945 - 2022)", "Quốc khánh 2/9 (1945 - 2022)", 77, "1945-09-02", "2022-09-02"),
        ("chào mừng Quốc khánh 2/9.", "Quốc khánh 2/9", None, "09-02", None),
        ("chào mừng Ngày Nhà giáo Việt Nam 20-11", "Ngày Nhà giáo Việt Nam 20-11", None, "11-20", None),
        ("kỷ niệm 60 năm thành lập Sở", "60 năm thành lập Sở", 60, None, None),
        ("kỷ niệm 25 năm tái lập tỉnh (1997-2022) và", "25 năm tái lập tỉnh (1997-2022)", 25, "1997", "2022"),
        ("Lễ kỷ niệm 70 năm Ngày truyền thống (23-1-1955 / 23-1-2025) và đón", None, 70, "1955-01-23", "2025-01-23"),
        ("kỷ niệm ngày thành lập (15/10), và", "ngày thành lập (15/10)", None, "10-15", None),
        ("kỷ niệm 20 thành lập thị trấn Kiến Đức nhằm", "20 thành lập thị trấn Kiến Đức", 20, None, None),
        ("kỷ niệm 70 nằm ngày Bác Hồ ra Lời kêu gọi thi đua ái quốc.", None, 70, None, None),
        ("kỷ niệm 10 năm nhà máy đi vào hoạt động.", "10 năm nhà máy đi vào hoạt động", 10, None, None),
        (
            "Kỷ niệm lần thứ 70 Ngày Bác Hồ ra Lời kêu gọi thi đua ái quốc (11.6.1948 - 11.6.2018)",
            "Ngày Bác Hồ ra Lời kêu gọi thi đua ái quốc (11.6.1948 - 11.6.2018)",
            70, "1948-06-11", "2018-06-11",
        ),
        ("Quốc khánh lần thứ 77 (2/9/1945 - 2/9/2022)", None, 77, "1945-09-02", "2022-09-02"),
        ("kỷ niệm 70 năm Ngày X của ngành Y (11-6/-948 - 11-6-2018)", None, 70, "1948-06-11", "2018-06-11"),
        ("70 năm Ngày truyền thống ngành Kiểm tra Đảng (16/10/2018)", None, 70, "10-16", "2018-10-16"),
        ("kỷ niệm 50 năm thực hiện Di chúc của Bác (2/9/1969-2/9/2019) với", None, 50, "1969-09-02", "2019-09-02"),
        ("kỷ niệm 60 năm thành lập ngành Y ngày 26/7/2020", None, 60, "07-26", "2020-07-26"),
    ],
)  # fmt: skip
def test_a_commemoration_has_span_count_and_dates(
    text: str, span: str | None, nth: int | None, event_date: str | None, anniversary_date: str | None
) -> None:
    found, value = one(text)
    assert span is None or found == span
    assert (value.nth, value.event_date, value.anniversary_date) == (nth, event_date, anniversary_date)


@pytest.mark.parametrize(
    "text",
    [
        "chào mừng các ngày lễ lớn của đất nước",
        "Sau 20 năm thành lập, đơn vị đã trưởng thành",
        "Ông có 30 năm công tác trong ngành",
        "tổng kết 5 năm thực hiện Chỉ thị 34",
        "kỷ niệm 5 năm thực hiện Chỉ thị 34",
        "sau Cách mạng tháng Tám năm 1945, ông nhập ngũ",
        "nhiệm vụ 6 tháng cuối năm, 5 năm ngày càng tốt hơn",
        "tặng Kỷ niệm chương cho 12 cá nhân",
        "hưởng ứng “Ngày Vì người nghèo”",
        "chào mừng Đại hội Đảng bộ các cấp, mừng Xuân Ất Tỵ 2025",
        "ôn lại những kỷ niệm trong kháng chiến",
        "trao tặng 4 năm liên tiếp (2010 - 2014)",
    ],
)
def test_what_is_no_commemoration_gives_none(text: str) -> None:
    assert kept(text) == []


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("kỷ niệm 15 năm thành lập tỉnh Đắk Nông do các nghệ sĩ trình diễn", "Thành lập tỉnh Đắk Nông"),
        ("kỷ niệm 87 năm ngày truyền thống công tác dân vận và tuyên dương", "Ngày truyền thống công tác dân vận"),
        ("kỷ niệm 65 năm ngày chiến thắng lịch sử Điện Biên Phủ", "Ngày chiến thắng lịch sử Điện Biên Phủ"),
        ("kỷ niệm 80 năm Ngày thành lập ngành Giáo dục và Đào tạo và đón", "Ngày thành lập ngành Giáo dục và Đào tạo"),
        ("kỷ niệm 229 năm chiến thắng Ngọc Hồi - Đống Đa diễn ra", "Chiến thắng Ngọc Hồi - Đống Đa"),
        ("KỶ NIỆM 75 NĂM NGÀY THƯƠNG BINH - LIỆT SĨ", "Ngày Thương binh - Liệt sĩ"),
    ],
)  # fmt: skip
def test_the_name_of_the_event_ends_where_the_sentence_goes_on(text: str, event: str) -> None:
    assert one(text)[1].event == event


def test_events_told_together_are_mentions_of_their_own() -> None:
    found = kept(
        "kỷ niệm 90 năm Ngày thành lập Đảng Cộng sản Việt Nam (03/02/1930 - 03/02/2020), 130 năm Ngày sinh Chủ tịch "
        "Hồ Chí Minh (19/5/1890 - 19/5/2020) và Đại hội Đảng bộ các cấp"
    )
    assert [value.nth for _, value in found] == [90, 130]


def test_a_count_told_for_two_days_holds_for_both() -> None:
    found = kept("chào mừng kỷ niệm 79 năm Cách mạng Tháng Tám và Quốc khánh 2/9, các đơn vị")
    assert [(value.event, value.nth) for _, value in found] == [("Cách mạng Tháng Tám", 79), ("Quốc khánh", 79)]


def test_what_is_stated_once_holds_for_each_mention() -> None:
    found = kept(
        "Kỷ niệm 65 năm ngày chiến thắng lịch sử Điện Biên Phủ\n"
        "Sáng nay, kỷ niệm 65 năm Chiến thắng lịch sử Điện Biên Phủ (7/5/1954-7/5/2019) được tổ chức."
    )
    assert {(v.nth, v.event_date, v.anniversary_date) for _, v in found} == {(65, "1954-05-07", "2019-05-07")}


def test_a_founding_date_told_as_history_completes_the_event() -> None:
    found = kept("Bệnh viện kỷ niệm 60 năm thành lập (1965-2025).\nTừ ngày thành lập (15/10/1965), bệnh viện lớn mạnh.")
    assert [v.event_date for _, v in found] == ["1965-10-15"]
    found = kept("Cách đây 60 năm, năm 1956, trường ra đời.\nLễ kỷ niệm 60 năm thành lập trường vui.")
    assert [v.event_date for _, v in found] == ["1956"]


def test_the_table_fills_no_date_that_the_article_leaves_unsaid() -> None:
    _, value = one("kỷ niệm 72 năm ngày Thương binh liệt sỹ.")
    assert (value.event_date, value.anniversary_date) == (None, None)


def test_two_names_of_one_day_are_one_mention() -> None:
    span, value = one(
        "kỷ niệm 60 năm Ngày mở đường Hồ Chí Minh - Ngày truyền thống Bộ đội Trường Sơn (19-5-1959 - 19-5-2019)."
    )
    assert span.endswith("(19-5-1959 - 19-5-2019)")
    assert value.nth == 60


def test_arithmetic_lowers_the_confidence_of_a_misprint() -> None:
    def confidence(text: str) -> float:
        return reading_of(text).of(Anniversary)[0].confidence

    right = confidence("kỷ niệm 75 năm Ngày thành lập Quân đội nhân dân Việt Nam (22/12/1944 – 22/12/2019)")
    wrong = confidence("kỷ niệm 70 năm Ngày thành lập Quân đội nhân dân Việt Nam (22/12/1944 – 22/12/2019)")
    assert wrong < right


def test_one_event_has_one_row() -> None:
    assert (
        event_named("Ngày thành lập Đảng") == event_named("ngày thành lập Đảng Cộng sản Việt Nam") == "thanh-lap-dang"
    )
    assert event_named("Ngày Thương binh, Liệt sỹ") == "thuong-binh-liet-si"
    assert event_named("Ngày hội của làng") is None
    for event in events().values():
        assert not event.date or not event.day or len(event.date) < 10 or event.date.endswith(event.day), event.id


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(e.id for e in events().values() if len(e.date) == 10 and e.name.startswith("Ngày"))),
    st.integers(5, 150),
    st.sampled_from([" - ", "-", "/", " / ", " – "]),
    st.booleans(),
)
def test_every_event_of_the_table_is_read_in_every_style(event_id: str, nth: int, mark: str, decomposed: bool) -> None:
    event = events()[event_id]
    first = date.fromisoformat(event.date)
    if first.year + nth > 2099:
        return
    second = f"{first.day}-{first.month}-{first.year + nth}"
    bracket = f"({first.day}-{first.month}-{first.year}{mark}{second})"
    text = f"Lễ kỷ niệm {nth} năm {event.name} {bracket} diễn ra tại hội trường."
    span, value = one(unicodedata.normalize("NFD", text) if decomposed else text)
    assert span == f"{nth} năm {event.name} {bracket}"
    assert (value.nth, value.event_date) == (nth, event.date)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["kỷ niệm", "75", "năm", "Ngày", "thành lập", "Quốc khánh", "2/9", "(", "1945", "-", "2022", ")", "và",
             "lần thứ", "Cách mạng Tháng Tám", "19/8/1945", "\n", ",", "truyền thống", "Công an", "tỉnh", "…", "nằm",
             "İ", "100000000"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_no_text_raises_and_offsets_hold(parts: list[str]) -> None:
    reading = reading_of(" ".join(parts))
    ends = [0]
    for mention in reading.of(Anniversary):
        assert ends[-1] <= mention.start < mention.end <= len(reading.text)
        ends.append(mention.end)
