"""Parts of names with a form of their own: numbers of army units, regions, committees' tasks, newspapers."""

import re
from collections.abc import Container
from dataclasses import replace

from nlp.places.gazetteer import province_called, province_names
from nlp.places.grammar import is_person, name_run, read_bare, read_place
from nlp.units.catalogue import name_stops, name_words
from nlp.units.found import Found
from nlp.word_roles import words_of
from nlp.words import Words

_LONGEST_PHRASE = 18
_NUMBER = re.compile(r"(?:\d{1,4}[a-zđ]?|[ivx]{1,5}|[a-zđ]{1,3}\d{1,4}[a-z]?)(?!\w)")
_ARMS = words_of("arm")
_TROOPS = frozenset({"Sư đoàn", "Lữ đoàn", "Trung đoàn", "Tiểu đoàn", "Đại đội", "Trung đội"})
_OPENED = {
    "mtv": "Một thành viên",
    "cp": "cổ phần",
    "tp": "thành phố",
    "tx": "thị xã",
    "đhqg": "Đại học Quốc gia",
    "thcs": "Trung học cơ sở",
}
_MORE = frozenset({"ủy", "đoàn", "hội"})  # tỉnh ủy, tỉnh đoàn, tỉnh hội
_OUTLET_ACTS = words_of("outlet_acts")
_REPORTS = frozenset({"đưa", "đăng", "viết", "phản", "cho", "dẫn", "hôm", "ngày"})
_BEFORE_OUTLET = words_of("before_outlet")


def opened(words: Words, first: int, last: int, skipped: Container[int] = ()) -> str:
    """Return the written words with their abbreviations opened, without the `skipped` ones in brackets."""
    out = ""
    shouting = last - first > 1 and all(words.is_upper(i) or words.keys[i].isdecimal() for i in range(first, last))
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
    if words.is_upper(i) and len(words.keys[i]) <= 3 and words.key(i + 1).isdecimal() and words.gap(i) == " ":
        name = f"{found.name} {opened(words, found.last, i)} {words.written(i, i + 1)}{words.keys[i + 1]}"
        return replace(found, last=i + 2, name=" ".join(name.split()), written_name=True)
    if _NUMBER.fullmatch(words.keys[i]) and (words.keys[i][0].isdecimal() or words.is_upper(i)):
        i += 1
        arms = i
        while arms < len(words) and arms - i < 4 and words.gap(arms - 1) == " " and words.keys[arms] in _ARMS:
            if arms == i and not words.is_capital(arms) and words.key(arms + 1) != "quân":
                break
            arms += 1
        i = arms
        if found.kind.name in ("Vùng", "Bộ Tư lệnh Vùng") and words.keys[i - 1].isdecimal():
            return None  # a region: the navy's are `Vùng 2 Hải quân`
    elif _is_named_troop(words, found, i):
        i = name_run(words, i, 4)
    elif found.kind.name.startswith("Đồn") and words.is_capital(i) and (words.is_capital(found.first) or i > 0):
        found = replace(found, name="Đồn Biên phòng")
        while (word := name_words().longest(words, i)) is not None and words.follows(word[0] - 1):
            i = word[0]
        first = i
        while i < len(words) and i - first < 5 and words.is_capital(i) and not (i > first and is_person(words, i)):
            i += 1
            if words.gap(i - 1) != " ":
                break
    else:
        return None
    return replace(found, last=i, name=f"{found.name} {opened(words, found.last, i)}", written_name=True)


def _is_named_troop(words: Words, found: Found, i: int) -> bool:
    """Say whether a troop has a name at word `i` in place of a number (`Đại đội nữ pháo binh Ngư Thủy`)."""
    if found.kind.name not in _TROOPS or not words.is_capital(i) or words.is_upper(i):
        return False
    if i == found.last:
        return words.is_capital(found.first) and words.is_capital(i + 1) and not is_person(words, i)
    return words.keys[i - 1] in _ARMS and (words.key(found.last) == "nữ" or not is_person(words, i))


def read_outlet(words: Words, found: Found) -> Found | None:
    """Read a newspaper that does or receives something; one that only reports is no mention."""
    i = found.last
    while i < len(words) and i - found.last < 5 and words.gap(i - 1) == " " and words.is_capital(i):
        if i > found.last and is_person(words, i):
            break
        i += 1
        if i == found.last + 1 and words.gap(i - 1) == " " and not words.is_capital(i) and i + 1 < len(words):
            i += words.keys[i] not in name_stops()  # báo Tiền phong
    if i - found.last < 2:
        return None
    proper = tuple(words.keys[found.last : i])
    name = " ".join(words.keys[found.last : i])
    if name in words.outlets:
        acts = True
    elif words.starts[found.first] < words.title_end and words.key(i) not in _REPORTS:
        words.outlets.add(name)  # the title is about it
        acts = True
    else:
        acts = False
    acts = acts or (words.key(i) in _OUTLET_ACTS and words.gap(i - 1) == " ")
    listed = words.gap(found.first - 1).strip(" ") in (",", ";") if found.first else False
    acts = acts or (listed and province_called(words.written(found.last, i)) is not None)
    if not acts and words.key(found.first - 1) not in _BEFORE_OUTLET:
        return None
    place = read_place(words, i - 2) if i - found.last > 2 else None
    if place is not None and place.last == i and place.name:
        name = f"{found.name} {opened(words, found.last, place.first)}"
        return replace(found, last=i, name=name, place=place, written_name=True)
    name = f"{found.name} {opened(words, found.last, i)}"
    return replace(found, last=i, name=name, written_name=True, proper=proper)


def read_region(words: Words, found: Found) -> Found | None:
    """Read `khu vực II`, `khu vực Vinh - Nam Đàn`, `số 3` after an office of a branch of the administration."""
    i = found.last
    if words.key(i) == "khu" and words.key(i + 1) == "vực" and words.follows(i - 1):
        i += 2
    start = i
    while i < len(words) and (words.follows(i - 1) or words.gap(i - 1).strip(" ") == "-"):
        if (
            not (words.is_capital(i) or words.keys[i].isdecimal())
            or i - start >= 6
            or (i > start and is_person(words, i))
        ):
            break
        i += 1
    if i == start:
        return None
    return replace(found, last=i, name=f"{found.name} {opened(words, found.last, i)}", written_name=True)


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
            name = f"{found.name} {opened(words, found.last, i, skipped)}".strip()
            return replace(found, last=last, name=name, central=f"{name} Trung ương")
        place = read_place(words, i)
        if place is not None and (words.key(place.last) not in _MORE or not words.follows(place.last - 1)):
            name = f"{found.name} {opened(words, found.last, i, skipped)}".strip()
            return replace(found, last=place.last, name=name, place=place)
        if words.is_capital(i) and province_names().starts_with(words.keys[i]):
            bare = read_bare(words, i)
            if bare is not None:
                name = f"{found.name} {opened(words, found.last, i)}".strip()
                return replace(found, last=bare.last, name=name, place=bare)
        if words.keys[i] in _STOPS:
            break
        i += 1
    i = found.last
    if i < len(words) and words.follows(i - 1) and words.keys[i].isdecimal():
        return replace(found, last=i + 1, name=f"{found.name} {words.keys[i]}")
    return None


_STOPS = words_of("ends_task")
