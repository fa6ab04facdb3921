"""Open-class parts of names: the proper names of schools and companies, numbers of army units, regions, phrases."""

import re
from dataclasses import replace

from nlp.places.gazetteer import province_names
from nlp.places.grammar import is_person, read_bare, read_place
from nlp.units.catalogue import name_words
from nlp.units.found import Found
from nlp.words import Words

_LONGEST_RUN = 14
_LONGEST_PROPER = 6
_LONGEST_PHRASE = 18
_NUMBER = re.compile(r"(?:\d{1,4}[a-zđ]?|[ivx]{1,5}|[a-zđ]{1,3}\d{1,4}[a-z]?)(?!\w)")
_ARMS = frozenset(
    "bộ binh pháo công không quân phòng hải đặc xe tăng thiết giáp tên lửa ra đa rađa trinh sát thông tin liên lạc "
    "hóa học vận tải cảnh vệ cơ giới biên đường tàu mặt nước đánh bộ kinh tế quốc dân tự vệ kỹ thuật huấn luyện "
    "bb pk kt qp phòng hỗn hợp ngư dân quản lí sửa chữa cơ động".split()
)
_OPENED = {"mtv": "Một thành viên", "cp": "cổ phần", "tp": "thành phố", "tx": "thị xã", "đhqg": "Đại học Quốc gia"}
_JOINTS = ("-", "&", "và")


def read_open_name(words: Words, found: Found) -> Found | None:
    """Read the name after an open head: describing words, then a proper name, then a place.

    Describing words may be in lower case (`Công ty cổ phần Đường sắt Sài Gòn`); after the proper name only a place or
    its holder may follow.
    """
    i = found.last
    proper_from: int | None = None
    while i < len(words) and i - found.last < _LONGEST_RUN:
        joined = _joint(words, i)
        if joined is None:
            break
        at = joined
        if at >= len(words):
            break
        word = name_words().longest(words, at)
        if word is not None and (proper_from is None or words.is_capital(at)):
            if at > i and not _goes_on(words, at):
                break
            i = word[0]
            continue
        quoted = words.gap(i - 1).strip(" ") == '"' if i else False
        if not (words.is_capital(at) or (words.keys[at].isdigit() and at == i)):
            break
        if at > i and words.keys[i] == "và":
            break
        if _starts_place(words, at):
            break
        if proper_from is not None and (is_person(words, at) or at - proper_from >= _LONGEST_PROPER):
            break
        if proper_from is None:
            proper_from = at
        i = at + 1
        if quoted and '"' in words.gap(i - 1):
            break
    place = read_place(words, i) if i < len(words) and words.follows(i - 1) else None
    if place is not None and (place.name or place.kind not in ("xã", "phường") or i > found.last):
        if place.name or words.key(place.last) not in ("ủy", "đoàn", "hội"):
            last = place.last
        else:
            place, last = None, i
    else:
        bare = read_bare(words, i) if i < len(words) and words.follows(i - 1) else None
        place, last = bare, bare.last if bare else i
    centre = last
    if last + 1 < len(words) and words.follows(last - 1):
        if (words.keys[last], words.keys[last + 1]) in (("việt", "nam"), ("trung", "ương")):
            centre = last + 2
    if centre == found.last:
        return None
    if i == found.last and place is not None and not place.name and found.last - found.first < 3:
        return None
    if not words.is_capital(found.first) and proper_from is None and (place is None or not place.name):
        return None
    if proper_from is None and place is None and centre == i and not _tells(words, found, i):
        return None
    name = f"{found.name} {_opened(words, found.last, i)}".strip()
    if centre > last:
        name = f"{name} {words.written(last, centre)}"
    return replace(found, last=centre, place=place, name=name, written_name=True)


def _tells(words: Words, found: Found, last: int) -> bool:
    """Say whether describing words alone tell which one it is: at least one of them is in capitals."""
    return last - found.last >= 2 and words.is_capital(found.first) and words.is_capital(found.last)


def _starts_place(words: Words, i: int) -> bool:
    place = read_place(words, i, chain=False)
    return place is not None


def _goes_on(words: Words, at: int) -> bool:
    return words.is_capital(at) or words.keys[at - 1] == "và"


def _joint(words: Words, i: int) -> int | None:
    """Return the word where the name goes on at word `i`, over `và`, `-`, `&` and an opening quote, or None."""
    gap = words.gap(i - 1)
    bare = gap.strip(" ")
    if "\n" in gap:
        return None
    if words.follows(i - 1):
        return i + 1 if words.keys[i] == "và" else i
    return i if bare in ("-", "&", '"', "'") else None


def _opened(words: Words, first: int, last: int) -> str:
    """Return the written words with their abbreviations opened."""
    out = ""
    for i in range(first, last):
        written = words.text[words.starts[i] : words.ends[i]]
        if words.is_upper(i):
            written = _OPENED.get(words.keys[i], written)
        out += written
        if i + 1 < last:
            gap = words.text[words.ends[i] : words.starts[i + 1]]
            out += " " if not gap.strip(" .") else gap
    return " ".join(out.split())


def read_number(words: Words, found: Found) -> Found | None:
    """Read the number of an army unit, with its arm before or after it (`Trung đoàn Bộ binh 1`, `Vùng 3 Hải quân`)."""
    i = found.last
    while i < len(words) and i - found.last < 5 and words.follows(i - 1) and words.keys[i] in _ARMS:
        i += 1
    if i >= len(words) or not words.follows(i - 1):
        return None
    if _NUMBER.fullmatch(words.keys[i]) and (words.keys[i][0].isdigit() or words.is_upper(i)):
        i += 1
        arms = i
        while arms < len(words) and arms - i < 4 and words.gap(arms - 1) == " " and words.keys[arms] in _ARMS:
            if arms == i and not words.is_capital(arms):
                break
            arms += 1
        i = arms
    elif found.kind.name.startswith("Đồn") and words.is_capital(i):
        first = i
        while i < len(words) and i - first < 5 and words.is_capital(i) and not (i > first and is_person(words, i)):
            i += 1
            if words.gap(i - 1) != " ":
                break
    else:
        return None
    return replace(found, last=i, name=f"{found.name} {_opened(words, found.last, i)}", written_name=True)


def read_region(words: Words, found: Found) -> Found | None:
    """Read `khu vực II`, `khu vực Vinh - Nam Đàn`, `số 3` after an office of a branch of the administration."""
    i = found.last
    if words.key(i) == "khu" and words.key(i + 1) == "vực" and words.follows(i - 1):
        i += 2
    start = i
    while i < len(words) and (words.follows(i - 1) or words.gap(i - 1).strip(" ") == "-"):
        if not (words.is_capital(i) or words.keys[i].isdigit()) or i - start >= 6 or (i > start and is_person(words, i)):
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
    while i < len(words) and i - found.last < _LONGEST_PHRASE:
        gap = words.gap(i - 1).strip(" ")
        if "\n" in gap or (gap and gap not in (",", "-", "/")):
            break
        if gap == "," and words.is_capital(i):
            break
        if (words.keys[i], words.key(i + 1)) == ("trung", "ương") or words.keys[i] == "tw":
            last = i + 1 if words.keys[i] == "tw" else i + 2
            name = f"{found.name} {_opened(words, found.last, i)}".strip()
            return replace(found, last=last, name=name, central=f"{name} Trung ương")
        place = read_place(words, i)
        if place is not None and words.key(place.last) not in ("ủy", "đoàn", "hội"):
            name = f"{found.name} {_opened(words, found.last, i)}".strip()
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


_STOPS = frozenset(
    "đã đang sẽ là có được bị và tổ tiếp yêu đề cần phải tại về của các những cùng với cho trao tặng họp do theo gồm "
    "trong để khi nêu báo đánh phát triển ban nhân ngày năm".split()
)
