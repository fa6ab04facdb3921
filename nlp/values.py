"""What the reader returns: typed values of the five kinds, mentions that carry them, award records, article facts.

Field names and meanings are those of the annotation guide; JSON forms come from `to_json`.
"""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar, Literal

Level = Literal["central", "province", "district", "commune", "base", "bloc"]
AwardLevel = Literal["state", "government", "ministry_province", "base"]
Status = Literal["conferred", "proposed", "registered"]
RecipientKind = Literal["collective", "individual", "household", "mixed"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A named organisation or emulation bloc. `canonical`: official name, abbreviations opened, with its place."""

    label: ClassVar[str] = "UNIT"
    canonical: str
    province: str | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Directive:
    """A cited document. `date` is ISO as far as stated (`2014-04-07`, `2021`); `code` only when cited in full."""

    label: ClassVar[str] = "DIRECTIVE"
    doc_type: str
    number: str | None = None
    code: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Anniversary:
    """The commemoration of an event. Dates are ISO as far as stated (`1947-07-27`, `08-19`, `1945`)."""

    label: ClassVar[str] = "ANNIVERSARY"
    event: str
    event_date: str | None = None
    anniversary_date: str | None = None
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """A title or form of commendation. `class_` is its class or grade (`hạng Ba`, `cấp tỉnh`, `30 năm`)."""

    label: ClassVar[str] = "AWARD"
    award: str
    class_: str | None = None
    authority: str | None = None
    level: AwardLevel | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A named emulation movement. `period`: `2021-2025`, `2022` or None."""

    label: ClassVar[str] = "CAMPAIGN"
    name: str
    launcher: str | None = None
    period: str | None = None


Value = Unit | Directive | Anniversary | Award | Campaign


@dataclass(slots=True, eq=False)
class Mention:
    """A value at its place: `text[start:end]` of the article, the rule that found it, how sure it is (0 to 1).

    `alternatives`: further values that an ellipsis holds (`hạng Nhất, Nhì`): they give records, no mention of their
    own.
    """

    start: int
    end: int
    value: Value
    rule: str
    confidence: float = 1.0
    entity: str | None = None
    alternatives: tuple[Value, ...] = ()

    @property
    def label(self) -> str:
        return self.value.label

    def overlaps(self, other: "Mention") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(slots=True, eq=False)
class AwardRecord:
    """One award that somebody receives, is proposed for or registers for, as told at `mention`."""

    mention: Mention
    value: Award
    status: Status
    recipient: str | None = None
    recipient_kind: RecipientKind | None = None
    quantity: int | None = None
    year: int | None = None
    rule: str = ""
    confidence: float = 1.0


@dataclass(slots=True)
class ArticleFacts:
    """What the article is about as a whole. `years`: integers, or a term as `"2014-2019"`."""

    event_types: list[str] = field(default_factory=list)
    province: str | None = None
    years: list[int | str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def value_to_json(value: Value) -> dict[str, Any]:
    """Return the value's attributes under the names of the annotation guide (`class_` is `class` there)."""
    return {f.name.rstrip("_"): getattr(value, f.name) for f in fields(value)}
