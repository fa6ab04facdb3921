"""Whether an award was conferred, proposed or registered: cues with a scope over the awards that follow.

The way of ConText (Chapman 2007; medspaCy): a cue opens a scope that runs to the right over every award, until another
cue or the end of the sentence ends it. A bare `tặng` does not end a proposal (`đề nghị tặng A cho ...; UBND tỉnh tặng
B`), `đã tặng` does. The cues are `data/lexicon/award_status.csv`.
"""

from functools import cache
from typing import Literal

import regex

from nlp.fold import fold
from nlp.lexicon import LexiconError, table
from nlp.values import Status

Outcome = Literal["conferred", "given", "proposed", "registered", "none", "refused", "guests"]
"""`given`: a bare verb of giving, which confers unless a proposal is open; `none`: told of nobody (a rule, a wish);
`refused`: the same, and whoever is told of has or gets none (a refusal, a withdrawal);
`guests`: those who hold the award are there or are visited, which any verb of giving ends."""

_OUTCOMES = ("conferred", "given", "proposed", "registered", "none", "refused", "guests")


@cache
def _cues() -> tuple["regex.Pattern[str]", dict[str, Outcome]]:
    outcomes: dict[str, Outcome] = {}
    for row in table("award_status"):
        if row["outcome"] not in _OUTCOMES:
            raise LexiconError(
                f"{row.file}:{row.line}: outcome: {row['outcome']!r} is unknown; write one of {', '.join(_OUTCOMES)}"
            )
        outcomes[fold(row["cue"])] = row["outcome"]  # type: ignore[assignment]
    words = "|".join(regex.escape(c).replace(r"\ ", r"\s{1,2}") for c in sorted(outcomes, key=len, reverse=True))
    return regex.compile(rf"(?<!\w)(?:{words})(?!\w)"), outcomes


def cues(folded: str, start: int, end: int) -> list[tuple[int, int, Outcome]]:
    """Return the cues in `start`:`end` as (start, end, outcome), in order."""
    pattern, outcomes = _cues()
    return [(m.start(), m.end(), outcomes[" ".join(m[0].split())]) for m in pattern.finditer(folded, start, end)]


def scope(current: Outcome | None, folded: str, start: int, end: int) -> Outcome | None:
    """Return the outcome that holds at `end`, given the one that held at `start`."""
    for _, _, outcome in cues(folded, start, end):
        if outcome == "given" and current in ("proposed", "none", "refused", "registered"):
            continue
        if outcome in ("proposed", "guests") and current in ("none", "refused"):
            continue
        current = outcome
    return current


def status_of(outcome: Outcome | None) -> Status | None:
    """Return the status of a record with this outcome, or None where it gives no record."""
    match outcome:
        case "conferred" | "given":
            return "conferred"
        case "proposed":
            return "proposed"
        case "registered":
            return "registered"
        case _:
            return None
