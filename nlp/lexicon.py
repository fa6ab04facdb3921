"""Tables of the field: `data/lexicon/*.csv` as rows, with errors that name the file, the line and the column."""

import csv
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import data
from nlp.fold import nfc


class LexiconError(ValueError):
    """A table of the lexicon cannot be read. The message names file, line and column and says what to do."""


@dataclass(frozen=True, slots=True)
class Row(Mapping[str, str]):
    """One line of a table: column → text (NFC, stripped, "" where empty). Knows where it stands, for messages."""

    cells: Mapping[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        try:
            return self.cells[column]
        except KeyError:
            raise LexiconError(f"{self.file}: no column {column!r}; the table has {', '.join(self.cells)}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def __hash__(self) -> int:
        return hash((self.file, self.line))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and (self.file, self.line) == (other.file, other.line)

    def items_of(self, column: str, separator: str = "|") -> tuple[str, ...]:
        """Return the parts of a cell that holds several values (`a|b|c`), without empty ones."""
        return tuple(part for part in map(str.strip, self[column].split(separator)) if part)

    def day(self, column: str, *, end: bool = False) -> date | None:
        """Return a cell of the form `2014`, `2014-04` or `2014-04-07` as a day, or None where it is empty.

        A year or month alone is its first day, or with `end` its last.
        Raises LexiconError when the cell is no date.
        """
        cell = self[column]
        if not cell:
            return None
        try:
            match [int(part) for part in cell.split("-")]:
                case [year, month, day]:
                    return date(year, month, day)
                case [year, month]:
                    return date(year, month, monthrange(year, month)[1] if end else 1)
                case [year]:
                    return date(year, 12, 31) if end else date(year, 1, 1)
        except ValueError:
            pass
        raise LexiconError(f"{self.file}:{self.line}: {column}: {cell!r} is no date; write 2014, 2014-04 or 2014-04-07")


@cache
def table(name: str, folder: Path = data.LEXICON) -> tuple[Row, ...]:
    """Return the rows of `<folder>/<name>.csv` (UTF-8, comma-separated, first line the column names).

    Raises LexiconError when the file is missing, is not UTF-8, or a line has more or fewer cells than the header.
    """
    path = folder / f"{name}.csv"
    shown = f"lexicon/{name}.csv"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise LexiconError(f"{path}: no such table; the lexicon's tables lie in {folder}") from None
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    reader = csv.reader(text.splitlines())
    header = next(reader, None)
    if not header:
        raise LexiconError(f"{shown}: empty; the first line must hold the column names")
    rows = []
    for line in reader:
        if not line:
            continue
        if len(line) != len(header):
            raise LexiconError(
                f"{shown}:{reader.line_num}: {len(line)} cells where the header has {len(header)} columns; "
                "quote cells that hold a comma"
            )
        cells = {column: nfc(cell).strip() for column, cell in zip(header, line, strict=True)}
        rows.append(Row(cells, shown, reader.line_num))
    return tuple(rows)
