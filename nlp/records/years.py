"""The year that an award is for or given in: stated in its sentence, else the one that the article reports on."""

import regex

from nlp.dates import find_full_dates, year_of
from nlp.reading import Reading

_YEAR = regex.compile(r"(?<!\w)năm\s(?:học\s)?(?P<a>(?:19|20)\d\d)(?:\s?-\s?(?P<b>(?:19|20)\d\d))?(?!\d)")
_SCHOOL_YEAR = regex.compile(r"(?<!\w)(?:năm học|năm)\s(?P<a>(?:19|20)\d\d)\s?-\s?(?P<b>(?:19|20)\d\d)(?!\d)")


def year_near(reading: Reading, start: int, end: int, bounds: tuple[int, int]) -> int | None:
    """Return the year stated for the award at `start`:`end` within `bounds` (its sentence), or None.

    A year right after the award goes before one earlier in the sentence; a school year counts as its second year.
    """
    after = _YEAR.search(reading.folded, end, min(bounds[1], end + 160))
    if after:
        return _value(after)
    before = list(_YEAR.finditer(reading.folded, bounds[0], start))
    return _value(before[-1]) if before else None


def year_of_article(reading: Reading) -> int | None:
    """Return the year that title and first sentences report on, else that of the event's date there, or None."""
    lead_end = (
        reading.layout.sentences[min(3, len(reading.layout.sentences) - 1)].end if reading.layout.sentences else 0
    )
    m = _YEAR.search(reading.folded, 0, reading.title.end) or _YEAR.search(reading.folded, 0, lead_end)
    if m:
        return _value(m)
    dates = find_full_dates(reading.folded, 0, lead_end)
    if dates:
        return year_of(dates[0].iso)
    published = reading.source.published
    return published.year if published else None


def _value(m: "regex.Match[str]") -> int:
    return int(m["b"] or m["a"])
