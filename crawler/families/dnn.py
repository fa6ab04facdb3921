"""DotNetNuke portals: modules in panes; the news modules use ArticleHeader, PostDate, ArticleContent."""

from crawler.families.base import Family


class Dnn(Family):
    name = "dnn"
    title = (".ArticleHeader", ".article-title", ".Title_news", ".news_title", '[id$="_lblTitle"]', '[id$="lblTieuDe"]')
    date = (".PostDate", ".postdate", ".news_date", '[id$="_lblDate"]', '[id$="lblNgayDang"]')
    body = (
        ".ArticleContent",
        ".article-content",
        ".news_content",
        '[id$="_lblContent"]',
        '[id$="lblNoiDung"]',
        ".Normal .content",
    )
    author = (".ArticleAuthor", '[id$="_lblAuthor"]', '[id$="lblTacGia"]')
    source = (".ArticleSource", '[id$="_lblSource"]', '[id$="lblNguon"]')
