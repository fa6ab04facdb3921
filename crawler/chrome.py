"""Lines that surround an article: tell them by their words (page_chrome.csv), for HTML pages and for plain text
alike."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from crawler.page_tables import rows

LONGEST = 170


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    grouped: dict[str, list[str]] = {}
    for row in rows("page_chrome"):
        grouped.setdefault(row["action"], []).append(row["pattern"])
    order = ("drop", "cut", "junk", "tail", "head_stop")
    return tuple(
        (action, re.compile(rf"^[\W_]*(?:{'|'.join(grouped[action])})[\W_]*$", re.IGNORECASE))
        for action in order
        if action in grouped
    )


@lru_cache(maxsize=20_000)
def action_of(text: str) -> str:
    """What to do with a line: ``cut`` (nothing of the article follows), ``drop`` (this line is a widget), or empty."""
    if len(text) > LONGEST:
        return ""
    for action, pattern in _patterns():
        if action not in {"head_stop", "tail"} and pattern.match(text):
            return "drop" if action == "junk" else action
    return ""


@lru_cache(maxsize=20_000)
def never_title(text: str) -> bool:
    """Headings of sections, portlets and error pages."""
    if len(text) > LONGEST:
        return False
    return any(action != "tail" and pattern.match(text) for action, pattern in _patterns())


@lru_cache(maxsize=20_000)
def tail_label(text: str) -> bool:
    """Labels that stand after the last paragraph, before a gallery or a list of files."""
    return len(text) <= LONGEST and any(action == "tail" and pattern.match(text) for action, pattern in _patterns())
