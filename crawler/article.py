"""What a parsed page becomes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its page prints it; None where the page prints nothing.

    title: the headline.
    text: NFC; begins with the headline, then lead and body with a blank line between paragraphs; ends before the
    byline.
    published_at: ISO 8601, with the offset of the site's zone when a time of day is printed, `YYYY-MM-DD` when only
    a day is.
    published_raw: the date as printed. published_source: where it stands: `dateline`, `time-element`, `json-ld`,
    `meta`.
    author: names as printed, without label. source_credit: whom the page credits (`Theo TTXVN`, `Trang TTĐT Sở TT&TT`).
    url: the canonical address if the page states one, else the one it was fetched from.
    """

    title: str
    text: str
    published_at: str | None = None
    published_raw: str | None = None
    published_source: str | None = None
    author: str | None = None
    source_credit: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """The outcome for a page: an article, or the reason why not.

    reason: `not-text` (binary), `empty`, `listing` (many articles, none of them in full), `no-title`, `no-text` (a
    shell, an
    error page, attachments alone). family: how the page is built (`text` for plain text).
    """

    article: Article | None = None
    reason: str | None = None
    family: str | None = None
