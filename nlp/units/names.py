"""Open-class parts of names: the proper names of schools and companies, numbers of army units, regions, phrases."""

import re
from collections.abc import Container
from dataclasses import replace

from nlp.places.gazetteer import province_names
from nlp.places.grammar import Place, is_person, read_bare, read_place
from nlp.units.catalogue import name_stops, name_words, organs
from nlp.units.found import Found
from nlp.word_roles import words_of
from nlp.words import Words

_LONGEST_RUN = 14
_LONGEST_PROPER = 6
_LONGEST_PHRASE = 18
_NUMBER = re.compile(r"(?:\d{1,4}[a-zđ]?|[ivx]{1,5}|[a-zđ]{1,3}\d{1,4}[a-z]?)(?!\w)")
_ARMS = words_of("arm")
_OPENED = {
    "mtv": "Một thành viên",
    "cp": "cổ phần",
    "tp": "thành phố",
    "tx": "thị xã",
    "đhqg": "Đại học Quốc gia",
    "thcs": "Trung học cơ sở",
}
_HONOURS = {("anh", "hùng"), ("huân", "chương"), ("bằng", "khen"), ("cờ", "thi"), ("danh", "hiệu"), ("chiến", "sĩ")}
_CENTRES = (("việt", "nam"), ("trung", "ương"))
_NAMED_BY_ONE_WORD = frozenset(
    {"Công ty", "Tập đoàn", "Tổng công ty", "Hợp tác xã", "Ngân hàng", "Bệnh viện", "Viettel"}
)
_OUTLET_ACTS = words_of("outlet_acts")
_BEFORE_OUTLET = words_of("before_outlet")
_AFTER_NUMBER = words_of("after_number")


def read_open_name(words: Words, found: Found) -> Found | None:
    """Read the name after an open head: describing words, then a proper name, then a place.

    Describing words may be in lower case (`Công ty cổ phần Đường sắt Sài Gòn`), also the second syllable of a word
    that starts with a capital (`Nhà máy Lọc dầu Dung Quất`); after the proper name only a place may follow.
    """
    i, proper_from = _own_name(words, found)
    place, last = _place_after(words, found, i)
    if (words.key(last), words.key(last + 1)) in _CENTRES and words.follows(last - 1):
        last, place = last + 2, None
        i = last
    if last == found.last:
        return None
    if place is None and i - found.last == 1 and _is_too_short(words, found):
        return None  # Trường Thịnh: a person
    if i == found.last and place is not None and not place.name and found.last - found.first < 3:
        return None
    if not words.is_capital(found.first) and proper_from is None and (place is None or not place.name):
        return None
    if proper_from is None and place is None and i == last and not _tells(words, found, i):
        return None
    name = f"{found.name} {_opened(words, found.last, i)}".strip()
    proper = tuple(words.keys[proper_from:i]) if proper_from is not None else ()
    return replace(found, last=last, place=place, name=name, written_name=True, proper=proper)


def _own_name(words: Words, found: Found) -> tuple[int, int | None]:
    """Return the word after the organ's own name, and where the proper name in it starts."""
    i = found.last
    proper_from: int | None = None
    while i < len(words) and i - found.last < _LONGEST_RUN:
        at = _joint(words, i)
        if at is None or at >= len(words) or (at > i and not _goes_on(words, at)):
            break
        dashed = words.gap(i - 1).strip(" ") == "-"
        if (words.keys[at], words.key(at + 1)) in _HONOURS or _stops_capitals(words, found, at):
            break
        if is_person(words, at) and (dashed or (proper_from is not None)):
            break
        word = name_words().longest(words, at)
        if word is not None and (words.is_capital(at) or (proper_from is None and _may_be_lower(words, i, at, word))):
            i = word[0]
            continue
        if words.keys[at].isdigit():
            if dashed or not _number_ends(words, at, proper_from is not None):
                break
            return at + 1, proper_from if proper_from is not None else at
        if proper_from is None and _bridges(words, found, at):
            i = at + 1
            continue
        if not words.is_capital(at) or _starts_place(words, at):
            break
        if proper_from is None and _is_compound(words, at):
            i = at + 2
            continue
        if (words.keys[at], words.key(at + 1)) == ("việt", "nam") and words.gap(at) == " ":
            return at + 2, proper_from if proper_from is not None else at
        if proper_from is None:
            proper_from = at
        if at - proper_from >= _LONGEST_PROPER:
            break
        i = at + 1
    return i, proper_from


def _stops_capitals(words: Words, found: Found, at: int) -> bool:
    """Say whether the name ends before word `at` in a line of capitals, where case tells nothing."""
    return (
        len(words.keys[at]) > 1
        and words.is_upper(at)
        and words.is_upper(found.first)
        and words.keys[at] in name_stops()
    )


def _bridges(words: Words, found: Found, at: int) -> bool:
    """Say whether a word in lower case stands inside the name (`Đại sứ hàng Việt`)."""
    return (
        at - found.last >= 2
        and not words.is_capital(at)
        and not words.keys[at].isdigit()
        and words.keys[at] not in name_stops()
        and words.gap(at - 1) == words.gap(at) == " "
        and words.is_capital(at + 1)
        and not words.is_capital(at - 1)
        and not is_person(words, at + 1)
        and not _starts_place(words, at)
    )


def _is_too_short(words: Words, found: Found) -> bool:
    """Say whether one word after a head of one syllable is no name of such an organ."""
    if found.last - found.first > 1 or found.kind.name in _NAMED_BY_ONE_WORD:
        return False
    return not words.keys[found.last].isdigit() and not words.is_upper(found.last)


def _may_be_lower(words: Words, i: int, at: int, word: tuple[int, list[str]]) -> bool:
    """Say whether a describing word in lower case goes on with the name: a verb does so only after `và`, `-`."""
    return "verb" not in word[1] or at > i or words.gap(i - 1).strip(" ") != ""


def _is_compound(words: Words, at: int) -> bool:
    """Say whether word `at` and the next are one word of two syllables that starts with a capital (`Lọc dầu`)."""
    following = words.key(at + 1)
    if not following or words.gap(at) != " " or words.is_capital(at + 1) or following.isdigit():
        return False
    return following not in name_stops() and not is_person(words, at)


def _number_ends(words: Words, at: int, after_proper: bool) -> bool:
    """Say whether a number belongs to the name (`Biên Hòa 2`), not to what is counted (`Nguyễn Khuyến 1 tivi`)."""
    if words.gap(at)[:1] in (".", ",", "/") and words.key(at + 1).isdigit() and len(words.gap(at)) == 1:
        return False  # 200.000
    if not after_proper and words.key(at - 1) != "số":
        return len(words.keys[at]) <= 4
    following = words.key(at + 1)
    if words.gap(at) != " " or words.is_capital(at + 1):
        return len(words.keys[at]) <= 4 and "/" not in words.gap(at) and "." not in words.gap(at)[:1]
    return following in _AFTER_NUMBER


def _place_after(words: Words, found: Found, i: int) -> tuple[Place | None, int]:
    if i >= len(words) or not words.follows(i - 1):
        return None, i
    place = read_place(words, i)
    if place is not None:
        if not place.name and (
            words.key(place.last) in ("ủy", "đoàn", "hội") or (place.level == "commune" and i == found.last)
        ):
            return None, i
        return place, place.last
    bare = read_bare(words, i)
    return (bare, bare.last) if bare is not None else (None, i)


def _tells(words: Words, found: Found, last: int) -> bool:
    """Say whether describing words alone tell which one it is: at least one of them is in capitals."""
    return last - found.last >= 2 and words.is_capital(found.first) and words.is_capital(found.last)


def _starts_place(words: Words, i: int) -> bool:
    place = read_place(words, i, chain=False)
    return place is not None


def _goes_on(words: Words, at: int) -> bool:
    """Say whether a name goes on after `và`: with a describing word, not with another organ or person."""
    return name_words().longest(words, at) is not None and organs().longest(words, at) is None


def _joint(words: Words, i: int) -> int | None:
    """Return the word where the name goes on at word `i`, over `và`, `-`, `&` and an opening quote, or None."""
    gap = words.gap(i - 1)
    bare = gap.strip(" ")
    if "\n" in gap:
        return None
    if words.follows(i - 1):
        return i + 1 if words.keys[i] == "và" else i
    return i if bare in ("-", "&") else None


def _opened(words: Words, first: int, last: int, skipped: Container[int] = ()) -> str:
    """Return the written words with their abbreviations opened, without the `skipped` ones in brackets."""
    out = ""
    shouting = last - first > 1 and all(words.is_upper(i) or words.keys[i].isdigit() for i in range(first, last))
    for i in range(first, last):
        if i in skipped:
            out += " "
            continue
        written = words.text[words.starts[i] : words.ends[i]]
        if words.is_upper(i):
            written = _OPENED.get(words.keys[i], written.capitalize() if shouting else written)
        out += written
        if i + 1 < last:
            gap = words.text[words.ends[i] : words.starts[i + 1]]
            out += " " if not gap.strip(" .()") else gap
    return " ".join(out.split())


def read_number(words: Words, found: Found) -> Found | None:
    """Read the number of an army unit, with its arm before or after it (`Trung đoàn Bộ binh 1`, `Vùng 3 Hải quân`)."""
    i = found.last
    while i < len(words) and i - found.last < 5 and words.follows(i - 1) and words.keys[i] in _ARMS:
        i += 1
    if i >= len(words) or not words.follows(i - 1):
        return None
    if words.is_upper(i) and len(words.keys[i]) <= 3 and words.key(i + 1).isdigit() and words.gap(i) == " ":
        name = f"{found.name} {_opened(words, found.last, i)} {words.written(i, i + 1)}{words.keys[i + 1]}"
        return replace(found, last=i + 2, name=" ".join(name.split()), written_name=True)
    if _NUMBER.fullmatch(words.keys[i]) and (words.keys[i][0].isdigit() or words.is_upper(i)):
        i += 1
        arms = i
        while arms < len(words) and arms - i < 4 and words.gap(arms - 1) == " " and words.keys[arms] in _ARMS:
            if arms == i and not words.is_capital(arms) and words.key(arms + 1) != "quân":
                break
            arms += 1
        i = arms
        if found.kind.name in ("Vùng", "Bộ Tư lệnh Vùng") and words.keys[i - 1].isdigit():
            return None  # a region: the navy's are `Vùng 2 Hải quân`
    elif found.kind.name.startswith("Đồn") and words.is_capital(i) and (words.is_capital(found.first) or i > 0):
        found = replace(found, name="Đồn Biên phòng")
        first = i
        while i < len(words) and i - first < 5 and words.is_capital(i) and not (i > first and is_person(words, i)):
            i += 1
            if words.gap(i - 1) != " ":
                break
    else:
        return None
    return replace(found, last=i, name=f"{found.name} {_opened(words, found.last, i)}", written_name=True)


def read_outlet(words: Words, found: Found) -> Found | None:
    """Read a newspaper that does or receives something; one that only reports is no mention."""
    i = found.last
    while i < len(words) and i - found.last < 5 and words.gap(i - 1) == " " and words.is_capital(i):
        if i > found.last and is_person(words, i):
            break
        i += 1
    if i - found.last < 2:
        return None
    acts = words.key(i) in _OUTLET_ACTS and words.gap(i - 1) == " "
    if not acts and words.key(found.first - 1) not in _BEFORE_OUTLET:
        return None
    return replace(found, last=i, name=f"{found.name} {_opened(words, found.last, i)}", written_name=True)


def read_region(words: Words, found: Found) -> Found | None:
    """Read `khu vực II`, `khu vực Vinh - Nam Đàn`, `số 3` after an office of a branch of the administration."""
    i = found.last
    if words.key(i) == "khu" and words.key(i + 1) == "vực" and words.follows(i - 1):
        i += 2
    start = i
    while i < len(words) and (words.follows(i - 1) or words.gap(i - 1).strip(" ") == "-"):
        if (
            not (words.is_capital(i) or words.keys[i].isdigit())
            or i - start >= 6
            or (i > start and is_person(words, i))
        ):
            break
        i += 1
    if i == start:
        return None
    return replace(found, last=i, name=f"{found.name} {_opened(words, found.last, i)}", written_name=True)


def read_phrase(words: Words, found: Found) -> Found | None:
    """Read a steering committee's task up to its place (`Ban Chỉ đạo Tổng điều tra dân số thành phố Hà Nội`).

    Without a place a run of capitals or a number must follow at once (`Ban Chỉ đạo 35`).
    """
    i = found.last
    if words.key(i) in ("các", "những", "và") and words.follows(i - 1):
        return None
    skipped: set[int] = set()
    while i < len(words) and i - found.last < _LONGEST_PHRASE:
        gap = words.gap(i - 1).strip(" ")
        if gap == "(" and words.is_upper(i) and words.gap(i).startswith(")"):
            skipped.add(i)
            i += 1
            continue
        if "\n" in gap or (gap and gap not in (",", "-", "/", ")", '"')):
            break
        if gap == "," and words.is_capital(i):
            break
        if (words.keys[i], words.key(i + 1)) == ("trung", "ương") or words.keys[i] == "tw":
            last = i + 1 if words.keys[i] == "tw" else i + 2
            name = f"{found.name} {_opened(words, found.last, i, skipped)}".strip()
            return replace(found, last=last, name=name, central=f"{name} Trung ương")
        place = read_place(words, i)
        if place is not None and words.key(place.last) not in ("ủy", "đoàn", "hội"):
            name = f"{found.name} {_opened(words, found.last, i, skipped)}".strip()
            return replace(found, last=place.last, name=name, place=place)
        if words.is_capital(i) and province_names().starts_with(words.keys[i]):
            bare = read_bare(words, i)
            if bare is not None:
                name = f"{found.name} {_opened(words, found.last, i)}".strip()
                return replace(found, last=bare.last, name=name, place=bare)
        if words.keys[i] in _STOPS:
            break
        i += 1
    i = found.last
    if i < len(words) and words.follows(i - 1) and words.keys[i].isdigit():
        return replace(found, last=i + 1, name=f"{found.name} {words.keys[i]}")
    return None


_STOPS = words_of("ends_task")
