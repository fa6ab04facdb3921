"""Training from gold articles: the model, and beside it the card with what it was trained on and how well it does."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from nlp.tagger.fit import LEAST_CHANCE, fit, gate_of
from nlp.tagger.model import LABELS, card_of
from nlp.tagger.samples import Sample, TrainingError, sample
from nlp.tagger.validate import FOLDS, Figures, cross_validate

WORTH = 0.5
"""Points of strict F1 that added names must win in cross-validation; below that the tagger only sets confidence."""


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What was made: `model`, its `card` (what it was trained on, its cross-validated figures) and the figures."""

    model: Path
    card: Mapping[str, Any]
    figures: Figures

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in self.card.items() if name != "gate"}


def train(gold: Iterable[Mapping[str, Any]], target: Path) -> TrainReport:
    """Train the tagger on gold articles (annotation guide), write it to `target` and its card beside it.

    First the figures are made by cross-validation over the articles; the model itself is then trained on all of them.
    The same articles, in any order, give the same features and gate, and chances that agree to the fourth decimal: the
    trainer sums in no fixed order, so the last digits of its weights differ. Raises TrainingError where the articles
    do not do.
    """
    samples = sorted((sample(article) for article in gold), key=lambda s: str(s.article["id"]))
    _check(samples, FOLDS)
    figures = cross_validate(samples)
    least = LEAST_CHANCE if figures.gain >= WORTH else None
    target.parent.mkdir(parents=True, exist_ok=True)
    card = {
        "model": target.name,
        "trained_on": {
            "articles": len(samples),
            "units": sum(len(s.units) for s in samples),
            "words": sum(len(s.labels) for s in samples),
            "digest": _digest(samples),
        },
        "cross_validation": figures.to_json(),
        "least": least,
        "calibration": asdict(figures.calibration),
        "gate": gate_of(samples),
    }
    fit(samples, target)
    _write(card_of(target), (json.dumps(card, ensure_ascii=False, indent=1) + "\n").encode())
    return TrainReport(target, card, figures)


def _check(samples: Sequence[Sample], folds: int) -> None:
    if len(samples) < 2 * folds:
        raise TrainingError(f"{len(samples)} gold articles; at least {2 * folds} are needed to train and to check")
    names = [s.article["id"] for s in samples]
    twice = next((a for a, b in pairwise(names) if a == b), None)
    if twice is not None:
        raise TrainingError(f"article {twice}: comes twice in the gold; keep one")
    if {label for s in samples for label in s.labels} != set(LABELS):
        raise TrainingError("the gold articles hold no unit of two words or more; there is nothing to learn")


def _digest(samples: Sequence[Sample]) -> str:
    """Return a hash of what was learnt from: the texts and where their units stand."""
    digest = hashlib.sha256()
    for s in samples:
        spans = [[m["start"], m["end"]] for m in s.article["mentions"] if m["label"] == "UNIT"]
        digest.update(json.dumps([s.article["id"], s.article["text"], sorted(spans)], ensure_ascii=False).encode())
    return digest.hexdigest()


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
