"""The grammar of organ names: a known name or head, then the tail that its kind takes."""

from dataclasses import replace

from nlp.places.gazetteer import city_names, district_names, province_names
from nlp.places.grammar import Place, chained, is_person, name_run, read_bare, read_place
from nlp.units.aliases import in_code, read_short_form
from nlp.units.blocs import read_bloc, read_cluster
from nlp.units.catalogue import OrganType, name_words, organs
from nlp.units.enumerations import open_numbers, read_places, with_places
from nlp.units.foreign import read_country, read_foreign
from nlp.units.found import Found
from nlp.units.names import read_number, read_outlet, read_phrase, read_region
from nlp.units.open_names import read_open_name, read_troop
from nlp.word_roles import words_of
from nlp.words import PhraseTable, Words

_CENTRE = {("trung", "ương"), ("việt", "nam")}
_CENTRE_SHORT = {"tw", "tư", "vn"}
_GENERIC_AFTER = words_of("many_after")
_NOT_A_PLACE = words_of("not_after_kind")
_INSTITUTIONS: PhraseTable[str] = PhraseTable(
    (name, name)
    for name in (
        "Nhà trường",
        "Trường",
        "Công ty",
        "Tập đoàn",
        "Tổng công ty",
        "Bệnh viện",
        "Học viện",
        "Ngân hàng",
        "Bộ",
    )
)
_LONGEST_ABBREVIATION = 12
_WITHIN_OTHERS = ("Hội", "Công đoàn", "Đoàn", "Văn phòng", "Ban Chỉ huy")
_PARTY_BODIES = frozenset({"Đảng ủy", "Đảng bộ"})
_LOW = ("commune", "hamlet")
_DEPARTMENTS = frozenset({"vụ", "cục", "tổng cục", "chi cục", "section", "đội"})
_UNIONS = frozenset({"đoàn", "hiệp", "minh", "hợp"})  # Ban Thường vụ Liên đoàn Lao động
_GROUPS = frozenset({"tập đoàn", "tổng công ty"})
_DEPUTIES = frozenset({"Thường trực", "Ban Thường trực"})
_TITLE_ENDS = words_of("ends_title")


def read_organ(words: Words, i: int, depth: int = 0) -> Found | None:
    """Return the organ whose name starts at word `i`, with its tail, or None."""
    if depth > 4:
        return None
    short = words.short_forms.get(words.written(i, i + 1)) if words.short_forms else None
    if short is not None and not in_code(words, i):
        known = organs().longest(words, i)
        if known is None or (known[0] == i + 1 and not short.is_bare):
            return read_short_form(words, i, short)
    if not organs().starts_with(words.keys[i]):
        return None
    for after, kinds in organs().matches(words, i):
        incomplete: Found | None = None
        for kind in kinds:
            if _is_other_word(words, i, after, kind):
                continue
            found = _read_tail(words, i, after, kind, depth)
            if found is not None and found.rule != "unit.incomplete":
                return found
            incomplete = incomplete or found
        if incomplete is not None:
            return incomplete
        for kind in kinds:
            if kind.tail in _CLOSED_TAILS and not _is_other_word(words, i, after, kind):
                return None  # a known name used in general: its first word is no head of another name
    return None


_CLOSED_TAILS = frozenset({"seat", "party", "ignore", "inner", "whole"})


def _is_other_word(words: Words, i: int, after: int, kind: OrganType) -> bool:
    if kind.not_after and words.key(i - 1) in kind.not_after and i and words.gap(i - 1) == " ":
        split = kind.tail in _CLOSED_TAILS and words.is_capital(i) and not words.is_capital(i - 1)
        return not split  # `Ban cán sự đảng Bộ Công Thương` tells of a ministry, `Đảng bộ` not
    return words.key(after) in kind.not_before and words.gap(after - 1) == " "


def _read_tail(words: Words, i: int, after: int, kind: OrganType, depth: int) -> Found | None:
    if not words.is_capital(i) and not _may_be_lower(words, after, kind):
        return None
    if kind.name in _DEPUTIES and words.key(i - 1) in _TITLE_ENDS:
        return None  # Phó Bí thư Thường trực Tỉnh ủy: a part of the title
    found = Found(i, after, kind, kind.name, rule=f"unit.{kind.tail}")
    match kind.tail:
        case "whole":
            if not (words.is_capital(i) or kind.bare == "any" or _is_named(words, found)):
                return None
            return read_foreign(words, found) or _owned(words, found, depth)
        case "society":
            return _of_society(words, found, depth) if words.is_capital(i) or words.is_capital(after - 1) else None
        case "country":
            return read_country(words, found)
        case "at":
            return _seated(words, found, depth)
        case "troop":
            return read_troop(words, found)
        case "outlet":
            return read_outlet(words, found)
        case "ignore":
            return None
        case "number":
            numbered = read_number(words, found)
            return open_numbers(words, numbered) if numbered else None
        case "bloc":
            return read_bloc(words, found)
        case "phrase":
            return read_phrase(words, found)
        case "party":
            return _party(words, found)
        case "open":
            named = read_open_name(words, found)
            return (_dashed(words, named, depth) or named) if named else None
        case _:
            return _placed(words, found, depth)


def _numbered_squad(words: Words, found: Found) -> Found | None:
    """Read the number of a squad (`Đội Cảnh sát giao thông số 12`), or return None."""
    if found.kind.family != "đội" or found.last >= len(words) or not words.follows(found.last - 1):
        return None
    i = found.last + (words.keys[found.last] == "số")
    if words.key(i).isdecimal():
        last = i + 1
    elif i == found.last and not organs().starts_with(words.keys[i]) and read_place(words, i) is None:
        last = name_run(words, i, 3)
        if last - i < 2 or is_person(words, i) or read_bare(words, i) is not None:
            return None
    else:
        return None
    name = f"{found.name} {words.written(found.last, last)}"
    return replace(found, last=last, name=name, kind=replace(found.kind, tail="number", level="base"))


def _may_be_lower(words: Words, after: int, kind: OrganType) -> bool:
    """Say whether the head before word `after` may be in lower case, by what follows it."""
    if kind.lower in ("yes", "no"):
        return kind.lower == "yes"
    if after >= len(words) or words.gap(after - 1) != " " or is_person(words, after):
        return False
    if kind.lower == "capital":
        return words.is_capital(after) or name_words().longest(words, after) is not None
    return words.is_capital(after) and name_words().longest(words, after) is not None


def _is_named(words: Words, found: Found) -> bool:
    """Say whether only the head of a department's name is in lower case (`cục Quản lý thị trường`)."""
    return found.kind.family in _DEPARTMENTS and found.last - found.first > 2 and words.is_capital(found.first + 1)


def _owned(words: Words, found: Found, depth: int) -> Found:
    """Return a department of the centre with the body that it belongs to (`Vụ Tổ chức cán bộ NHNN`)."""
    after = found.last
    if found.kind.family not in ("vụ", "cục", "tổng cục") or after >= len(words) or not words.follows(after - 1):
        return found
    parent = read_organ(words, after, depth + 1)
    if parent is None or parent.kind.tail != "whole" or parent.more:
        return found
    return replace(found, last=parent.last, parent=parent)


def _of_society(words: Words, found: Found, depth: int) -> Found:
    """Read the association of which it is the centre (`Trung ương Hội LHTN Việt Nam`), told or understood."""
    told = read_organ(words, found.last - 1, depth + 1)
    if told is None or not told.kind.central or told.place is not None:
        return found
    return replace(found, last=told.last, central=f"Trung ương {told.kind.central}")


def _seated(words: Words, found: Found, depth: int) -> Found | None:
    """Read `tại Hà Nội` after a court of several provinces."""
    if words.key(found.last) == "tại" and words.follows(found.last - 1) and found.last + 1 < len(words):
        at = found.last + 1
        place = read_place(words, at, chain=False) or read_bare(words, at)
        if place is not None and place.province is not None:
            name = f"{found.name} tại {place.province.label}"
            return replace(found, last=place.last, name=name, central=name)
    return _placed(words, found, depth)


def _placed(words: Words, found: Found, depth: int) -> Found | None:
    """Read the place, organ or centre that the organ belongs to, over its short form in brackets where it has one."""
    kind = found.kind
    if words.key(found.last) == "cụm" and kind.name.startswith("Hội ") and words.follows(found.last - 1):
        return read_cluster(words, found)
    numbered = _numbered_squad(words, found)
    if numbered is not None:
        return numbered
    places = read_places(words, found.last)
    if len(places) > 1:
        return with_places(found, places)
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
    if kind.tail == "name" or (words.key(found.last), words.key(found.last + 1)) == ("khu", "vực"):
        region = read_region(words, found)
        if region is not None or kind.tail == "name":
            return region
    named = words.is_capital(found.first) or _is_named(words, found)
    if kind.bare == "any" or (kind.bare == "capital" and named):
        general = (
            kind.name.startswith("Hội ")
            and not kind.name.startswith("Hội đồng ")
            and found.last - found.first > 1
            and not words.is_capital(found.first + 1)
        )
        return replace(found, rule="unit.incomplete") if general else found
    if kind.bare == "whole" and words.is_capital(found.first) and found.last - found.first > 3:
        return replace(found, central=kind.central)
    return replace(found, rule="unit.incomplete")


def _tail(words: Words, found: Found, depth: int) -> Found | None:
    kind, after = found.kind, found.last
    if after >= len(words):
        return None
    if not words.follows(after - 1) and not (found.abbreviation and _closes(words, after - 1)):
        return _dashed(words, found, depth)
    if kind.tail == "inner" and words.key(after) in ("trung", "tw") and after + 2 < len(words):
        parent = read_organ(words, after, depth + 1)
        if parent is not None:
            return replace(found, last=parent.last, parent=parent)
    centre = _centre(words, after)
    if centre:
        written = " ".join(words.written(after, centre).split())
        official = "Việt Nam" if written.casefold() in ("việt nam", "vn") else "Trung ương"
        central = kind.central if official in kind.central else f"{found.name} {official}"
        place = read_place(words, centre) if centre < len(words) and words.follows(centre - 1) else None
        if place is not None and _may_be_place(words, place):
            return replace(found, last=place.last, place=place, name=f"{found.name} {official}")
        return replace(found, last=centre, central=central)
    if kind.name.startswith("Ngân hàng") and (words.key(after), words.key(after + 1)) == ("chi", "nhánh"):
        found = replace(found, name=f"{found.name} chi nhánh")
        after += 2
        if after >= len(words):
            return None
    if kind.tail != "parent":
        place = read_place(words, after)
        if place is not None and _may_be_place(words, place) and (kind.level != "commune" or place.level in _LOW):
            return replace(found, last=place.last, place=place)
    belongs = after
    if words.keys[after] == "của" and words.follows(after):
        belongs = after + 1
    if (kind.tail in ("inner", "parent") or kind.name.startswith(_WITHIN_OTHERS)) and words.key(after - 1) != "ccb":
        if kind.name == "Đoàn trường":
            found, belongs = replace(found, name="Đoàn"), after - 1
        if words.key(belongs) == "cơ" and words.key(belongs + 1) == "quan":
            found = replace(found, name=f"{found.name} Cơ quan")
            belongs += 2
        parent = read_organ(words, belongs, depth + 1) if belongs < len(words) else None
        if parent is not None and parent.rule != "unit.incomplete" and _may_own(kind, parent):
            return replace(found, last=parent.last, parent=parent, more=parent.more)
        if parent is not None and belongs == after and kind.tail == "inner" and parent.kind.name in _PARTY_BODIES:
            return replace(parent, first=found.first, name=f"{found.name} {parent.name}")  # Ban Thường vụ Đảng ủy
        institution = _institution(words, belongs)
        if institution is not None:
            return replace(found, last=institution, of_main=True, institution=words.key(institution - 1))
    if kind.tail != "parent":
        bare = read_bare(words, after)
        if bare is not None:
            return replace(found, last=bare.last, place=bare)
    return None


def _institution(words: Words, i: int) -> int | None:
    """Return the word after `Trường`, `Công ty` standing for the one that the article is about, or None."""
    if i >= len(words):
        return None
    match = _INSTITUTIONS.longest(words, i)
    if match is not None and match[1][0] == "Bộ" and words.key(i - 1) != "của":
        return None
    if match is None or not (words.is_capital(i) or words.key(i) == "nhà" or match[1][0].lower() in _GROUPS):
        return None
    if words.is_capital(match[0]) and words.follows(match[0] - 1):
        return None
    return match[0]


def _dashed(words: Words, found: Found, depth: int) -> Found | None:
    """Read the organ of a section after a dash (`Phòng Cảnh sát kinh tế - Công an TP.HCM`)."""
    section = found.kind.family in ("phòng", "section") or found.kind.name == "Phòng"
    if not section or found.last >= len(words) or words.gap(found.last - 1).strip(" ") != "-":
        return None
    parent = read_organ(words, found.last, depth + 1)
    if parent is None or parent.rule == "unit.incomplete" or parent.kind.tail not in ("seat", "whole", "open"):
        return None
    return replace(found, last=parent.last, parent=parent)


def _may_own(kind: OrganType, parent: Found) -> bool:
    if kind.tail in ("inner", "parent"):
        return parent.kind.tail != "parent"
    return parent.kind.tail in ("open", "number") or parent.kind.name.startswith(("Bộ ", "Bộ Chỉ huy", "Công an"))


def _may_be_place(words: Words, place: Place) -> bool:
    if place.name:
        return True
    return words.key(place.last) not in _NOT_A_PLACE or not words.follows(place.last - 1)


def _party(words: Words, found: Found) -> Found | None:
    """Read the place of a Party committee or youth union, whose kind is in the name (`Huyện ủy Đắk Song`)."""
    after = found.last
    if words.follows(after - 1) and words.key(after) == "viên":
        return None  # Tỉnh ủy viên: a title
    places = read_places(words, after)
    if len(places) > 1:
        return with_places(found, places)
    if _is_generic(words, after):
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
    if found.kind.level in ("province", "city"):
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
    if not (words.is_capital(after) or words.keys[after].isdecimal()):
        return None
    for last, districts in district_names().matches(words, after):
        same = tuple(d for d in districts if d.kind == kind) or tuple(districts)
        return chained(words, Place(after, last, "district", kind, same[0].name, candidates=same))
    return None


def _is_generic(words: Words, after: int) -> bool:
    """Say whether the organ is one of many: `UBND các cấp`, `UBND cấp xã`."""
    if words.key(after) in ("của", "tại", "ở") and words.follows(after - 1):
        after += 1
        return words.key(after) in ("các", "những") and words.follows(after - 1)
    if words.key(after) == "cơ" and words.key(after + 1) == "sở":
        return True
    if words.key(after) == "liên" and words.key(after + 1) in _UNIONS:
        return False
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
