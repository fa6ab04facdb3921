"""Events that are commemorated every year: `data/lexicon/anniversaries.csv`.

The table names an event and says when it happened; it never fills a date that an article leaves unsaid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from nlp.fold import key
from nlp.lexicon import LexiconError, table
from nlp.scan import Pattern

KIND = "anniversary.event"


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the table. `date` is ISO as far as known, `day` the `MM-DD` on which it is kept, both "" if none.

    `is_day`: the name calls itself a day (`Ngày Nhà giáo Việt Nam`), so that standing alone it is the commemoration;
    the others (`Cách mạng Tháng Tám`) are also told as history.
    """

    id: str
    name: str
    date: str
    day: str


_DAY_FORM = regex.compile(r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))?")


@cache
def events() -> dict[str, Event]:
    """Return the events by id. Raises LexiconError for a date that is none."""
    found: dict[str, Event] = {}
    for row in table("anniversaries"):
        row.day("event_date")
        if not _DAY_FORM.fullmatch(row["recurring_day"]):
            raise LexiconError(f"{row.file}:{row.line}: recurring_day: {row['recurring_day']!r}; write MM-DD")
        found[row["id"]] = Event(row["id"], row["name"], row["event_date"], row["recurring_day"])
    return found


def is_day(name: str) -> bool:
    """Tell whether a name standing alone is a commemoration: `Ngày Nhà giáo Việt Nam`, `Quốc khánh`, `Giỗ Tổ`."""
    return key(name).startswith(("ngày ", "quốc khánh", "giỗ tổ"))


def patterns() -> Iterator[Pattern]:
    """Yield the names of the events, in their dash and comma variants. Refs are ids."""
    for row in table("anniversaries"):
        for name in (row["name"], *row.items_of("aliases")):
            for spelling in _spellings(name):
                yield Pattern(spelling, KIND, row["id"])


@cache
def event_named(name: str) -> str | None:
    """Return the id of the one event that bears `name`, or None (also where two events share the name)."""
    return _by_name().get(_bare(name))


@cache
def _by_name() -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for row in table("anniversaries"):
        for name in (row["name"], *row.items_of("aliases")):
            bare = _bare(name)
            found[bare] = row["id"] if found.get(bare, row["id"]) == row["id"] else None
    return found


def _bare(name: str) -> str:
    return key(name).removeprefix("ngày ").replace(",", "").replace("-", " ")


def _spellings(name: str) -> set[str]:
    found = {name}
    if " - " in name:
        found |= {name.replace(" - ", mark) for mark in ("-", " -", "- ", ", ", " ")}
    if ", " in name:
        found.add(name.replace(", ", " "))
    return found
