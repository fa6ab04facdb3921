"""The history of runs."""

import sqlite3
from pathlib import Path

import pytest

from pipelines import runs
from pipelines.workspace import open_workspace


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


def test_the_history_tells_a_killed_run_from_one_at_work(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    assert runs.history(workspace) == []
    with workspace.lock("crawl"), runs.recorded(workspace.state, "crawl"):
        (now,) = runs.history(workspace)
        assert (now.outcome, now.ended, runs.killed_last(workspace)) == ("running", None, None)
    with sqlite3.connect(workspace.state) as db:
        db.execute("INSERT INTO runs VALUES ('x', 'run', '2999-01-01T00:00:00+00:00', NULL, 'running', '{}', '{}')")
    newest, _ = runs.history(workspace)
    assert (newest.outcome, runs.killed_last(workspace)) == ("killed", newest)
    assert len(runs.history(workspace, 1)) == 1
