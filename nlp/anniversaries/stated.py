"""The dates and the count that one commemoration states: `Quốc khánh 2/9 (1945 - 2022)` is 1945-09-02, the 77th."""

from nlp.anniversaries.events import events
from nlp.dates import DateBracket, month_and_day, more_exact, year_of

_LAST_YEAR = 2040  # no article tells of a celebration after it: `60 năm ... ngày 26/7/2020` is that of 2020


def stated_dates(
    day: str | None, bracket: DateBracket | None, nth: int | None, event_id: str | None, published: int | None
) -> tuple[str | None, str | None, int | None]:
    """Return event date, anniversary date and count from what the mention itself states.

    `day`: a date that stands after the name without brackets. `published`: the year of publication.
    """
    first, second = (bracket.first, bracket.second) if bracket else (None, None)
    event_date, anniversary_date = first, second
    if bracket and first is None and second and nth and (year := year_of(second)):
        known_day = month_and_day(second)
        event_date = more_exact(str(year - nth), known_day)
    if day and len(day) == 10 and not bracket:
        event_date, anniversary_date = _one_full_date(day, nth, event_id, published)
    elif day:
        event_date = more_exact(event_date, month_and_day(day))
        if anniversary_date and len(anniversary_date) == 4:
            anniversary_date = more_exact(anniversary_date, month_and_day(day))
    elif event_date and second is None and len(event_date) == 10:
        event_date, anniversary_date = _one_full_date(event_date, nth, event_id, published)
    elif event_date and anniversary_date and len(anniversary_date) == 4 and len(event_date) == 10:
        anniversary_date = more_exact(anniversary_date, month_and_day(event_date))
    if nth is None and bracket and (apart := years_apart(bracket)):
        nth = apart
    return event_date, anniversary_date, nth


def _one_full_date(
    day: str, nth: int | None, event_id: str | None, published: int | None
) -> tuple[str | None, str | None]:
    """A single full date is the event's own, unless its year is later than the table's, or that of the celebration."""
    year, known_year = year_of(day), year_of(events()[event_id].date if event_id else None)
    if year is None:
        return day, None
    celebrates = nth is not None and nth > 1 and (year == published or year + nth > _LAST_YEAR)
    if (known_year and year > known_year) or (known_year is None and celebrates):
        return month_and_day(day), day
    return day, None


def years_apart(bracket: DateBracket | None) -> int | None:
    if bracket is None:
        return None
    first, second = year_of(bracket.first), year_of(bracket.second)
    return second - first if first and second and second > first else None
