"""The emulation years that an article reports on or launches: `[2021, 2022]`, a term as `"2014-2019"`."""

import regex

from nlp.article.events import lead_of
from nlp.dates import find_full_dates, year_of
from nlp.reading import Reading
from nlp.values import Anniversary, Directive

_TERM = regex.compile(
    r"(?<!\w)(?:giai đoạn|nhiệm kì(?:\s\p{L}{1,4})?|trong)\s?\(?(?P<a>(?:19|20)\d\d)\s{0,2}-\s{0,2}(?P<b>(?:19|"
    r"20)\d\d)(?!\d)"
)
_YEAR = regex.compile(r"(?<!\w)năm\s(?P<a>(?:19|20)\d\d)(?!\d|\s{0,2}-\s{0,2}20\d\d)")
_SCHOOL_YEAR = regex.compile(r"(?<!\w)năm học\s(?P<a>20\d\d)\s{0,2}-\s{0,2}(?P<b>20\d\d)(?!\d)")
_AND_YEAR = regex.compile(r"(?:yêu nước|thi đua|khen thưởng|tị|hợi|tuất|dậu)\s(?P<a>20\d\d)(?!\d)")
_HISTORY = regex.compile(
    r"(?<!\w)(?:từ|thành lập|trước|ngày \d{1,2} tháng \d{1,2}|tháng \d{1,2}|tháng \d{1,2}/?|lần đầu(?: vào)?|đến|"
    r"hết|sinh|luật|so với(?: cùng kì)?|(?<!tháng )cuối|(?<!tháng )đầu)\s$"
)
_SPAN = 2
_LEAD_SENTENCES = 4
_FIRST_YEAR = 2003  # the first law on emulation and commendation; earlier years are history


def emulation_years(reading: Reading) -> list[int | str]:
    """Return the years in order, terms first; empty where the article states none."""
    lead = lead_of(reading, _LEAD_SENTENCES)
    others = [(m.start, m.end) for m in reading.mentions if isinstance(m.value, Directive | Anniversary)]
    terms = _terms(reading, lead.end, others)
    years = {y for y in _stated(reading, 0, lead.end, others) if y >= _FIRST_YEAR}
    if not years and not terms:
        years = {
            y
            for f in find_full_dates(reading.folded, 0, lead.end)
            if not _within(f.start, others)
            if (y := year_of(f.iso))
        }
        years = years or {r.year for r in reading.records if r.year and _is_stated(reading, r.year)}
        years = {y for y in years if y >= _FIRST_YEAR} or _commemorated(reading, lead.end)
    if terms and "congress" in reading.facts.event_types:
        years = set()  # a congress looks back on its term
    if years:
        latest = max(*years, *(int(t[5:]) for t in terms)) if terms else max(years)
        years = {y for y in years if y >= latest - _SPAN}
    return [*terms, *sorted(years)]


def _terms(reading: Reading, end: int, others: list[tuple[int, int]]) -> list[str]:
    found = [m for m in _TERM.finditer(reading.folded, 0, end) if not _within(m.start(), others)]
    return list(
        dict.fromkeys(
            f"{m['a']}-{m['b']}" for m in found if 1 <= int(m["b"]) - int(m["a"]) <= 10 and int(m["b"]) > _FIRST_YEAR
        )
    )


def _stated(reading: Reading, start: int, end: int, others: list[tuple[int, int]]) -> set[int]:
    years: set[int] = set()
    for pattern in (_YEAR, _AND_YEAR):
        for m in pattern.finditer(reading.folded, start, end):
            before = reading.folded[max(0, m.start() - 22) : m.start()]
            if not _within(m.start(), others) and not _HISTORY.search(before):
                years.add(int(m["a"]))
    for m in _SCHOOL_YEAR.finditer(reading.folded, start, end):
        if not _within(m.start(), others):
            years.add(int(m["b"]))
    return years


def _commemorated(reading: Reading, end: int) -> set[int]:
    """Return the years in which the anniversaries of the lead are held, where nothing else tells a year."""
    held = (m.value.anniversary_date for m in reading.mentions if isinstance(m.value, Anniversary) and m.start < end)
    return {y for iso in held if (y := year_of(iso))}


def _is_stated(reading: Reading, year: int) -> bool:
    return f"năm {year}" in reading.folded


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
