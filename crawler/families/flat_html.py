"""Newspapers with addresses /<slug>-<id>.html or .htm, on systems of their own."""

from crawler.families.base import Family


class FlatHtml(Family):
    name = "flat-html"
    title = ("h1.title-detail", "h1.detail-title", "h1.article-title", "h1.news-title", "h1.post-title", "h1.title")
    date = (".detail-time", ".article-date", ".news-date", ".post-date", ".date", ".time")
    body = (
        '[itemprop="articleBody"]',
        ".detail-content",
        ".content-detail",
        ".article-content",
        ".news-content",
        ".post-content",
    )
    author = (".detail-author", ".article-author", ".author")
