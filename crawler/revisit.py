"""When a page is due again: new articles soon, old ones rarely, troubled ones later and later.

Start points (feeds, sitemaps, listing pages) are asked in every run, by conditional requests, so they have no due time.
"""

from __future__ import annotations

import datetime as dt

ARTICLE_INTERVALS: tuple[tuple[dt.timedelta, dt.timedelta], ...] = (
    (dt.timedelta(days=2), dt.timedelta(hours=12)),  # corrections come within a day or two
    (dt.timedelta(days=7), dt.timedelta(days=2)),
    (dt.timedelta(days=30), dt.timedelta(days=10)),
)
"""(age of the article up to, time until the next visit)."""

OLD_ARTICLE_INTERVAL = dt.timedelta(days=90)
LONGEST_INTERVAL = dt.timedelta(days=360)
"""Each visit that finds nothing new doubles the interval, up to this."""

TOLD_CHANGED_INTERVAL = dt.timedelta(hours=6)
"""A page that its feed or sitemap calls changed is due at once, but not more often than this: some servers write the
time of asking as the time of change."""

TAKE_UP_WITHIN = dt.timedelta(hours=1)
"""What a killed run read of feeds, sitemaps and listings is not asked for again by the run that takes up its work, for
so long; later, they are asked for anew, since they may name new articles."""

RETRY_FIRST = dt.timedelta(hours=1)
RETRY_LONGEST = dt.timedelta(days=14)
"""A failure is tried again after an hour, then two, four ..., up to two weeks."""

GONE_INTERVAL = dt.timedelta(days=90)
"""For pages that are gone (404, 410), have moved, or are refused by robots.txt: things that seldom change."""

SETTLED_OUTCOMES = frozenset({"not_found", "redirected", "moved_away", "robots", "offsite"})
"""Outcomes that another try tomorrow would not change."""


def next_visit(
    *, now: dt.datetime, known_since: dt.datetime, outcome: str, unchanged: int, failures: int
) -> dt.datetime:
    """When to ask for an article again.

    `known_since` is when it was published or first seen; `unchanged` and `failures` count the visits in a row, this one
    included, that found no change or failed. All times are aware.
    """
    if outcome in SETTLED_OUTCOMES:
        return now + GONE_INTERVAL
    if failures:
        return now + min(RETRY_FIRST * (1 << min(failures - 1, 20)), RETRY_LONGEST)
    age = now - known_since
    interval = next((interval for limit, interval in ARTICLE_INTERVALS if age <= limit), OLD_ARTICLE_INTERVAL)
    return now + min(interval * (1 << min(unchanged, 10)), LONGEST_INTERVAL)
