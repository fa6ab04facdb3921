"""The proper names of schools, hospitals, companies, associations: describing words, a proper name, a place."""

import re
from dataclasses import replace

from nlp.places.grammar import Place, is_person, read_bare, read_kind, read_place
from nlp.units.catalogue import countries, name_stops, name_words, organs
from nlp.units.found import Found
from nlp.units.names import opened
from nlp.word_roles import words_of
from nlp.words import Words

_LONG_HEAD = 3
_LONGEST_RUN = 14
_LONGEST_PROPER = 6
_RANKED = 4
_OF_A_PLACE = frozenset({"Bưu điện", "Điện lực", "Viễn thông", "VNPT", "Viettel", "Thư viện", "Bảo tàng"})
_MORE = frozenset({"ủy", "đoàn", "hội"})  # tỉnh ủy, tỉnh đoàn, tỉnh hội
_CENTRES = (("việt", "nam"), ("trung", "ương"))
_CREDITS = frozenset({"ảnh", "nguồn", "video", "clip", "tác"})  # after a dash: the credit of a picture
_LISTS = frozenset({"Phòng", "Ban", "Vụ", "Cục", "Chi cục", "Trung tâm", "Trường Cao đẳng"})
_TITLES_BEFORE = frozenset({"đốc", "trưởng", "tịch", "nhiệm", "phó"})
_GENERAL = frozenset({"Ngân hàng", "Công ty", "Trường", "Đại học", "Tập đoàn", "Bệnh viện", "Trung tâm"})
_FIRMS = ("Công ty", "Tổng công ty", "Ngân hàng")
_OF_MEMBERS = frozenset({"Hội", "Ban", "Công đoàn", "Quỹ", "Đội"})
_NAMED_BY_ONE_WORD = frozenset(
    {"Công ty", "Tập đoàn", "Tổng công ty", "Hợp tác xã", "Ngân hàng", "Bệnh viện", "Viettel"}
)
_HONOURS = {("anh", "hùng"), ("huân", "chương"), ("bằng", "khen"), ("cờ", "thi"), ("danh", "hiệu")}
_AFTER_NUMBER = words_of("after_number")
_ARMS = words_of("arm")
_FORMS = words_of("legal_form")
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_SYLLABLE = re.compile(rf"(?:[bcdđghklmnpqrstvx]|[cgknpt]h|ng|ngh|gi|qu|tr)?[{_VOWELS}]{{1,3}}(?:[cmnpt]|ch|ng|nh)?")
"""A syllable of Vietnamese, folded: what is none is a word of another language."""
_WORDS_OF_ONE_LETTER = frozenset({"y", "ý", "á", "ô"})


def read_open_name(words: Words, found: Found) -> Found | None:
    """Read the name after an open head: describing words, then a proper name, then a place.

    Describing words may be in lower case (`Công ty cổ phần Đường sắt Sài Gòn`), also the second syllable of a word
    that starts with a capital (`Nhà máy Lọc dầu Dung Quất`); after the proper name only a place may follow.
    """
    i, proper_from = _own_name(words, found)
    place, last = _place_after(words, found, i)
    if place is not None and place.name and _is_numbered(words, last):
        i, last, place = last + 1, last + 1, None
    if (words.key(last), words.key(last + 1)) in _CENTRES and words.follows(last - 1):
        last, place = last + 2, None
        i = last
    if _is_no_name(words, found, i, last, place, named=proper_from is not None):
        return None
    name = f"{found.name} {opened(words, found.last, i)}".strip()
    proper = tuple(words.keys[proper_from:i]) if proper_from is not None else ()
    return replace(found, last=last, place=place, name=name, written_name=True, proper=proper)


def read_troop(words: Words, found: Found) -> Found | None:
    """Read a troop's task, then its name or number (`Đội Cảnh sát giao thông số 12`, `đội nữ lái xe Trường Sơn`)."""
    i = found.last
    if i >= len(words) or not words.follows(i - 1):
        return None
    told = name_words().longest(words, i) is not None or words.keys[i] in _ARMS
    named = read_open_name(words, found) if told else None
    if named is None or (not named.proper and named.place is None):
        return None
    return named


def _own_name(words: Words, found: Found) -> tuple[int, int | None]:
    """Return the word after the organ's own name, and where the proper name in it starts."""
    i = found.last
    proper_from: int | None = None
    while i < len(words) and i - found.last < _LONGEST_RUN:
        at = _joint(words, i, found)
        if at is None or at >= len(words) or (at > i and not _goes_on(words, at)):
            break
        dashed = words.gap(i - 1).strip(" ") == "-"
        if dashed and (words.keys[at] in _CREDITS or _is_known(words, at) or _is_described(words, at)):
            break
        if at == found.last and is_person(words, at) and _tells_person(words, found):
            break
        if _starts_honour(words, at) or _stops_capitals(words, found, at):
            break
        if is_person(words, at) and (dashed or (proper_from is not None and not _is_begun(words, proper_from, at))):
            break
        if _ends_in_country(words, at):
            return _abroad(words, at + 2), proper_from if proper_from is not None else at
        word = name_words().longest(words, at)
        if word is None and proper_from is None and words.keys[at] in _ARMS and found.kind.tail == "troop":
            word = (at + 1, [""])
        if word is None and words.keys[at] == words.key(at + 1) and not words.is_capital(at) and at + 1 < len(words):
            word = name_words().longest(words, at + 1)  # a doubled word
        if word is not None and (
            words.is_capital(at) or (proper_from is None and _may_be_lower(words, i, at, word, found))
        ):
            i = word[0]
            continue
        if words.keys[at].isdecimal():
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
        if proper_from is None:
            proper_from = at
        if at - proper_from >= _LONGEST_PROPER:
            break
        i = at + 1
    if proper_from is None and i > found.last + 1 and words.is_upper(i - 1) and words.keys[i - 1] not in _FORMS:
        proper_from = i - 1  # Công ty Thực phẩm sữa TH
    return i, proper_from


def _ends_in_country(words: Words, at: int) -> bool:
    """Say whether `Việt Nam` stands at word `at` and ends the name (not `Việt Nam Thịnh Vượng`)."""
    if (words.keys[at], words.key(at + 1)) != ("việt", "nam") or words.gap(at) != " " or not words.is_capital(at):
        return False
    return not words.is_capital(at + 2) or words.gap(at + 1) != " " or is_person(words, at + 2)


def _is_begun(words: Words, proper_from: int, at: int) -> bool:
    """Say whether a proper name has only its first syllable before word `at` (`Tập đoàn Tân Hoàng Minh`)."""
    first = words.keys[proper_from]
    return at - proper_from == 1 and not words.is_upper(proper_from) and _SYLLABLE.fullmatch(first) is not None


def _starts_honour(words: Words, at: int) -> bool:
    first, second = words.keys[at], words.key(at + 1)
    return (first, second) in _HONOURS or (first == "chiến" and second == "sĩ" and words.key(at + 2) == "thi")


def _tells_person(words: Words, found: Found) -> bool:
    """Say whether a person's name after the head is no part of the unit's (`giám đốc bệnh viện Phạm Văn A`)."""
    if found.kind.name in _OF_MEMBERS:
        return True
    return not words.is_capital(found.first) and words.key(found.first - 1) in _TITLES_BEFORE


def _abroad(words: Words, i: int) -> int:
    """Return the word after `tại Lào`, where members live abroad (`Hội Người Việt Nam tại Lào`), or `i`."""
    if words.key(i) != "tại" or not words.follows(i - 1) or words.key(i - 3) != "người" or not words.is_capital(i + 1):
        return i
    match = countries().longest(words, i + 1)
    return match[0] if match is not None else i


def _is_known(words: Words, at: int) -> bool:
    """Say whether another organ is named at word `at`: a dash before it tells two organs apart."""
    match = organs().longest(words, at)
    return match is not None and any(kind.tail in ("seat", "whole", "party") for kind in match[1])


def _is_described(words: Words, at: int) -> bool:
    """Say whether a word of two syllables that no name holds follows a dash: `Liên hiệp Hội X - Cụm trưởng`."""
    return name_words().longest(words, at) is None and _is_compound(words, at)


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
        and not words.keys[at].isdecimal()
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
    return not words.keys[found.last].isdecimal() and not words.is_upper(found.last)


def _may_be_lower(words: Words, i: int, at: int, word: tuple[int, list[str]], found: Found) -> bool:
    """Say whether a describing word in lower case goes on with the name: a verb does so only after `và`, `-`."""
    if at > i or words.gap(i - 1).strip(" ") != "" or word[1] == [""]:
        return True
    if "verb or noun" in word[1] and found.kind.name.startswith(_FIRMS):
        after = word[0]
        return after < len(words) and (words.is_capital(after) or name_words().longest(words, after) is not None)
    return "verb or noun" in word[1] and (words.is_capital(word[0]) or read_kind(words, word[0]) is not None)


def _is_compound(words: Words, at: int) -> bool:
    """Say whether word `at` and the next are one word of two syllables that starts with a capital (`Lọc dầu`)."""
    following = words.key(at + 1)
    if len(words.keys[at]) == 1 and words.is_upper(at) and words.keys[at] not in _WORDS_OF_ONE_LETTER:
        return False  # Trường Mầm non A
    if _SYLLABLE.fullmatch(words.keys[at]) is None or _SYLLABLE.fullmatch(following) is None:
        return False  # Công ty FrieslandCampina khánh thành
    if not following or words.gap(at) != " " or words.is_capital(at + 1) or following.isdecimal():
        return False
    return following not in name_stops() and not is_person(words, at)


def _number_ends(words: Words, at: int, after_proper: bool) -> bool:
    """Say whether a number belongs to the name (`Biên Hòa 2`), not to what is counted (`Nguyễn Khuyến 1 tivi`)."""
    if words.gap(at)[:1] in (".", ",", "/") and words.key(at + 1).isdecimal() and len(words.gap(at)) == 1:
        return False  # 200.000
    if not after_proper and words.key(at - 1) != "số":
        return len(words.keys[at]) <= 4
    following = words.key(at + 1)
    if words.gap(at) != " " or words.is_capital(at + 1):
        return len(words.keys[at]) <= 4 and "/" not in words.gap(at) and "." not in words.gap(at)[:1]
    return following in _AFTER_NUMBER


def _is_abbreviated(words: Words, found: Found, last: int) -> bool:
    """Say whether an abbreviation alone is the name (`Tập đoàn TH`, `Công ty CNC`)."""
    i = found.last
    if words.keys[i] in _FORMS:
        return False
    return last - i == 1 and found.kind.name in _NAMED_BY_ONE_WORD and words.is_upper(i) and len(words.keys[i]) > 1


def _place_after(words: Words, found: Found, i: int) -> tuple[Place | None, int]:
    if i >= len(words) or not words.follows(i - 1):
        return None, i
    place = read_place(words, i)
    if place is None:
        bare = read_bare(words, i)
        return (bare, bare.last) if bare is not None else (None, i)
    if not place.name:
        other_word = words.key(place.last) in _MORE and words.follows(place.last - 1)
        if other_word or (place.level == "commune" and i == found.last):
            return None, i
    return place, place.last


def _tells(words: Words, found: Found, last: int) -> bool:
    """Say whether describing words alone tell which one it is: at least one of them is in capitals."""
    return last - found.last >= 2 and words.is_capital(found.first) and words.is_capital(found.last)


def _starts_place(words: Words, i: int) -> bool:
    place = read_place(words, i, chain=False)
    return place is not None


def _goes_on(words: Words, at: int) -> bool:
    """Say whether a name goes on after `và`: with a describing word, not with another organ or person."""
    return name_words().longest(words, at) is not None and organs().longest(words, at) is None


def _joint(words: Words, i: int, found: Found) -> int | None:
    """Return the word where the name goes on at word `i`, over `và`, `-`, `&`, or None.

    A list of tasks may also go on over a comma, in lower case (`Phòng Công chức, viên chức`).
    """
    gap = words.gap(i - 1)
    bare = gap.strip(" ")
    if "\n" in gap:
        return None
    if words.follows(i - 1):
        return i + 1 if words.keys[i] == "và" else i
    if bare == "," and found.kind.name in _LISTS and i > found.last and not words.is_capital(i):
        return i if organs().longest(words, i) is None and words.follows(i) else None
    return i if bare in ("-", "&") else None


def _is_numbered(words: Words, last: int) -> bool:
    """Say whether a number follows the place in the name (`Trường Tiểu học thị trấn Kiên Lương 1`)."""
    return words.key(last).isdecimal() and words.follows(last - 1) and _number_ends(words, last, after_proper=True)


def _is_no_name(words: Words, found: Found, i: int, last: int, place: Place | None, *, named: bool) -> bool:
    """Say whether what was read after the head does not tell one organ from others.

    `i` is the word after its own name, `last` the one after its place; `named`: it has a proper name.
    """
    short_head = found.last - found.first < _LONG_HEAD
    if last == found.last:
        return True
    if named and last - found.last == 2 and (words.keys[last - 2], words.keys[last - 1]) in _CENTRES and short_head:
        return True  # các ngân hàng Việt Nam
    if not words.is_capital(found.first) and found.kind.lower != "yes":
        bare = read_bare(words, found.last)
        if i == found.last or (bare is not None and bare.last == last):
            return True  # trung tâm Đồng Hới
    described = all(not words.is_capital(j) for j in range(found.first, last - 2))
    if described and words.keys[last - 2] == "số" and last - found.last <= _RANKED:
        return True  # ngân hàng số 1
    if described and found.kind.name in _GENERAL and (words.keys[last - 2], words.keys[last - 1]) == ("việt", "nam"):
        return True  # ngân hàng thương mại Việt Nam
    if _is_abbreviated(words, found, last):
        return False
    if i == found.last and (found.kind.name == "Chi nhánh" or place is None):
        return True
    if place is None and i - found.last == 1 and _is_too_short(words, found):
        return True  # Trường Thịnh: a person
    if i == found.last and place is not None and not place.name and short_head:
        return found.kind.name not in _OF_A_PLACE
    told = named or (place is not None and bool(place.name))
    if not words.is_capital(found.first) and not told:
        return True
    return not named and place is None and i == last and not _tells(words, found, i)
