"""Publication dates as Vietnamese pages print them: ``Thứ 6, 22/07/2022 | 18:42:37``, ``Cập nhật lúc: 22:21:08 -
18/01/2020``.

Numeric forms are day before month (our own grammar: general readers swap them, and dateparser 1.5 misses time-first
forms); the
printed weekday is the checksum that can turn a reading round. dateparser reads only relative words (``3 giờ
trước``), and only
when the caller knows when the page was fetched.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.page_tables import calendar, calendar_pattern, label_pattern

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR, LAST_YEAR = 1996, 2100
"""Vietnam went online in 1997; a year outside is an anniversary or a slip, not a date of publication."""

LONGEST = 160
"""Characters of a line that can still be a date line with its counters and labels."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date of publication read from a line.

    `value` is ISO 8601: with offset when a time of day is printed, ``YYYY-MM-DD`` when only a day is. `label` is
    ``published``,
    ``updated`` or empty. `extra` counts the letters of the line that are neither date nor a known label: a sentence
    has many.
    `weekday_agrees` is None where no weekday is printed.
    """

    raw: str
    value: str
    day: dt.date
    has_time: bool
    label: str
    extra: int
    start: int
    end: int
    weekday_agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    day: dt.date
    start: int
    end: int
    time: dt.time | None = None
    offset: dt.tzinfo | None = None


@cache
def _grammar() -> re.Pattern[str]:
    month = calendar_pattern("month")
    english = calendar_pattern("english_month")
    return re.compile(
        rf"""
        (?P<iso>(?<!\d)(?P<iy>\d{{4}})[-/](?P<im>\d{{1,2}})[-/](?P<id>\d{{1,2}})(?!\d)
            (?:[T\s]+(?P<it>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:\.\d+)?\s*(?P<iz>Z|[+-]\d{{2}}:?\d{{2}})?)?)
        |(?P<dmy>(?<![\d/.])(?P<a>\d{{1,2}})(?:(?P<sep>\s*[/.\-–]\s*)(?P<b>\d{{1,2}})\s*[/.\-–]\s*|\s(?P<b2>\d{{2}})\s)(?P<y>\d{{4}})(?!\d))
        |(?P<word>(?<![\d/.])(?P<wd>\d{{1,2}})\s*[,/]?\s*(?:tháng|th[.]?)\s*(?P<wm>\d{{1,2}}|{month})\s*[,/]?\s*(?:năm\s*)?(?P<wy>\d{{4}})(?!\d))
        |(?P<lead>(?:tháng|th[.]?)\s*(?P<lm>\d{{1,2}}|{month})\s+(?P<ld>\d{{1,2}})\s*,\s*(?P<ly>\d{{4}})(?!\d))
        |(?P<en>\b(?P<em>{english})\.?\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<ey>\d{{4}})(?!\d))
        |(?P<en2>(?<!\d)(?P<fd>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<fm>{english})\.?,?[\s-]+(?P<fy>\d{{4}})(?!\d))
        """,
        re.VERBOSE | re.IGNORECASE,
    )


_NUMERIC = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)")
_QUICK = re.compile(
    r"\d{1,2}\s*[/.\-–]\s*\d{1,2}\s*[/.\-–]\s*\d{4}|\d{4}[-/]\d\d?[-/]\d|\d\d \d\d \d{4}"
    r"|[^\W\d]\.?\s*\d{1,2}?(?:st|nd|rd|th)?[\s,]+\s*\d{4}|\d{1,2}\s*,?\s*th[áa.\d]",
    re.IGNORECASE,
)


@cache
def _clock() -> re.Pattern[str]:
    half = f"(?:{calendar_pattern('afternoon')}|{calendar_pattern('morning')})"
    return re.compile(
        rf"(?<![\d:/.])(?P<h>[01]?\d|2[0-4])\s*(?P<mark>:|giờ|h|g)\s*(?P<m>[0-5]?\d)?(?!\d)"
        rf"(?:\s*(?:[:'’]|phút)\s*(?P<s>[0-5]?\d)(?!\d))?['’]?(?:\s*phút)?\s*(?P<half>\b{half}\b)?",
        re.IGNORECASE,
    )


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){calendar_pattern('weekday')}(?!\w)", re.IGNORECASE)


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"(?<!\w){label_pattern(kind)}(?!\w)", re.IGNORECASE))
        for kind in ("not_date", "published", "updated")
    )


@cache
def _furniture() -> re.Pattern[str]:
    """What may stand beside a date without making the line a sentence."""
    views = label_pattern("views")
    people = label_pattern("poster", "editor", "author", "source")
    return re.compile(
        rf"(?:[\[(]?\s*(?:GMT|UTC)\s*[+:]?\s*0?7(?::?00)?\s*[\])]?)|(?:[+]0?7(?::?00)?)"
        rf"|(?:(?<!\w){people}\s*[:：][^|]{{0,60}}(?=[|]|$))"
        rf"|(?:\d[\d.,]*\s*{views}(?!\w))|(?:(?<!\w){views}\s*[:：]?\s*[(]?\d[\d.,]*[)]?)"
        rf"|(?:(?<!\w){views}\s*[:：]?(?!\w))"
        rf"|(?<!\w)(?:lúc|ngày|vào|giờ|hồi|on|at)(?!\w)",
        re.IGNORECASE,
    )


def may_hold_date(text: str) -> bool:
    """A quick test that lets nearly every line without a date pass by."""
    return len(text) <= LONGEST and _QUICK.search(text) is not None


def read_dateline(text: str, *, zone: dt.tzinfo = VIETNAM, loose: bool = False) -> Dateline | None:
    """The publication date that a line prints, or None.

    `text` is one line in NFC. With `loose` the caller knows from the page's markup that this is the date slot, so that
    `extra` does not matter to it; the grammar and its guards are the same. `zone` is given to times printed without
    offset.
    """
    if not loose and len(text) > LONGEST:
        return None
    readings = [_dated(text, found, zone) for found in _dates(text)]
    usable = [reading for reading in readings if reading is not None]
    if not usable:
        return None
    printed = {match.group() for match in _grammar().finditer(text)} | set(_NUMERIC.findall(text))
    if len(printed) > 1 and not any(reading.label for reading in usable):
        return None  # "19/5/1890 - 19/5/2020": a span, not a date line
    order = {"published": 0, "": 1, "updated": 2}
    return min(usable, key=lambda reading: (order[reading.label], reading.start))


def read_iso(text: str | None, *, zone: dt.tzinfo = VIETNAM) -> str | None:
    """`datetime` attributes and meta values: ISO 8601 (offsets turned to the zone of the site), else as a date line."""
    if not text:
        return None
    reading = read_dateline(text.strip()[:LONGEST], zone=zone, loose=True)
    return reading.value if reading else None


def read_relative(text: str, fetched_at: dt.datetime, *, zone: dt.tzinfo = VIETNAM) -> str | None:
    """``3 giờ trước``, ``Hôm qua``: ISO 8601 against the moment of fetching, a day alone for anything coarser than
    hours."""
    phrase = re.search(rf"(?:\d{{1,3}}\s+)?{calendar_pattern('relative')}", text, re.IGNORECASE)
    if phrase is None or len(text) > 60:
        return None
    base = fetched_at.astimezone(zone)
    moment = _relative(" ".join(phrase.group().casefold().split()), base.replace(tzinfo=None, microsecond=0))
    if moment is None:
        return None
    if re.search(r"giờ|phút|giây", phrase.group(), re.IGNORECASE):
        return moment.replace(tzinfo=zone).isoformat()
    return moment.date().isoformat()


def is_relative(text: str) -> bool:
    """A short line that tells the age of an article in relative words."""
    return (
        len(text) <= 40
        and re.fullmatch(rf"\W*(?:\d{{1,3}}\s+)?{calendar_pattern('relative')}\W*", text, re.IGNORECASE) is not None
    )


@lru_cache(maxsize=16)
def _parser(base: dt.datetime) -> DateDataParser:
    from dateparser.date import DateDataParser

    return DateDataParser(languages=["vi"], settings={"DATE_ORDER": "DMY", "RELATIVE_BASE": base})


@lru_cache(maxsize=512)
def _relative(phrase: str, base: dt.datetime) -> dt.datetime | None:
    found = _parser(base).get_date_data(phrase).date_obj
    return found.replace(microsecond=0) if found else None


def _dates(text: str) -> Iterator[_Found]:
    for match in _grammar().finditer(text):
        groups = match.groupdict()
        time: dt.time | None = None
        offset: dt.tzinfo | None = None
        if groups["iso"]:
            year, month, day = int(groups["iy"]), int(groups["im"]), int(groups["id"])
            if groups["it"]:
                time, offset = _iso_time(groups["it"]), _offset(groups["iz"])
        elif groups["dmy"]:
            year, month, day = int(groups["y"]), int(groups["b"] or groups["b2"]), int(groups["a"])
            day, month = _ordered(day, month, year, text)
        elif groups["word"]:
            year, month, day = int(groups["wy"]), _month(groups["wm"], "month"), int(groups["wd"])
        elif groups["lead"]:
            year, month, day = int(groups["ly"]), _month(groups["lm"], "month"), int(groups["ld"])
        elif groups["en"]:
            year, month, day = int(groups["ey"]), _month(groups["em"], "english_month"), int(groups["ed"])
        else:
            year, month, day = int(groups["fy"]), _month(groups["fm"], "english_month"), int(groups["fd"])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            continue
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        yield _Found(date, match.start(), match.end(), time, offset)


def _ordered(day: int, month: int, year: int, text: str) -> tuple[int, int]:
    """Day and month; turned round where the page is in American order, which a month over 12 or the weekday shows."""
    if month > 12 >= day:
        return month, day
    printed = _printed_weekday(text)
    if printed is None or day > 12 or month > 12:
        return day, month
    try:
        if dt.date(year, month, day).isoweekday() != printed and dt.date(year, day, month).isoweekday() == printed:
            return month, day
    except ValueError:
        return day, month
    return day, month


def _printed_weekday(text: str) -> int | None:
    match = _weekday().search(text)
    if match is None:
        return None
    word = " ".join(match.group().casefold().split())
    table = calendar("weekday")
    return table.get(word) or table.get(re.sub(r"(?<=\D)(?=\d)", " ", word).replace("t ", "t"))


def _month(word: str, kind: str) -> int:
    return int(word) if word.isdecimal() else calendar(kind).get(" ".join(word.casefold().split()), 0)


def _iso_time(text: str) -> dt.time | None:
    hour, minute, *second = (int(part) for part in text.split(":"))
    try:
        return dt.time(hour, minute, second[0] if second else 0)
    except ValueError:
        return None


def _offset(text: str | None) -> dt.tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return dt.UTC
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return dt.timezone(dt.timedelta(minutes=-minutes if text[0] == "-" else minutes)) if minutes < 24 * 60 else None


def _dated(text: str, found: _Found, zone: dt.tzinfo) -> Dateline | None:
    before = text[max(0, found.start - 45) : found.start]
    label, label_span = _label(before)
    if label == "not_date":
        return None
    start, end, time = found.start, found.end, found.time
    if time is None:
        start, end, time = _with_time(text, found)
    day = found.day
    if time is None:
        value = day.isoformat()
    else:
        moment = dt.datetime.combine(day, time, tzinfo=found.offset or zone).astimezone(zone)
        value, day = moment.isoformat(), moment.date()
    rest = text[:start] + " " + text[end:]
    if label_span:
        offset = max(0, found.start - 45)
        cut_to = min(offset + label_span[1], len(text))
        head = text[: offset + label_span[0]] + " " + text[cut_to:start] if cut_to <= start else text[:start]
        rest = head + " " + text[end:]
    rest = _furniture().sub(" ", _weekday().sub(" ", rest))
    for _, pattern in _labels()[1:]:
        rest = pattern.sub(" ", rest)
    printed = _printed_weekday(text)
    return Dateline(
        raw=_raw(text, start, end),
        value=value,
        day=day,
        has_time=time is not None,
        label=label,
        extra=sum(1 for letter in rest if letter.isalpha()),
        start=start,
        end=end,
        weekday_agrees=None if printed is None else printed == found.day.isoweekday(),
    )


def _raw(text: str, start: int, end: int) -> str:
    """The date with its weekday, as printed."""
    weekday = _weekday().search(text)
    if weekday and weekday.start() < start and start - weekday.end() <= 12:
        start = weekday.start()
    elif weekday and weekday.start() >= end and weekday.start() - end <= 4:
        end = weekday.end()
    return text[start:end].strip()


def _label(before: str) -> tuple[str, tuple[int, int] | None]:
    """The last label before a date, and where it stands."""
    best: tuple[int, int, str, tuple[int, int]] | None = None
    for kind, pattern in _labels():
        for match in pattern.finditer(before):
            if best is None or (match.end(), match.end() - match.start()) > best[:2]:
                best = (match.end(), match.end() - match.start(), kind, match.span())
    return (best[2], best[3]) if best else ("", None)


def _with_time(text: str, found: _Found) -> tuple[int, int, dt.time | None]:
    """The time of day printed next to a date, on either side, and the stretch that both cover."""
    after = [m for m in _clock().finditer(text, found.end) if m.start() - found.end <= 30]
    before = [m for m in _clock().finditer(text[: found.start]) if found.start - m.end() <= 30]
    for match in [*after[:1], *before[-1:]]:
        between = text[found.end : match.start()] if match.start() >= found.end else text[match.end() : found.start]
        between = _furniture().sub(" ", _weekday().sub(" ", between))
        for _, pattern in _labels()[1:]:
            between = pattern.sub(" ", between)
        time = _time_of(match)
        if time is None or any(letter.isalnum() for letter in between):
            continue
        return min(found.start, match.start()), max(found.end, match.end()), time
    return found.start, found.end, None


def _time_of(match: re.Match[str]) -> dt.time | None:
    hour, minute = int(match["h"]), match["m"]
    if minute is None and match["mark"] == ":":
        return None
    half = (match["half"] or "").casefold()
    if half and hour <= 12:
        hour = hour % 12 + calendar("afternoon").get(half, 0)
    try:
        return dt.time(hour % 24 if hour == 24 else hour, int(minute or 0), int(match["s"] or 0))
    except ValueError:
        return None
