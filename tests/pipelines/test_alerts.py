"""Alerts: once for each change of state, by command and by webhook, and never at the cost of a run."""

import datetime as dt
import json
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.health import SiteHealth
from pipelines import runs
from pipelines.alerts import AlertError, Channels, Condition, configured, site_conditions, tell_changes
from pipelines.watch import watched
from pipelines.workspace import Workspace, open_workspace
from tests.pipelines.command import inside

DEAD = Condition("site:baomau", "silent", "answers, but has named no new article for 9 days")
ALIVE = Condition("site:baomau", "well", "answers and names new articles as usual")


class Hook(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _HookHandler)
        self.got: list[dict[str, Any]] = []
        self.status = 200
        self.address = f"http://127.0.0.1:{self.server_port}/secret?token=1"


class _HookHandler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        self.server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    server = Hook()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "ws")


def writes_to(path: Path) -> str:
    """A command that adds what it is told to a file, a line each time."""
    program = path.with_name("write.py")
    program.write_text(f"import sys; open({str(path)!r}, 'a').write(sys.stdin.read() + chr(10))")
    return f"{sys.executable} {program}"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_both_ways_are_told_once_of_each_change(workspace: Workspace, hook: Hook, tmp_path: Path) -> None:
    out = tmp_path / "told.jsonl"
    channels = Channels(writes_to(out), hook.address)
    noted: list[str] = []
    for condition in (ALIVE, DEAD, DEAD, DEAD, ALIVE, ALIVE, DEAD):
        tell_changes(workspace.state, workspace.root, channels, [condition], noted.append)
    for told in (lines(out), hook.got):
        assert [(m["changes"][0]["was"], m["changes"][0]["now"]) for m in told] == [
            ("well", "silent"),
            ("silent", "well"),
            ("well", "silent"),
        ]
        assert told[0]["text"].startswith("thidua: site:baomau: silent (was well): answers, but")
        assert told[0]["workspace"] == str(workspace.root)
    assert noted == []


def test_many_changes_of_a_run_are_one_message(workspace: Workspace, hook: Hook) -> None:
    many = [Condition(f"site:{n}", "down", "no answer") for n in range(50)]
    tell_changes(workspace.state, workspace.root, Channels(webhook=hook.address), many, pytest.fail)
    [message] = hook.got
    assert len(message["changes"]) == len(message["text"].splitlines()) == 50


def test_what_could_not_be_told_is_told_with_the_next_run_and_only_there(
    workspace: Workspace, hook: Hook, tmp_path: Path
) -> None:
    out = tmp_path / "told.jsonl"
    hook.status = 500
    channels = Channels(writes_to(out), hook.address)
    noted: list[str] = []
    tell_changes(workspace.state, workspace.root, channels, [DEAD], noted.append)
    [note] = noted
    assert "the webhook at 127.0.0.1:" in note and "500" in note
    assert "secret" not in note
    hook.status = 200
    tell_changes(workspace.state, workspace.root, channels, [DEAD], noted.append)
    assert (len(hook.got), len(lines(out)), len(noted)) == (2, 1, 1)


@pytest.mark.parametrize(
    ("channels", "said"),
    [
        (Channels("/no/such/program"), "could not be run"),
        (Channels('broken "quote'), "could not be run"),
        (Channels(f"{sys.executable} -c 'import sys; sys.exit(\"no mail today\")'"), "status 1: no mail today"),
        (Channels(webhook="http://127.0.0.1:9/"), "did not take it"),
    ],
)
def test_an_alert_that_fails_is_noted_and_nothing_more(workspace: Workspace, channels: Channels, said: str) -> None:
    noted: list[str] = []
    assert watched(workspace.root, channels, "run", lambda: 0, noted.append) == 0
    with runs.recorded(workspace.state, "run"):
        pass
    with pytest.raises(ValueError, match="disk"):
        watched(workspace.root, channels, "run", fails, noted.append)
    [note] = noted
    assert said in note


def fails() -> int:
    raise ValueError("the disk is full")


def test_a_failed_run_is_told_once_and_its_end_too(workspace: Workspace, hook: Hook) -> None:
    channels = Channels(webhook=hook.address)
    with runs.recorded(workspace.state, "run"):
        pass
    for _ in range(2):
        with pytest.raises(ValueError, match="disk"):
            watched(workspace.root, channels, "run", fails, pytest.fail)
    assert watched(workspace.root, channels, "run", lambda: 3, pytest.fail) == 3
    assert [message["changes"][0]["now"] for message in hook.got] == ["failed", "well"]
    assert "ValueError: the disk is full" in hook.got[0]["text"]


def test_a_killed_run_is_told_when_the_next_one_begins(workspace: Workspace, hook: Hook) -> None:
    with runs.recorded(workspace.state, "run"):
        pass
    with closing(sqlite3.connect(workspace.state)) as db, db:
        db.execute("UPDATE runs SET outcome = 'running', ended = NULL")
    told_before_work: list[int] = []

    def work() -> int:
        told_before_work.append(len(hook.got))
        return 0

    watched(workspace.root, Channels(webhook=hook.address), "run", work, pytest.fail)
    assert told_before_work == [1]
    assert [message["changes"][0]["now"] for message in hook.got] == ["killed", "well"]


def test_only_hard_states_are_told_and_soft_ones_end_nothing() -> None:
    def health(state: Any) -> SiteHealth:
        now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
        return SiteHealth("baomau", state, "why", 9, now, now, 1, 1.0, {})

    states = {
        state: [condition.state for condition in site_conditions([health(state)])]
        for state in ("well", "learning", "quiet", "failing", "never", "down", "silent")
    }
    assert states == {
        "well": ["well"],
        "learning": ["well"],
        "quiet": ["well"],
        "failing": [],
        "never": [],
        "down": ["down"],
        "silent": ["silent"],
    }


def test_a_workspace_names_its_channels_and_what_is_given_goes_before(tmp_path: Path) -> None:
    assert not configured(tmp_path, Channels())
    (tmp_path / "alerts.toml").write_text('command = "mail me"\nwebhook = "https://example.org/hook"\n')
    assert configured(tmp_path, Channels(command="other")) == Channels("other", "https://example.org/hook")
    (tmp_path / "alerts.toml").write_text('comand = "mail me"\n')
    with pytest.raises(AlertError, match=r"alerts\.toml: comand: not known"):
        configured(tmp_path, Channels())
    for address in ("file:///etc/passwd", "http://[broken/", "https://", "example.org"):
        with pytest.raises(AlertError, match="no address"):
            configured(tmp_path / "none", Channels(webhook=address))


def test_broken_settings_of_alerts_lose_no_run(workspace: Workspace) -> None:
    (workspace.root / "alerts.toml").write_text("this is no TOML")
    noted: list[str] = []
    assert watched(workspace.root, Channels(), "run", lambda: 0, noted.append) == 0
    assert "alerts.toml: cannot be read" in noted[0]


def test_a_run_of_the_real_command_tells_of_its_failure_and_of_silent_sites(
    tmp_path: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ("-w", tmp_path / "ws", "--alert-webhook", hook.address)
    assert inside("crawl", "--sample", *where).returncode == 0
    [message] = hook.got  # the sample sites' dated news are years old, and no new ones come
    assert {change["subject"]: change["now"] for change in message["changes"]} == {
        "site:bao-quang-binh": "silent",
        "site:cong-dak-mil": "silent",
    }
    failed = inside("run", "--site", "khong-co", *where)
    assert failed.returncode == 2
    assert "no site profile is called khong-co" in hook.got[-1]["text"]
    assert inside("crawl", "--sample", *where).returncode == 0
    assert [change["subject"] for change in hook.got[-1]["changes"]] == ["run"]
    assert len(hook.got) == 3

    told = json.loads(inside("runs", "--json", "-w", tmp_path / "ws").stdout)["runs"]
    assert [(run["command"], run["outcome"]) for run in told] == [("crawl", "done"), ("crawl", "done")]
    assert told[1]["counts"]["crawl"]["fetched"] > 40
    assert "crawl    done" in inside("runs", "-w", tmp_path / "ws").stdout
    shown = inside("sites", "health", "-w", tmp_path / "ws")
    assert shown.returncode == 3
    assert "silent!" in shown.stdout and "has named no new article" in shown.stdout
    rows = json.loads(inside("sites", "health", "so-noi-vu", "--json", "-w", tmp_path / "ws").stdout)["sites"]
    assert [(row["site_id"], row["state"], row["hard"], row["runs"]) for row in rows] == [
        ("so-noi-vu", "learning", False, 2)
    ]
