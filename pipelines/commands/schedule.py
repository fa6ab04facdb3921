"""`thidua schedule`: prints or installs what lets runs begin by themselves, or keeps time in the foreground."""

import datetime as dt
import getpass
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from pipelines.commands.options import DONE, NOTHING, PARTLY
from pipelines.commands.say import note
from pipelines.errors import PipelineError, UsageError
from pipelines.schedule import (
    Plan,
    cron_lines,
    keep_time,
    service_text,
    timer_text,
    unit_name,
    write_units,
)

SYSTEM_UNITS = Path("/etc/systemd/system")


@dataclass(frozen=True)
class Wish:
    """What the options of `thidua schedule` say. `run_options`: the options each run is given."""

    workspace: Path
    times: Sequence[str]
    run_options: Sequence[str]


def print_schedule(wish: Wish) -> int:
    """Print service, timer and cron lines, and where they go."""
    plan = _plan(wish)
    print(f"# systemd: {plan.name}.service\n{service_text(plan)}")
    print(f"# systemd: {plan.name}.timer\n{timer_text(plan)}")
    print("# or, with cron (crontab -e):")
    print("\n".join(cron_lines(plan, dt.datetime.now().astimezone())))
    note(
        "\nNothing was installed. `thidua schedule ... --install user` (or system) writes and starts the systemd timer."
    )
    return DONE


def install(wish: Wish, scope: str) -> int:
    """Write the units of a scope (`user` or `system`) and start the timer; say what is left to do where that fails."""
    plan = _plan(wish)
    user = os.environ.get("SUDO_USER") or getpass.getuser()
    folder = SYSTEM_UNITS if scope == "system" else _user_units()
    try:
        for path in write_units(plan, folder, user if scope == "system" else None):
            print(f"written: {path}")
    except PermissionError as error:
        raise PipelineError(
            f"{error.filename}: {error.strerror}. Units of the system are written by its administrator: give the "
            "command again with sudo, or --install user for units of your own."
        ) from error
    control = ["systemctl", *(["--user"] if scope == "user" else [])]
    steps = [[*control, "daemon-reload"], [*control, "enable", "--now", f"{plan.name}.timer"]]
    for number, step in enumerate(steps):
        try:
            done = subprocess.run(step, capture_output=True, text=True, check=False, timeout=60)
            failed = done.stderr.strip() or f"status {done.returncode}" if done.returncode else ""
        except (OSError, subprocess.SubprocessError) as error:
            failed = str(error)
        if failed:
            note(f"the timer could not be started ({failed}). Give these commands yourself:")
            for left in steps[number:]:
                note(f"  {' '.join(left)}")
            return PARTLY
    lists = " ".join([*control, "list-timers"])
    print(f"The timer runs. `{lists}` shows it, `thidua runs` what came of it.")
    if scope == "user":
        print("So that it also runs while you are logged out:  loginctl enable-linger")
    return DONE


def foreground(wish: Wish) -> int:
    """Keep time in this process until it is interrupted; each run is a process of its own."""
    plan = _plan(wish)
    stop = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        for child in running:
            child.send_signal(signal.SIGINT)

    def run() -> None:
        note(f"begins: {dt.datetime.now().astimezone():%Y-%m-%d %H:%M}")
        try:
            with subprocess.Popen(plan.command, start_new_session=True) as child:
                running.append(child)
                if stop.is_set():
                    child.send_signal(signal.SIGINT)
                status = child.wait()
        except OSError as error:
            note(f"the run could not be started: {error}")
            return
        finally:
            running.clear()
        words = {DONE: "done", PARTLY: "done, but some items failed", NOTHING: "failed"}
        note(f"ended: {words.get(status, f'failed with status {status}')}; `thidua runs` tells more")

    before = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        keep_time(plan.times, run, now=lambda: dt.datetime.now().astimezone(), wait=stop.wait, tell=note)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    note("interrupted; no further run is started from here")
    return DONE


def _plan(wish: Wish) -> Plan:
    workspace = wish.workspace.absolute()
    command = [_program(), "run", "--workspace", str(workspace), *wish.run_options]
    return Plan(unit_name(workspace), command, sorted({_time(text) for text in wish.times}), workspace)


def _time(text: str) -> dt.time:
    try:
        return dt.datetime.strptime(text, "%H:%M").time()
    except ValueError:
        raise UsageError(f"--at {text}: is no time of day; write hours and minutes, as in --at 05:30") from None


def _program() -> str:
    """This command, as a path that holds outside this shell."""
    beside = Path(sys.executable).with_name("thidua")
    found = str(beside) if beside.is_file() else shutil.which("thidua")
    if found is None:
        raise PipelineError("the command `thidua` is not installed here, so no schedule can call it")
    return found


def _user_units() -> Path:
    config = os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else Path.home() / ".config") / "systemd" / "user"
