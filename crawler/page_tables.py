"""The tables under ``data/lexicon/page_*.csv`` that the page parser works with, read once.

What a page says around an article (labels, weekday names, widgets, class names, marks of a family) is knowledge and
stands in
tables; how a date line or a byline is built is grammar and stands in code.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

import data

PAGE_TABLES = ("page_calendar", "page_labels", "page_chrome", "page_roles", "page_marks")


def table_path(name: str) -> Path:
    """Where a table of PAGE_TABLES stands."""
    return data.LEXICON / f"{name}.csv"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table (NFC, cells stripped). Raises ValueError naming file and line when a row has no first
    cell."""
    path = table_path(name)
    found: list[dict[str, str]] = []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            cells = {key: unicodedata.normalize("NFC", (value or "").strip()) for key, value in row.items() if key}
            if not next(iter(cells.values()), ""):
                raise ValueError(f"{path}: line {len(found) + 2}: the first cell is empty; fill it or delete the line")
            found.append(cells)
    return tuple(found)


@cache
def labels(kind: str) -> tuple[str, ...]:
    """Labels of a kind in page_labels.csv, casefolded, longest first."""
    found = {row["label"].casefold() for row in rows("page_labels") if row["kind"] == kind}
    return tuple(sorted(found, key=lambda label: (-len(label), label)))


@cache
def label_pattern(*kinds: str) -> str:
    """A regular expression (no groups) for any label of the kinds; blanks in labels match any blanks."""
    found = {label for kind in kinds for label in labels(kind)}
    ordered = sorted(found, key=lambda label: (-len(label), label))
    return "(?:" + "|".join(re.escape(label).replace(r"\ ", r"\s+") for label in ordered) + ")"


@cache
def calendar(kind: str) -> dict[str, int]:
    """Words of a kind in page_calendar.csv, casefolded, with their number (0 where the table gives none)."""
    return {row["word"].casefold(): int(row["value"] or 0) for row in rows("page_calendar") if row["kind"] == kind}


@cache
def calendar_pattern(kind: str) -> str:
    """A regular expression (no groups) for the words of a kind, longest first."""
    ordered = sorted(calendar(kind), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in ordered) + ")"
