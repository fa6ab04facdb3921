"""Captured pages → articles in their newest version, and pages with the version that each holds."""

import pandas as pd


def number_versions(captured: pd.DataFrame) -> pd.DataFrame:
    """Rows of captured pages with `version` (from 1, null where the page is no article) and `versions`.

    A new version begins when a later page of the article says something else than the one before it; a page fetched
    again unchanged is the same version.
    """
    # content_id decides between pages of the same second, so that the order never depends on how they were stored
    pages = captured.sort_values(["article_id", "fetched_at", "content_id"], kind="stable").reset_index(drop=True)
    is_article = pages["outcome"] == "article"
    articles = pages[is_article]
    before = articles.groupby("article_id")["content_id"].shift()
    number = (articles["content_id"] != before).astype("Int64").groupby(articles["article_id"]).cumsum()
    pages["version"] = number.reindex(pages.index).astype("Int64")
    pages["versions"] = pages.groupby("article_id")["version"].transform("max").astype("Int64")
    return pages


def newest(pages: pd.DataFrame) -> pd.DataFrame:
    """One row an article: its newest version, as the last page that holds it told it. Input: `number_versions`."""
    articles = pages[pages["outcome"] == "article"]
    return articles.drop_duplicates("article_id", keep="last").reset_index(drop=True)


def published_on(published_at: pd.Series) -> pd.Series:
    """The day of each ISO time or day; null stays null."""
    return published_at.str.slice(0, 10)
