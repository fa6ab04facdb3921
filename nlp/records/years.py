"""The year that an award is for or given in: stated in its clause, else that of the event where it is given there."""

import regex

from nlp.dates import find_full_dates, year_of
from nlp.reading import Reading
from nlp.values import Anniversary, Directive

_YEAR = regex.compile(r"(?<!\w)(?:năm|năm học)\s(?P<a>(?:19|20)\d\d)(?:\s?-\s?(?P<b>(?:19|20)\d\d))?(?!\d)")
_AT_ONCE = regex.compile(
    r"[^.;,\n\d]{0,40}?\(?(?:năm|năm học)?\s?(?P<a>(?:19|20)\d\d)(?:\s?-\s?(?P<b>(?:19|20)\d\d))?(?![\d/-])"
)
_ON_THE_SPOT = regex.compile(
    r"(?<!\w)(?:nhân dịp này|dịp này|tại (?:buổi )?(?:lễ|hội nghị|đại hội|chương trình)|buổi lễ)(?!\w)"
)
_REVIEW = regex.compile(r"(?<!\w)(?:tổng kết|sơ kết|tháng đầu năm|tháng cuối năm)(?!\w)")
_SINCE = regex.compile(r"(?<!\w)(?:từ|đến|giai đoạn|trước|sau|thành lập|trong hai|trong \d+)\s$")
_LEAD_SENTENCES = 3
_FAR = 160
_FIRST_YEAR = 2003  # the first law on emulation and commendation; earlier years in a lead are history


def year_near(reading: Reading, start: int, end: int, bounds: tuple[int, int]) -> int | None:
    """Return the year stated for the award at `start`:`end` within `bounds` (its sentence), or None.

    A year right after the award goes first, then one before it in its clause, then a later one of its clause. A
    school year counts as its second year.
    """
    folded = reading.folded
    close = _AT_ONCE.match(folded, end, bounds[1])
    if close:
        return _value(close)
    others = _others(reading)
    clause = max(bounds[0], folded.rfind(";", bounds[0], start) + 1)
    before = [m for m in _YEAR.finditer(folded, clause, start) if _counts(folded, m, others)]
    if before:
        return _value(before[-1])
    stop = folded.find(";", end, min(bounds[1], end + _FAR))
    limit = min(bounds[1], end + _FAR) if stop < 0 else stop
    after = next((m for m in _YEAR.finditer(folded, end, limit) if _counts(folded, m, others)), None)
    return _value(after) if after else None


def year_of_event(reading: Reading) -> int | None:
    """Return the year that title or first sentences tell, else that of their dates and anniversaries, or None."""
    others = _others(reading)
    end = _lead_end(reading)
    stated = [m for m in _YEAR.finditer(reading.folded, 0, end) if _counts(reading.folded, m, others)]
    in_title = [m for m in stated if m.start() < reading.title.end]
    if in_title:
        return _value(in_title[0])
    dated = [year_of(f.iso) for f in find_full_dates(reading.folded, 0, end) if not _within(f.start, others)]
    held = [
        year_of(m.value.anniversary_date)
        for m in reading.mentions
        if isinstance(m.value, Anniversary) and m.start < end and m.value.anniversary_date
    ]
    years = [y for y in (*map(_value, stated), *dated, *held) if y and y >= _FIRST_YEAR]
    return years[0] if years else None


def is_at_event(reading: Reading, position: int) -> bool:
    """Say whether what stands at `position` is told of the event itself: in title or lead, or `Nhân dịp này ...`.

    A review tells of nothing but its year.
    """
    if position < _lead_end(reading) or _REVIEW.search(reading.folded, 0, reading.title.end):
        return True
    sentence = reading.layout.sentence_at(position)
    return _ON_THE_SPOT.search(reading.folded, sentence.start, position) is not None


def _lead_end(reading: Reading) -> int:
    after_title = [s for s in reading.layout.sentences[: _LEAD_SENTENCES + 2] if s.start >= reading.title.end]
    return after_title[:_LEAD_SENTENCES][-1].end if after_title else reading.title.end


def _others(reading: Reading) -> list[tuple[int, int]]:
    return [(m.start, m.end) for m in reading.mentions if isinstance(m.value, Anniversary | Directive)]


def _counts(folded: str, m: "regex.Match[str]", others: list[tuple[int, int]]) -> bool:
    return not _within(m.start(), others) and not _SINCE.search(folded, max(0, m.start() - 16), m.start())


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _value(m: "regex.Match[str]") -> int:
    return int(m["b"] or m["a"])
