"""The real `thidua run --sample`, killed at random moments again and again, then let run to its end.

`make kill-test` kills 50 times (THIDUA_KILLS), the ordinary test run a few times. The moments are drawn from a fixed
seed, one from each equal part of an undisturbed run's time, so that every stage is hit.
"""

import os
import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from crawler.archive import OPEN_SUFFIX, read_captures
from crawler.sample.server import LOG_VARIABLE
from pipelines.tables.schemas import TABLES
from tests.pipelines.command import THIDUA, environment

KILLS = int(os.environ.get("THIDUA_KILLS", "6"))
SEED = 20261124

OF_THE_CRAWL = {
    "pages": ["page_id", "fetched_at", "archive"],
    "runs": list(TABLES["runs"].columns),
}
"""Columns that tell of the crawl, not of the content: they differ between any two workspaces."""


@dataclass
class Site:
    """What one run asked one site for, in order: `(status, target)`, without robots.txt, which every run reads."""

    asked: list[tuple[int, str]] = field(default_factory=list)

    @property
    def on_its_way(self) -> set[str]:
        """The last page asked for, with the addresses that redirected to it: all that a kill can have cut off."""
        last = {target for _, target in self.asked[-1:]}
        for status, target in reversed(self.asked[:-1]):
            if status != 301:
                break
            last.add(target)
        return last


@dataclass
class Attempt:
    """One run: what it asked for by host, and whether it was done with all sites (then the next begins anew)."""

    sites: dict[str, Site]
    crawled_whole: bool


@dataclass
class Told:
    attempts: list[Attempt]
    workspace: Path
    undisturbed: Path


def start(workspace: Path, log: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [THIDUA, "run", "--sample", "--workers", "1", "-w", workspace],
        env=environment() | {LOG_VARIABLE: str(log)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def attempt(workspace: Path, log: Path) -> Attempt:
    sites: dict[str, Site] = {}
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
        host, status, target = line.split(" ", 2)
        if target != "/robots.txt":
            sites.setdefault(host, Site()).asked.append((int(status), target))
    whole = False
    if (workspace / "state.sqlite").exists():
        with closing(sqlite3.connect(workspace / "state.sqlite")) as db:
            if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'crawl_runs'").fetchone():
                newest = "SELECT run_id FROM crawl_runs ORDER BY started_at DESC LIMIT 1"
                rows = db.execute(f"SELECT finished_at FROM crawl_runs WHERE run_id = ({newest})").fetchall()
                whole = bool(rows) and all(finished for (finished,) in rows)
    return Attempt(sites, whole)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("kill")
    undisturbed, workspace = folder / "undisturbed", folder / "killed"
    began = time.monotonic()
    assert start(undisturbed, folder / "undisturbed.log").wait(timeout=300) == 0
    lasts = time.monotonic() - began
    chance = random.Random(SEED)
    moments = [(part + chance.random()) / KILLS for part in range(KILLS)]
    chance.shuffle(moments)
    attempts = []
    for number in range(20 * KILLS):
        log = folder / f"{number}.log"
        run = start(workspace, log)
        try:
            assert run.wait(timeout=moments[-1] * lasts) == 0
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            moments.pop()
        else:
            lasts *= 0.9  # a run that finds most of the work done is quicker
        wait_for_the_crawl_to_notice(workspace)
        attempts.append(attempt(workspace, log))
        if not moments:
            break
    assert not moments, "runs ended before they could be killed"
    assert start(workspace, folder / "last.log").wait(timeout=300) == 0
    attempts.append(attempt(workspace, folder / "last.log"))
    return Told(attempts, workspace, undisturbed)


def wait_for_the_crawl_to_notice(workspace: Path) -> None:
    """The crawling process ends by itself when its starter is gone; what it notes until then belongs to that run."""
    import fcntl

    path = workspace / "archive" / "crawl.lock"
    if path.exists():
        with path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)


def rounds(attempts: list[Attempt]) -> Iterator[list[Attempt]]:
    """Runs in groups that do one crawl together: a run takes up the work of those before it that were cut off."""
    group: list[Attempt] = []
    for each in attempts:
        group.append(each)
        if each.crawled_whole:
            yield group
            group = []
    assert not group


def test_the_release_is_that_of_an_undisturbed_run(told: Told) -> None:
    for name, schema in TABLES.items():
        left, right = (
            pd.read_parquet(workspace / "releases" / "latest" / f"{name}.parquet").drop(
                columns=OF_THE_CRAWL.get(name, [])
            )
            for workspace in (told.undisturbed, told.workspace)
        )
        if name == "runs":
            continue
        order = [column for column in schema.metadata["key"] if column in left] or ["url"]
        pd.testing.assert_frame_equal(
            *(frame.sort_values(order).reset_index(drop=True) for frame in (left, right)), obj=name
        )


def test_no_page_is_asked_for_twice_but_those_on_their_way_at_a_kill(told: Told) -> None:
    for group in rounds(told.attempts):
        finished: dict[str, set[str]] = {}
        for each in group:
            for host, site in each.sites.items():
                done = finished.setdefault(host, set())
                asked = Counter(target for _, target in site.asked)
                assert not done & set(asked), (host, done & set(asked))
                assert asked.total() == len(asked), (host, asked.most_common(3))
                done |= set(asked) - (set() if each.crawled_whole else site.on_its_way)


def test_the_archive_holds_no_torn_record_and_every_page_once(told: Told) -> None:
    files = sorted((told.workspace / "archive").glob(f"*{OPEN_SUFFIX}"))
    assert files == []
    pages = [capture for path in (told.workspace / "archive").glob("*.warc.gz") for capture in read_captures(path)]
    assert len(pages) == len({(page.url, page.digest) for page in pages})
    kept = pd.read_parquet(told.undisturbed / "releases" / "latest" / "pages.parquet")
    assert {page.url for page in pages} == set(kept["url"])
