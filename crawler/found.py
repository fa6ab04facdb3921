"""What discovery finds: one typed row for each address that a feed, sitemap or listing page names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Kind = Literal["feed", "sitemap", "listing", "article"]
"""What stands behind an address."""


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both ends included."""

    first: dt.date
    last: dt.date

    def meets(self, since: dt.date | None, until: dt.date | None) -> bool:
        """Whether a day of the span lies within `since` and `until`."""
        return not (since and self.last < since) and not (until and self.first > until)


@dataclass(frozen=True, slots=True)
class Found:
    """An address and what the place that named it says of it.

    The dates and texts are hints for choosing what to fetch; an article's own date is read from its page alone.
    """

    url: str
    kind: Kind
    via: str
    """The feed, sitemap or listing page that named it."""
    title: str | None = None
    summary: str | None = None
    published: dt.datetime | None = None
    """Aware. When the article appeared, as the feed or sitemap says."""
    modified: dt.datetime | None = None
    """Aware. When the page last changed, as the feed or sitemap says; later than our last visit means: go again."""
    listed: Days | None = None
    """When it appeared, by its address or its row in a listing: for choosing what to fetch in a backfill."""
    wanted: bool = True
    """False when the topic filter leaves it out. It is counted as seen all the same."""
