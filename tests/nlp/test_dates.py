"""Dates of running text: every printed form, and numbers that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.dates import bracket_at, date_at, find_full_dates, iso_day, month_and_day, more_exact, read_day, year_of
from nlp.fold import fold


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("07/4/2014", "2014-04-07"),
        ("7-4-2014", "2014-04-07"),
        ("9.12.2008", "2008-12-09"),
        ("07 / 4 / 2014", "2014-04-07"),
        ("ngày 07/4/2014", "2014-04-07"),
        ("ngày\n26/12/2024", "2024-12-26"),
        ("ngày 22 tháng 7 năm 2022", "2022-07-22"),
        ("22 tháng 7, 2022", "2022-07-22"),
        ("ngày 02 tháng Chín năm 1945", "1945-09-02"),
        ("ngày 5 tháng Giêng năm 2022", "2022-01-05"),
        ("mùng 2 tháng 9", "09-02"),
        ("2022-07-22", "2022-07-22"),
        ("20/11", "11-20"),
        ("20-11", "11-20"),
        ("19 tháng 8", "08-19"),
        ("tháng 4/2014", "2014-04"),
        ("tháng 12 năm 2021", "2021-12"),
        ("tháng Chín năm 1945", "1945-09"),
        ("năm 2019", "2019"),
        ("1945", "1945"),
    ],
)
def test_a_printed_date_is_iso_as_far_as_stated(printed: str, iso: str) -> None:
    found = date_at(fold(printed), 0)
    assert found is not None
    assert (found.iso, found.end) == (iso, len(printed))


@pytest.mark.parametrize(
    "printed", ["31/02/2022", "29/2/2021", "05/13/2022", "90 năm", "30/19", "1,398", "3.250 đồng", "20220722"]
)
def test_a_number_that_is_no_date_gives_none(printed: str) -> None:
    assert date_at(fold(printed), 0) is None


@pytest.mark.parametrize(
    ("printed", "first", "second"),
    [
        ("(11-6-1948 – 11-6-2018)", "1948-06-11", "2018-06-11"),
        ("(23-1-1955 / 23-1-2025)", "1955-01-23", "2025-01-23"),
        ("(3-2-1930/3-2-2025)", "1930-02-03", "2025-02-03"),
        ("(27.7.1999/27.7.2019)", "1999-07-27", "2019-07-27"),
        ("(ngày 1/4/1992 đến 1/4/2017)", "1992-04-01", "2017-04-01"),
        ("[19/8/1945 - 19/8/2022]", "1945-08-19", "2022-08-19"),
        ("(19/8-19/8/2022)", "08-19", "2022-08-19"),
        ("(1945 - 2022)", "1945", "2022"),
        ("(12/2004 - 12/2019)", "2004-12", "2019-12"),
        ("(15/10)", "10-15", None),
        ("(15/10/1965)", "1965-10-15", None),
        ("(11-6/-948 - 11-6-2018)", None, "2018-06-11"),
    ],
)
def test_a_bracket_states_one_or_two_dates(printed: str, first: str | None, second: str | None) -> None:
    bracket = bracket_at(fold("x " + printed + " y"), 1)
    assert bracket is not None
    assert (bracket.first, bracket.second) == (first, second)
    assert (bracket.start, bracket.end) == (2, 2 + len(printed))


@pytest.mark.parametrize("printed", ["(6 tháng)", "(khóa XII)", "(CLB)", "(45 tập thể)", "19/8/1945"])
def test_a_bracket_of_something_else_is_none(printed: str) -> None:
    assert bracket_at(fold(printed), 0) is None


def test_a_bracket_left_open_ends_with_its_last_date() -> None:
    bracket = bracket_at("(22/12/1944 - 22/12/2024, dự lễ", 0)
    assert bracket is not None
    assert (bracket.second, bracket.end) == ("2024-12-22", 24)


def test_statements_of_one_date_add_up() -> None:
    assert more_exact("1945", "09-02") == "1945-09-02"
    assert more_exact("08-19", None, "1945-08-19") == "1945-08-19"
    assert more_exact("1965", "1965-10") == "1965-10"
    assert more_exact(None, None) is None
    assert more_exact("2023", "02-29") is None, "2023 has no 29 February"


def test_parts_of_a_date() -> None:
    assert (year_of("1945-09"), year_of("09-02"), year_of(None)) == (1945, None, None)
    assert (month_and_day("1945-09-02"), month_and_day("09-02"), month_and_day("1945-09")) == ("09-02", "09-02", None)
    assert iso_day(2021, 2, 29) is None


def test_a_date_line_gives_its_day() -> None:
    day = read_day("Thứ Ba, 28-2-2023 14:9")
    assert day is not None
    assert day.isoformat() == "2023-02-28"
    assert read_day("Tháng 12 : 11.973") is None


@given(st.dates(), st.sampled_from(["/", "-", "."]), st.booleans())
def test_every_day_is_read_in_every_numeric_form(day: "object", mark: str, padded: bool) -> None:
    from datetime import date

    assert isinstance(day, date)
    if not 1000 <= day.year <= 2099:
        return
    width = 2 if padded else 1
    printed = f"ngày {day.day:0{width}}{mark}{day.month:0{width}}{mark}{day.year}"
    found = date_at(printed, 0)
    assert found is not None
    assert found.iso == day.isoformat()
    assert [f.iso for f in find_full_dates(f"sáng {printed} tại hội trường")] == [day.isoformat()]


@given(st.text(alphabet="0123456789/-.() ngàytháng năm", max_size=60))
def test_no_text_raises(text: str) -> None:
    for position in range(0, len(text), 7):
        found = date_at(text, position)
        assert found is None or position <= found.end <= len(text)
        bracket = bracket_at(text, position)
        assert bracket is None or position <= bracket.start < bracket.end <= len(text)
