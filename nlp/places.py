"""Places: provinces and districts named in the text, and the province that the article is about."""

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.reading import Reading
from nlp.scan import Pattern
from nlp.values import Level


@dataclass(frozen=True, slots=True)
class Seat:
    """A place that stands for its government (`của tỉnh`), up to `end`; `official`: `tỉnh Nam Định`."""

    end: int
    official: str
    level: Level
    province: str | None


def seat_at(reading: Reading, position: int) -> Seat | None:
    """Return the province, district or commune named from `position` on, or None."""
    return None


def patterns() -> Iterator[Pattern]:
    yield from ()


def find(reading: Reading) -> None:
    """Set the article's province and district."""
