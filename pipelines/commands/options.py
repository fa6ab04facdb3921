"""Options that several commands share, told in one place so that they read alike in every `--help`."""

import os
from pathlib import Path
from typing import Annotated

import typer

DONE, NOTHING, USAGE, PARTLY = 0, 1, 2, 3
"""Exit statuses: all done; nothing could be done; the command line is wrong; done, but some items failed."""

STATUS_HELP = "Exit status: 0 done, 1 nothing could be done, 2 wrong usage, 3 done but some items failed."

WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        envvar="THIDUA_WORKSPACE",
        help="Folder that holds everything that runs gather and make.",
        file_okay=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON on standard output, for scripts.")]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", "-j", min=1, help="Processes to use; by default one a processor.", show_default=False),
]
SitesOption = Annotated[
    Path | None,
    typer.Option(
        "--profiles",
        envvar="THIDUA_SITES",
        help="Folder of your own site profiles (*.toml), used beside the bundled ones.",
        show_default=False,
    ),
]

WORKSPACE = Path("workspace")


def processors() -> int:
    """Processors that this process may use."""
    return os.cpu_count() or 1
