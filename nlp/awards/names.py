"""The award names of `data/lexicon/awards.csv` and its companions, as the scanner and the grammar need them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from nlp.fold import key
from nlp.lexicon import LexiconError, Row, table
from nlp.scan import Pattern
from nlp.values import AwardLevel, RecipientKind

HIT = "award"
"""Kind of the hits whose `ref` is an AwardName."""

ANCHOR = "award.anchor"
"""Kind of the hits whose `ref` is the folded word that opens a name no list holds: `danh hiệu`, `huy hiệu` ..."""

_ANCHORS = ("danh hiệu", "giải thưởng", "huy hiệu", "huân chương", "huy chương")


@dataclass(frozen=True, slots=True)
class AwardName:
    """One award: canonical name, and what is certain of it whoever confers it ("" is kept as None).

    `needs_cue`: the words are an award only after `danh hiệu`, `đạt` ... (`gia đình văn hóa`); `short`: it was
    written as an abbreviation (`NSND`).
    """

    id: str
    name: str
    family: str
    needs_cue: bool
    level: AwardLevel | None
    authority: str | None
    recipient: RecipientKind | None
    short: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of Chiến sĩ thi đua as it is written (`toàn quốc`, `cấp thành phố`), with what follows from it."""

    phrase: str
    grade: str
    level: AwardLevel
    authority: str | None


@dataclass(frozen=True, slots=True)
class MedalName:
    """The name of a kỷ niệm chương (`Vì sự nghiệp giáo dục`) and the body that confers it."""

    name: str
    authority: str | None


def patterns() -> Iterator[Pattern]:
    """Yield every spelling of every award, and the anchors of names that no list holds."""
    for row in table("awards"):
        for text in (row["name"], *row.items_of("aliases")):
            yield Pattern(text, HIT, _name(row, short=False))
        for text in row.items_of("abbreviations"):
            yield Pattern(text, HIT, _name(row, short=True), case="exact")
    for anchor in _ANCHORS:
        yield Pattern(anchor, ANCHOR, anchor)


@cache
def award_named(award_id: str) -> AwardName:
    """Return the award with this id. Raises LexiconError when the table has none."""
    for row in table("awards"):
        if row["id"] == award_id:
            return _name(row, short=False)
    raise LexiconError(f"lexicon/awards.csv: no award with id {award_id!r}; the grammar needs it")


@cache
def order_named(name: str) -> AwardName | None:
    """Return the order of the law with this folded name (`huân chương lao động`), or None."""
    for row in table("awards"):
        if row["family"] == "order" and key(row["name"]) == name:
            return _name(row, short=False)
    return None


@cache
def grades() -> dict[str, Grade]:
    """Return the grades of Chiến sĩ thi đua by their folded phrase."""
    return {
        key(row["phrase"]): Grade(key(row["phrase"]), row["grade"], _level(row, "level"), row["authority"] or None)
        for row in table("award_grades")
    }


@cache
def medal_names() -> dict[str, MedalName]:
    """Return the known names of kỷ niệm chương by their folded spelling, aliases included."""
    return {
        key(text): MedalName(row["name"], row["authority"] or None)
        for row in table("medal_names")
        for text in (row["name"], *row.items_of("aliases"))
    }


def _name(row: Row, *, short: bool) -> AwardName:
    recipient = row["recipient"] or None
    if recipient is not None and recipient not in get_args(RecipientKind):
        raise LexiconError(
            f"{row.file}:{row.line}: recipient: {recipient!r} is unknown; write {', '.join(get_args(RecipientKind))}"
        )
    return AwardName(
        row["id"],
        row["name"],
        row["family"],
        row["cue"] == "title",
        _level(row, "level") if row["level"] else None,
        row["authority"] or None,
        cast(RecipientKind | None, recipient),
        short,
    )


def _level(row: Row, column: str) -> AwardLevel:
    if row[column] not in get_args(AwardLevel):
        raise LexiconError(
            f"{row.file}:{row.line}: {column}: {row[column]!r} is unknown; write {', '.join(get_args(AwardLevel))}"
        )
    return cast(AwardLevel, row[column])
