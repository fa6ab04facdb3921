"""Where the tagger is asked at all: at words that begin organs and that no rule has claimed.

Tagging a whole article would cost more than all rules together. The gate is learned with the model: the words that
begin units in the gold articles, without the pairs that never do (`hội nghị`, `ban hành`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.units.catalogue import organs
from nlp.words import Words

Pair = tuple[str, str]

_LEAST_STARTS = 2
_LEAST_SHARE = 0.02
_LEAST_OTHERS = 2
_BEFORE, _AFTER = 1, 10
_NEAR = 6
_CLOSED = frozenset({"seat", "party", "inner", "whole", "parent", "ignore", "name", "outlet"})
"""Kinds whose names the tables hold in full: where such a name is no mention, the rules have left it out knowingly."""


@dataclass(frozen=True, slots=True)
class Gate:
    """`heads`: folded words that begin units; `others`: pairs of a head and the next word that never do."""

    heads: frozenset[str]
    others: frozenset[Pair]

    def opens_at(self, words: Words, taken: Sequence[bool]) -> list[int]:
        """Return the words at which an organ that no rule knows may begin; `taken` are the words to leave out."""
        return [
            i
            for i, key in enumerate(words.keys)
            if key in self.heads
            and not taken[i]
            and _pair(words, i) not in self.others
            and not _is_closed(words, i)
            and _has_name(words, i, taken)
        ]


def windows(starts: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Return the stretches of words (first, last, not with) around the `starts`, joined where they meet."""
    found: list[tuple[int, int]] = []
    for start in starts:
        first, last = max(0, start - _BEFORE), min(size, start + _AFTER)
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def learn(samples: Iterable[tuple[Words, Sequence[str]]]) -> Gate:
    """Return the gate for words labelled B, I or O, as `nlp.tagger.samples` makes them."""
    begins: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    begun: set[Pair] = set()
    other: Counter[Pair] = Counter()
    for words, labels in samples:
        for i, label in enumerate(labels):
            if label == "B":
                begins[words.keys[i]] += 1
                begun.add(_pair(words, i))
            elif label == "O":
                elsewhere[words.keys[i]] += 1
                other[_pair(words, i)] += 1
    heads = frozenset(
        word
        for word, n in begins.items()
        if n >= _LEAST_STARTS and n >= _LEAST_SHARE * (n + elsewhere[word]) and organs().starts_with(word)
    )
    others = (pair for pair, n in other.items() if n >= _LEAST_OTHERS and pair[0] in heads and pair not in begun)
    return Gate(heads, frozenset(others))


def _pair(words: Words, i: int) -> Pair:
    return words.keys[i], words.key(i + 1) if words.gap(i) == " " else ""


def _is_closed(words: Words, i: int) -> bool:
    match = organs().longest(words, i)
    return match is not None and all(kind.tail in _CLOSED for kind in match[1])


def _has_name(words: Words, i: int, taken: Sequence[bool]) -> bool:
    """Say whether a capital or a number follows soon after word `i`, in the same run of words."""
    for j in range(i + 1, min(i + _NEAR + 1, len(words))):
        if taken[j] or words.gap(j - 1).strip(" ") not in ("", "-", "&"):
            return False
        if words.is_capital(j) or words.keys[j].isdecimal():
            return True
    return False
