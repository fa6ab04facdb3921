"""The learned second opinion on units: a small CRF, asked only where lists and grammar end.

It says how sure each unit is that the rules have found, by how likely it holds that name at that place, and reads what
stands like an organ where no rule has found one (`unit.learned`) if cross-validation has shown that this pays. How it
was trained and what it contributes stands beside the model, in `data/models/units.json`; `thidua train` makes it.
"""

from collections.abc import Iterator

from nlp.reading import Reading
from nlp.scan import Pattern
from nlp.tagger.model import shipped
from nlp.tagger.opinion import opine


def patterns() -> Iterator[Pattern]:
    """Yield nothing: the tagger looks at words."""
    yield from ()


def find(reading: Reading) -> None:
    """Set how sure the units found so far are; append those that only the shipped model sees, where that pays."""
    opine(reading, shipped())
