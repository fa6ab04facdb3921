"""How sure a unit is, by its rule and by the tagger: a logistic model of the two, fitted on cross-validated chances."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

_EDGE = 0.01
_RIDGE = 1.0
_STEPS = 30
_SMALL = 0.001
_FEWEST = 0.1


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit that a rule found: the rule's confidence, the tagger's chance (0 to 1), whether the gold has it so."""

    confidence: float
    chance: float
    right: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a constant, of the rule's log odds and of the tagger's; those of `RULE_ALONE` change nothing."""

    constant: float
    rule: float
    tagger: float

    def confidence(self, rule: float, chance: float) -> float:
        """Return the confidence, 0 to 1, of a unit found by a rule of confidence `rule`."""
        if self == RULE_ALONE:
            return rule
        return 1 / (1 + exp(-(self.constant + self.rule * _odds(rule) + self.tagger * _odds(chance))))


RULE_ALONE = Calibration(0.0, 1.0, 0.0)


def calibrated(judged: Sequence[Judged]) -> Calibration:
    """Return the calibration that fits best: logistic regression with a small ridge, by Newton's method."""
    if len({j.right for j in judged}) < 2:
        return RULE_ALONE
    inputs = np.array([[1.0, _odds(j.confidence), _odds(j.chance)] for j in judged])
    right = np.array([float(j.right) for j in judged])
    ridge = np.diag([_SMALL, _RIDGE, _RIDGE])
    weights = np.zeros(3)
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (sure - right) + ridge @ weights
        bend = inputs.T @ (inputs * (sure * (1 - sure))[:, None]) + ridge
        weights = weights - np.linalg.solve(bend, slope)
    constant, rule, tagger = (round(float(w), 4) for w in weights)
    return Calibration(constant, rule, tagger)


@dataclass(frozen=True, slots=True)
class Sureness:
    """How well confidences tell right units from wrong ones.

    `loss`: mean logarithmic loss (less is better). `order`: chance that a right one has a higher confidence than a
    wrong one (0.5 is guessing). `caught`: share of the wrong ones among the least sure tenth.
    """

    loss: float
    order: float
    caught: float


def sureness(confidences: Sequence[float], right: Sequence[bool]) -> Sureness:
    """Return how well `confidences` tell which are `right`; both of one length."""
    sure = [c for c, r in zip(confidences, right, strict=True) if r]
    unsure = [c for c, r in zip(confidences, right, strict=True) if not r]
    losses = [-log(max(_SMALL, c)) for c in sure] + [-log(max(_SMALL, 1 - c)) for c in unsure]
    pairs = len(sure) * len(unsure)
    won = sum((a > b) + 0.5 * (a == b) for a in sure for b in unsure)
    ranked = sorted(zip(confidences, right, strict=True), key=lambda pair: pair[0])
    caught = sum(not r for _, r in ranked[: int(_FEWEST * len(ranked))])
    return Sureness(
        round(sum(losses) / max(1, len(losses)), 4),
        round(won / pairs, 3) if pairs else 0.5,
        round(caught / len(unsure), 3) if unsure else 0.0,
    )


def _odds(chance: float) -> float:
    """Return the log odds of a chance, cut near 0 and 1."""
    cut = min(1 - _EDGE, max(_EDGE, chance))
    return log(cut / (1 - cut))
