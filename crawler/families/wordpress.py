"""WordPress sites: entry-title, entry-date, entry-content of the common themes."""

from crawler.families.base import Family


class WordPress(Family):
    name = "wordpress"
    title = ("h1.entry-title", ".entry-title", "h1.post-title", ".post-title", "h1.td-post-title", ".single-post-title")
    date = ("time.entry-date", ".entry-date", ".posted-on time", ".post-date", ".entry-meta time", ".td-post-date time")
    body = (".entry-content", ".post-content", ".td-post-content", ".single-content")
    remove = (
        ".sharedaddy",
        ".jp-relatedposts",
        ".yarpp",
        ".wp-block-buttons",
        ".entry-footer",
        ".post-tags",
        ".ez-toc-container",
        "#ez-toc-container",
    )
