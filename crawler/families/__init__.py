"""Families of page building, and how to tell them by the marks of page_marks.csv."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

from crawler.families.a_id import AId
from crawler.families.base import Family
from crawler.families.dnn import Dnn
from crawler.families.flat_html import FlatHtml
from crawler.families.generic import Generic
from crawler.families.hemera import Hemera
from crawler.families.liferay import Liferay
from crawler.families.nukeviet import NukeViet
from crawler.families.sharepoint import SharePoint
from crawler.families.vccorp import VcCorp
from crawler.families.vnpt import Vnpt
from crawler.families.wordpress import WordPress
from crawler.families.yyyymm import YearMonth
from crawler.page_tables import rows

FAMILIES: dict[str, type[Family]] = {
    family.name: family
    for family in (
        SharePoint, Liferay, Dnn, Vnpt, NukeViet, Hemera, WordPress, YearMonth, AId, FlatHtml, VcCorp, Generic,
    )
}  # fmt: skip

MARKED_PART = 250_000
"""Characters of a page that are searched for marks; what comes later is data or script."""

ENOUGH = 4
"""Weight of marks from which a family is believed; one name alone may stand in any page."""


@cache
def _html_marks() -> tuple[AhoCorasick, tuple[tuple[str, int], ...]]:
    found = [row for row in rows("page_marks") if row["where"] == "html"]
    votes = tuple((row["family"], int(row["weight"])) for row in found)
    return AhoCorasick([row["mark"].lower() for row in found]), votes


@cache
def _url_marks() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    found = [row for row in rows("page_marks") if row["where"] == "url"]
    return tuple((re.compile(row["mark"], re.IGNORECASE), row["family"], int(row["weight"])) for row in found)


def recognise(html: str, url: str | None = None) -> type[Family]:
    """The family that the marks in a page (and its address, if known) speak for; Generic when none says enough."""
    weights: dict[str, int] = {}
    matcher, votes = _html_marks()
    seen = {number for number, _, _ in matcher.find_matches_as_indexes(html[:MARKED_PART].lower(), overlapping=True)}
    for number in seen:
        family, weight = votes[number]
        weights[family] = weights.get(family, 0) + weight
    if url is not None:
        for pattern, family, weight in _url_marks():
            if pattern.search(url):
                weights[family] = weights.get(family, 0) + weight
    if not weights:
        return Generic
    best = max(sorted(weights), key=lambda family: weights[family])
    return FAMILIES[best] if weights[best] >= ENOUGH else Generic
