"""Places: provinces and districts named in the text, and the province that the article is about."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.places.geography import Geography
from nlp.places.grammar import read_place
from nlp.places.survey import survey
from nlp.scan import Pattern
from nlp.values import Level

if TYPE_CHECKING:  # Reading holds a Geography: at run time the import goes the other way
    from nlp.reading import Reading

__all__ = ["Geography", "Seat", "find", "patterns", "seat_at"]


@dataclass(frozen=True, slots=True)
class Seat:
    """A place that stands for its government (`của tỉnh`), up to `end`; `official`: `tỉnh Nam Định`."""

    end: int
    official: str
    level: Level
    province: str | None


def seat_at(reading: "Reading", position: int) -> Seat | None:
    """Return the province, district or commune named with its kind from `position` on (`tỉnh`, `huyện X`), or None."""
    words = reading.words
    i = bisect_left(words.starts, position)
    if i >= len(words) or words.starts[i] != position:
        return None
    place = read_place(words, i)
    if place is None or place.level == "hamlet":
        return None
    place_filled = reading.geography.filled(place)
    province = reading.geography.province_of(place_filled)
    return Seat(
        words.ends[place.last - 1],
        reading.geography.official(place),
        place_filled.level if place_filled.level != "hamlet" else "commune",
        province.label if province else None,
    )


def patterns() -> Iterator[Pattern]:
    """Yield nothing: places are looked up in the phrase tables where their words stand."""
    yield from ()


def find(reading: "Reading") -> None:
    """Set `reading.geography` and the article's province."""
    reading.geography = survey(reading)
    province = reading.geography.province
    reading.facts.province = province.label if province else None
