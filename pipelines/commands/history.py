"""`thidua runs`: what ran in a workspace, when, and what came of it; `thidua sites health`: how its sites fare."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines import runs
from pipelines.commands.options import DONE, PARTLY
from pipelines.commands.say import as_json, note
from pipelines.workspace import open_workspace


def list_runs(root: Path, most: int, *, json_out: bool) -> int:
    """Print a line a run, newest first."""
    workspace = open_workspace(root, create=False)
    found = runs.history(workspace, most)
    if json_out:
        as_json({"runs": [_run_as_json(run) for run in found]})
        return DONE
    if not found:
        note("no run yet")
    head = ("RUN", "STARTED", "TOOK", "COMMAND", "OUTCOME", "WHAT IT DID")
    _print_table(
        [
            head,
            *((r.run_id, _moment(r.started), _took(r), r.command, r.outcome, summary(r.counts) or "-") for r in found),
        ]
    )
    return DONE


def summary(counts: dict[str, Any]) -> str:
    """What a run counted, in a few words: `76 requests, 53 fetched, 2 failed; parse 52 article`."""
    told = []
    if "crawl" in counts:
        crawl = counts["crawl"]
        troubled = sum(1 for site in crawl["sites"].values() if site.get("gave_up") or site.get("error"))
        words = [f"{len(crawl['sites'])} sites", *(f"{crawl[name]:,} {name}" for name in ("requests", "fetched"))]
        words += [f"{crawl['failed']:,} failed"] if crawl["failed"] else []
        words += [f"{troubled} sites left early"] if troubled else []
        told.append(", ".join(words))
    for stage, made in counts.items():
        if stage != "crawl":
            failed = sum(made["failed"].values())
            told.append(f"{stage} {made['parts_done']} made" + (f", {failed:,} failed" if failed else ""))
    return "; ".join(told)


def _run_as_json(run: runs.PastRun) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "command": run.command,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "outcome": run.outcome,
        "counts": run.counts,
    }


def _took(run: runs.PastRun) -> str:
    return str(run.ended - run.started) if run.ended else "-"


def site_health(root: Path, ids: Sequence[str], *, json_out: bool) -> int:
    """Print a line a site: state, last success, last new article, seen against expected, errors, and why.

    Returns PARTLY when a site is in a hard state, so that a script can ask.
    """
    from crawler.health import read_health

    workspace = open_workspace(root, create=False)
    rows = read_health(workspace.state, ids or None) if workspace.state.exists() else []
    if json_out:
        as_json(
            {
                "sites": [
                    {
                        "site_id": row.site_id,
                        "state": row.state,
                        "hard": row.hard,
                        "reason": row.reason,
                        "runs": row.runs,
                        "last_success": row.last_success.isoformat() if row.last_success else None,
                        "last_new_article": row.last_new_article.isoformat() if row.last_new_article else None,
                        "seen": row.seen,
                        "expected": row.expected,
                        "errors": row.errors,
                    }
                    for row in rows
                ]
            }
        )
    else:
        if not rows:
            note("no site was crawled yet")
        table = [("SITE", "STATE", "LAST SUCCESS", "LAST NEW", "SEEN/WEEK", "EXPECTED", "ERRORS", "WHY")]
        for row in sorted(rows, key=lambda row: (not row.hard, row.state in {"well", "learning"}, row.site_id)):
            expected = "-" if row.expected is None else f"{row.expected:g}"
            errors = ", ".join(f"{name.removeprefix('failed:')} {count}" for name, count in row.errors.items()) or "-"
            last = (_moment(row.last_success), _moment(row.last_new_article))
            state = f"{row.state}!" if row.hard else row.state
            table.append((row.site_id, state, *last, str(row.seen), expected, errors, row.reason))
        _print_table(table)
    return PARTLY if any(row.hard for row in rows) else DONE


def _moment(time: dt.datetime | None) -> str:
    """A time by the reader's clock."""
    return f"{time.astimezone():%Y-%m-%d %H:%M}" if time else "-"


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
