"""Central newspapers on the VCCorp system and its like: detail-title, detail-sapo, detail-content; fck_detail,
singular-content."""

from crawler.families.base import Family


class VcCorp(Family):
    name = "vccorp"
    title = ("h1.detail-title", "h1.title-detail", "h1.title-page", "h1.article-title", '[data-role="title"]')
    date = ('[data-role="publishdate"]', ".detail-time", ".author-time", ".header-content .date", "span.date")
    body = (
        '[data-role="content"]',
        ".detail-content",
        ".detail-cmain",
        "article.fck_detail",
        ".fck_detail",
        ".singular-content",
    )
    author = (".detail-author .name", ".author-info .name", ".author-name", ".detail-author")
    remove = ('.VCSortableInPreviewMode[type="RelatedOneNews"]', '[type="RelatedNewsBox"]', ".detail-related")
