"""The workspace: its format, its lock, and what a person is told when it cannot be used."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.errors import WorkspaceError
from pipelines.workspace import FORMAT, open_workspace

HOLDER = """
import sys, time
from pathlib import Path
from pipelines.workspace import open_workspace
with open_workspace(Path(sys.argv[1])).lock("run"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_new_folder_becomes_a_workspace(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "deep" / "ws")
    assert json.loads((workspace.root / "workspace.json").read_text())["format"] == FORMAT
    assert all(folder.is_dir() for folder in workspace.folders)
    assert open_workspace(workspace.root).root == workspace.root


def test_another_format_is_refused_and_left_alone(tmp_path: Path) -> None:
    mark = tmp_path / "workspace.json"
    mark.write_text('{"format": 99}')
    with pytest.raises(WorkspaceError, match=r"format 99.*works with format 1"):
        open_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["workspace.json"]
    assert mark.read_text() == '{"format": 99}'


def test_a_broken_mark_is_named(tmp_path: Path) -> None:
    (tmp_path / "workspace.json").write_text("{")
    with pytest.raises(WorkspaceError, match=r"workspace\.json: cannot be read"):
        open_workspace(tmp_path)


def test_a_folder_with_other_things_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(WorkspaceError, match="not a workspace"):
        open_workspace(tmp_path)


def test_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="thidua run --sample"):
        open_workspace(tmp_path / "none", create=False)


def test_a_second_run_is_told_who_works_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "ws")
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(workspace.root)], stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with (
            pytest.raises(WorkspaceError, match=rf"process {holder.pid}, `thidua run`, since 20"),
            workspace.lock("parse"),
        ):
            pytest.fail("two runs at the same time")
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with workspace.lock("parse"):
        assert json.loads((workspace.root / "workspace.lock").read_text())["pid"] == os.getpid()
    assert (workspace.root / "workspace.lock").read_text() == ""
