"""Dates and numbers as Vietnamese news prints them, found in running text by our own grammar.

dateparser is right on page stamps but wrong on running text (`90 năm Ngày` becomes 1932), so numeric dates, `ngày D
tháng M năm Y`, years and periods are read here. A date is ISO as far as stated:
`2014-04-07`, `2014-04`, `08-19`, `1945`.
"""

from dataclasses import dataclass
from datetime import date

import regex

_DAY = r"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_YEAR = r"(?P<y>1[89]\d\d|20\d\d)(?!\d)"
_SEPARATOR = r"\s?[/.\-]\s?"

FULL = regex.compile(rf"{_DAY}\s?(?P<sep>[/.\-])\s?{_MONTH}\s?(?P=sep)\s?{_YEAR}")
WORDS = regex.compile(rf"{_DAY}\s+tháng\s+{_MONTH}(?:\s+năm|\s?[/,])?\s+{_YEAR}")
ISO = regex.compile(r"(?<!\d)(?P<y>1[89]\d\d|20\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at `start`:`end`, ISO as far as stated."""

    start: int
    end: int
    iso: str


def iso_day(year: int, month: int, day: int) -> str | None:
    """Return the ISO form of a day, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def find_full_dates(folded: str, start: int = 0, end: int | None = None) -> list[FoundDate]:
    """Return the dates with day, month and year in folded text, in order."""
    found = []
    for pattern in (FULL, WORDS, ISO):
        for m in pattern.finditer(folded, start, len(folded) if end is None else end):
            iso = iso_day(int(m["y"]), int(m["m"]), int(m["d"]))
            if iso:
                found.append(FoundDate(m.start(), m.end(), iso))
    return sorted(found, key=lambda f: f.start)


def read_day(text: str) -> date | None:
    """Return the first full date in a date line or ISO timestamp, or None."""
    found = find_full_dates(text.casefold())
    return date.fromisoformat(found[0].iso) if found else None
