"""What goes into a crawl and what comes out of it: the job and the report, as they pass between the two processes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from crawler.sites import Site


class Patience(BaseModel):
    """How long a crawl waits for servers, in seconds. What is longer is broken off and counted by its reason."""

    model_config = ConfigDict(frozen=True)

    download: float = 45
    """For one answer, from the connection to its last byte (once tried again)."""
    dns: float = 20
    busy: float = 30
    """After a 429 or 503 that says nothing itself."""
    retry_after: float = 120
    """What a Retry-After may ask for; a server that asks for more is left until the next run."""
    visit: float = 4 * 3600
    """For one site in one run: a site that is slow with every page must not keep the run from its end."""


class CrawlJob(BaseModel):
    """All that the crawling process needs to know."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    sites: tuple[Site, ...]
    archive: Path
    state: Path
    limit: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    topic_only: bool = False
    most_sitemaps: int = 200
    """Sitemaps named by sitemaps that are read of one site, at most."""
    most_named: int = 200_000
    """Articles that one site may name in a run: no more start points are read after so many."""
    patience: Patience = Patience()
    contact: str | None = None
    log_file: Path


class StartReport(BaseModel):
    """How one start point fared in one run."""

    kind: Literal["rss", "sitemap", "listing"]
    url: str
    outcome: str
    articles: int = 0
    """Different articles it named, with the sitemaps it names and its further pages, as far as they were read."""


class SiteReport(BaseModel):
    """How one site fared in one run."""

    site_id: str
    requests: int = 0
    """Requests sent to the site, without those for robots.txt."""
    seen: int = 0
    """Different articles that its feeds, sitemaps and listings named in this run."""
    new: int = 0
    """Of these, never seen before this run (or the killed runs whose work it took up)."""
    start_outcomes: dict[str, int] = Field(default_factory=dict)
    """Start points by outcome: `fetched`, `unchanged`, `empty`, `failed:<reason>` ..."""
    starts: list[StartReport] = Field(default_factory=list)
    """The same, one by one, in the order they were read."""
    robots_failure: str | None = None
    """Why robots.txt could not be had (`failed:connection`, `failed:http-503` ...), which means no crawl."""
    outcomes: dict[str, int] = Field(default_factory=dict)
    """Articles by outcome: `fetched`, `unchanged`, `redirected`, `moved_away`, `not_found`, `robots`,
    `failed:<reason>` (`timeout`, `connection`, `dns`, `tls`, `truncated`, `too_large`, `http-503` ...)."""
    gave_up: str | None = None
    """Why the site was left before its work was done: robots unreachable, too busy, too many failures, a bound."""
    error: str | None = None
    """A fault in this program that ended the site's visit; the rest of the run went on."""

    def count(self, outcome: str) -> int:
        """Articles with this outcome; `failed` counts all reasons."""
        if outcome == "failed":
            return sum(count for name, count in self.outcomes.items() if name.startswith("failed:"))
        return self.outcomes.get(outcome, 0)


class CrawlReport(BaseModel):
    """How one run fared. `requests == 0` means that nothing was crawled at all: a failure, whatever the reason."""

    run_id: str
    started_at: dt.datetime
    finished_at: dt.datetime
    archive_file: Path | None = None
    """The file that holds this run's pages; None when nothing new was stored."""
    salvaged: tuple[Path, ...] = ()
    """Archive files that killed runs had left open and this one closed."""
    sites: dict[str, SiteReport] = Field(default_factory=dict)

    @property
    def requests(self) -> int:
        return sum(site.requests for site in self.sites.values())

    @property
    def seen(self) -> int:
        return sum(site.seen for site in self.sites.values())

    @property
    def outcomes(self) -> dict[str, int]:
        """Articles by outcome, over all sites."""
        total: Counter[str] = Counter()
        for site in self.sites.values():
            total.update(site.outcomes)
        return dict(total)


class Progress(BaseModel):
    """One step of a running crawl, for a progress bar."""

    model_config = ConfigDict(frozen=True)

    site_id: str
    stage: str
    """`start` while start points are read, `article` while articles are fetched, `done` when the site is done."""
    done: int
    """Steps of the stage behind us."""
    total: int
    """Steps of the stage as far as they are known."""
    url: str = ""
    outcome: str = ""
