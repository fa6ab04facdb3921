"""Newspapers on Hemera/ePi (OneCMS): BEM names article__title, article__meta, article__sapo, article__body; cms-*
twins."""

from crawler.families.base import Family


class Hemera(Family):
    name = "hemera"
    title = ("h1.article__title", ".article__title", "h1.cms-title", "h1.article-title", ".article__header h1")
    date = (
        ".article__meta time",
        ".article__header time",
        "time.cms-date",
        ".article__meta .time",
        ".article__date",
        ".article__time",
    )
    body = (
        ".article__body.cms-body",
        ".cms-body",
        ".article__body",
        ".article__content .content",
        ".article__content",
        ".article-content .content",
        ".article-content",
    )
    author = (".article__author", ".article__meta .author", ".cms-author")
    remove = (
        ".article__related-inline",
        ".article-relate",
        ".article-poll",
        ".article__tag",
        ".cms-relate",
        ".article__story",
        ".related-news",
    )
