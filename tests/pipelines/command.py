"""Runs the real `thidua` command, as a user would."""

import os
import subprocess
import sys
from pathlib import Path

THIDUA = Path(sys.executable).with_name("thidua")


def environment() -> dict[str, str]:
    """This process's environment without the settings of whoever runs the tests, and with a wide terminal."""
    return {name: value for name, value in os.environ.items() if not name.startswith("THIDUA_")} | {"COLUMNS": "120"}


def thidua(
    *arguments: str | Path, stdin: bytes | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end and give back its status and what it said."""
    done = subprocess.run(
        [THIDUA, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(),
        check=False,
        timeout=300,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
