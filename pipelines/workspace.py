"""The workspace: one folder that holds all that runs have gathered and made.

workspace.json        format version of the folder
workspace.lock        who works in it now
state.sqlite          crawl frontier and validators (crawler), runs (pipelines)
archive/              pages as they came, a WARC file a run
articles/ documents/ mentions/ records/
                      what the stages made, in Parquet parts named by what they were made from
tables/               the linked tables of the last assembly
releases/<version>/   what is given out; releases/latest points to the newest
"""

import datetime as dt
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import WorkspaceError

FORMAT = 1
"""Version of the folder's layout. Raised when older workspaces cannot be read as they are."""

_MARK = "workspace.json"


@dataclass(frozen=True)
class Workspace:
    """The places of one workspace. Made by `open_workspace`."""

    root: Path

    @property
    def state(self) -> Path:
        return self.root / "state.sqlite"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def articles(self) -> Path:
        return self.root / "articles"

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    @property
    def mentions(self) -> Path:
        return self.root / "mentions"

    @property
    def records(self) -> Path:
        return self.root / "records"

    @property
    def tables(self) -> Path:
        return self.root / "tables"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def folders(self) -> tuple[Path, ...]:
        return (
            self.archive,
            self.articles,
            self.documents,
            self.mentions,
            self.records,
            self.tables,
            self.releases,
        )

    @contextmanager
    def lock(self, command: str) -> Iterator[None]:
        """Hold the workspace alone while `command` works in it.

        The lock is the kernel's (flock), so that a killed run leaves none behind; the file only tells who holds it.
        Raises WorkspaceError, which names the holder, when another run is at work.
        """
        path = self.root / "workspace.lock"
        with path.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise WorkspaceError(
                    f"{self.root}: another run is at work here: {_holder(path)}. Wait for it to end, or choose "
                    "another folder with --workspace."
                ) from error
            file.truncate(0)
            file.write(json.dumps({"pid": os.getpid(), "since": _now(), "command": command}))
            file.flush()
            yield
            file.truncate(0)

    def in_use(self) -> bool:
        """Whether a command is at work here: does who signed last in the lock file live? (To try the lock would keep
        a command out that begins at this very moment.)"""
        try:
            holder = json.loads((self.root / "workspace.lock").read_text(encoding="utf-8"))["pid"]
            os.kill(int(holder), 0)
        except PermissionError:
            return True  # another user's
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return True


def open_workspace(root: Path, *, create: bool = True) -> Workspace:
    """The workspace in `root`; an empty or missing folder becomes one when `create` is set.

    Raises WorkspaceError for a folder of another format version, one that holds something else, or none.
    """
    mark = root / _MARK
    if mark.is_file():
        _check_format(mark)
    elif not create:
        raise WorkspaceError(
            f"{root}: no workspace here. `thidua run --sample --workspace {root}` makes one from the bundled sample "
            "sites; `thidua crawl --site ID` from a real one."
        )
    else:
        _create(root, mark)
    workspace = Workspace(root)
    for folder in workspace.folders:
        folder.mkdir(exist_ok=True)
    return workspace


def _create(root: Path, mark: Path) -> None:
    if root.exists() and not root.is_dir():
        raise WorkspaceError(f"{root}: is a file, not a folder. Choose another place with --workspace.")
    if root.is_dir() and any(path.name != f".{_MARK}.tmp" for path in root.iterdir()):
        raise WorkspaceError(
            f"{root}: holds other things and no {_MARK}, so it is not a workspace. Choose an empty or a new folder "
            "with --workspace."
        )
    try:
        root.mkdir(parents=True, exist_ok=True)
    except PermissionError as error:
        raise WorkspaceError(f"{root}: cannot be made ({error.strerror}). Choose another place.") from error
    beside = root / f".{_MARK}.tmp"
    beside.write_text(json.dumps({"format": FORMAT, "made_by": "thidua"}) + "\n", encoding="utf-8")
    beside.replace(mark)


def _check_format(mark: Path) -> None:
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(f"{mark}: cannot be read ({error}); it should hold {{'format': {FORMAT}}}.") from error
    if found != FORMAT:
        raise WorkspaceError(
            f"{mark.parent}: is a workspace of format {found}; this version of thidua works with format {FORMAT}. "
            "Nothing was changed. Use the version that made it, or start a new one with --workspace."
        )


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return f"process {held['pid']}, `thidua {held['command']}`, since {held['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "a process that has only just begun"


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
