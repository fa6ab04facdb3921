"""Runs a stage over its partitions: here, in this process or in several local ones.

A stage gives a top-level function `process(source, target) -> PartReport` and its partitions; nothing of a stage
depends on who calls that function, so that another engine (a cluster) only has to map it over the same list.
"""

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.errors import PipelineError

SHOWN = 20
"""Failures that a report names one by one; the rest are counted."""


@dataclass(frozen=True)
class Partition:
    """One piece of a stage's work: what it is made of, and the part that appears when it is done."""

    source: Path
    target: Path


@dataclass
class PartReport:
    """What became of the rows of one partition. `failures` name the first few failed rows and why."""

    rows: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def fail(self, reason: str, what: str) -> None:
        """Count a failed row and remember what it was."""
        self.failed[reason] += 1
        if len(self.failures) < SHOWN:
            self.failures.append(what)


@dataclass
class StageReport:
    """What a stage did: parts made, parts that stood already, rows by what became of them."""

    stage: str
    parts_done: int = 0
    parts_standing: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, part: PartReport) -> None:
        self.parts_done += 1
        self.rows += part.rows
        self.skipped += part.skipped
        self.failed += part.failed
        self.failures += part.failures[: SHOWN - len(self.failures)]

    def as_json(self) -> dict[str, Any]:
        """For `--json` and the history of runs."""
        return {
            "stage": self.stage,
            "parts_done": self.parts_done,
            "parts_standing": self.parts_standing,
            "rows": dict(sorted(self.rows.items())),
            "skipped": dict(sorted(self.skipped.items())),
            "failed": dict(sorted(self.failed.items())),
            "failures": self.failures,
        }


Process = Callable[[Path, Path], PartReport]
Progress = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many pieces are done, how many there are."""


def run_stage(
    stage: str,
    partitions: Iterable[Partition],
    process: Process,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> StageReport:
    """Make every partition whose target does not stand yet.

    `process` must be picklable. `workers`: processes to use; by default as many as there are processors, and no more
    than partitions. Errors of single rows are in the report; an error of a whole partition (disk full) is raised, and
    what was finished before it stands.
    """
    partitions = list(partitions)
    due = [p for p in partitions if not p.target.exists()]
    report = StageReport(stage, parts_standing=len(partitions) - len(due))
    for done, part in enumerate(_results(due, process, workers), 1):
        report.add(part)
        if progress:
            progress(stage, done, len(due))
    return report


def _results(due: Sequence[Partition], process: Process, workers: int | None) -> Iterator[PartReport]:
    count = min(workers or os.cpu_count() or 1, len(due))
    if count <= 1:
        for partition in due:
            yield process(partition.source, partition.target)
        return
    # spawn: a forked child would inherit the locks and threads of whatever this process has loaded
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
        futures = [pool.submit(process, p.source, p.target) for p in due]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BrokenProcessPool as error:
            raise PipelineError(
                "a worker process was killed, most likely for want of memory. Parts that were finished stand; give the "
                "same command again, with fewer --workers if it happens twice."
            ) from error
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
