"""Emulation clusters and blocs: `Cụm thi đua số 5`, `Khối thi đua các cơ quan Đảng`, `Khối thi đua II`."""

import re
from dataclasses import replace

from nlp.places.grammar import Place, is_person, read_kind, read_place
from nlp.units.catalogue import OrganType, bloc_members, name_words, organs
from nlp.units.found import Found
from nlp.words import Words

_LONGEST = 18
_ROMAN = re.compile(r"[ivx]{1,5}")
_NEVER_LAST = frozenset({"các", "và", "thuộc", "vực"})


def read_bloc(words: Words, found: Found) -> Found | None:
    """Read what tells one bloc from another: a number, or its members. A head alone is not a name."""
    if words.key(found.last) == words.key(found.last - 1):
        found = replace(found, last=found.last + 1)  # a doubled word: `Khối thi đua đua`
    i = found.last
    if i >= len(words) or not words.follows(i - 1):
        return None
    number = _number(words, i)
    if number is not None:
        after, label = number
        if words.gap(after - 1)[:1] == "/":
            return None  # 14/15 tỉnh
        place = read_place(words, after) if after < len(words) and words.follows(after - 1) else None
        last = place.last if place else after
        return replace(found, last=last, name=f"{found.name} {label}", place=place)
    i = _members(words, i)
    if i == found.last:
        return None
    place = _own_place(words, found.last, i)
    until = place.first if place else i
    members = " ".join(words.written(found.last, until).split()) if until > found.last else ""
    if members.casefold() in ("", "khen thưởng", "các tỉnh", "các huyện", "của"):
        return None
    return replace(found, last=i, name=f"{found.name} {members}", place=place, written_name=True)


def read_cluster(words: Words, found: Found) -> Found | None:
    """Read the cluster of an association's branches (`Hội Luật gia cụm các tỉnh phía Bắc`)."""
    first = found.last + 1
    last = _members(words, first) if first < len(words) and words.follows(found.last) else first
    if last == first:
        return None
    kind = OrganType("Cụm thi đua", "bloc", "bloc", "never")
    name = f"Cụm thi đua {found.name} {' '.join(words.written(first, last).split())}"
    return replace(found, last=last, kind=kind, name=name, written_name=True, rule="unit.bloc")


def _counts(words: Words, i: int) -> bool:
    """Say whether a number counts the members (`5 tỉnh miền Đông`) rather than names the bloc."""
    return words.follows(i) and read_kind(words, i + 1) is not None and not words.is_capital(i + 2)


def _own_place(words: Words, first: int, last: int) -> Place | None:
    """Return the bare kind at the end of the members (`công an tỉnh`) unless it is a member itself (`các tỉnh`)."""
    for i in (last - 2, last - 1):
        if i < first:
            continue
        kind = read_kind(words, i)
        if kind is not None and kind.last == last and words.key(i - 1) not in ("các", "và") and words.follows(i - 1):
            return kind
    return None


def _number(words: Words, i: int) -> tuple[int, str] | None:
    if words.keys[i] == "số" and words.key(i + 1).isdecimal() and words.follows(i):
        return i + 2, f"số {int(words.keys[i + 1])}"
    if words.keys[i] == "số" and _ROMAN.fullmatch(words.key(i + 1)) and words.is_upper(i + 1):
        return i + 2, f"số {words.written(i + 1, i + 2)}"
    if words.keys[i].isdecimal() and len(words.keys[i]) <= 2 and not _counts(words, i):
        return i + 1, str(int(words.keys[i]))
    if _ROMAN.fullmatch(words.keys[i]) and words.is_upper(i):
        return i + 1, words.written(i, i + 1)
    return None


def _members(words: Words, first: int) -> int:
    i = last = first
    if words.keys[i].isdecimal():
        i += 1
    while i < len(words) and i - first < _LONGEST:
        if i > first and not _goes_on(words, i) and not words.keys[i - 1].isdecimal():
            break
        if words.keys[i] == "và":
            i += 1
            continue
        member = bloc_members().longest(words, i)
        if words.is_capital(i):
            named = organs().longest(words, i) or name_words().longest(words, i)
            if named is not None and (member is None or named[0] > member[0]):
                member = (named[0], [])
        if member is None and not words.is_capital(i):
            break
        if member is None and is_person(words, i):
            break
        i = member[0] if member is not None else i + 1
        if words.keys[i - 1] not in _NEVER_LAST:
            last = i
    return last


def _goes_on(words: Words, i: int) -> bool:
    if words.follows(i - 1):
        return True
    gap = words.gap(i - 1).strip(" ")
    if gap in ("-", "&"):
        return bloc_members().longest(words, i) is not None and words.key(i - 1) != "đảng"
    return gap == "," and not words.is_capital(i) and bloc_members().longest(words, i) is not None
