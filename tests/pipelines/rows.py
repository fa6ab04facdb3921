"""Rows as the stages before assembly make them, for tests that need no crawl."""

import json
from typing import Any

import pandas as pd

from pipelines import keys
from pipelines.stages.extract import DOCUMENTS, MENTIONS, RECORDS, mention_columns
from pipelines.stages.parse import ARTICLES, reading_text

Row = dict[str, Any]

LEAD = (
    "Sáng nay, Sở Nội vụ tỉnh Hà Nam tổ chức hội nghị tổng kết công tác thi đua, khen thưởng năm 2023 và trao Cờ thi "
    "đua của Chính phủ cho Trường THPT Chuyên Biên Hòa, đơn vị dẫn đầu khối các trường trung học phổ thông toàn tỉnh."
)


class Corpus:
    """Collects pages, readings and records, and gives them as the frames that assembly takes."""

    def __init__(self) -> None:
        self.pages: list[Row] = []
        self.documents: list[Row] = []
        self.mentions: list[Row] = []
        self.records: list[Row] = []

    def page(self, url: str, *, at: str = "2026-03-01T02:00:00+00:00", site: str = "bao-mau", **values: Any) -> Row:
        """A captured page; it is no article unless `title` is given."""
        row: Row = dict.fromkeys(ARTICLES.names) | {
            "page_id": f"urn:{len(self.pages)}",
            "archive": "one.warc.gz",
            "site_id": site,
            "url": url,
            "fetched_at": at,
            "status": 200,
            "page_digest": "sha1:x",
            "outcome": "skipped",
            "reason": "listing",
            "family": "yyyymm",
            "part": "one-1.parquet",
        }
        self.pages.append(row | values)
        return self.pages[-1]

    def article(self, url: str, title: str = "Tin thi đua", body: str = LEAD, **values: Any) -> Row:
        """An article's page, and the reading of it (without mentions yet)."""
        text = reading_text(title, body)
        facts = {
            "outcome": "article",
            "reason": None,
            "article_id": keys.article_id(values.get("site", "bao-mau"), url),
            "content_id": keys.content_id(title, text),
            "article_url": url,
            "title": title,
            "text": text,
        }
        row = self.page(url, **(facts | values))
        key = {name: row[name] for name in ("article_id", "content_id", "part")}
        self.documents.append(
            key
            | {"outcome": "read", "reason": None, "event_types": ["review"], "province": "Hà Nam", "years": ["2023"]}
        )
        return row

    def mention(self, article: Row, label: str, words: str, entity: str, **values: Any) -> str:
        """A mention of the first occurrence of `words`; returns its number in the article."""
        start = article["text"].index(words)
        number = f"m{sum(m['article_id'] == article['article_id'] for m in self.mentions) + 1}"
        told = {"id": number, "label": label, "start": start, "end": start + len(words), "text": words, **values}
        told |= {"rule": "test", "confidence": 0.9, "entity": entity}
        key = {name: article[name] for name in ("article_id", "content_id", "part")}
        self.mentions.append(key | mention_columns(told))
        return number

    def record(self, article: Row, mention: str, **values: Any) -> None:
        """An award record of `mention`."""
        row: Row = dict.fromkeys(RECORDS.names) | {"award": "Cờ thi đua", "status": "conferred", "mention": mention}
        key = {name: article[name] for name in ("article_id", "content_id", "part")}
        self.records.append(row | key | values)

    def frames(self) -> dict[str, pd.DataFrame]:
        """What `stages.assemble.assemble` takes."""
        return {
            "articles": pd.DataFrame(self.pages, columns=[*ARTICLES.names, "part"]),
            "documents": pd.DataFrame(self.documents, columns=[*DOCUMENTS.names, "part"]),
            "mentions": pd.DataFrame(self.mentions, columns=[*MENTIONS.names, "part"]),
            "records": pd.DataFrame(self.records, columns=[*RECORDS.names, "part"]),
        }


def told(attributes: str) -> dict[str, Any]:
    """The values of a mention's row."""
    values: dict[str, Any] = json.loads(attributes)
    return values


def corpus() -> Corpus:
    """Two articles, a copy on another site, a page that is no article: small, and every table has a row."""
    made = Corpus()
    made.page("https://mau.vn/")
    for site, url in (
        ("bao-mau", "https://mau.vn/202403/tong-ket-1a2b3c4.html"),
        ("cong-mau", "https://cong.vn/tin?id=7"),
    ):
        article = made.article(url, site=site, site_id=site, published_at="2024-03-01T08:00:00+07:00")
        made.mention(
            article,
            "UNIT",
            "Sở Nội vụ tỉnh Hà Nam",
            "unit/so-noi-vu",
            canonical="Sở Nội vụ tỉnh Hà Nam",
            province="Hà Nam",
            level="province",
        )
        school = "Trường THPT Chuyên Biên Hòa"
        made.mention(article, "UNIT", school, "unit/chuyen-bien-hoa", canonical=school, province="Hà Nam", level="base")
        flag = made.mention(
            article,
            "AWARD",
            "Cờ thi đua của Chính phủ",
            "award/co-thi-dua",
            award="Cờ thi đua",
            **{"class": None},
            authority="Chính phủ",
            level="government",
        )
        made.record(
            article,
            flag,
            authority="Chính phủ",
            level="government",
            recipient=school,
            recipient_kind="collective",
            quantity=1,
            year=2023,
        )
    other = made.article(
        "https://mau.vn/202404/phat-dong-5d6e7f8.html",
        "=Phát động phong trào “Dạy tốt - Học tốt”",
        "Hưởng ứng Chỉ thị số 34-CT/TW, ngành giáo dục phát động phong trào Dạy tốt - Học tốt, chào mừng 75 năm Ngày "
        "thành lập ngành; nhiều tập thể được tặng Giấy khen.",
    )
    made.mention(
        other,
        "DIRECTIVE",
        "Chỉ thị số 34-CT/TW",
        "directive/chi-thi/34-ct-tw",
        doc_type="Chỉ thị",
        number="34",
        code="34-CT/TW",
        date="2014-04-07",
        issuer="Bộ Chính trị",
        title=None,
    )
    made.mention(
        other,
        "CAMPAIGN",
        "Dạy tốt - Học tốt",
        "campaign/day-tot-hoc-tot",
        name="Dạy tốt - Học tốt",
        launcher=None,
        period=None,
    )
    made.mention(
        other,
        "ANNIVERSARY",
        "75 năm Ngày thành lập ngành",
        "anniversary/nganh/75",
        event="Ngày thành lập ngành",
        nth=75,
        event_date="1949",
        anniversary_date=None,
    )
    paper = made.mention(
        other,
        "AWARD",
        "Giấy khen",
        "award/giay-khen",
        award="Giấy khen",
        **{"class": None},
        authority=None,
        level="base",
    )
    made.record(other, paper, award="Giấy khen", level="base", recipient_kind="collective")
    return made
