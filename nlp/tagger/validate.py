"""What each part of the reader contributes to units, by cross-validation: tables, then grammar, then the tagger."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from nlp.evaluate import Scores, score
from nlp.reading import Reading
from nlp.tagger.calibrate import Calibration, Judged, Sureness, calibrated, sureness
from nlp.tagger.fit import fitted
from nlp.tagger.model import Tagger
from nlp.tagger.opinion import candidates, chances, opine, words_of
from nlp.tagger.samples import Sample, read_with
from nlp.values import Unit, value_to_json

FOLDS = 5
LISTS = frozenset({"unit.whole", "unit.seat", "unit.party"})
"""Rules that need only the tables: a name of the organ tables, with a place of the gazetteer where its kind has one."""

STAGES = ("lists", "lists + grammar", "lists + grammar + tagger")
MEASURES = ("strict", "overlap", "value")
CHANCES = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
_LONG_LINE = 80


@dataclass(frozen=True, slots=True)
class Stage:
    """The figures of UNIT with the reader's parts up to `name`: measure → precision, recall, F1 (percent), counts."""

    name: str
    figures: dict[str, dict[str, float | int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What cross-validation over articles shows.

    `stages`: the ablation. `gain`: points of strict F1 that added units win. `added`: least chance → (added, of these
    in the gold). `ends`: where rule and tagger begin a name together and end it apart, who is right (`rule`, `tagger`,
    `neither`). `weighed`, `wrong`: units on which the tagger has an opinion, and how many of them are no units;
    `sure_before`, `sure_after`: how well their confidence tells which, by rule alone and with the tagger.
    `calibration`: fitted on all folds. `alone`: the tagger without any rule, on all sentences.
    """

    folds: int
    stages: tuple[Stage, ...]
    gain: float
    added: dict[str, tuple[int, int]]
    ends: dict[str, int]
    weighed: int
    wrong: int
    sure_before: Sureness
    sure_after: Sureness
    calibration: Calibration
    alone: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def table(self) -> str:
        """Return the figures as an aligned text."""
        head = f"{f'UNIT, {self.folds}-fold cross-validation':34}" + "".join(f"{m:>21}" for m in MEASURES)
        lines = [head, f"{'':34}" + "      P      R     F1" * len(MEASURES)]
        for stage in self.stages:
            cells = "".join(f"{stage.figures[m][k]:7.1f}" for m in MEASURES for k in ("p", "r", "f1"))
            lines.append(f"{stage.name:34}{cells}")
        lines += [
            "",
            f"added units win {self.gain:+.2f} points of strict F1",
            "units that only the tagger sees, by least chance: "
            + ", ".join(f"{chance}: {right} right of {all_}" for chance, (all_, right) in self.added.items()),
            "ends of names told apart: " + ", ".join(f"{who} right {n}" for who, n in self.ends.items()),
            f"confidence of {self.weighed} units of the rules, {self.wrong} of them wrong:",
            *(
                f"  {name:17}loss {s.loss:.3f}, right before wrong {s.order:.3f}, "
                f"{100 * s.caught:.0f}% of the wrong ones in the least sure tenth"
                for name, s in (("by rule alone", self.sure_before), ("with the tagger", self.sure_after))
            ),
            f"tagger without rules: P {self.alone['p']:.1f} R {self.alone['r']:.1f} F1 {self.alone['f1']:.1f}",
        ]
        return "\n".join(lines)


@dataclass(slots=True)
class _Tally:
    added: Counter[float] = field(default_factory=Counter)
    right: Counter[float] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    judged: list[tuple[int, Judged]] = field(default_factory=list)


def cross_validate(samples: Sequence[Sample]) -> Figures:
    """Train on four fifths of the articles and try on the last, five times; articles that share text stay together."""
    tally = _Tally()
    fold_of = _folds(samples)
    taggers = [fitted([s for s, f in zip(samples, fold_of, strict=True) if f != fold]) for fold in range(FOLDS)]
    for s, fold in zip(samples, fold_of, strict=True):
        _compare(s, fold, taggers[fold], tally)
    elsewhere = [calibrated([j for f, j in tally.judged if f != fold]) for fold in range(FOLDS)]
    taggers = [replace(tagger, calibration=c) for tagger, c in zip(taggers, elsewhere, strict=True)]
    predicted: dict[str, list[dict[str, Any]]] = {stage: [] for stage in STAGES}
    for s, fold in zip(samples, fold_of, strict=True):
        without, with_tagger = read_with(s.article, None), read_with(s.article, partial(opine, tagger=taggers[fold]))
        for stage, row in zip(STAGES, (_row(s, without, LISTS), _row(s, without), _row(s, with_tagger)), strict=True):
            predicted[stage].append(row)
    gold = [{**s.article, "mentions": _units_of(s.article), "awards": []} for s in samples]
    scores = [score(gold, predicted[stage]) for stage in STAGES]
    right = [j.right for _, j in tally.judged]
    return Figures(
        FOLDS,
        tuple(Stage(name, _unit_figures(found)) for name, found in zip(STAGES, scores, strict=True)),
        round(scores[2].figures["strict/UNIT"].f1 - scores[1].figures["strict/UNIT"].f1, 2),
        {str(chance): (tally.added[chance], tally.right[chance]) for chance in CHANCES},
        {who: tally.ends[who] for who in ("rule", "tagger", "neither")},
        len(right),
        right.count(False),
        sureness([j.confidence for _, j in tally.judged], right),
        sureness([elsewhere[f].confidence(j.confidence, j.chance) for f, j in tally.judged], right),
        calibrated([j for _, j in tally.judged]),
        _alone(tally.alone),
    )


def _folds(samples: Sequence[Sample]) -> list[int]:
    """Return the fold of each sample; those that share a long line (one story in two papers) have the same."""
    group = list(range(len(samples)))
    seen: dict[str, int] = {}
    for n, s in enumerate(samples):
        for line in s.article["text"].split("\n"):
            if len(line) >= _LONG_LINE:
                other = group[seen.setdefault(line, n)]
                group = [other if g == group[n] else g for g in group]
    numbers = {g: i for i, g in enumerate(sorted(set(group)))}
    return [numbers[g] % FOLDS for g in group]


def _compare(s: Sample, fold: int, tagger: Tagger, tally: _Tally) -> None:
    """Count what a tagger that has not seen the article says of it beside the rules."""
    words = s.reading.words
    for found in candidates(s.reading, tagger):
        for chance in CHANCES:
            if found.chance >= chance:
                tally.added[chance] += 1
                tally.right[chance] += (found.first, found.last) in s.units
    seen: dict[int, tuple[int, int]] = {}
    for first, last in s.sentences():
        spans = tagger.label(words, first, last).spans()
        seen |= {span[0]: span for span in spans}
        tally.alone["given"] += len(spans)
        tally.alone["right"] += sum(span in s.units for span in spans)
    tally.alone["wanted"] += len(s.units)
    for mention, chance in chances(s.reading, tagger):
        span = words_of(words, mention)
        right = span in s.units
        tally.judged.append((fold, Judged(mention.confidence, chance, right)))
        other = seen.get(span[0], span)
        if other != span:
            tally.ends["rule" if right else "tagger" if other in s.units else "neither"] += 1


def _row(s: Sample, reading: Reading, rules: frozenset[str] | None = None) -> dict[str, Any]:
    mentions = []
    for m in reading.mentions:
        if isinstance(m.value, Unit) and (rules is None or m.rule in rules):
            start, end = reading.place(m)
            row = {"label": "UNIT", "start": start, "end": end, "text": reading.given[start:end]}
            mentions.append({**row, **value_to_json(m.value)})
    return {"id": s.article["id"], "mentions": mentions, "awards": [], "doc": {}}


def _units_of(article: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [m for m in article["mentions"] if m["label"] == "UNIT"]


def _unit_figures(scores: Scores) -> dict[str, dict[str, float | int]]:
    return {measure: scores.figures[f"{measure}/UNIT"].to_json() for measure in MEASURES}


def _alone(counts: Counter[str]) -> dict[str, float]:
    precision = 100 * counts["right"] / max(1, counts["given"])
    recall = 100 * counts["right"] / max(1, counts["wanted"])
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {"p": round(precision, 1), "r": round(recall, 1), "f1": round(f1, 1)}
