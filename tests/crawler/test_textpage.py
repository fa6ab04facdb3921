"""Plain text pages, in the manner of saved text and of Common Crawl's WET files; the texts are this project's own."""

from __future__ import annotations

from crawler.page import parse_page

LEAD = "Chiều 14/6, Cụm thi đua số 4 tổ chức hội nghị sơ kết sáu tháng đầu năm và bàn nhiệm vụ những tháng còn lại."
BODY = (
    "Trong sáu tháng qua, các đơn vị trong cụm đã đăng ký 120 sáng kiến, tổ chức ba đợt thi đua cao điểm "
    "và giới thiệu nhiều gương người tốt, việc tốt, trong đó có những mô hình được nhân rộng ra toàn tỉnh."
)
TITLE = "Cụm thi đua số 4: Sơ kết sáu tháng đầu năm"


def test_the_clock_of_the_head_is_not_the_date() -> None:
    page = (
        f"Thứ 2, 08/07/2024, 09:53[GMT+7]\n\n{TITLE}\n\nThứ 6, 14/06/2024 | 18:42:37\n812 lượt xem\n"
        f"{LEAD}\n\n{BODY}\n\n Đào Thu\n\nTin cùng chuyên mục\n\nXem tin theo ngày\n"
    )
    article = parse_page(page).article
    assert article is not None
    assert article.title == TITLE
    assert (article.published_at, article.published_source) == ("2024-06-14T18:42:37+07:00", "dateline")
    assert article.published_raw == "Thứ 6, 14/06/2024 | 18:42:37"
    assert (article.author, article.source_credit) == ("Đào Thu", None)
    assert article.text == f"{TITLE}\n\n{LEAD}\n\n{BODY}"


def test_only_a_clock_means_no_date() -> None:
    article = parse_page(f"Thứ 2, 08/07/2024, 09:53[GMT+7]\n\n{TITLE}\n\n{LEAD}\n\n{BODY}\n\nCác tin khác\n").article
    assert article is not None
    assert article.published_at is None
    assert article.published_raw is None
    assert article.published_source is None
    assert article.author is None


def test_widgets_counters_and_the_poster() -> None:
    page = (
        "A- A A+ | Chia sẻ bài viết lên facebook Tăng tương phản\n\n"
        f"{TITLE}\n\nCập nhật lúc:   07:21:08 - 15/06/2024 Số lượt xem:   83 Người đăng:   Ngô Thị Lan\n"
        f"{LEAD}\n        {BODY}\n"
        "Tác giả : MAI THÚY | Nguồn : Trang TTĐT Sở Mẫu\nThư viện ảnh\nSố Lượt Truy Cập\nperm_identity Trong ngày: 84\n"
    )
    article = parse_page(page).article
    assert article is not None
    assert (article.author, article.source_credit) == ("MAI THÚY", "Trang TTĐT Sở Mẫu")
    assert article.published_at == "2024-06-15T07:21:08+07:00"
    assert article.text == f"{TITLE}\n\n{LEAD}\n\n{BODY}"


def test_text_without_an_article() -> None:
    assert parse_page("Trang chủ\nGiới thiệu\nLiên hệ\n").reason in {"no-title", "no-text"}
    assert parse_page(" \n \n").reason == "empty"
