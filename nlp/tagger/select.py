"""The features worth keeping: those whose words are labelled otherwise than words at large, by the likelihood ratio."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from nlp.tagger.model import LABELS

MOST = 5000
"""So many features make a model of less than half a megabyte; more of them win nothing in cross-validation."""

_LEAST_COUNT = 3

Rows = Sequence[Sequence[str]]


def telling(rows: Iterable[tuple[Rows, Sequence[str]]], most: int = MOST) -> frozenset[str]:
    """Return the `most` features that tell most of the labels; `rows`: features a word with the words' labels."""
    numbers = {label: n for n, label in enumerate(LABELS)}
    totals: Counter[str] = Counter()
    counts: dict[str, list[int]] = {}
    for features, labels in rows:
        totals.update(labels)
        for row, label in zip(features, labels, strict=True):
            number = numbers[label]
            for feature in row:
                count = counts.get(feature)
                if count is None:
                    count = counts[feature] = [0] * len(LABELS)
                count[number] += 1
    size = totals.total()
    shares = [totals[label] / size for label in LABELS]
    ranked = sorted(
        (-sum(n * log(n / sum(count) / share) for n, share in zip(count, shares, strict=True) if n), feature)
        for feature, count in counts.items()
        if sum(count) >= _LEAST_COUNT
    )
    return frozenset(feature for _, feature in ranked[:most])
