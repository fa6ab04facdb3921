"""Enumerations that share a head or a place: `Sở X các tỉnh: A, B`, `các Sở: Nội vụ, Tài chính`, `HĐND, UBND tỉnh`."""

from dataclasses import replace

from nlp.fold import fold
from nlp.places.gazetteer import provinces
from nlp.places.grammar import Place, is_person, name_run, read_bare, read_kind, read_place
from nlp.units.catalogue import sectors
from nlp.units.found import Found
from nlp.words import Words

_MANY = frozenset({"các", "những", "hai", "ba", "bốn", "năm", "sáu", "giữa"})
_SHORT_PROVINCES = {
    fold(short): name
    for short, name in {
        "Thanh": "Thanh Hóa",
        "Nghệ": "Nghệ An",
        "Tĩnh": "Hà Tĩnh",
        "Bình": "Quảng Bình",
        "Trị": "Quảng Trị",
        "Thiên": "Thừa Thiên Huế",
    }.items()
}
_LONGEST_REGION = 8
_FAMILY_HEADS = ("sở", "bộ", "phòng", "chi cục")


def read_places(words: Words, after: int) -> list[Place]:
    """Return the places of `các tỉnh: A, B và C` from word `after` on; [] where none are named."""
    i = after + 1 if words.key(after) == "của" and words.follows(after - 1) else after
    if not (words.key(i) in _MANY or (words.key(i).isdecimal() and len(words.key(i)) <= 2)) or not words.follows(i - 1):
        return []
    i += 1
    kind = read_kind(words, i)
    if kind is None:
        return []
    while (following := read_kind(words, i)) is not None and following.last > i:
        i = following.last
        if words.key(i) == "thành" and words.gap(i - 1).strip() == ",":
            i += 1
    start = _past_region(words, i)
    items = _items(words, start, kind)
    if not items and start != i:
        items = _items(words, i, kind)
    return items


def _past_region(words: Words, i: int) -> int:
    """Return the word after the colon that ends `khu vực Bắc Trung Bộ:`, or `i`."""
    for j in range(i, min(i + _LONGEST_REGION, len(words))):
        if words.gap(j - 1).strip(" ") == ":":
            return j
        if words.gap(j).strip(" ") not in ("", ":"):
            break
        if words.gap(j).strip(" ") == ":":
            return j + 1
    return i


def _items(words: Words, i: int, kind: Place) -> list[Place]:
    items: list[Place] = []
    while i < len(words):
        item = _item(words, i, kind)
        if item is None:
            break
        items.append(item)
        i = item.last
        following = next_item(words, i)
        if following is None:
            break
        i = following
    return items


def _item(words: Words, i: int, kind: Place) -> Place | None:
    place = read_place(words, i, chain=False)
    if place is not None:
        return place if place.name else None
    bare = read_bare(words, i)
    if bare is not None and bare.province is not None and bare.province.is_city and kind.kind == "thành phố":
        return bare
    if bare is not None and bare.level == kind.level:
        return replace(bare, kind=bare.kind if bare.level == "province" else _kind_of(bare, kind))
    if kind.level == "province":
        name = _SHORT_PROVINCES.get(words.keys[i])
        if name and words.is_capital(i):
            return Place(i, i + 1, "province", "tỉnh", name, provinces()[name])
        return None
    if words.is_capital(i) and not is_person(words, i):
        last = name_run(words, i, 4)
        return Place(i, last, kind.level, kind.kind, " ".join(words.written(i, last).split()))
    return None


def _kind_of(bare: Place, kind: Place) -> str:
    return kind.kind if any(d.kind == kind.kind for d in bare.candidates) else bare.kind


def next_item(words: Words, i: int) -> int | None:
    """Return the word where the enumeration goes on after `,`, `;`, `-` or `và`, or None."""
    if i >= len(words):
        return None
    gap = words.gap(i - 1)
    if "\n" in gap:
        return None
    bare = gap.strip(" ")
    if words.keys[i] == "và" and bare in ("", ","):
        return i + 1 if i + 1 < len(words) and words.gap(i) == " " else None
    return i if bare in (",", ";", "-") else None


def open_places(words: Words, found: Found) -> Found:
    """Return the organ with the further places told after its first one (`Sở Nội vụ Nghệ An, Hà Tĩnh`)."""
    first = found.place
    if first is None or not first.name or found.kind.tail not in ("seat", "phrase", "party") or found.more:
        return found
    more: list[Found] = []
    i = found.last
    while (following := next_item(words, i)) is not None:
        place = _further_place(words, following, first)
        if place is None:
            break
        more.append(replace(found, first=following, last=place.last, place=place, more=(), rule="unit.enumeration"))
        i = place.last
    return replace(found, more=(*found.more, *more)) if more else found


def _further_place(words: Words, i: int, first: Place) -> Place | None:
    """Return the place that goes on the enumeration: a bare province after a province, else one told with its kind."""
    if first.level == "province":
        bare = read_bare(words, i)
        return bare if bare is not None and bare.level == "province" and bare.name != first.name else None
    place = read_place(words, i)
    if place is None or not place.name or place.level == "province":
        return None
    joined_by_and = words.key(i - 1) == "và"
    return place if place.level == first.level or joined_by_and else None


def with_places(found: Found, places: list[Place]) -> Found:
    """Return the organ at the first of the places, with the others in `more`."""
    more = tuple(replace(found, first=p.first, last=p.last, place=p, rule="unit.enumeration") for p in places[1:])
    return replace(found, last=places[0].last, place=places[0], more=more, rule="unit.enumeration")


def open_sectors(words: Words, found: Found) -> Found:
    """Return the organ with the further ones that share its head (`Sở Y tế, Nội vụ và Tài chính`)."""
    family = found.kind.family
    if family not in _FAMILY_HEADS or found.parent is not None or found.more:
        return found
    more: list[Found] = []
    i = found.last
    while (following := next_item(words, i)) is not None and words.is_capital(following):
        match = sectors(family).longest(words, following)
        if match is None:
            break
        last, (kind, *_) = match
        if family == "bộ" and _is_placed(words, last):
            break
        more.append(Found(following, last, kind, kind.name, place=found.place, rule="unit.enumeration"))
        i = last
    return replace(found, more=(*found.more, *more)) if more else found


def open_numbers(words: Words, found: Found) -> Found:
    """Return the army unit with those that share its head (`các đồn 766, 765`)."""
    more: list[Found] = []
    i = found.last
    if not words.keys[i - 1].isdecimal():
        return found
    while (following := next_item(words, i)) is not None and words.keys[following].isdecimal():
        number = words.keys[following]
        if len(number) > 4 or (
            words.gap(following).strip(" ")[:1] not in (",", ";", ".", ")", "\n")
            and next_item(words, following + 1) is None
        ):
            break
        name = f"{found.name.rpartition(' ')[0]} {number}"
        more.append(replace(found, first=following, last=following + 1, name=name, more=(), rule="unit.enumeration"))
        i = following + 1
    return replace(found, more=tuple(more)) if more else found


def _is_placed(words: Words, i: int) -> bool:
    if i >= len(words) or not words.follows(i - 1):
        return False
    return read_place(words, i) is not None or read_bare(words, i) is not None


def read_family(words: Words, i: int) -> Found | None:
    """Return the organs of `Sở: Nội vụ, Tài chính`, `Sở, ngành: Nội vụ`: a head, then names that share it."""
    head = words.keys[i]
    if head not in ("sở", "bộ") or i + 1 >= len(words):
        return None
    at = i + 1
    if words.gap(i).strip(" ") == "," and words.keys[at] in ("ban", "ngành"):
        while words.key(at) in ("ban", "ngành") and words.gap(at).strip(" ") in (",", ":"):
            at += 1
    if at >= len(words) or words.gap(at - 1).strip(" ") != ":" or not words.is_capital(at):
        return None
    match = sectors(head).longest(words, at)
    if match is None:
        return None
    last, (kind, *_) = match
    first = i if at == i + 1 else at
    return open_sectors(words, Found(first, last, kind, kind.name, rule="unit.enumeration"))
