"""Gold articles as the tagger learns from them: each word labelled B (begins a unit), I (goes on in it) or O."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nlp.annotate import source_of
from nlp.fold import nfc
from nlp.pipeline import STEPS, scanner
from nlp.reading import Reading

Opinion = Callable[[Reading], None]


class TrainingError(ValueError):
    """Gold articles cannot be learnt from. The message names the article and says what is wrong."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A gold article, its reading by the rules that come before the tagger, its gold units in words, and its labels."""

    article: Mapping[str, Any]
    reading: Reading
    units: frozenset[tuple[int, int]]
    labels: tuple[str, ...]

    def sentences(self) -> Iterable[tuple[int, int]]:
        """Yield the sentences as words (first, last, not with), without empty ones."""
        starts = self.reading.words.starts
        for sentence in self.reading.layout.sentences:
            first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            if last > first:
                yield first, last


def sample(article: Mapping[str, Any]) -> Sample:
    """Return a gold article in the form of the annotation guide as a sample. Raises TrainingError where it is not."""
    for name, kind in (("id", str), ("text", str), ("mentions", list)):
        if not isinstance(article.get(name), kind):
            raise TrainingError(
                f"article {article.get('id')}: {name} is missing; gold articles have id, text, mentions"
            )
    reading = read_until_tagger(article)
    units = _units(article, reading)
    labels = ["O"] * len(reading.words)
    for first, last in units:
        labels[first:last] = ["B"] + ["I"] * (last - first - 1)
    return Sample(article, reading, frozenset(units), tuple(labels))


def read_until_tagger(article: Mapping[str, Any]) -> Reading:
    """Return what the steps before the tagger find."""
    reading = _begin(article)
    for name, step in STEPS.items():
        if name == "tagger":
            break
        step(reading)
    return reading


def read_with(article: Mapping[str, Any], opinion: Opinion | None) -> Reading:
    """Return a whole reading, with `opinion` in the place of the shipped tagger; None: without one."""
    reading = _begin(article)
    for name, step in STEPS.items():
        if name != "tagger":
            step(reading)
        elif opinion is not None:
            opinion(reading)
    return reading


def _begin(article: Mapping[str, Any]) -> Reading:
    reading = Reading(nfc(article["text"]), source_of(article))
    reading.hits = scanner().scan(reading.text, reading.folded)
    return reading


def _units(article: Mapping[str, Any], reading: Reading) -> list[tuple[int, int]]:
    """Return the gold units as words, the outermost of those that nest."""
    words = reading.words
    starts = [reading.offset(start) for start in words.starts]
    found: list[tuple[int, int]] = []
    mentions = [(m["start"], m["end"]) for m in article["mentions"] if m["label"] == "UNIT"]
    for start, end in sorted(mentions, key=lambda span: (span[0], -span[1])):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last > first and (not found or first >= found[-1][1]):
            found.append((first, last))
    return found
