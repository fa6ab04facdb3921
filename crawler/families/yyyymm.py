"""Newspapers with addresses /<section>/<YYYYMM>/<slug>-<hex>/: date line under the headline, the writer last in the
body."""

from crawler.families.base import Family


class YearMonth(Family):
    name = "yyyymm"
    title = ("h1.title", "h1.detail-title", ".content-detail h1", ".detail h1", ".article h1")
    date = (".content-detail .date", ".detail .date", ".date-time", ".post-date", ".time")
    body = (
        "#content-detail",
        ".content-detail .content",
        ".detail-content",
        ".article-content",
        "#abody",
        ".post-content",
    )
    author = (".content-detail .author", ".author")
