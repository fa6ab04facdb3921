"""How a place is written: kind and name (`huyện Đắk Song`, `TP. Biên Hòa`, `Q. 11`), chains, bare names, bare kinds."""

from dataclasses import dataclass, replace
from typing import Literal

from nlp.fold import slug
from nlp.places.gazetteer import (
    District,
    Province,
    city_names,
    district_names,
    districts_by_slug,
    province_names,
    sure_surnames,
    surnames,
)
from nlp.words import PhraseTable, Words

PlaceLevel = Literal["province", "district", "commune", "hamlet"]
_RANK: dict[PlaceLevel, int] = {"hamlet": 0, "commune": 1, "district": 2, "province": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """A place at words `first` to `last` (not with). `name` is "" where only its kind stands (`UBND huyện`).

    `province` is known for provinces; `candidates` are the provinces that have a district of this name; `inside` is the
    place that is told to hold it.
    """

    first: int
    last: int
    level: PlaceLevel
    kind: str
    name: str = ""
    province: Province | None = None
    candidates: tuple[District, ...] = ()
    inside: "Place | None" = None


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    level: PlaceLevel


_KINDS: PhraseTable[_Kind] = PhraseTable()
for _level, _names in {
    "province": ("tỉnh",),
    "district": ("thành phố", "huyện", "quận", "thị xã", "thành phố=tp", "thị xã=tx", "quận=Q", "huyện=H"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu", "phường=P", "thị trấn=TT", "xã=X"),
    "hamlet": ("thôn", "ấp", "khu phố", "tổ dân phố", "bản", "khóm", "buôn", "làng", "bon"),
}.items():
    for _name in _names:
        _official, _, _short = _name.partition("=")
        _KINDS.add(_short or _official, _Kind(_official, _level))  # type: ignore[arg-type]

_MUST_BE_NAMED = {"Q", "H", "P", "X", "TT"}
_LONGEST_NAME = 4
_MIDDLE_NAMES = frozenset({"văn", "thị", "đình", "hữu", "đức", "ngọc", "xuân", "quang", "minh", "thanh"})


def read_place(words: Words, i: int, *, chain: bool = True) -> Place | None:
    """Return the place that starts at word `i` with its kind (`tỉnh Nam Định`, `TP.HCM`, `huyện`), or None.

    With `chain`, the places told to hold it are read on (`phường Bửu Hòa, TP Biên Hòa, tỉnh Đồng Nai`).
    """
    if i >= len(words):
        return None
    whole = _city_in_one(words, i)
    if whole:
        return whole
    match = _KINDS.longest(words, i)
    if match is None:
        return None
    after, (kind, *_) = match
    place = _named(words, i, after, kind)
    if place is None:
        short = words.written(i, after)
        if short in _MUST_BE_NAMED or kind.level == "hamlet":
            return None
        return Place(i, after, kind.level, kind.name)
    return chained(words, place) if chain else place


def read_kind(words: Words, i: int) -> Place | None:
    """Return the kind of place that starts at word `i`, whatever follows (`tỉnh` of `các tỉnh: A, B`), or None."""
    match = _KINDS.longest(words, i) if i < len(words) else None
    if match is None:
        return None
    after, (kind, *_) = match
    return None if words.written(i, after) in _MUST_BE_NAMED else Place(i, after, kind.level, kind.name)


def read_bare(words: Words, i: int) -> Place | None:
    """Return the province or district whose name alone stands at word `i` (`Nam Định`, `Đắk Song`), or None.

    A name that runs on into further capitals is another name (`Thái Bình Dương`), unless a person's name follows.
    """
    if not words.is_capital(i):
        return None
    whole = _city_in_one(words, i)
    if whole:
        return whole
    for after, found in province_names().matches(words, i):
        if _ends_here(words, after):
            return Place(i, after, "province", found[0].kind, found[0].name, found[0])
    for after, districts in district_names().matches(words, i):
        if not words.keys[i].isdecimal() and _ends_here(words, after):
            return Place(i, after, "district", districts[0].kind, districts[0].name, candidates=tuple(districts))
    for after, told in words.local.matches(words, i):
        if _ends_here(words, after):
            local: Place = told[0]
            return replace(local, first=i, last=after)
    return None


def _city_in_one(words: Words, i: int) -> Place | None:
    """Return TP.HCM, TPHCM: an abbreviation that is kind and name at once."""
    if not words.keys[i].startswith("tp"):
        return None
    match = province_names().longest(words, i)
    if match is None:
        return None
    after, (province, *_) = match
    return Place(i, after, "province", province.kind, province.name, province)


def _named(words: Words, i: int, after: int, kind: _Kind) -> Place | None:
    if after >= len(words) or not _joined(words, after - 1):
        return None
    if kind.level == "province":
        for last, found in province_names().matches(words, after):
            return Place(i, last, "province", found[0].kind, found[0].name, found[0])
        return None
    if kind.name in ("xã", "thị trấn", "đặc khu") and words.keys[after].isdecimal():
        return None
    if kind.name == "thành phố":
        for last, found in city_names().matches(words, after):
            if words.is_capital(after):
                return Place(i, last, "province", "thành phố", found[0].name, found[0])
    if kind.level == "district":
        for last, districts in district_names().matches(words, after):
            if words.is_capital(after) or words.keys[after].isdecimal():
                same = tuple(d for d in districts if d.kind == kind.name) or tuple(districts)
                return Place(i, last, "district", kind.name, same[0].name, candidates=same)
        return _without_marks(words, i, after, kind)
    last = name_run(words, after, _LONGEST_NAME)
    if last == after:
        return None
    name = " ".join(words.written(after, last).split())
    if name.isupper() and len(name) > 3:
        name = name.title()
    return Place(i, last, kind.level, kind.name, name)


def _without_marks(words: Words, i: int, after: int, kind: _Kind) -> Place | None:
    """Return the district whose name is written with wrong or missing marks (`Cư Jut`), or None.

    The table is complete: any other name after the kind is no name of a district.
    """
    if not words.is_capital(after):
        return None
    for last in range(min(after + 3, len(words)), after, -1):
        if any(words.gap(j) != " " for j in range(after, last - 1)):
            continue
        districts = districts_by_slug().get(slug(words.written(after, last)))
        if districts:
            same = tuple(d for d in districts if d.kind == kind.name) or districts
            return Place(i, last, "district", kind.name, same[0].name, candidates=same)
    return None


def name_run(words: Words, first: int, longest: int) -> int:
    """Return the word after a run of capitalised words or one number from `first` on; cut before a person's name."""
    if first >= len(words):
        return first
    if words.keys[first].isdecimal():
        return first + 1
    i = first
    if words.is_upper(first) and words.is_upper(first - 1) and len(words.keys[first - 1]) > 1:
        longest = min(longest, 2)  # a line of capitals: most names have two syllables
    while i < len(words) and i - first < longest and words.is_capital(i):
        if i > first and is_person(words, i):
            break
        i += 1
        if words.gap(i - 1) != " ":
            break
    return i


def is_person(words: Words, i: int) -> bool:
    """Say whether a person's name starts at word `i`: a family name and a further capitalised word.

    Many family names are also syllables of places (`Hà`, `Sơn`, `Phú`): those count before a usual middle name.
    """
    if words.gap(i) != " " or not words.is_capital(i + 1):
        return False
    name = words.keys[i]
    return name in sure_surnames() or (name in surnames() and words.keys[i + 1] in _MIDDLE_NAMES)


def _ends_here(words: Words, after: int) -> bool:
    """Say whether a name may end before word `after`."""
    if after >= len(words) or words.gap(after - 1) != " ":
        return True
    return not words.is_capital(after) or is_person(words, after) or words.is_upper(after)


def _joined(words: Words, i: int) -> bool:
    """Say whether a name may follow the kind at word `i`: spaces, and a stop or line end after an abbreviation."""
    gap = words.gap(i)
    if gap == " " or not gap.strip(" "):
        return True
    return len(words.keys[i]) <= 2 and gap.strip(" \n") in ("", ".")


def chained(words: Words, place: Place) -> Place:
    """Return the place with those that hold it; one in brackets is known but not part of the phrase."""
    if place.level == "province" or place.last >= len(words):
        return place
    gap = words.gap(place.last - 1).strip(" ")
    if gap not in (",", "-", "", "("):
        return place
    holder = read_place(words, place.last)
    if holder is not None and (not holder.name or _RANK[holder.level] <= _RANK[place.level]):
        holder = None
    bare_name = False
    if holder is None and gap != "":
        bare = read_bare(words, place.last)
        if bare is not None and _holds(bare, place):
            holder, bare_name = bare, True
    if holder is None or words.key(holder.last) == "cũ":
        return place
    if gap == "(" or bare_name:
        return replace(place, inside=holder)
    return replace(place, inside=holder, last=holder.last)


def _holds(holder: Place, place: Place) -> bool:
    if holder.level == "province":
        return place.level == "commune" or any(holder.name == d.province for d in place.candidates)
    return holder.level == "district" and place.level in ("commune", "hamlet")
