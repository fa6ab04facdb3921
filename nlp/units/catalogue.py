"""The kinds of organ that the reader knows, from the tables `organs`, `sectors` and `open_heads`."""

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from nlp.fold import fold
from nlp.lexicon import Row, table
from nlp.values import Level
from nlp.words import PhraseTable

Tail = Literal[
    "whole",  # a complete name: Chính phủ, Bộ Y tế
    "seat",  # + the place that it governs or serves: Ủy ban nhân dân, Hội Nông dân
    "party",  # + the name of a place without its kind: Huyện ủy Đắk Song
    "inner",  # + the organ or place that it belongs to: Ban Thường vụ, Đảng ủy, Công đoàn
    "parent",  # + the organ that it belongs to, else nothing: Ban Giám hiệu
    "name",  # + a region or place: Chi cục Thuế khu vực II
    "open",  # + an open-class name: Trường, Công ty
    "number",  # + a number, with arms: Trung đoàn Bộ binh 1
    "bloc",  # + a number or members: Cụm thi đua số 5
    "phrase",  # + words up to a place: Ban Chỉ đạo phòng chống dịch tỉnh
    "troop",  # + describing words and a name or number: Đội nữ lái xe Trường Sơn
    "country",  # + a country: Đại sứ quán Nhật Bản
    "at",  # + the place of its seat: Tòa án nhân dân cấp cao tại Hà Nội
    "society",  # of the association that the article is about: Trung ương Hội
    "outlet",  # a newspaper: a unit only where it receives something
    "ignore",  # no unit, but hides the units that its words would give
]
Bare = Literal["any", "capital", "never", "whole"]
Lower = Literal["yes", "no", "capital", "described"]


@dataclass(frozen=True, slots=True)
class OrganType:
    """A kind of organ. `level` "seat" and "city": that of its place. `bare`: whether it stands without a tail.

    `central`: the canonical name of the one organ of this kind at the centre. `family`: the head that it shares with
    others in an enumeration (`sở`). `lower`: whether its head may be in lower case, always or where a capital or a
    describing word in capitals follows at once (`hội Nghệ nhân`, `cục Quản lý thị trường`). `not_after`, `not_before`:
    words beside which the head is part of another word (`môi trường`, `hội nghị`).
    """

    name: str
    tail: Tail
    level: str
    bare: Bare
    central: str = ""
    family: str = ""
    lower: Lower = "yes"
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()

    @property
    def fixed_level(self) -> Level | None:
        """Return the level that holds whatever the place, or None."""
        return None if self.level in ("seat", "city", "") else cast(Level, self.level)


_SECTOR_HEADS: dict[str, tuple[str, Tail, str, Bare]] = {
    "sở": ("Sở", "seat", "province", "any"),
    "bộ": ("Bộ", "whole", "central", "any"),
    "phòng": ("Phòng", "inner", "district", "capital"),  # of a district
    "section": ("Phòng", "inner", "base", "capital"),  # of a department, the police, the army
    "chi cục": ("Chi cục", "seat", "province", "capital"),
    "cục": ("Cục", "inner", "central", "capital"),
    "vụ": ("Vụ", "whole", "central", "capital"),
    "tổng cục": ("Tổng cục", "whole", "central", "any"),
    "trung tâm": ("Trung tâm", "seat", "district", "capital"),
    "đội": ("Đội", "inner", "district", "capital"),  # of the police of a district
    "ban": ("Ban", "inner", "seat", "capital"),
}


_NOT_ROOMS = frozenset({"quốc", "văn", "dự", "đề", "hải"})
_OTHER_WORDS = {
    "sở": frozenset({"cơ", "trụ"}),
    "bộ": frozenset({"cán", "nội", "đảng", "toàn", "chi", "một", "tiến", "đồng"}),
    "phòng": _NOT_ROOMS,
    "section": _NOT_ROOMS,
    "ban": frozenset({"ủy", "uỷ"}),
    "vụ": frozenset({"nhiệm", "dịch", "nghiệp"}),
    "hội": frozenset({"đại", "chi", "phân", "xã", "cơ", "lễ", "vũ", "dạ", "quốc", "ngày", "giáo"}),
    "đội": frozenset({"quân", "bộ"}),
}
"""Words before a head that make it a part of another word (`cán bộ y tế`, `cơ sở giáo dục`)."""


@cache
def organs() -> PhraseTable[OrganType]:
    """Return all known names and heads of organs with their types."""
    phrases: PhraseTable[OrganType] = PhraseTable()
    open_names = {row["head"] for row in table("open_heads")}
    for row in table("organs"):
        _add(phrases, row["name"], *row.items_of("aliases"), kind=_of_row(row), but=open_names)
    for row in table("sectors"):
        heads = row.items_of("heads")
        for head in (*heads, "đội") if "section" in heads else heads:
            title, tail, level, bare = _SECTOR_HEADS[head]
            other = _OTHER_WORDS.get(head, frozenset())
            kind = OrganType(f"{title} {row['name']}", tail, level, bare, family=head, not_after=other)
            for name in (row["name"], *row.items_of("aliases")):
                phrases.add(f"{title} {name}", kind, case="any")
    for row in table("open_heads"):
        grammar = cast(Tail, row["grammar"])
        kind = OrganType(
            row["head"],
            grammar,
            row["level"],
            "capital" if grammar == "parent" else "never",
            lower="yes" if row["lower"] == "any" else cast(Lower, row["lower"]),
            not_after=frozenset(fold(word).split()[-1] for word in row.items_of("not_after")),
            not_before=frozenset(fold(word) for word in row.items_of("not_before")),
        )
        for name in (row["head"], *row.items_of("aliases")):
            phrases.add(name, kind)
    for row in table("organs"):  # a head that is also the short name of one organ: `Viettel Nghệ An`, `Viettel`
        for name in open_names.intersection(row.items_of("aliases")):
            phrases.add(name, _of_row(row))
    for name, official in _BLOC_SPELLINGS.items():
        phrases.add(name, OrganType(official, "bloc", "bloc", "never"))
    return phrases


_BLOC_SPELLINGS = {
    "Cụm TĐ": "Cụm thi đua",
    "Khối TĐ": "Khối thi đua",
    "Cụm TĐKT": "Cụm thi đua",
}


def _of_row(row: Row) -> OrganType:
    other = _OTHER_WORDS.get(fold(row["name"]).split()[0], frozenset())
    tail, bare = cast(Tail, row["tail"]), cast(Bare, row["bare"])
    return OrganType(row["name"], tail, row["level"], bare, row["central"], not_after=other)


def _add(phrases: PhraseTable[OrganType], name: str, *aliases: str, kind: OrganType, but: set[str]) -> None:
    for spelling in (name, *(alias for alias in aliases if alias not in but)):
        phrases.add(spelling, kind)


@cache
def sectors(head: str) -> PhraseTable[OrganType]:
    """Return the names that follow the head in an enumeration (`các Sở: Nội vụ, Tài chính`), with full types."""
    phrases: PhraseTable[OrganType] = PhraseTable()
    for row in table("sectors"):
        if head in row.items_of("heads"):
            title, tail, level, bare = _SECTOR_HEADS[head]
            kind = OrganType(f"{title} {row['name']}", tail, level, bare, family=head)
            for name in (row["name"], *row.items_of("aliases")):
                phrases.add(name, kind)
    return phrases


@cache
def name_words() -> PhraseTable[str]:
    """Return the common words that stand in lower case inside open names (`đầu tư`, `xây dựng`)."""
    return PhraseTable((row["word"], row["kind"]) for row in table("name_words"))


@cache
def name_stops() -> frozenset[str]:
    """Return the words that never stand in lower case inside an open name: verbs, particles, numerals."""
    return frozenset(fold(row["word"]) for row in table("name_stops"))


@cache
def countries() -> PhraseTable[str]:
    """Return the names of countries other than Vietnam with the usual one."""
    return PhraseTable(
        (name, row["name"]) for row in table("countries") for name in (row["name"], *row.items_of("aliases"))
    )


@cache
def bloc_members() -> PhraseTable[str]:
    """Return the words that tell the members of an emulation bloc (`các sở, ban, ngành`, `doanh nghiệp`)."""
    return PhraseTable((row["phrase"], row["phrase"]) for row in table("bloc_members"))
