"""The whole line, from a site to a release:

    data/sites/*.toml
       │  crawl       fetch what is new, politely
    archive/          pages as they came
       │  parse       page → article, or why it is none
    articles/
       │  extract     article → mentions with values → records
    mentions/ records/ documents/
       │  assemble    link, deduplicate, count, check
    tables/
       │  publish     Parquet, CSV, XLSX, SQLite, and what describes them
    releases/<version>/, releases/latest

Each stage reads what the one before it left in the workspace and does only what is new, so that the line may be broken
off and begun again anywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.engine import Progress, StageReport
from pipelines.runs import Run
from pipelines.stages import assemble, crawl, extract, parse, publish
from pipelines.stages.crawl import CrawlWish
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    from crawler.report import CrawlReport
    from crawler.report import Progress as CrawlProgress
    from crawler.sites import Site


@dataclass
class LineReport:
    """What a run of the line did. `release` is the folder of the release that stands at its end."""

    crawl: "CrawlReport"
    stages: list[StageReport] = field(default_factory=list)
    release: Path | None = None

    @property
    def failed(self) -> int:
        """Pages and articles that could not be done."""
        return sum(stage.failed.total() for stage in self.stages)


def run_line(
    workspace: Workspace,
    wish: CrawlWish,
    profiles: Mapping[str, "Site"],
    record: Run,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    crawl_progress: "Callable[[CrawlProgress], None] | None" = None,
    tell: "Callable[[CrawlReport | StageReport], None]" = lambda _: None,
) -> LineReport:
    """Run the line. `profiles`: all known sites by id, for pages of earlier runs; the workspace's lock must be held.

    `tell` is told of every stage as soon as it is done, so that a later one's failure does not hide it.
    """
    report = LineReport(crawl.run(workspace, wish, record, progress=crawl_progress))
    tell(report.crawl)

    def stage(done: StageReport) -> None:
        report.stages.append(done)
        record.counts[done.stage] = counted(done)
        tell(done)

    stage(parse.run(workspace, profiles, workers=workers, progress=progress))
    stage(extract.run(workspace, workers=workers, progress=progress))
    stage(assemble.run(workspace, profiles))
    published, report.release = publish.run(workspace, progress=progress)
    stage(published)
    return report


def counted(report: StageReport) -> dict[str, Any]:
    """A stage's figures for the history of runs."""
    return {name: value for name, value in report.as_json().items() if name != "stage"}
