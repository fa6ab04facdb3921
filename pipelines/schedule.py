"""When runs begin: the timer files that systemd and cron read, and a loop that keeps time by itself.

Times are Vietnam's, whatever the machine's clock is set to: news there come by Vietnamese days.
"""

import datetime as dt
import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Vietnam has no summer time, so that a time of day is the same distance from UTC all year."""

LONGEST_NAP = 30.0
"""Seconds between two looks at the clock: a machine that slept, or whose clock was set, is noticed so soon."""

PARTLY = 3
"""Exit status of a run that was done, though some items failed: no failure for systemd."""


@dataclass(frozen=True)
class Plan:
    """What to run, and when. `command`: program and arguments, absolute, as they are started."""

    name: str
    command: Sequence[str]
    times: Sequence[dt.time]
    workspace: Path


def service_text(plan: Plan, user: str | None = None) -> str:
    """The systemd service: one run. `user`: whose run it is, for a system-wide service."""
    runs_as = f"User={user}\n" if user else ""
    return f"""[Unit]
Description=thidua: crawl, read and publish ({_specifiers(str(plan.workspace))})
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
{runs_as}ExecStart={" ".join(map(_systemd_word, plan.command))}
# done, though some items failed (`thidua runs` tells which)
SuccessExitStatus={PARTLY}
# a run that is broken off loses nothing; the next one takes up its work
TimeoutStopSec=30
Nice=10
"""


def timer_text(plan: Plan) -> str:
    """The systemd timer. A moment that the machine slept through is made up for when it wakes."""
    calendar = "\n".join(f"OnCalendar=*-*-* {time:%H:%M}:00 {ZONE.key}" for time in plan.times)
    return f"""[Unit]
Description=thidua: when to run ({_specifiers(str(plan.workspace))})

[Timer]
{calendar}
Persistent=true

[Install]
WantedBy=timers.target
"""


def cron_lines(plan: Plan, today: dt.datetime) -> list[str]:
    """Lines for a crontab, by the machine's own clock: cron knows no other. `today`: aware, in the machine's zone."""
    lines = []
    for time in plan.times:
        here = dt.datetime.combine(today.astimezone(ZONE).date(), time, ZONE).astimezone(today.tzinfo)
        lines.append(f"# {time:%H:%M} in Vietnam is {here:%H:%M} by this machine's clock (UTC{here:%z})")
        lines.append(f"{here.minute} {here.hour} * * * {shlex.join(plan.command)}".replace("%", r"\%"))
    return lines


def unit_name(workspace: Path) -> str:
    """Name of the units of a workspace: two workspaces are two schedules."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", str(workspace.absolute())).strip("-").lower()
    return f"thidua-{words[-60:].strip('-')}"


def write_units(plan: Plan, folder: Path, user: str | None = None) -> list[Path]:
    """Write service and timer into `folder`, each whole or not at all. Returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, text in (("service", service_text(plan, user)), ("timer", timer_text(plan))):
        path = folder / f"{plan.name}.{kind}"
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
        written.append(path)
    return written


def next_moment(times: Sequence[dt.time], after: dt.datetime) -> dt.datetime:
    """The first moment after `after` (aware) that has one of the times of day, in Vietnam."""
    day = after.astimezone(ZONE).date()
    moments = (dt.datetime.combine(day + dt.timedelta(days=n), time, ZONE) for n in (0, 1) for time in times)
    return min(moment for moment in moments if moment > after)


def keep_time(
    times: Sequence[dt.time],
    run: Callable[[], None],
    *,
    now: Callable[[], dt.datetime],
    wait: Callable[[float], bool],
    tell: Callable[[str], None],
) -> None:
    """Call `run` at each of the times until `wait(seconds)` says that it was interrupted (True).

    A moment that passes while a run works is passed over, and told; one that passes while the machine sleeps is made up
    for when it wakes. `run` must not raise: a failing run is told by whoever runs it, and the next one comes.
    """
    while True:
        due = next_moment(times, now())
        tell(f"next run: {due:%Y-%m-%d %H:%M} (Vietnam)")
        while (left := (due - now()).total_seconds()) > 0:
            if wait(min(left, LONGEST_NAP)):
                return
        run()
        if wait(0):
            return
        missed = next_moment(times, due)
        if missed <= now():
            tell(f"the run took longer than until {missed:%H:%M}; that one is passed over")


def _systemd_word(word: str) -> str:
    """A word of ExecStart: quoted, and with what systemd would replace taken literally (systemd.service(5))."""
    word = _specifiers(word).replace("$", "$$")
    if re.fullmatch(r"[\w%$@=:,./+-]+", word, re.ASCII):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _specifiers(text: str) -> str:
    return text.replace("%", "%%")
