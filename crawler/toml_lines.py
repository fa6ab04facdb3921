"""Where in a TOML file a value stands: what turns "start.listing.0.url is wrong" into "line 14"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

Place = tuple[str | int, ...]
"""Path of a value: names of tables and keys, and numbers in arrays of tables: `("start", "listing", 0, "url")`."""

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_PROBE = "probe"


def syntax_error_line(error: tomllib.TOMLDecodeError) -> int | None:
    """Line of a syntax error. `tomllib` states it only in its message (attributes came with Python 3.14)."""
    found = re.search(r"\(at line (\d+)", str(error))
    return int(found[1]) if found else None


def places(text: str) -> dict[Place, int]:
    """Line (from 1) of each table header and each key of a TOML text that `tomllib` accepts.

    Statements are told apart by asking `tomllib` itself whether the lines gathered so far are complete, so that a
    multi-line string or array that holds lines like `key = ...` cannot mislead.
    """
    found: dict[Place, int] = {}
    table: Place = ()
    counts: dict[Place, int] = {}
    pending: list[str] = []
    began = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not pending:
            header = _HEADER.match(line)
            if header:
                table = _enter(header, counts)
                found.setdefault(table, number)
                continue
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            began = number
        pending.append(line)
        try:
            statement = tomllib.loads("\n".join(pending))
        except tomllib.TOMLDecodeError:
            continue
        pending = []
        for place in _keys(statement):
            found.setdefault((*table, *place), began)
    return found


def line_of(found: Mapping[Place, int], place: Place) -> int | None:
    """Line of `place`, or of the nearest thing around it that stands in the file (a missing key: its table)."""
    for length in range(len(place), 0, -1):
        if place[:length] in found:
            return found[place[:length]]
    return None


def _enter(header: re.Match[str], counts: dict[Place, int]) -> Place:
    names = _names(header[2])
    place: Place = ()
    for depth, name in enumerate(names):
        place = (*place, name)
        last = depth == len(names) - 1
        if last and header[1] == "[[":
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _names(dotted: str) -> list[str]:
    table: object = tomllib.loads(f"{dotted} = '{_PROBE}'")
    names = []
    while isinstance(table, dict):
        name, table = next(iter(table.items()))
        names.append(name)
    return names


def _keys(value: object, around: Place = ()) -> list[Place]:
    """Paths of all keys inside one statement (dotted keys and inline tables hold several)."""
    inside: list[Place] = []
    if isinstance(value, dict):
        for key, child in value.items():
            inside.append((*around, key))
            inside += _keys(child, (*around, key))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            inside += _keys(child, (*around, number))
    return inside
