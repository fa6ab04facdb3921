"""Between which days an article appeared, as far as its address or its row in a listing tells.

Hints for a backfill alone: they say when to stop turning pages and what lies outside `--since` and `--until`. An
article's own date is read from its page.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import etree

from crawler.datelines import may_hold_date, read_dateline
from crawler.found import Days

FIRST_YEAR = 1997
"""The year Vietnam went online."""

LONGEST_LABEL = 60
"""Characters of a text that is a date beside a headline; longer ones are leads, which name other days."""
MOST_OTHER_LETTERS = 25
"""Letters of such a text that are neither date nor label."""

_IN_ADDRESS = tuple(
    re.compile(pattern)
    for pattern in (
        r"/d(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)\d{9}\.html?$",  # /<slug>/d20230112091014465.htm
        r"-(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)\d{9}\.html?$",  # -20230112091014465.htm
        r"-\d{3}(?P<yy>\d\d)(?P<m>\d\d)(?P<d>\d\d)\d{9}\.html?$",  # -196250812153150906.htm
        r"-(?P<d>\d\d)(?P<m>\d\d)(?P<y>20\d\d)-a\d+\.html$",  # -26092023-a120241.html
        r"/(?P<y>20\d\d)[-/](?P<m>\d\d?)[-/](?P<d>\d\d?)/",  # /Pages/2020-5-29/, /2019/03/08/
        r"/(?P<y>20\d\d)[-/]?(?P<m>\d\d?)/",  # /thoi-su/202407/, /Pages/2015-08/, /2019/03/
        r"(?<!\d)(?P<y>20\d\d)[-_]?(?P<m>\d\d?)(?:[-_]?(?P<d>\d\d?))?\.xml(?:\.gz)?$",  # sitemap-2020-05.xml
    )
)


def days_of_address(url: str) -> Days | None:
    """The day or month that an address states in one of the shapes of Vietnamese newspapers and portals."""
    path = urlsplit(url).path
    for pattern in _IN_ADDRESS:
        found = pattern.search(path)
        if found is None:
            continue
        parts = found.groupdict()
        year = int(parts["y"]) if parts.get("y") else 2000 + int(parts["yy"])
        days = _days(year, int(parts["m"]), int(parts["d"]) if parts.get("d") else None)
        if days is not None:
            return days
    return None


def days_of_rows(links: Iterable[tuple[etree._Element, str]]) -> dict[str, Days]:
    """The day printed in the row of each article of a listing page, for those whose row prints just one.

    `links` are the page's links to articles, each with the article's address. A row is the largest element around a
    link that leads to no other article.
    """
    links = list(links)
    led_to: dict[etree._Element, set[str]] = {}
    for link, url in links:
        for element in (link, *link.iterancestors()):
            led_to.setdefault(element, set()).add(url)
    found: dict[str, set[dt.date]] = {}
    rows_read: set[etree._Element] = set()
    for link, url in links:
        row = link
        for element in link.iterancestors():
            if len(led_to[element]) > 1:
                break
            row = element
        if row not in rows_read:
            rows_read.add(row)
            found.setdefault(url, set()).update(_printed_days(row))
    return {url: Days(day, day) for url, days in found.items() if len(days) == 1 for day in days}


def _printed_days(row: etree._Element) -> set[dt.date]:
    texts = [text for piece in row.itertext() if len(text := " ".join(piece.split())) <= LONGEST_LABEL]
    texts += [value for element in row.iter("time") if (value := element.get("datetime"))]
    readings = [read_dateline(unicodedata.normalize("NFC", text)) for text in texts if text and may_hold_date(text)]
    return {
        reading.day
        for reading in readings
        if reading is not None and reading.extra <= MOST_OTHER_LETTERS and reading.day.year >= FIRST_YEAR
    }


def _days(year: int, month: int, day: int | None) -> Days | None:
    if year < FIRST_YEAR or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return Days(dt.date(year, month, 1), dt.date(year, month, last))
    return Days(dt.date(year, month, day), dt.date(year, month, day)) if 1 <= day <= last else None
