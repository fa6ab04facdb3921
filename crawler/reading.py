"""What is known of an HTML page while it is read: the page, the region of its body, its headline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.datelines import Dateline
from crawler.dom import Dom, Element
from crawler.families.base import Family
from crawler.metadata import Metadata


@dataclass(slots=True)
class Page:
    """What is known of the page under reading."""

    dom: Dom
    meta: Metadata
    family: type[Family]
    zone: dt.tzinfo
    fetched_at: dt.datetime | None
    title_selectors: tuple[str, ...] = ()
    date_selectors: tuple[str, ...] = ()
    body_selectors: tuple[str, ...] = ()
    author_selectors: tuple[str, ...] = ()
    source_selectors: tuple[str, ...] = ()


@dataclass(slots=True)
class Region:
    """Lines `first` to `last` hold the body; `sure` when markup says so and not only reasoning."""

    first: int
    last: int
    container: Element | None = None
    sure: bool = False


@dataclass(slots=True)
class Title:
    """The headline, the lines it takes (None when only the head of the page has it) and a date printed inside it."""

    text: str
    first: int | None = None
    last: int | None = None
    date: Dateline | None = None


def named_elements(page: Page, selectors: Sequence[str]) -> list[Element]:
    return [element for selector in selectors for element in page.dom.select(selector)[:10]]
