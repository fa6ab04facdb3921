"""Liferay portals: an asset publisher portlet shows a web content article."""

from crawler.families.base import Family


class Liferay(Family):
    name = "liferay"
    title = (
        ".asset-full-content h2",
        ".journal-content-article .title",
        ".asset-content .header-title",
        ".news-detail h1",
        "h1.header-title",
    )
    date = (
        ".asset-full-content .metadata-publish-date",
        ".metadata-publish-date",
        ".asset-metadata .publish-date",
        ".ngay-dang",
    )
    body = (
        ".asset-full-content .journal-content-article",
        ".journal-content-article",
        ".asset-full-content .asset-content",
    )
    author = (".asset-metadata .author", ".journal-content-article .author")
    remove = (".asset-ratings", ".asset-links", ".asset-related", ".taglib-ratings", ".taglib-social-bookmarks")
