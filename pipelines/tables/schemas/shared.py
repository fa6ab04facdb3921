"""Columns that several tables share."""

import pandera.pandas as pa

from pipelines.tables.columns import AT_LEAST_ONE, AT_LEAST_ZERO, SHARE, column


def article_key(*, null: bool = False) -> pa.Column:
    """The article that tells a row."""
    return column(
        "text",
        ("Article", "Bài viết"),
        ("The article that tells it.", "Bài viết nêu thông tin này."),
        null=null,
        refers="articles.article_id",
    )


def site_key() -> pa.Column:
    """The site of a row."""
    return column(
        "text",
        ("Site", "Trang nguồn"),
        ("The site that published it.", "Trang đã đăng."),
        refers="sites.site_id",
    )


def mention_key() -> pa.Column:
    """The mention that a row rests on."""
    return column(
        "text",
        ("Mention", "Chỗ nhắc"),
        ("The mention that it rests on (the first one).", "Chỗ nhắc làm căn cứ (chỗ đầu tiên)."),
        refers="mentions.mention_id",
    )


def place() -> dict[str, pa.Column]:
    """Where in the article it stands."""
    return {
        "start": column(
            "integer",
            ("Start", "Bắt đầu"),
            (
                "Where it begins in articles.text: Unicode code points from 0.",
                "Vị trí bắt đầu trong articles.text, tính theo ký tự Unicode từ 0.",
            ),
            check=AT_LEAST_ZERO,
        ),
        "end": column(
            "integer",
            ("End", "Kết thúc"),
            (
                "Where it ends in articles.text, exclusive.",
                "Vị trí kết thúc trong articles.text (không gồm ký tự này).",
            ),
            check=AT_LEAST_ONE,
        ),
    }


def found_by() -> dict[str, pa.Column]:
    """Which rule found it, and how sure that is."""
    return {
        "rule": column(
            "text",
            ("Rule", "Quy tắc"),
            ("The reader's rule that found it.", "Quy tắc đã nhận ra thông tin."),
            null=True,
        ),
        "confidence": column(
            "number",
            ("Confidence", "Độ tin cậy"),
            ("How sure that rule is, 0 to 1.", "Mức chắc chắn của quy tắc, từ 0 đến 1."),
            null=True,
            check=SHARE,
        ),
    }


def telling_counts() -> dict[str, pa.Column]:
    """How often a thing is told of, and when."""
    return {
        "mentions": column(
            "integer",
            ("Mentions", "Số lần nhắc"),
            ("Times it is mentioned in all articles.", "Tổng số lần được nhắc trong mọi bài viết."),
            check=AT_LEAST_ONE,
        ),
        "articles": column(
            "integer",
            ("Articles", "Số bài viết"),
            ("Articles that mention it, copies counted.", "Số bài viết có nhắc, kể cả bài đăng lại."),
            check=AT_LEAST_ONE,
        ),
        "stories": column(
            "integer",
            ("Stories", "Số tin"),
            (
                "Stories that mention it: copies of one text on several sites count once.",
                "Số tin có nhắc: một bài đăng lại trên nhiều trang chỉ tính một lần.",
            ),
            check=AT_LEAST_ONE,
        ),
        "first_published": column(
            "date",
            ("First published", "Ngày đăng đầu"),
            ("Earliest day of publication.", "Ngày đăng sớm nhất."),
            null=True,
        ),
        "last_published": column(
            "date",
            ("Last published", "Ngày đăng cuối"),
            ("Latest day of publication.", "Ngày đăng muộn nhất."),
            null=True,
        ),
    }


def count_column(title: tuple[str, str], about: tuple[str, str]) -> pa.Column:
    """A number from 0 up."""
    return column("integer", title, about, check=AT_LEAST_ZERO)
