"""A family: sites whose pages are built alike. It says where things stand; `crawler.htmlpage` reads them there."""

from __future__ import annotations

from typing import ClassVar


class Family:
    """Where title, date, lead, body, author and source stand: CSS selectors, the most certain first.

    A family without a selector for a field leaves that field to the general reasoning of `crawler.htmlpage`, which also
    checks what the selectors find (a headline is never a section name, a date is never a clock).
    """

    name: ClassVar[str]
    title: ClassVar[tuple[str, ...]] = ()
    date: ClassVar[tuple[str, ...]] = ()
    body: ClassVar[tuple[str, ...]] = ()
    author: ClassVar[tuple[str, ...]] = ()
    source: ClassVar[tuple[str, ...]] = ()
    remove: ClassVar[tuple[str, ...]] = ()
    """Parts that are never the article's own text."""
