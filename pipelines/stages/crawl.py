"""Sites → archive: asks `crawler` to fetch what is new, and keeps its counts in the history of runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.errors import PipelineError
from pipelines.runs import Run, save_counts
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from crawler.report import CrawlReport, Progress
    from crawler.sites import Site


@dataclass(frozen=True)
class CrawlWish:
    """What to crawl: `since` and `until` bound the day of publication, `limit` the articles of a site;
    `contact` tells real sites whose crawler this is."""

    sites: Sequence["Site"]
    limit: int | None = None
    since: "dt.date | None" = None
    until: "dt.date | None" = None
    contact: str | None = None


def run(
    workspace: Workspace,
    wish: CrawlWish,
    record: Run,
    *,
    progress: "Callable[[Progress], None] | None" = None,
) -> "CrawlReport":
    """Crawl. Raises PipelineError when not one request was made: a crawl of nothing is never a success."""
    from crawler.fetch import crawl

    report = crawl(
        wish.sites,
        archive=workspace.archive,
        state=workspace.state,
        run_id=record.run_id,
        limit=wish.limit,
        since=wish.since,
        until=wish.until,
        contact=wish.contact,
        progress=progress,
    )
    record.counts["crawl"] = counts(report)
    save_counts(workspace.state, record)
    if report.requests == 0:
        raise PipelineError(f"not one request was made.{_why(report)}")
    return report


def counts(report: "CrawlReport") -> dict[str, Any]:
    """A crawl's figures for the history of runs, `--json` and the manifest."""
    sites = {
        site_id: {
            "requests": site.requests,
            "seen": site.seen,
            "new": site.new,
            "start_points": site.start_outcomes,
            "articles": site.outcomes,
            **({"gave_up": site.gave_up} if site.gave_up else {}),
            **({"error": site.error} if site.error else {}),
        }
        for site_id, site in sorted(report.sites.items())
    }
    return {
        "sites": sites,
        "requests": report.requests,
        "seen": report.seen,
        "fetched": sum(site.count("fetched") for site in report.sites.values()),
        "unchanged": sum(site.count("unchanged") for site in report.sites.values()),
        "failed": sum(site.count("failed") for site in report.sites.values()),
        "outcomes": dict(sorted(report.outcomes.items())),
    }


def troubled(report: "CrawlReport") -> list[str]:
    """What went wrong, a line a site: for the summary, and the reason for exit status 3."""
    lines = []
    for site_id, site in sorted(report.sites.items()):
        failed = {
            name: count
            for name, count in (*site.outcomes.items(), *site.start_outcomes.items())
            if name.startswith("failed:")
        }
        told = [f"{count} × {name.removeprefix('failed:')}" for name, count in sorted(failed.items())]
        told += [why for why in (site.gave_up, site.error) if why]
        if told:
            lines.append(f"{site_id}: {'; '.join(told)}")
    return lines


def _why(report: "CrawlReport") -> str:
    told = troubled(report)
    if told:
        return "\n  " + "\n  ".join(told)
    return " Are the sites reachable from here? `thidua sites show ID` tells where a site begins."
