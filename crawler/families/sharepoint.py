"""SharePoint portals of departments and districts: web parts in tables, a publishing page or a news web part."""

from crawler.families.base import Family


class SharePoint(Family):
    name = "sharepoint"
    title = (
        "#tableforprint .Title",
        "p.Title",
        ".news-title",
        ".ArticleTitle",
        ".tieude-chitiet",
        "#DeltaPlaceHolderPageTitleInTitleArea",
    )
    date = (".ms-news-header .Time", "td.Time", ".ngaydang", ".news-date", ".ArticleDate")
    body = (
        '#tableforprint [class^="ExternalClass"]',
        ".ms-rtestate-field",
        ".noidung-chitiet",
        '[class^="ExternalClass"]',
    )
    remove = ("#s4-ribbonrow", "#s4-titlerow", ".s4-title", ".s4-title1", "#wm-ipp")
