"""The grammar of organ names: a known name or head, then the tail that its kind takes."""

from dataclasses import replace

from nlp.places.gazetteer import city_names, district_names, province_names
from nlp.places.grammar import Place, chained, read_bare, read_place
from nlp.units.blocs import read_bloc
from nlp.units.catalogue import OrganType, organs
from nlp.units.enumerations import read_places, with_places
from nlp.units.found import Found
from nlp.units.names import read_number, read_open_name, read_phrase, read_region
from nlp.words import Words

_CENTRE = {("trung", "ương"), ("việt", "nam")}
_CENTRE_SHORT = {"tw", "tư", "vn"}
_GENERIC_AFTER = frozenset({"các", "những", "mỗi", "từng", "cấp", "nhiều", "hai", "ba", "liên"})
_NOT_A_PLACE = frozenset({"ủy", "đoàn", "hội", "lị", "nhà", "đội", "đạo", "trưởng", "phó", "viên", "này", "bạn", "khác"})
_INSTITUTIONS = frozenset({"trường", "công", "bệnh", "viện", "trung", "học", "nhà"})
_LONGEST_ABBREVIATION = 12


def read_organ(words: Words, i: int, depth: int = 0) -> Found | None:
    """Return the organ whose name starts at word `i`, with its tail, or None."""
    if depth > 4 or not organs().starts_with(words.keys[i]):
        return None
    for after, kinds in organs().matches(words, i):
        for kind in kinds:
            found = _read_tail(words, i, after, kind, depth)
            if found is not None:
                return found
            if kind.tail == "ignore":
                return None
    return None


def _read_tail(words: Words, i: int, after: int, kind: OrganType, depth: int) -> Found | None:
    if not words.is_capital(i) and not kind.lower:
        return None
    found = Found(i, after, kind, kind.name, rule=f"unit.{kind.tail}")
    match kind.tail:
        case "whole":
            return found if words.is_capital(i) or kind.bare == "any" else None
        case "ignore" | "outlet":
            return None
        case "number":
            return read_number(words, found)
        case "bloc":
            return read_bloc(words, found)
        case "phrase":
            return read_phrase(words, found)
        case "party":
            return _party(words, found)
        case "open":
            return read_open_name(words, found)
        case _:
            return _placed(words, found, depth)


def _placed(words: Words, found: Found, depth: int) -> Found | None:
    """Read the place, organ or centre that the organ belongs to, over its short form in brackets where it has one."""
    kind = found.kind
    places = read_places(words, found.last)
    if len(places) > 1:
        return with_places(words, found, places)
    if _is_generic(words, found.last):
        return None
    tailed = _tail(words, found, depth)
    if tailed is None:
        short = _bracketed(words, found.last)
        if short is not None:
            inside = replace(found, last=short, abbreviation=words.written(short - 1, short))
            tailed = _tail(words, inside, depth)
    if tailed is not None:
        return tailed
    if kind.tail == "name":
        return read_region(words, found)
    if kind.bare == "any" or (kind.bare == "capital" and words.is_capital(found.first)):
        return found
    if kind.bare == "whole" and words.is_capital(found.first) and found.last - found.first > 3:
        return replace(found, central=kind.central)
    return replace(found, rule="unit.incomplete")


def _tail(words: Words, found: Found, depth: int) -> Found | None:
    kind, after = found.kind, found.last
    if after >= len(words) or not words.follows(after - 1) and not (found.abbreviation and _closes(words, after - 1)):
        return None
    centre = _centre(words, after)
    if centre:
        written = " ".join(words.written(after, centre).split())
        official = "Việt Nam" if written.casefold() in ("việt nam", "vn") else "Trung ương"
        central = kind.central if kind.central.endswith(official) else f"{found.name} {official}"
        place = read_place(words, centre) if centre < len(words) and words.follows(centre - 1) else None
        if place is not None and _may_be_place(words, place):
            return replace(found, last=place.last, place=place, name=f"{found.name} {official}")
        return replace(found, last=centre, central=central)
    if kind.tail != "parent":
        place = read_place(words, after)
        if place is not None and _may_be_place(words, place):
            return replace(found, last=place.last, place=place)
    belongs = after
    if words.keys[after] == "của" and words.follows(after):
        belongs = after + 1
    if kind.tail in ("inner", "parent") or kind.name.startswith(("Hội", "Công đoàn", "Đoàn", "Văn phòng")):
        if words.key(belongs) == "cơ" and words.key(belongs + 1) == "quan":
            found = replace(found, name=f"{found.name} Cơ quan")
            belongs += 2
        parent = read_organ(words, belongs, depth + 1) if belongs < len(words) else None
        if parent is not None and parent.rule != "unit.incomplete" and _may_own(kind, parent):
            return replace(found, last=parent.last, parent=parent, more=parent.more)
        if belongs > after and words.key(belongs) in _INSTITUTIONS and words.is_capital(belongs):
            return replace(found, last=belongs + 1, of_main=True)
    if kind.tail != "parent":
        bare = read_bare(words, after)
        if bare is not None:
            return replace(found, last=bare.last, place=bare)
    return None


def _may_own(kind: OrganType, parent: Found) -> bool:
    if kind.tail in ("inner", "parent"):
        return True
    return parent.kind.tail in ("open", "number") or parent.kind.name.startswith(("Bộ ", "Bộ Chỉ huy", "Công an"))


def _may_be_place(words: Words, place: Place) -> bool:
    if place.name:
        return True
    return words.key(place.last) not in _NOT_A_PLACE or not words.follows(place.last - 1)


def _party(words: Words, found: Found) -> Found | None:
    """Read the place of a Party committee or youth union, whose kind is in the name (`Huyện ủy Đắk Song`)."""
    after = found.last
    if not words.is_capital(found.first) and _is_generic(words, after):
        return None
    if after < len(words) and words.follows(after - 1):
        again = read_place(words, after)
        if again is not None and again.name:
            return replace(found, last=again.last, place=again)
        place = _party_place(words, found, after)
        if place is not None:
            return replace(found, last=place.last, place=place)
    return found


def _party_place(words: Words, found: Found, after: int) -> Place | None:
    if found.kind.level == "province" or found.kind.level == "city":
        names = city_names() if found.kind.level == "city" else province_names()
        match = names.longest(words, after) if words.is_capital(after) else None
        if match is not None:
            last, (province, *_) = match
            return Place(after, last, "province", province.kind, province.name, province)
    if found.kind.level == "province":
        return None
    kind = {"h": "huyện", "q": "quận", "t": "thị xã"}[found.kind.name[0].lower()]
    if found.kind.level == "city":
        kind = "thành phố"
    if not (words.is_capital(after) or words.keys[after].isdigit()):
        return None
    for last, districts in district_names().matches(words, after):
        same = tuple(d for d in districts if d.kind == kind) or tuple(districts)
        return chained(words, Place(after, last, "district", kind, same[0].name, candidates=same))
    return None


def _is_generic(words: Words, after: int) -> bool:
    """Say whether the organ is one of many: `UBND các cấp`, `UBND cấp xã`."""
    return words.key(after) in _GENERIC_AFTER and words.follows(after - 1)


def _centre(words: Words, after: int) -> int | None:
    if (words.keys[after], words.key(after + 1)) in _CENTRE:
        return after + 2
    if words.keys[after] in _CENTRE_SHORT and words.is_upper(after):
        return after + 1
    if words.keys[after] == "t" and words.key(after + 1) == "ư":
        return after + 2
    return None


def _bracketed(words: Words, after: int) -> int | None:
    """Return the word after a short form in brackets that starts at word `after`, or None."""
    if after >= len(words) or words.gap(after - 1).strip() != "(":
        return None
    length = words.ends[after] - words.starts[after]
    if not _closes(words, after) or not 2 <= length <= _LONGEST_ABBREVIATION or not words.is_capital(after):
        return None
    return after + 1


def _closes(words: Words, i: int) -> bool:
    return words.gap(i).startswith(")") and words.gap(i).strip(" ") == ")"
