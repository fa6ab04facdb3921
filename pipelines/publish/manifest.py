"""The manifest of a release: what was run, by which versions and rules, on which input, and what came of it."""

import json
import platform
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from pipelines import runs
from pipelines.storage import file_digest, parts
from pipelines.workspace import Workspace


def manifest(version: str, workspace: Workspace, frames: Mapping[str, pd.DataFrame], rules: Mapping[str, str]) -> str:
    """The manifest as JSON. `rules`: name of a stage → fingerprint of its rules. No time of writing stands in it."""
    told = {
        "name": "thidua",
        "version": version,
        "made_with": {
            **runs.package_versions(),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
        },
        "rules": dict(rules),
        "runs": runs.crawls(workspace.state),
        "inputs": {
            "archive": [_file(path) for path in sorted(workspace.archive.glob("*.warc.gz"))],
            "parts": {
                folder.name: [path.name for path in parts(folder)]
                for folder in (workspace.articles, workspace.documents, workspace.mentions, workspace.records)
            },
        },
        "pages_by_source_and_outcome": outcomes(frames["pages"]),
        "tables": {name: {"rows": len(frame), "columns": list(frame.columns)} for name, frame in frames.items()},
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def outcomes(pages: pd.DataFrame) -> dict[str, dict[str, int]]:
    """For each site, pages by what became of them: `article`, `skipped: <reason>`, `failed: <reason>`."""
    reasons = pages["outcome"].where(pages["reason"].isna(), pages["outcome"] + ": " + pages["reason"].fillna(""))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for site, reason in zip(pages["site_id"], reasons, strict=True):
        counts[site][reason] += 1
    return {site: dict(sorted(found.items())) for site, found in sorted(counts.items())}


def checksums(folder: Path) -> str:
    """SHA-256 of every file of a release, in the form that `sha256sum -c` reads."""
    files = sorted(path for path in folder.iterdir() if path.name != "SHA256SUMS")
    return "".join(f"{file_digest(path)}  {path.name}\n" for path in files)


def _file(path: Path) -> dict[str, object]:
    return {"file": path.name, "bytes": path.stat().st_size, "sha256": file_digest(path)}
