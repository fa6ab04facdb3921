"""Facts of the article: event types and emulation years."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.article.events import EVENTS
from tests.nlp.honours_of import honours_of


def events(text: str) -> list[str]:
    return honours_of(text).facts.event_types


def years(text: str) -> list[int | str]:
    return honours_of(text).facts.years


BODY = "\nHội nghị đã nghe báo cáo và thảo luận nhiều nội dung quan trọng. Các đại biểu đóng góp nhiều ý kiến."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sở Y tế phát động phong trào thi đua năm 2022", {"launch"}),
        ("Cụm thi đua số 2 ký kết giao ước thi đua năm 2022", {"pact"}),
        ("Khối thi đua sơ kết công tác thi đua 6 tháng đầu năm 2022", {"interim_review"}),
        ("Khối thi đua tổng kết công tác thi đua năm 2022", {"review"}),
        ("Trao Bằng khen cho người cứu nạn", {"ceremony"}),
        ("Hội đồng bình xét thi đua năm 2022", {"appraisal"}),
        ("Bộ Y tế ban hành kế hoạch thi đua năm 2022", {"instruction"}),
        ("Đại hội thi đua yêu nước lần thứ V", {"congress"}),
        ("Luật Thi đua, khen thưởng cần sửa đổi", {"other"}),
        ("Tổng kết năm 2021, phát động thi đua năm 2022", {"review", "launch"}),
        ("Tỉnh thu hồi huân chương của giám đốc", {"other"}),
    ],
)
def test_the_title_tells_the_event(title: str, expected: set[str]) -> None:
    assert set(events(title + BODY)) == expected


def test_an_awarding_on_the_spot_is_a_ceremony() -> None:
    text = (
        "Khối thi đua tổng kết công tác năm 2022"
        + BODY
        + "\nNhân dịp này, Bộ Y tế đã tặng Bằng khen cho 5 tập thể và 8 cá nhân."
    )
    assert set(events(text)) == {"review", "ceremony"}


def test_past_honours_are_no_ceremony() -> None:
    text = "Cụm thi đua sơ kết 6 tháng" + BODY + "\nTrong 6 tháng, có 2 đơn vị được nhận cờ thi đua của Bộ Y tế."
    assert events(text) == ["interim_review"]


def test_an_award_at_another_event() -> None:
    text = (
        "Thị trấn kỷ niệm 20 năm ngày thành lập\nVề dự có đông đảo nhân dân. Buổi lễ diễn ra long trọng."
        + BODY
        + "\nTại buổi lễ, Bộ Y tế đã trao Giấy khen cho 4 tập thể."
    )
    assert set(events(text)) == {"ceremony", "other"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng kết công tác thi đua năm 2021, phát động thi đua năm 2022", [2021, 2022]),
        ("Đại hội thi đua giai đoạn 2014-2019", ["2014-2019"]),
        ("Tuyên dương nhà giáo năm học 2015-2016", [2016]),
        ("Thành lập năm 1945, trường đón nhận Huân chương", []),
        ("Luật Thi đua, khen thưởng cần sửa đổi", []),
    ],
)
def test_years(text: str, expected: list[int | str]) -> None:
    assert years(text) == expected


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_known_event_types(text: str) -> None:
    facts = honours_of(text).facts
    assert facts.event_types
    assert set(facts.event_types) <= {*EVENTS, "other"}
