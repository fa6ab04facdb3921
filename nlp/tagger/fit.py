"""From samples to a CRF file: the features that tell most, weighted by limited-memory BFGS with a ridge."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from underthesea_core import CRFTrainer

from nlp.tagger.calibrate import RULE_ALONE
from nlp.tagger.features import features
from nlp.tagger.gate import learn
from nlp.tagger.model import Tagger, card_of, load
from nlp.tagger.samples import Sample
from nlp.tagger.select import telling

LEAST_CHANCE = 0.9
"""The chance from which a name that no rule knows counts as a unit, where adding such names pays at all."""

_RIDGE = 0.1
_ITERATIONS = 100


def fit(samples: Sequence[Sample], target: Path) -> None:
    """Train the CRF on all sentences of the samples and write it to `target`, whole or not at all."""
    rows = [
        (features(s.reading.words, first, last), s.labels[first:last]) for s in samples for first, last in s.sentences()
    ]
    kept = telling(rows)
    trainer = CRFTrainer(
        loss_function="lbfgs", l1_penalty=0.0, l2_penalty=_RIDGE, max_iterations=_ITERATIONS, verbose=0
    )
    model = trainer.train(
        [[[f for f in row if f in kept] for row in features_] for features_, _ in rows],
        [list(labels) for _, labels in rows],
    )
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        whole = Path(folder) / target.name
        model.save(str(whole))
        whole.replace(target)


def fitted(samples: Sequence[Sample]) -> Tagger:
    """Return a tagger trained on the samples, not calibrated, that adds what it is sure of; leaves no file."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "units.crfsuite"
        fit(samples, model)
        card = {"gate": gate_of(samples), "least": LEAST_CHANCE, "calibration": asdict(RULE_ALONE)}
        card_of(model).write_text(json.dumps(card), encoding="utf-8")
        return load(model)


def gate_of(samples: Sequence[Sample]) -> dict[str, Any]:
    """Return the gate learnt from the samples, as the card of a model holds it."""
    gate = learn((s.reading.words, s.labels) for s in samples)
    return {"heads": sorted(gate.heads), "others": sorted(map(list, gate.others))}
