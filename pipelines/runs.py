"""The history of runs: one row a command that worked in the workspace, kept in its state.sqlite."""

import datetime as dt
import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipelines.workspace import Workspace

PACKAGES = ("thidua", "scrapy", "underthesea", "spacy", "pandas", "pyarrow", "trafilatura", "dateparser", "pandera")
"""Whose versions a run and a release record: those that can change a row."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    run_id   TEXT PRIMARY KEY,  -- start in UTC and four random digits
    command  TEXT NOT NULL,     -- what was asked for: run, crawl, parse, ...
    started  TEXT NOT NULL,     -- ISO 8601, UTC
    ended    TEXT,              -- null while it works, and for ever when it was killed
    outcome  TEXT NOT NULL,     -- running, done, partly (some items failed), failed, killed
    versions TEXT NOT NULL,     -- JSON: package -> version
    counts   TEXT NOT NULL      -- JSON: stage -> what it did, failed or skipped, by reason
)"""


@dataclass
class Run:
    """A run at work. `counts` is filled by the stages; `outcome` is what the command makes of it."""

    run_id: str
    counts: dict[str, Any] = field(default_factory=dict)
    outcome: str = "done"


@contextmanager
def recorded(state: Path, command: str) -> Iterator[Run]:
    """Record a run from its start to its end, also when it ends with an error. The workspace's lock must be held.

    Runs that are still called running are those of killed processes, since the lock lets one work at a time.
    """
    started = _now()
    run = Run(f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}")
    with closing(_connect(state)) as db:
        with db:
            db.execute("UPDATE runs SET outcome = 'killed' WHERE outcome = 'running'")
            db.execute(
                "INSERT INTO runs VALUES (?, ?, ?, NULL, 'running', ?, '{}')",
                (run.run_id, command, started.isoformat(), json.dumps(package_versions())),
            )
        try:
            yield run
        except BaseException:
            run.outcome = "failed"
            raise
        finally:
            with db:
                db.execute(
                    "UPDATE runs SET ended = ?, outcome = ?, counts = ? WHERE run_id = ?",
                    (_now().isoformat(), run.outcome, json.dumps(run.counts, sort_keys=True), run.run_id),
                )


def save_counts(state: Path, run: Run) -> None:
    """Write what a run has counted so far, so that a later stage (or a kill) finds it."""
    with closing(_connect(state)) as db, db:
        db.execute("UPDATE runs SET counts = ? WHERE run_id = ?", (json.dumps(run.counts, sort_keys=True), run.run_id))


def crawls(state: Path) -> list[dict[str, Any]]:
    """The runs that fetched pages, oldest first, with what their crawl counted: the rows of the released `runs`."""
    with closing(_connect(state)) as db:
        rows = db.execute("SELECT run_id, started, versions, counts FROM runs ORDER BY run_id").fetchall()
    found = []
    for run_id, started, versions, counts in rows:
        crawl = json.loads(counts).get("crawl")
        if crawl:
            found.append({"run_id": run_id, "started": started, "thidua": json.loads(versions).get("thidua"), **crawl})
    return found


@dataclass(frozen=True)
class PastRun:
    """A row of the history. `outcome` as in the table; `ended` is None while it works, and when it was killed."""

    run_id: str
    command: str
    started: dt.datetime
    ended: dt.datetime | None
    outcome: str
    counts: dict[str, Any]


def history(workspace: Workspace, most: int | None = None) -> list[PastRun]:
    """The runs of a workspace, newest first. One that is called running though nobody works there was killed."""
    if not workspace.state.exists():
        return []
    with closing(_connect(workspace.state)) as db:
        rows = db.execute(
            "SELECT run_id, command, started, ended, outcome, counts FROM runs"
            " ORDER BY started DESC, rowid DESC LIMIT ?",
            (-1 if most is None else most,),
        ).fetchall()
    at_work = workspace.in_use()
    return [
        PastRun(
            run_id,
            command,
            dt.datetime.fromisoformat(started),
            dt.datetime.fromisoformat(ended) if ended else None,
            "killed" if outcome == "running" and not at_work else outcome,
            json.loads(counts),
        )
        for run_id, command, started, ended, outcome, counts in rows
    ]


def killed_last(workspace: Workspace) -> PastRun | None:
    """The newest run, if it was killed."""
    newest = history(workspace, 1)
    return newest[0] if newest and newest[0].outcome == "killed" else None


def package_versions() -> dict[str, str]:
    """Installed versions of `PACKAGES`."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _connect(state: Path) -> sqlite3.Connection:
    db = sqlite3.connect(state, timeout=30)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(_SCHEMA)
    return db


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
