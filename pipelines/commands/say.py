"""What a person sees: progress while it works, a summary at the end; and what a script sees: JSON."""

import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.engine import StageReport

if TYPE_CHECKING:
    from crawler.report import Progress as CrawlStep

NOUNS = {
    "articles": "articles",
    "units": "units",
    "directives": "directives",
    "anniversaries": "anniversaries",
    "awards": "award records",
    "campaigns": "campaigns",
}
"""What the summary of a release counts: table → what its rows are called."""


class Bars:
    """Progress bars on standard error, shown only when that is a terminal."""

    def __init__(self, shown: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._bars = Progress(
            TextColumn("{task.description:<28}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not shown,
        )
        self._tasks: dict[str, Any] = {}

    def stage(self, name: str, done: int, total: int) -> None:
        """Show that `done` of `total` pieces of a stage are behind us."""
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total)
        self._bars.update(self._tasks[name], completed=done, total=total)

    def crawl(self, step: "CrawlStep") -> None:
        """Show a step of the crawl: a bar a site."""
        self.stage(f"crawl {step.site_id}", step.done, max(step.total, step.done))

    @contextmanager
    def running(self) -> Iterator["Bars"]:
        with self._bars:
            yield self


def bars() -> Bars:
    """Bars for this command."""
    return Bars(shown=sys.stderr.isatty())


def note(text: str) -> None:
    """A line for the person at the terminal, on standard error."""
    print(text, file=sys.stderr, flush=True)


def as_json(value: Mapping[str, Any]) -> None:
    """The result for a script, on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def stage_line(report: StageReport) -> str:
    """`parse      1 part made, 0 stood: 46 article, 3 skipped (listing 2, http-404 1)`."""
    parts = f"{report.parts_done} made, {report.parts_standing} stood"
    told = [f"{count:,} {name}" for name, count in sorted(report.rows.items()) if count]
    reasons = [
        _reasons(name, found) for name, found in (("skipped", report.skipped), ("failed", report.failed)) if found
    ]
    return f"{report.stage:<9} {parts}: " + "; ".join(filter(None, [", ".join(told), *reasons]))


def _reasons(name: str, found: Counter[str]) -> str:
    return f"{name} by reason: " + ", ".join(f"{reason} {count}" for reason, count in found.most_common())


def failures(report: StageReport, tell: Callable[[str], None] = note) -> None:
    """Name the failed items of a stage, as many as the report kept."""
    for failure in report.failures:
        tell(f"{report.stage}: failed: {failure}")
    more = report.failed.total() - len(report.failures)
    if more > 0:
        tell(f"{report.stage}: and {more} more")


def release_lines(release: Path, rows: Mapping[str, int], shown: Path) -> Sequence[str]:
    """What a release holds, where it lies, what to try next."""
    held = ", ".join(f"{rows[table]:,} {noun}" for table, noun in NOUNS.items())
    latest = shown / "releases" / "latest"
    look = f"import pandas; print(pandas.read_parquet('{latest / 'awards.parquet'}'))"
    return (
        f"Release {release.name}: {held}.",
        f"It lies in {shown / 'releases' / release.name} (also {latest}): Parquet, CSV, thidua.xlsx, thidua.sqlite.",
        "Try next:",
        f"  less {latest / 'README.md'}",
        f'  {_shown(Path(sys.executable))} -c "{look}"',
        f"  {_shown(Path(sys.argv[0]))} sites list",
    )


def _shown(program: Path) -> str:
    """A program as the person at the terminal would type it."""
    if shutil.which(program.name) == str(program):
        return program.name
    return str(program.relative_to(Path.cwd())) if program.is_relative_to(Path.cwd()) else str(program)
