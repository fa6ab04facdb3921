"""The trained model: a CRF over words, its gate, and the card that says how it was made."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from underthesea_core import CRFTagger

import data
from nlp.tagger.calibrate import Calibration
from nlp.tagger.features import features
from nlp.tagger.gate import Gate
from nlp.words import Words

LABELS = ("B", "I", "O")
SHIPPED = data.MODELS / "units.crfsuite"


class ModelError(ValueError):
    """A model cannot be loaded. The message names the file and says what to do."""


Chance = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The words from `first` on as the model sees them: how likely each begins a unit, goes on in one, is outside."""

    first: int
    chances: Sequence[Chance]

    @property
    def last(self) -> int:
        """The word after the window."""
        return self.first + len(self.chances)

    def spans(self) -> list[tuple[int, int]]:
        """Return the units by the likeliest label of each word, as words (first, last, not with)."""
        found: list[tuple[int, int]] = []
        start: int | None = None
        for i, chance in enumerate((*self.chances, _OUTSIDE), self.first):
            label = LABELS[chance.index(max(chance))]
            if start is not None and label != "I":
                found.append((start, i))
                start = None
            if start is None and label != "O":
                start = i
        return found

    def chance(self, first: int, last: int) -> float:
        """Return how likely a unit stands exactly at words `first` to `last` (not with), 0 to 1.

        The least of the chances of its labels: that it begins there, goes on in each word, and ends.
        """
        row = self.chances[first - self.first : last - self.first + 1]
        size = last - first
        goes_on = [chance[1] for chance in row[1:size]]
        ends = [1 - row[size][1]] if len(row) > size else []
        return min([row[0][0], *goes_on, *ends])


_OUTSIDE: Chance = (0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Tagger:
    """A model ready for use.

    `order`: where LABELS stand in the rows of `crf`. `gate`: where to look for names that no rule knows. `least`: the
    least chance at which such a name is a unit; None: never. `calibration`: how sure it makes the rules' units.
    """

    crf: Any
    order: tuple[int, int, int]
    gate: Gate
    least: float | None
    calibration: Calibration

    def label(self, words: Words, first: int, last: int) -> Labelled:
        """Label the words `first` to `last` (not with)."""
        begins, goes_on, outside = self.order
        rows = self.crf.marginals(features(words, first, last))
        return Labelled(first, [(row[begins], row[goes_on], row[outside]) for row in rows])


def card_of(model: Path) -> Path:
    """Return the path of the card of a model: `units.json` beside `units.crfsuite`."""
    return model.with_suffix(".json")


def load(model: Path) -> Tagger:
    """Load a model and its card. Raises ModelError where one is missing or is not what `thidua train` writes."""
    try:
        card = json.loads(card_of(model).read_text(encoding="utf-8"))
        gate = Gate(frozenset(card["gate"]["heads"]), frozenset((a, b) for a, b in card["gate"]["others"]))
        least = card["least"]
        calibration = Calibration(**card["calibration"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{card_of(model)}: no card of a model ({error!r}); make both with thidua train") from error
    crf = CRFTagger()
    try:
        crf.load(str(model))
    except OSError as error:
        raise ModelError(f"{model}: no model ({error}); make one with thidua train") from error
    if sorted(crf.labels()) != sorted(LABELS):
        raise ModelError(f"{model}: has the labels {crf.labels()}, {list(LABELS)} are needed; train it again")
    begins, goes_on, outside = (crf.labels().index(label) for label in LABELS)
    return Tagger(crf, (begins, goes_on, outside), gate, least, calibration)


@lru_cache(maxsize=1)
def shipped() -> Tagger:
    """Return the model that travels with the package, loaded once a process."""
    return load(SHIPPED)
