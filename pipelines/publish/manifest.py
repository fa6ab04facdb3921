"""The manifest of a release: what was run, by which versions and rules, on which input, and what came of it."""

import json
import platform
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines import runs
from pipelines.storage import file_digest


def manifest(version: str, made: Mapping[str, Any], frames: Mapping[str, pd.DataFrame], writers: str) -> str:
    """The manifest as JSON; no time of writing stands in it.

    `made`: what `stages.assemble.assembled` says of the tables; `writers`: fingerprint of what writes releases.
    """
    told = {
        "name": "thidua",
        "version": version,
        "made_with": {
            **runs.package_versions(),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
        },
        "rules": {**made["rules"], "pipelines.publish": [writers]},
        "runs": made["runs"],
        "inputs": made["inputs"],
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
