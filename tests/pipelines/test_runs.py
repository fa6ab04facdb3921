"""The history of runs."""

import sqlite3
from pathlib import Path

import pytest

from pipelines import runs


def history(state: Path) -> list[tuple[str, str, bool]]:
    with sqlite3.connect(state) as db:
        rows = db.execute("SELECT command, outcome, ended IS NOT NULL FROM runs ORDER BY rowid").fetchall()
    return [(command, outcome, bool(ended)) for command, outcome, ended in rows]


def test_a_run_is_recorded_with_its_counts(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite"
    with runs.recorded(state, "run") as run:
        assert history(state) == [("run", "running", False)]
        run.counts["crawl"] = {"requests": 3, "sites": {"a": {}}}
    assert history(state) == [("run", "done", True)]
    (crawl,) = runs.crawls(state)
    assert crawl["run_id"] == run.run_id
    assert crawl["requests"] == 3


def test_a_failed_run_and_a_killed_one_are_told_apart(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite"
    with pytest.raises(RuntimeError), runs.recorded(state, "parse"):
        raise RuntimeError
    with runs.recorded(state, "crawl"), sqlite3.connect(state) as db:
        db.execute("INSERT INTO runs VALUES ('x', 'run', '2026', NULL, 'running', '{}', '{}')")
    with runs.recorded(state, "extract"):
        pass
    assert history(state) == [
        ("parse", "failed", True),
        ("crawl", "done", True),
        ("run", "killed", False),
        ("extract", "done", True),
    ]


def test_a_run_without_crawl_is_no_row_of_the_release(tmp_path: Path) -> None:
    with runs.recorded(tmp_path / "state.sqlite", "parse"):
        pass
    assert runs.crawls(tmp_path / "state.sqlite") == []
    assert runs.package_versions()["thidua"] != "not installed"
