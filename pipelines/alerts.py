"""Telling somebody: a run failed or was killed, a site fell silent; and, once, when it is mended.

Two ways, each on its own: a command that gets the message as JSON on standard input (its text in THIDUA_ALERT_TEXT),
and a web address that gets the same JSON by POST. Each is told once for each change of state; what could not be told is
told with the next run. Nothing in here can make a run fail.
"""

import datetime as dt
import json
import os
import platform
import shlex
import sqlite3
import subprocess
import tomllib
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from crawler.health import SiteHealth

CONFIG = "alerts.toml"
"""File of a workspace with `command` and `webhook`, for alerts of every run that works in it."""

PATIENCE = 30.0
"""Seconds that a command or a web address may take."""

WELL = "well"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS alerts (
    channel TEXT NOT NULL,      -- command, webhook
    subject TEXT NOT NULL,      -- run, or site:<id>
    state   TEXT NOT NULL,      -- the state that was told last
    since   TEXT NOT NULL,      -- ISO 8601, UTC
    PRIMARY KEY (channel, subject)
)"""


class AlertError(Exception):
    """An alert could not be sent, or is set up wrongly; the message says how and why."""


@dataclass(frozen=True)
class Channels:
    """How alerts go out; None: not that way."""

    command: str | None = None
    webhook: str | None = None

    def __bool__(self) -> bool:
        return bool(self.command or self.webhook)


@dataclass(frozen=True)
class Condition:
    """How something stands now: `state` is `well` or a word for what is wrong, `text` says it to a person."""

    subject: str
    state: str
    text: str


@dataclass(frozen=True)
class Change:
    """A state that is not the one told last."""

    subject: str
    was: str
    now: str
    text: str


def configured(workspace: Path, given: Channels) -> Channels:
    """The channels to use: those given, and for the others what the workspace's `alerts.toml` says.

    Raises AlertError for a file that cannot be understood or a webhook that is no web address.
    """
    path = workspace / CONFIG
    found: dict[str, Any] = {}
    if path.is_file():
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise AlertError(f"{path}: cannot be read: {error}") from error
        wrong = [key for key, value in found.items() if key not in {"command", "webhook"} or not isinstance(value, str)]
        if wrong:
            raise AlertError(f'{path}: {wrong[0]}: not known; it holds command = "..." and webhook = "https://..."')
    channels = Channels(given.command or found.get("command"), given.webhook or found.get("webhook"))
    if channels.webhook and not _is_web_address(channels.webhook):
        raise AlertError(f"alert webhook {channels.webhook!r}: is no address that begins with https:// or http://")
    return channels


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def site_conditions(rows: Iterable["SiteHealth"]) -> list[Condition]:
    """Conditions of sites. Soft troubles say nothing: they neither start an alert nor end one."""
    found = []
    for row in rows:
        if row.hard:
            found.append(Condition(f"site:{row.site_id}", row.state, row.reason))
        elif row.state in {"well", "quiet", "learning"}:
            found.append(Condition(f"site:{row.site_id}", WELL, row.reason))
    return found


def tell_changes(
    state: Path, workspace: Path, channels: Channels, conditions: Sequence[Condition], note: Callable[[str], None]
) -> None:
    """Tell each channel of the conditions that are not as it was told last; `note` gets what could not be told.

    `state` is the workspace's SQLite file. Raises nothing that the outside can cause.
    """
    senders: dict[str, Callable[[Mapping[str, Any]], None]] = {}
    if channels.command:
        senders["command"] = _by_command(channels.command)
    if channels.webhook:
        senders["webhook"] = _by_webhook(channels.webhook)
    try:
        with closing(sqlite3.connect(state, timeout=30)) as db:
            db.execute(_SCHEMA)
            for channel, send in senders.items():
                changes = _changes(db, channel, conditions)
                if not changes:
                    continue
                try:
                    send(_message(workspace, changes))
                except AlertError as error:
                    note(f"alert: {error}; it is told again with the next run")
                else:
                    _remember(db, channel, changes)
    except sqlite3.Error as error:
        note(f"alert: {state}: {error}")


def _changes(db: sqlite3.Connection, channel: str, conditions: Sequence[Condition]) -> list[Change]:
    told = dict(db.execute("SELECT subject, state FROM alerts WHERE channel = ?", (channel,)).fetchall())
    return [
        Change(each.subject, told.get(each.subject, WELL), each.state, each.text)
        for each in conditions
        if told.get(each.subject, WELL) != each.state
    ]


def _remember(db: sqlite3.Connection, channel: str, changes: Iterable[Change]) -> None:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    with db:
        db.executemany(
            "INSERT OR REPLACE INTO alerts VALUES (?, ?, ?, ?)",
            [(channel, change.subject, change.now, now) for change in changes],
        )


def _message(workspace: Path, changes: Sequence[Change]) -> dict[str, Any]:
    return {
        "text": "\n".join(f"thidua: {each.subject}: {each.now} (was {each.was}): {each.text}" for each in changes),
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "host": platform.node(),
        "workspace": str(workspace.absolute()),
        "changes": [asdict(each) for each in changes],
    }


def _by_command(command: str) -> Callable[[Mapping[str, Any]], None]:
    def send(message: Mapping[str, Any]) -> None:
        try:
            words = shlex.split(command)
            done = subprocess.run(
                words,
                input=json.dumps(message, ensure_ascii=False).encode(),
                capture_output=True,
                timeout=PATIENCE,
                check=False,
                env={**os.environ, "THIDUA_ALERT_TEXT": message["text"]},
            )
        except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
            raise AlertError(f"the command {command!r} could not be run: {error}") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()[:200]
            raise AlertError(f"the command {command!r} ended with status {done.returncode}{said and f': {said}'}")

    return send


def _by_webhook(address: str) -> Callable[[Mapping[str, Any]], None]:
    def send(message: Mapping[str, Any]) -> None:
        body = json.dumps(message, ensure_ascii=False).encode()
        try:
            request = urllib.request.Request(address, body, {"Content-Type": "application/json; charset=utf-8"})
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                answer.read(1024)
        except (OSError, ValueError) as error:
            host = urlsplit(address).netloc.rpartition("@")[2]  # the rest of the address may be a secret
            raise AlertError(f"the webhook at {host} did not take it: {error}") from error

    return send
