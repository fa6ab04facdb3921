"""NukeViet portals: the news module shows title, date, hometext, bodytext, then author and source."""

from crawler.families.base import Family


class NukeViet(Family):
    name = "nukeviet"
    title = (
        "h1.title",
        ".news-detail h1",
        '.title[itemprop="headline"]',
        ".newsdetail h1",
        'h1[itemprop="name headline"]',
        ".detail-title",
    )
    date = (".news-detail .h5", ".news_column .h5", "span.h5", ".post-date", ".time")
    body = ("#news-bodyhtml", ".bodytext", '[itemprop="articleBody"]')
    remove = (".newsrating", "#newsrating", ".socialbutton", ".news-related")
