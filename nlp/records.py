from collections.abc import Iterator

from nlp.reading import Reading
from nlp.scan import Pattern


def patterns() -> Iterator[Pattern]:
    yield from ()


def find(reading: Reading) -> None:
    """..."""
