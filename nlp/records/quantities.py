"""How many of whom: `12 tập thể và 8 cá nhân`, `ba cá nhân`, `6 tập thể, cá nhân`, `các đơn vị`, `90 hộ gia đình`."""

from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

import regex

from nlp.fold import fold
from nlp.lexicon import LexiconError, table
from nlp.values import RecipientKind

_UNITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9} | {
    "mốt": 1, "tư": 4, "lăm": 5, "bẩy": 7,
}  # fmt: skip
_UNIT = "|".join(_UNITS)
_WORDS = rf"(?:(?:{_UNIT})\smươi(?:\s(?:{_UNIT}))?|mười(?:\s(?:{_UNIT}))?|{_UNIT})"
NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|{_WORDS})"
_ABOUT = r"(?:gần|hơn|trên|khoảng|tổng số|cả|toàn bộ)"


@dataclass(frozen=True, slots=True)
class Group:
    """Recipients told by kind and number (None where no number is told) at `start`:`end`."""

    start: int
    end: int
    kind: RecipientKind
    quantity: int | None


@cache
def nouns() -> dict[str, RecipientKind]:
    """Return the nouns of recipients, folded, with their kind."""
    found: dict[str, RecipientKind] = {}
    for row in table("recipient_nouns"):
        if row["kind"] not in get_args(RecipientKind):
            raise LexiconError(
                f"{row.file}:{row.line}: kind: {row['kind']!r} is unknown; write one of the guide's kinds"
            )
        found[fold(row["noun"])] = cast(RecipientKind, row["kind"])
    return found


@cache
def _noun() -> str:
    return "(?:" + "|".join(regex.escape(n) for n in sorted(nouns(), key=len, reverse=True)) + r")(?!\w)"


@cache
def _counted() -> "regex.Pattern[str]":
    return regex.compile(
        rf"(?<![\d/.,-])(?<!năm\s)(?<!-\s)(?:{_ABOUT}\s)?(?P<n>{NUMBER})\s?(?:lượt\s|chiếc\s|nữ\s|nam\s|"
        rf"vị\s)?(?P<noun>{_noun()})"
        rf"(?:\s?(?:,|và|/|&|-)\s?(?P<more>{_noun()}))?"
    )


@cache
def _uncounted() -> "regex.Pattern[str]":
    return regex.compile(
        rf"(?:(?:cho\s|các\s|những\s|nhiều\s|một số\s|toàn thể\s|hàng trăm\s|hàng chục\s|đại diện\s|lãnh đạo\s|"
        rf"tất cả\s){{1,3}}(?P<noun>{_noun()})"
        rf"|(?P<noun>tập thể|cá nhân|đơn vị|hộ gia đình)(?!\w))"
        rf"(?:\s?(?:,|và|/|&|-|,\svà)\s?(?:các\s|những\s|nhiều\s)?(?P<more>{_noun()}))?"
    )


def number(text: str) -> int | None:
    """Return the value of a folded number in digits or words, or None."""
    text = text.strip()
    if text[:1].isdecimal():
        return int(text.replace(".", ""))
    words = text.split()
    if not words:
        return None
    if words[0] == "mười":
        return 10 + (_UNITS[words[1]] if len(words) > 1 else 0)
    if len(words) > 1 and words[1] == "mươi":
        return 10 * _UNITS[words[0]] + (_UNITS[words[2]] if len(words) > 2 else 0)
    return _UNITS.get(words[0])


def group_at(folded: str, position: int, limit: int) -> Group | None:
    """Return the group told from `position` on, or None."""
    m = _counted().match(folded, position, limit)
    if m:
        return _group(m, number(m["n"]))
    m = _uncounted().match(folded, position, limit)
    return _group(m, None) if m else None


def counted_groups(folded: str, start: int, end: int) -> list[Group]:
    """Return the groups with a number in `start`:`end`, in order."""
    return [_group(m, number(m["n"])) for m in _counted().finditer(folded, start, end)]


def groups(folded: str, start: int, end: int) -> list[Group]:
    """Return all groups in `start`:`end`, in order; a counted one goes before an uncounted one at its place."""
    found = counted_groups(folded, start, end)
    for m in _uncounted().finditer(folded, start, end):
        group = _group(m, None)
        if all(group.end <= g.start or g.end <= group.start for g in found):
            found.append(group)
    return sorted(found, key=lambda g: g.start)


@cache
def _bare() -> "regex.Pattern[str]":
    return regex.compile(rf"(?:^|[.\n\"]\s?)(?P<noun>{_noun()})(?:\s\p{{L}}+){{0,3}}\s?$")


def bare_noun(folded: str, start: int, end: int) -> RecipientKind | None:
    """Return the kind of a bare noun that opens the clause before `end` (`Giáo viên xuất sắc nhận ...`), or None."""
    m = _bare().search(folded[max(start, end - 60) : end])
    if m is None or m["noun"] in _PRONOUNS:
        return None
    kind = nouns()[m["noun"]]
    return kind if kind == "individual" else None  # `Công ty đã nhận ...` is one that was named before


_PRONOUNS = frozenset(("ông", "bà", "anh", "chị", "em", "mẹ", "đồng chí", "đ/c", "người", "cháu", "thành viên"))


def _group(m: "regex.Match[str]", quantity: int | None) -> Group:
    first = nouns()[m["noun"]]
    if m["more"] is None:
        return Group(m.start(), m.end(), first, quantity)
    second = nouns()[m["more"]]
    if second == first:
        return Group(m.start(), m.end(), first, quantity)
    return Group(m.start(), m.end(), "mixed", quantity)
