from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.datelines import VIETNAM, may_hold_date, read_dateline, read_iso, read_relative

LINES = [
    ("Thứ 6, 12/05/2023 | 18:42:37", "2023-05-12T18:42:37+07:00"),
    ("Cập nhật lúc:   22:21:08 - 18/03/2021 Số lượt xem:   83 Người đăng:   Ngô Thị Lan", "2021-03-18T22:21:08+07:00"),
    ("14:9, Thứ Tư, 28-2-2024", "2024-02-28T14:09:00+07:00"),
    ("Cập nhật, 05:52, Thứ Ba, 10/07/2018 (GMT+7)", "2018-07-10T05:52:00+07:00"),
    ("Thứ Hai, 22/06/2015, 16:19 [GMT+7]", "2015-06-22T16:19:00+07:00"),
    ("15:37, 11/03/2016", "2016-03-11T15:37:00+07:00"),
    ("26/09/2023 - 10:08", "2023-09-26T10:08:00+07:00"),
    ("12:50 | 14/06/2017", "2017-06-14T12:50:00+07:00"),
    ("( Cập nhật lúc: 09/01/2023 )", "2023-01-09"),
    ("Đăng ngày 28 - 08 - 2015", "2015-08-28"),
    ("Thứ tư - 20/03/2024 10:37", "2024-03-20T10:37:00+07:00"),
    ("thứ hai, 05 08 2019 10:53", "2019-08-05T10:53:00+07:00"),
    ("(26.07.2019 14:14)", "2019-07-26T14:14:00+07:00"),
    ("8h00 ngày 22/7/2022", "2022-07-22T08:00:00+07:00"),
    ("14h30' ngày 22-7-2022", "2022-07-22T14:30:00+07:00"),
    ("10 giờ 30 ngày 22/7/2022", "2022-07-22T10:30:00+07:00"),
    ("22/07/2022 03:05:11 CH", "2022-07-22T15:05:11+07:00"),
    ("7/22/2022 6:42:37 PM", "2022-07-22T18:42:37+07:00"),
    ("22 Tháng Bảy, 2022", "2022-07-22"),
    ("Tháng Mười Hai 2, 2022", "2022-12-02"),
    ("January 12th, 2011", "2011-01-12"),
    ("2019-05-16T05:12:33Z", "2019-05-16T12:12:33+07:00"),
    ("Đăng ngày: 20/07/2022 | Cập nhật: 22/07/2022", "2022-07-20"),
]


@pytest.mark.parametrize(("line", "value"), LINES)
def test_printed_forms(line: str, value: str) -> None:
    assert may_hold_date(line)
    reading = read_dateline(line)
    assert reading is not None
    assert reading.value == value
    assert reading.extra <= 3, "the line is a date line and nothing else"
    assert reading.raw in line


@pytest.mark.parametrize(
    "line",
    [
        "Ngày ban hành: 06/10/2013",
        "Hôm nay: 365",
        "31/02/2022",
        "Hôm nay, thứ sáu 12/07/2024",
        "Giấy phép số 12/GP-TTĐT ngày 03/02/2019",
        "6/6 đơn vị, 34-CT/TW, 19/CT-TTg",
        "Nguyễn Ái Quốc 19/5/1890 - 19/5/2020",
        "05/2022",
        "Tổng số: 1,398",
    ],
)
def test_what_is_no_date_of_publication(line: str) -> None:
    assert read_dateline(line) is None


def test_a_sentence_with_a_date_tells_itself_by_its_letters() -> None:
    reading = read_dateline("Ngày 24/2/2023, Sở Mẫu tổ chức hội nghị tổng kết công tác thi đua")
    assert reading is not None
    assert reading.extra > 25


def test_the_weekday_turns_an_american_date_round() -> None:
    turned, kept = read_dateline("Thứ Năm, 07/05/2022"), read_dateline("Thứ Ba, 05/07/2022")
    assert kept is not None
    assert kept.value == "2022-07-05"
    assert turned is not None
    # 7 May 2022 is a Saturday and 5 July 2022 a Tuesday: neither is a Thursday, so the order stays day before month
    assert (turned.value, turned.weekday_agrees) == ("2022-05-07", False)
    american = read_dateline("Thứ Ba, 07/05/2022")
    assert american is not None
    assert american.value == "2022-07-05"


def test_relative_words_need_the_moment_of_fetching() -> None:
    fetched = dt.datetime(2022, 7, 25, 12, tzinfo=VIETNAM)
    assert read_relative("2 giờ trước", fetched) == "2022-07-25T10:00:00+07:00"
    assert read_relative("Hôm qua", fetched) == "2022-07-24"
    assert read_relative("Hội nghị tổng kết", fetched) is None
    assert read_dateline("2 giờ trước") is None


def test_attributes() -> None:
    assert read_iso("2025-10-22T19:25:52+07:00") == "2025-10-22T19:25:52+07:00"
    assert read_iso("2024-05-13T16:20:00+0700") == "2024-05-13T16:20:00+07:00"
    assert read_iso("2022-07-22") == "2022-07-22"
    assert read_iso("tomorrow") is None
    assert read_iso(None) is None


@given(
    st.dates(dt.date(1997, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["{:02d}/{:02d}/{}", "{}-{}-{}", "{:02d}.{:02d}.{}"]),
)
def test_day_before_month_for_any_day(day: dt.date, form: str) -> None:
    reading = read_dateline(form.format(day.day, day.month, day.year))
    assert reading is not None
    assert reading.value == day.isoformat()


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    read_dateline(text)
    read_dateline(text, loose=True)
    read_relative(text, dt.datetime(2024, 1, 1, tzinfo=VIETNAM))
