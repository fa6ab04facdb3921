"""Is the lexicon sound? Finds double rows, references to nothing, spellings that two rows claim, impossible dates.

What each table must hold is declared in `TABLES`; the rows themselves are checked against it, and every problem names
file, line and column, so that a curator can go there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import data
from nlp.fold import key
from nlp.lexicon import LexiconError, Row, table


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a line of a table, and where."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a table must hold.

    `key`: columns that tell its rows apart. `spellings`: columns whose values (parted by `|`) must lead to one row;
    `apart`: columns that may part two rows of one spelling (`Châu Thành` is a district of many provinces).
    `refers`: column → `table.column` that must hold each of its values. `days`: columns of dates; `since` and `until`
    are the ones that bound a row's validity.
    """

    key: tuple[str, ...]
    spellings: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    refers: Mapping[str, str] | None = None
    days: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


def _valid(
    key: tuple[str, ...],
    spellings: tuple[str, ...] = (),
    *,
    apart: tuple[str, ...] = (),
    refers: Mapping[str, str] | None = None,
) -> Declared:
    """A table whose rows hold from a day to a day."""
    return Declared(key, spellings, apart, refers, ("valid_from", "valid_to"), "valid_from", "valid_to")


TABLES: dict[str, Declared] = {
    "anniversaries": Declared(("id",), ("name", "aliases"), days=("event_date",)),
    "award_forms": _valid(("id",), refers={"award": "awards.id"}),
    "award_grades": Declared(("phrase",)),
    "award_status": Declared(("cue",)),
    "awards": _valid(("id",), ("name", "aliases", "abbreviations"), apart=("authority",)),
    "campaigns": Declared(("id",), ("name", "aliases"), ("scope",), days=("launch_date",)),
    "districts": Declared(("name", "kind", "province"), refers={"province": "provinces.name"}, days=("valid_to",)),
    "document_types": Declared(("type", "system"), ("type", "aliases"), apart=("system",)),
    "event_types": Declared(("event", "cue")),
    "issuers": _valid(("suffix", "system", "name")),
    "laws": Declared(("type", "title"), ("title", "aliases"), apart=("type",)),
    "medal_names": Declared(("id",), ("name", "aliases"), days=("valid_to",)),
    "name_stops": Declared(("word",)),
    "name_words": Declared(("word",)),
    "open_heads": Declared(("head",), ("head", "aliases")),
    "organs": _valid(("name", "aliases"), ("aliases",)),
    "page_labels": Declared(("kind", "label")),
    "provinces": _valid(("id",), ("name", "aliases"), apart=("id",), refers={"merged_into": "provinces.name"}),
    "recipient_nouns": Declared(("noun",)),
    "sectors": Declared(("name",), ("name", "aliases"), apart=("heads",)),
    "surnames": Declared(("surname",)),
    "topic_words": Declared(("phrase",)),
}


def check(folder: Path = data.LEXICON) -> Iterator[Problem]:
    """Yield every problem of the lexicon in `folder`, table by table. A table that cannot be read is one problem."""
    readable: dict[str, tuple[Row, ...]] = {}
    for path in sorted(folder.glob("*.csv")):
        try:
            readable[path.stem] = table(path.stem, folder)
        except LexiconError as error:
            yield Problem(f"lexicon/{path.name}", 0, "", str(error))
    for name in TABLES:
        if name not in readable and not (folder / f"{name}.csv").exists():
            yield Problem(f"lexicon/{name}.csv", 0, "", "is missing; the reader needs it")
    for name, rows in readable.items():
        yield from _check_rows(rows, TABLES.get(name, Declared(())), readable)


def _check_rows(rows: tuple[Row, ...], declared: Declared, tables: Mapping[str, tuple[Row, ...]]) -> Iterator[Problem]:
    yield from _doubles(rows, declared)
    yield from _clashes(rows, declared)
    for row in rows:
        for column, target in (declared.refers or {}).items():
            yield from _broken(row, column, target, tables)
        yield from _dates(row, declared)


def _doubles(rows: tuple[Row, ...], declared: Declared) -> Iterator[Problem]:
    if not declared.key:
        return
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        own = tuple(row[column] for column in declared.key)
        if not any(own):
            yield Problem(row.file, row.line, declared.key[0], "is empty; every row needs it")
        elif (before := first.setdefault(own, row)) is not row:
            message = f"{' '.join(own)!r} stands at line {before.line} already"
            yield Problem(row.file, row.line, declared.key[0], message)


def _clashes(rows: tuple[Row, ...], declared: Declared) -> Iterator[Problem]:
    claimed: dict[tuple[str, ...], Row] = {}
    for row in rows:
        apart = tuple(row[column] for column in declared.apart)
        for column in declared.spellings:
            for spelling in row.items_of(column):
                before = claimed.setdefault((key(spelling), *apart), row)
                if before is not row:
                    yield Problem(
                        row.file, row.line, column, f"{spelling!r} leads to line {before.line} ({_name(before)}) too"
                    )


def _name(row: Row) -> str:
    return next(iter(row.values()))


def _broken(row: Row, column: str, target: str, tables: Mapping[str, tuple[Row, ...]]) -> Iterator[Problem]:
    name, _, other = target.partition(".")
    known = {held[other] for held in tables.get(name, ())}
    for value in row.items_of(column):
        if value not in known:
            yield Problem(row.file, row.line, column, f"{value!r} is no {other} in lexicon/{name}.csv")


def _dates(row: Row, declared: Declared) -> Iterator[Problem]:
    read: dict[str, date | None] = {}
    for column in declared.days:
        try:
            read[column] = row.day(column, end=column == declared.until)
        except LexiconError as error:
            yield Problem(row.file, row.line, column, str(error).split(": ", 2)[-1])
    since, until = read.get(declared.since or ""), read.get(declared.until or "")
    if since and until and since > until:
        yield Problem(row.file, row.line, declared.until or "", f"ends {until} before it begins {since}")
