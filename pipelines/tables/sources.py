"""Where the data come from: sites, what was seen and kept of each by day, and the runs."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from crawler.sites import Site
    from crawler.state import SeenCount

_COUNTS = ["seen", "on_topic", "dated", "fetched", "articles", "skipped", "failed"]


def sites(ids: Iterable[str], profiles: Mapping[str, "Site"]) -> pd.DataFrame:
    """One row a site; of a site whose profile is gone, what is known is its id."""
    rows = []
    for site_id in sorted(set(ids)):
        site = profiles.get(site_id)
        rows.append(
            {
                "site_id": site_id,
                "name": site.name if site else site_id,
                "kind": site.kind if site else None,
                "family": site.family if site else None,
                "province": site.province if site else None,
                "province_now": site.province_now if site else None,
            }
        )
    return pd.DataFrame(rows, columns=["site_id", "name", "kind", "family", "province", "province_now"])


def sources(pages: pd.DataFrame, seen: Iterable["SeenCount"]) -> pd.DataFrame:
    """One row a site and day: what the crawl saw on it (denominators) and what the kept pages turned out to be."""
    counts: dict[tuple[str, str], dict[str, int]] = {}

    def at(site_id: str, day: str) -> dict[str, int]:
        return counts.setdefault((site_id, day), dict.fromkeys(_COUNTS, 0))

    for count in seen:
        row = at(count.site_id, count.seen_day.isoformat())
        row["seen"] += count.seen
        row["on_topic"] += count.wanted
        if count.hint_day:
            at(count.site_id, count.hint_day.isoformat())["dated"] += count.seen
    for site_id, day, outcome in zip(pages["site_id"], local_day(pages["fetched_at"]), pages["outcome"], strict=True):
        row = at(site_id, day)
        row["fetched"] += 1
        row["articles" if outcome == "article" else outcome] += 1
    rows = [{"site_id": site_id, "day": day, **row} for (site_id, day), row in sorted(counts.items())]
    return pd.DataFrame(rows, columns=["site_id", "day", *_COUNTS])


def local_day(times: pd.Series) -> pd.Series:
    """The day in Vietnam of each ISO time."""
    moments = pd.to_datetime(times, utc=True, format="ISO8601")
    return moments.dt.tz_convert("Asia/Ho_Chi_Minh").dt.strftime("%Y-%m-%d")


def runs(crawls: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """One row a crawl. Input: `pipelines.runs.crawls`."""
    columns = ["run_id", "started_at", "sites", "requests", "fetched", "unchanged", "failed", "thidua"]
    rows = [
        {
            "run_id": crawl["run_id"],
            "started_at": crawl["started"],
            "sites": len(crawl["sites"]),
            "requests": crawl["requests"],
            "fetched": crawl["fetched"],
            "unchanged": crawl["unchanged"],
            "failed": crawl["failed"],
            "thidua": crawl["thidua"],
        }
        for crawl in crawls
    ]
    return pd.DataFrame(rows, columns=columns)
