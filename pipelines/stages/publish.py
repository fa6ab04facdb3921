"""Tables → a release: a folder that is there whole or not at all, and a pointer that always leads to a whole one."""

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines import publish
from pipelines.engine import Progress, StageReport
from pipelines.errors import PipelineError
from pipelines.stages.assemble import assembled
from pipelines.storage import file_digest, fingerprint, sync
from pipelines.workspace import Workspace

LATEST = "latest"
_BEING_MADE = ".making-"
_NOT_CONTENT = {"runs"}
"""Tables that do not make a new release when they alone have changed."""


def run(workspace: Workspace, *, progress: Progress | None = None) -> tuple[StageReport, Path]:
    """Publish the tables, unless a release of just these stands. Returns the report and the release's folder.

    A release is made in a folder beside and renamed when it is whole; then the pointer is swapped in one step. A kill
    at any point leaves the last release, and the pointer to it, as they were.
    """
    made = assembled(workspace.tables)
    if made is None:
        raise PipelineError("there are no whole tables to publish. `thidua assemble` makes them.")
    _remove_unfinished(workspace.releases)
    version = release_version(workspace)
    release = workspace.releases / version
    report = StageReport("publish", rows=Counter(files=0))
    if release.is_dir():
        report.parts_standing = 1
    else:
        beside = workspace.releases / f"{_BEING_MADE}{version}"
        beside.mkdir()
        _write(workspace, version, made, beside, progress)
        for path in beside.iterdir():
            sync(path)
        sync(beside)
        beside.rename(release)
        sync(workspace.releases)
        report.parts_done = 1
    report.rows["files"] = sum(1 for _ in release.iterdir())
    point_to(workspace.releases, version)
    return report, release


def release_version(workspace: Workspace) -> str:
    """`<day of the newest page>-<8 hex digits of the content>`: the same rows and writers have the same version."""
    pages = pd.read_parquet(workspace.tables / "pages.parquet", columns=["fetched_at"])
    digest = hashlib.sha256(_writers_fingerprint().encode())
    for table in sorted(workspace.tables.glob("*.parquet")):
        if table.stem not in _NOT_CONTENT:
            digest.update(f"{table.stem}:{file_digest(table)}\n".encode())
    return f"{pages['fetched_at'].max()[:10].replace('-', '.')}-{digest.hexdigest()[:8]}"


def point_to(releases: Path, version: str) -> None:
    """Let `releases/latest` lead to a release, in one step: whoever looks sees the old one or the new one."""
    pointer = releases / LATEST
    if pointer.is_symlink() and str(pointer.readlink()) == version:
        return
    beside = releases / f".{LATEST}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    beside.symlink_to(version, target_is_directory=True)
    beside.replace(pointer)
    sync(releases)


def _write(
    workspace: Workspace, version: str, made: Mapping[str, Any], folder: Path, progress: Progress | None
) -> None:
    from pipelines.publish.csv_files import write_csv
    from pipelines.publish.database import write_database
    from pipelines.publish.describe import datapackage, dictionary, readme
    from pipelines.publish.manifest import checksums, manifest
    from pipelines.publish.parquet import read_parquet
    from pipelines.publish.workbook import write_workbook
    from pipelines.tables.columns import conform
    from pipelines.tables.schemas import TABLES

    steps = len(TABLES) + 3

    def tell(done: int) -> None:
        if progress:
            progress("publish", done, steps)

    frames = {
        name: conform(read_parquet(workspace.tables / f"{name}.parquet"), schema) for name, schema in TABLES.items()
    }
    for number, (name, schema) in enumerate(TABLES.items(), 1):
        shutil.copyfile(workspace.tables / f"{name}.parquet", folder / f"{name}.parquet")
        write_csv(frames[name], schema, folder / f"{name}.csv")
        tell(number)
    write_database(frames, TABLES, folder / "thidua.sqlite")
    tell(steps - 2)
    write_workbook(frames, TABLES, folder / "thidua.xlsx")
    tell(steps - 1)
    rows = {name: len(frame) for name, frame in frames.items()}
    texts = {
        "datapackage.json": datapackage(version, TABLES, rows),
        "dictionary.md": dictionary(version, TABLES, rows),
        "README.md": readme(version, rows),
        "manifest.json": manifest(version, made, frames, _writers_fingerprint()),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "SHA256SUMS").write_text(checksums(folder), encoding="utf-8")
    tell(steps)


def _writers_fingerprint() -> str:
    files = [*sorted(Path(publish.__file__).parent.glob("*.py")), Path(__file__)]
    return fingerprint(*(path.read_text(encoding="utf-8") for path in files))


def _remove_unfinished(releases: Path) -> None:
    """Remove what a killed publish left. Only for who holds the workspace's lock."""
    for path in releases.glob(f"{_BEING_MADE}*"):
        shutil.rmtree(path)
    for path in releases.glob(f".{LATEST}.*"):
        path.unlink()
