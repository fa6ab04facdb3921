"""`thidua parse FILE...`: saved pages to JSON lines, without workspace or network."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines.commands.options import DONE, NOTHING, PARTLY
from pipelines.commands.say import note

FIELDS = ("title", "published_at", "published_raw", "published_source", "author", "source_credit", "text")


def parse_files(files: Sequence[Path]) -> int:
    """Print one JSON line a page: `file` and `FIELDS`, all null where the page is no article (its reason on stderr).

    An unreadable file is reported and the others are done. Returns the exit status.
    """
    unread = 0
    for file in files:
        try:
            body = file.read_bytes()
        except OSError as error:
            unread += 1
            note(f"{file}: cannot be read: {error.strerror or error}")
            continue
        try:
            row, reason = parse_body(body)
        except Exception as error:  # noqa: BLE001 - one page must not stop the others; it is named
            unread += 1
            note(f"{file}: cannot be parsed: {type(error).__name__}: {error}")
            continue
        if reason:
            note(f"{file}: no article: {reason}")
        _print({"file": str(file), **row})
    if unread == len(files):
        return NOTHING
    return PARTLY if unread else DONE


def parse_body(body: bytes) -> tuple[dict[str, Any], str | None]:
    """The fields of a saved page, and the reason why they are null if they are."""
    from crawler.page import parse_page

    parsed = parse_page(body)
    if parsed.article is None:
        return dict.fromkeys(FIELDS), parsed.reason or "no-article"
    return {name: getattr(parsed.article, name) for name in FIELDS}, None


def _print(row: dict[str, Any]) -> None:
    line = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
