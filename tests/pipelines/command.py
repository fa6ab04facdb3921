"""Runs the `thidua` command: in a process of its own, as a user would, or inside this one where that is the same."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from pipelines.cli import main

THIDUA = Path(sys.executable).with_name("thidua")


def environment() -> dict[str, str]:
    """This process's environment without the settings of whoever runs the tests, and with a wide terminal."""
    return {name: value for name, value in os.environ.items() if not name.startswith("THIDUA_")} | {"COLUMNS": "120"}


def thidua(*arguments: str | Path, stdin: bytes | None = None) -> CompletedProcess[str]:
    """Run the command to its end in a process of its own; give back its status and what it said."""
    command = [THIDUA, *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, env=environment(), check=False, timeout=300)
    return CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def inside(*arguments: str | Path) -> CompletedProcess[str]:
    """Run the command inside this process: quick, for commands that neither crawl nor filter a stream."""
    command = ["thidua", *map(str, arguments)]
    out, err, status = io.StringIO(), io.StringIO(), 0
    with (
        patch.object(sys, "argv", command),
        patch.dict(os.environ, environment(), clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    return CompletedProcess(command, status, out.getvalue(), err.getvalue())
