"""When runs begin: unit files, cron lines, and the loop that keeps time."""

import datetime as dt
import os
import shlex
import shutil
import signal
import subprocess
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import schedule
from pipelines.schedule import Plan, cron_lines, keep_time, next_moment, service_text, timer_text, write_units
from tests.pipelines.command import THIDUA, environment, inside

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TIMES = [dt.time(5, 30), dt.time(17, 30)]
ODD_WORDS = [
    "/opt/thi đua/bin/thidua",
    "run",
    "--contact",
    'a "b" <c@d.vn>',
    "--alert-command",
    "echo 50% $HOME \\ 'x'",
]


def plan(tmp_path: Path, command: list[str] | None = None) -> Plan:
    return Plan("thidua-test", command or [str(THIDUA), "run", "--sample"], TIMES, tmp_path)


def test_units_are_right_by_systemd_itself(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here: it checks the unit files")
    paths = write_units(plan(tmp_path, [str(THIDUA), *ODD_WORDS[1:]]), tmp_path / "units")
    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    about_us = [line for line in done.stderr.splitlines() if "thidua-test" in line]
    assert about_us == []
    assert [path.name for path in paths] == ["thidua-test.service", "thidua-test.timer"]


def test_a_service_tells_what_it_runs_and_which_ends_are_well(tmp_path: Path) -> None:
    text = service_text(plan(tmp_path, ODD_WORDS), user="crawler")
    assert "User=crawler\n" in text
    assert "SuccessExitStatus=3\n" in text
    assert (
        'ExecStart="/opt/thi đua/bin/thidua" run --contact "a \\"b\\" <c@d.vn>" --alert-command '
        "\"echo 50%% $$HOME \\\\ 'x'\"\n" in text
    )
    timer = timer_text(plan(tmp_path))
    assert "OnCalendar=*-*-* 05:30:00 Asia/Ho_Chi_Minh\nOnCalendar=*-*-* 17:30:00 Asia/Ho_Chi_Minh\n" in timer
    assert "Persistent=true" in timer


@pytest.mark.parametrize(("zone", "at"), [("UTC", "30 22"), ("Asia/Ho_Chi_Minh", "30 5"), ("Europe/Paris", "30 23")])
def test_cron_lines_are_by_the_machine_s_own_clock(tmp_path: Path, zone: str, at: str) -> None:
    today = dt.datetime(2026, 11, 24, 12, tzinfo=ZoneInfo(zone))
    comment, line, *_ = cron_lines(plan(tmp_path, ODD_WORDS), today)
    assert comment.startswith("# 05:30 in Vietnam is")
    assert line.startswith(f"{at} * * * ")
    command = line.split(" * * * ")[1]
    assert shlex.split(command.replace(r"\%", "%")) == ODD_WORDS
    assert "%" not in command.replace(r"\%", "")


@given(st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)))
def test_the_next_moment_is_within_a_day_and_at_one_of_the_times(after: dt.datetime) -> None:
    moment = next_moment(TIMES, after)
    assert dt.timedelta(0) < moment - after <= dt.timedelta(hours=12)
    assert moment.time() in TIMES
    assert moment.tzinfo == VIETNAM


class Clock:
    """A clock that tests turn: it goes on by what is waited, and stops the loop at an hour."""

    def __init__(self, start: dt.datetime, end: dt.datetime) -> None:
        self.time, self.end = start, end
        self.said: list[str] = []

    def now(self) -> dt.datetime:
        return self.time

    def wait(self, seconds: float) -> bool:
        self.time += dt.timedelta(seconds=seconds)
        return self.time >= self.end


def test_the_loop_runs_at_each_moment_until_it_is_interrupted() -> None:
    clock = Clock(dt.datetime(2026, 11, 24, 4, tzinfo=VIETNAM), dt.datetime(2026, 11, 26, 4, tzinfo=VIETNAM))
    ran: list[str] = []
    keep_time(
        TIMES, lambda: ran.append(f"{clock.time:%d %H:%M}"), now=clock.now, wait=clock.wait, tell=clock.said.append
    )
    assert ran == ["24 05:30", "24 17:30", "25 05:30", "25 17:30"]
    assert clock.said[0] == "next run: 2026-11-24 05:30 (Vietnam)"


def test_a_moment_that_passes_while_a_run_works_is_passed_over_and_told() -> None:
    clock = Clock(dt.datetime(2026, 11, 24, 4, tzinfo=VIETNAM), dt.datetime(2026, 11, 25, 17, tzinfo=VIETNAM))
    ran: list[str] = []

    def long_run() -> None:
        ran.append(f"{clock.time:%d %H:%M}")
        clock.time += dt.timedelta(hours=13)

    keep_time(TIMES, long_run, now=clock.now, wait=clock.wait, tell=clock.said.append)
    assert ran == ["24 05:30", "25 05:30"]
    assert "the run took longer than until 17:30; that one is passed over" in clock.said


def test_a_moment_that_the_machine_slept_through_is_made_up_for() -> None:
    clock = Clock(dt.datetime(2026, 11, 24, 4, tzinfo=VIETNAM), dt.datetime(2026, 11, 24, 17, tzinfo=VIETNAM))
    ran: list[str] = []

    def wait(seconds: float) -> bool:
        asleep = 3 * 3600 if not ran and clock.time.hour == 5 else 0
        return clock.wait(seconds + asleep)

    keep_time(TIMES, lambda: ran.append(f"{clock.time:%H}"), now=clock.now, wait=wait, tell=clock.said.append)
    assert ran == ["08"]


def test_schedule_prints_what_to_install(tmp_path: Path) -> None:
    done = inside("schedule", "--sample", "--at", "06:05", "-w", tmp_path / "nơi làm việc")
    assert done.returncode == 0
    assert "OnCalendar=*-*-* 06:05:00 Asia/Ho_Chi_Minh" in done.stdout
    assert f'run --workspace "{tmp_path}/nơi làm việc" --sample' in done.stdout
    assert not (tmp_path / "nơi làm việc").exists()


def test_schedule_refuses_what_could_never_run(tmp_path: Path) -> None:
    where = ("-w", tmp_path / "ws")
    assert "--at 25:00: is no time of day" in inside("schedule", "--sample", "--at", "25:00", *where).stderr
    assert "--site ID" in inside("schedule", *where).stderr
    assert "no site profile is called khong-co" in inside("schedule", "--site", "khong-co", *where).stderr
    assert "--contact" in inside("schedule", "--site", "baohatinh.vn", *where).stderr
    both = inside("schedule", "--sample", "--foreground", "--install", "user", *where)
    assert (both.returncode, "not both" in both.stderr) == (2, True)


def test_user_units_are_installed_and_the_rest_is_told_where_no_systemd_answers(tmp_path: Path) -> None:
    done = subprocess.run(
        [THIDUA, "schedule", "--sample", "--install", "user", "-w", tmp_path / "ws"],
        env=environment() | {"XDG_CONFIG_HOME": str(tmp_path), "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    name = schedule.unit_name(tmp_path / "ws")
    units = sorted(path.name for path in (tmp_path / "systemd" / "user").iterdir())
    assert units == [f"{name}.service", f"{name}.timer"]
    assert done.returncode == 3
    assert f"systemctl --user enable --now {name}.timer" in done.stderr


def test_the_foreground_survives_a_failing_run_and_ends_when_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ws").mkdir()
    (tmp_path / "ws" / "other").write_text("so this is no workspace, and every run fails")
    program = (
        "import datetime as dt, sys, pipelines.schedule as s, pipelines.cli as c\n"
        "s.next_moment = lambda times, after: after + dt.timedelta(seconds=0.01)\n"
        "c.main()"
    )
    process = subprocess.Popen(
        [THIDUA.with_name("python"), "-c", program, "schedule", "--sample", "--foreground", "-w", tmp_path / "ws"],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    said: list[str] = []
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if sum(each.startswith("ended: failed") for each in said) == 2:
            break
    began = time.monotonic()
    os.kill(process.pid, signal.SIGTERM)
    rest = process.stderr.read()
    assert process.wait(timeout=60) == 0
    assert time.monotonic() - began < 30
    assert "interrupted" in rest
