"""One pass over the folded text for all names and anchors of the lexicon (Aho-Corasick)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import ahocorasick_rs

from nlp.fold import fold, nfc

Case = Literal["any", "initial", "exact"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A literal to look for.

    `kind` names the list it belongs to ("province", "award", "directive.type" ...); `ref` is what a hit stands for.
    `case`: "any" ignores case; "initial" wants a capital at the start of the hit; "exact" wants the letters as written
    (abbreviations: `CT`, `TU`), except in a line of capitals, where "initial" and "any" still hold.
    """

    text: str
    kind: str
    ref: Any
    case: Case = "any"


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found at `start`:`end`; several rows of one kind that share a spelling come together in `refs`."""

    start: int
    end: int
    kind: str
    refs: tuple[Any, ...]


class Scanner:
    """Finds patterns at word boundaries; linear in the length of the text, whatever the number of patterns."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        rows: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            folded = " ".join(fold(nfc(pattern.text)).split())
            if folded:
                rows.setdefault(folded, []).append(pattern)
        self._literals = list(rows)
        self._rows = [rows[literal] for literal in self._literals]
        self._automaton = ahocorasick_rs.AhoCorasick(self._literals, matchkind=ahocorasick_rs.MatchKind.Standard)

    def scan(self, text: str, folded: str) -> dict[str, list[Hit]]:
        """Return the hits by kind, within a kind leftmost and longest, not overlapping, in text order.

        `text` is clean (`nlp.fold.clean`), `folded` is `nlp.fold.fold(text)`.
        """
        found: dict[str, dict[tuple[int, int], list[Any]]] = {}
        size = len(folded)
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start].isalnum() and folded[start - 1].isalnum():
                continue
            if end < size and folded[end - 1].isalnum() and folded[end].isalnum():
                continue
            for pattern in self._rows[index]:
                if _case_holds(pattern, text[start:end]):
                    found.setdefault(pattern.kind, {}).setdefault((start, end), []).append(pattern.ref)
        return {kind: _leftmost_longest(kind, spans) for kind, spans in found.items()}


def _case_holds(pattern: Pattern, written: str) -> bool:
    if pattern.case == "any":
        return True
    if pattern.case == "initial":
        return not written[0].islower()
    return written == pattern.text


def _leftmost_longest(kind: str, spans: dict[tuple[int, int], list[Any]]) -> list[Hit]:
    hits: list[Hit] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not hits or start >= hits[-1].end:
            hits.append(Hit(start, end, kind, tuple(dict.fromkeys(spans[start, end]))))
    return hits
