"""What the tagger's opinion does: it sets how sure a unit is, and adds units that no rule has found."""

from bisect import bisect_left
from dataclasses import dataclass

from nlp.reading import Reading
from nlp.tagger.gate import windows
from nlp.tagger.model import Labelled, Tagger
from nlp.tagger.resolve import unit_at
from nlp.units.catalogue import organs
from nlp.values import Mention, Unit
from nlp.words import Words

RULE = "unit.learned"
_BY_ITSELF = frozenset({"unit.alias", "unit.number", RULE})
"""Rules by which the name proves itself: a short form that the article defines, a number. Here the tagger is silent."""

_AGAIN = 0.3
"""So likely another occurrence must be of a name that the article shows for certain elsewhere."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that only the tagger sees, at words `first` to `last` (not with), and how likely it is."""

    first: int
    last: int
    chance: float


def opine(reading: Reading, tagger: Tagger) -> None:
    """Set the confidence of the units found so far; append those that only the tagger sees, where that pays.

    Where tagger and rule differ about the end of a name, the rule's end stands: in cross-validation it is right nine
    times out of ten (the model's card has the figures).
    """
    for mention, chance in chances(reading, tagger):
        mention.confidence = tagger.calibration.confidence(mention.confidence, chance)
    if tagger.least is not None:
        add(reading, tagger, tagger.least)


def chances(reading: Reading, tagger: Tagger) -> list[tuple[Mention, float]]:
    """Return the units on which the tagger has an opinion, with how likely each is one from first to last word."""
    words = reading.words
    weighed = [m for m in reading.mentions if isinstance(m.value, Unit) and m.rule not in _BY_ITSELF]
    spans = sorted((words_of(words, m), n) for n, m in enumerate(weighed))
    found: list[tuple[Mention, float]] = []
    labelled: Labelled | None = None
    for at, ((first, last), n) in enumerate(spans):
        if labelled is None or last >= labelled.last:
            labelled = tagger.label(words, max(0, first - 1), _window_end(words, [s for s, _ in spans[at : at + 20]]))
        found.append((weighed[n], labelled.chance(first, last)))
    return found


def add(reading: Reading, tagger: Tagger, least: float) -> None:
    """Append the units that no rule has found and whose chance is at least `least`, with their chance as confidence."""
    words = reading.words
    seen = candidates(reading, tagger)
    names = {tuple(words.keys[c.first : c.last]) for c in seen if c.chance >= least}
    for found in seen:
        if found.chance >= _AGAIN and tuple(words.keys[found.first : found.last]) in names:
            start, end = words.starts[found.first], words.ends[found.last - 1]
            reading.mentions.append(Mention(start, end, unit_at(reading, found.first, found.last), RULE, found.chance))


def candidates(reading: Reading, tagger: Tagger) -> list[Candidate]:
    """Return the units that the tagger sees where no rule has found one, however unsure, in text order."""
    words = reading.words
    taken = [False] * len(words)
    for mention in reading.mentions:
        first, last = words_of(words, mention)
        taken[first:last] = [True] * (last - first)
    starts = [i for i in tagger.gate.opens_at(words, taken) if not _in_place(reading, i)]
    allowed = set(starts)
    found: list[Candidate] = []
    for first, last in windows(starts, len(words)):
        labelled = tagger.label(words, first, last)
        found += [
            Candidate(a, b, labelled.chance(a, b))
            for a, b in labelled.spans()
            if a in allowed and b - a > 1 and not any(taken[a:b]) and _may_be_name(words, a, b)
        ]
    return found


def words_of(words: Words, mention: Mention) -> tuple[int, int]:
    """Return the words of a mention (first, last, not with)."""
    first = bisect_left(words.starts, mention.start)
    return first, max(first + 1, bisect_left(words.starts, mention.end))


def _window_end(words: Words, spans: list[tuple[int, int]]) -> int:
    """Return where to end the window that starts before the first span: after those that follow it closely."""
    end = spans[0][1]
    for first, last in spans[1:]:
        if first > end + 2:
            break
        end = max(end, last)
    return min(len(words), end + 1)


def _in_place(reading: Reading, i: int) -> bool:
    places = reading.geography.places
    at = bisect_left(places, i + 1, key=lambda place: place.first) - 1
    return at >= 0 and i < places[at].last


def _may_be_name(words: Words, first: int, last: int) -> bool:
    """Say whether the words are on one line and tell more than a kind of organ: a capital or number after the head."""
    if any("\n" in words.gap(i) for i in range(first, last - 1)):
        return False
    head = organs().longest(words, first)
    rest = range(max(first + 1, head[0] if head else 0), last)
    return any(words.is_capital(i) or words.keys[i].isdecimal() for i in rest)
