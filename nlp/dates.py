"""Dates as Vietnamese news prints them, found in running text by our own grammar.

dateparser is right on page stamps but wrong on running text (`90 năm Ngày` becomes 1932), so numeric dates, `ngày D
tháng M năm Y`, months, years and pairs of dates in brackets are read here, in folded text (`nlp.fold.fold`). A date is
ISO as far as stated: `2014-04-07`, `2014-04`, `08-19`, `1945`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import regex

_DAY = r"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_YEAR = r"(?P<y>1[0-9]\d\d|20\d\d)(?!\d)"
_SEPARATOR = r"\s?[/.\-]\s?"
_MONTH_NAMES = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_MONTH_NAME = rf"(?P<mn>{'|'.join(sorted(_MONTH_NAMES, key=len, reverse=True))})(?!\w)"

FULL = regex.compile(rf"{_DAY}\s?[/.\-]{{1,2}}\s?{_MONTH}\s?[/.\-]{{1,2}}\s?{_YEAR}")
WORDS = regex.compile(rf"{_DAY}\s+tháng\s+(?:{_MONTH}|{_MONTH_NAME})(?:\s*[/,.-]|\s+năm)?\s*{_YEAR}")
ISO = regex.compile(r"(?<!\d)(?P<y>1[0-9]\d\d|20\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
# Not the beginning of a full date, of a thousands number or of a share: `2/9/1945`, `3.250`, `5.5%`.
_NO_YEAR_BEHIND = r"(?![.,]?\d|\s?%|(?:\s?[/\-]\s?|\.)(?:1[0-9]\d\d|20\d\d|\d\d)(?!\d|\s?[/.\-]\s?\d))"
_DAY_AND_MONTH = regex.compile(
    rf"{_DAY}(?:{_SEPARATOR}{_MONTH}{_NO_YEAR_BEHIND}|\s+tháng\s+(?:{_MONTH}|{_MONTH_NAME})(?!\d))"
)
_MONTH_AND_YEAR = regex.compile(
    rf"(?:tháng\s+)?(?<!\d)(?:{_MONTH}|(?<=tháng\s){_MONTH_NAME})(?:\s?[/.\-]\s?|\s+năm\s+){_YEAR}"
)
_YEAR_ALONE = regex.compile(rf"(?:năm\s+)?(?<!\d){_YEAR}")

_FORMS = (FULL, WORDS, ISO, _DAY_AND_MONTH, _MONTH_AND_YEAR, _YEAR_ALONE)
_DAY_WORD = regex.compile(r"(?:(?:từ|đến|vào)\s+)?(?:ngày\s*)?(?:(?:mùng|mồng)\s+)?")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at `start`:`end`, ISO as far as stated."""

    start: int
    end: int
    iso: str


@dataclass(frozen=True, slots=True)
class DateBracket:
    """What a bracket after an event states: `(19/8/1945 - 19/8/2022)`. `first` is None where it cannot be read.

    `start` is the bracket's own, `end` the character after it. `second` is None for a bracket with one date.
    """

    start: int
    end: int
    first: str | None
    second: str | None = None


def iso_day(year: int, month: int, day: int) -> str | None:
    """Return the ISO form of a day, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def find_full_dates(folded: str, start: int = 0, end: int | None = None) -> list[FoundDate]:
    """Return the dates with day, month and year in folded text, in order."""
    stop = len(folded) if end is None else end
    found = [
        FoundDate(m.start(), m.end(), iso)
        for pattern in (FULL, WORDS, ISO)
        for m in pattern.finditer(folded, start, stop)
        if (iso := _iso(m))
    ]
    return sorted(found, key=lambda f: f.start)


def date_at(folded: str, position: int, end: int | None = None) -> FoundDate | None:
    """Return the date that starts at `position`, day words (`ngày`, `mùng`) included, as exactly as it is stated.

    A number that is no date (`31/02/2022`, `30/19`) gives None.
    """
    stop = len(folded) if end is None else end
    lead = _DAY_WORD.match(folded, position, stop)
    body = lead.end() if lead else position
    for form in _FORMS:
        m = form.match(folded, body, stop)
        if m and (iso := _iso(m)):
            return FoundDate(position, m.end(), iso)
    return None


_OPEN = regex.compile(r"\s{0,2}[(\[]\s?")
_DASH = regex.compile(r"\s{0,2}-\s{0,2}(?=\d)")
_BETWEEN = regex.compile(r"\s{0,2}(?:-{1,2}|/|;|,|~|–|đến|tới|và)?\s{0,2}")
_CLOSE = regex.compile(r"\s?[)\]]")
_NO_WORDS = regex.compile(r"[\d\s/.\-,;()]{4,60}")
_LONGEST_BRACKET = 70


def bracket_at(folded: str, position: int) -> DateBracket | None:
    """Return the bracket of one or two dates that follows at `position` (after at most two spaces), or None.

    A bracket that was not closed ends with its last date. One whose first date is misprinted (`(11-6/-948 -
    11-6-2018)`) has `first` None; `second` is then the last date in it.
    """
    opened = _OPEN.match(folded, position)
    if not opened:
        return None
    limit = min(len(folded), opened.end() + _LONGEST_BRACKET)
    start = position + len(opened[0]) - len(opened[0].lstrip())
    first = date_at(folded, opened.end(), limit)
    if first:
        closed = _CLOSE.match(folded, first.end)
        if closed:
            return DateBracket(start, closed.end(), first.iso)
        between = _BETWEEN.match(folded, first.end)
        second = date_at(folded, between.end(), limit) if between and between.end() > first.end else None
        if second:
            closed = _CLOSE.match(folded, second.end)
            if closed:
                return DateBracket(start, closed.end(), first.iso, second.iso)
            if len(second.iso) >= 4 and not regex.match(r"\s?[\w/.-]*\d", folded[second.end : second.end + 4]):
                return DateBracket(start, second.end, first.iso, second.iso)
    return _misprinted(folded, start, opened.end(), limit)


def pair_at(folded: str, position: int) -> DateBracket | None:
    """Return two full dates that follow at `position` without brackets: `20/11/1982 - 20/11/2017`, or None."""
    first = date_at(folded, position)
    dash = _DASH.match(folded, first.end) if first and len(first.iso) == 10 else None
    second = date_at(folded, dash.end()) if dash else None
    if not first or not second or len(second.iso) != 10:
        return None
    return DateBracket(position, second.end, first.iso, second.iso)


def _misprinted(folded: str, start: int, body: int, limit: int) -> DateBracket | None:
    closing = folded.find(")", body, limit)
    if closing < 0 or not _NO_WORDS.fullmatch(folded, body, closing):
        return None
    dates = find_full_dates(folded, body, closing)
    if not dates:
        return None
    return DateBracket(start, closing + 1, None, dates[-1].iso)


def read_day(text: str) -> date | None:
    """Return the first full date in a date line or ISO timestamp, or None."""
    found = find_full_dates(text.casefold())
    return date.fromisoformat(found[0].iso) if found else None


def year_of(iso: str | None) -> int | None:
    """Return the year of a date as far as stated, or None (`08-19` has none)."""
    return int(iso[:4]) if iso and (len(iso) == 4 or iso[4:5] == "-") else None


def month_and_day(iso: str | None) -> str | None:
    """Return `MM-DD` of a date as far as stated, or None (`1945` has none)."""
    if iso and len(iso) in (5, 10):
        return iso[-5:]
    return None


def with_year(month_day: str, year: int) -> str | None:
    """Return the day of `MM-DD` in a year, or None where that year has no such day."""
    month, day = map(int, month_day.split("-"))
    return iso_day(year, month, day)


def more_exact(*stated: str | None) -> str | None:
    """Return what several statements of one date say together: a full day, else day or month with the year, else any.

    `more_exact("1945", "09-02")` is `1945-09-02`. Of two that contradict each other the first holds.
    """
    known = [s for s in stated if s]
    if not known:
        return None
    for iso in known:
        if len(iso) == 10:
            return iso
    years: Iterator[int] = (y for s in known if (y := year_of(s)))
    days: Iterator[str] = (d for s in known if (d := month_and_day(s)))
    year, day = next(years, None), next(days, None)
    if year and day:
        return with_year(day, year)
    return max(known, key=lambda s: (len(s) == 7, -known.index(s)))


def _iso(m: "regex.Match[str]") -> str | None:
    groups = m.groupdict()
    year, day = groups.get("y"), groups.get("d")
    month = int(groups["m"]) if groups.get("m") else _MONTH_NAMES.get(groups.get("mn") or "")
    if year and month and day:
        return iso_day(int(year), month, int(day))
    if month and day:
        return f"{month:02}-{int(day):02}" if iso_day(2000, month, int(day)) else None
    if year and month:
        return f"{year}-{month:02}"
    return year
