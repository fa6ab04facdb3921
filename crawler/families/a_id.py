"""Newspapers with addresses ...-a<id>.html: headline, date and time, lead, content, author below."""

from crawler.families.base import Family


class AId(Family):
    name = "a-id"
    title = ("h1.title", "h1.post-title", "h1.detail-title", ".content-news h1", ".detail h1")
    date = (".post-date", ".date-post", ".time", ".date", ".detail .datetime")
    body = (".content-news", ".post-content", ".detail-content", ".content-detail", "#content", ".news-content")
    author = (".post-author", ".author", ".tacgia")
