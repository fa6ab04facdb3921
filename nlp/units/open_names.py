"""The proper names of schools, hospitals, companies, associations: describing words, a proper name, a place."""

from dataclasses import replace

from nlp.places.grammar import Place, is_person, read_bare, read_kind, read_place
from nlp.units.catalogue import name_stops, name_words, organs
from nlp.units.found import Found
from nlp.units.names import opened
from nlp.word_roles import words_of
from nlp.words import Words

_LONG_HEAD = 3
_LONGEST_RUN = 14
_LONGEST_PROPER = 6
_OF_A_PLACE = frozenset({"Bưu điện", "Điện lực", "Viễn thông", "VNPT", "Viettel", "Thư viện", "Bảo tàng"})
_MORE = frozenset({"ủy", "đoàn", "hội"})  # tỉnh ủy, tỉnh đoàn, tỉnh hội
_CENTRES = (("việt", "nam"), ("trung", "ương"))
_NAMED_BY_ONE_WORD = frozenset(
    {"Công ty", "Tập đoàn", "Tổng công ty", "Hợp tác xã", "Ngân hàng", "Bệnh viện", "Viettel"}
)
_HONOURS = {("anh", "hùng"), ("huân", "chương"), ("bằng", "khen"), ("cờ", "thi"), ("danh", "hiệu"), ("chiến", "sĩ")}
_AFTER_NUMBER = words_of("after_number")


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


def _own_name(words: Words, found: Found) -> tuple[int, int | None]:
    """Return the word after the organ's own name, and where the proper name in it starts."""
    i = found.last
    proper_from: int | None = None
    while i < len(words) and i - found.last < _LONGEST_RUN:
        at = _joint(words, i)
        if at is None or at >= len(words) or (at > i and not _goes_on(words, at)):
            break
        dashed = words.gap(i - 1).strip(" ") == "-"
        if dashed and (_is_known(words, at) or _is_described(words, at)):
            break
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
    if at > i or words.gap(i - 1).strip(" ") != "" or word[1] == [""]:
        return True
    return "verb or noun" in word[1] and (words.is_capital(word[0]) or read_kind(words, word[0]) is not None)


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


def _joint(words: Words, i: int) -> int | None:
    """Return the word where the name goes on at word `i`, over `và`, `-`, `&` and an opening quote, or None."""
    gap = words.gap(i - 1)
    bare = gap.strip(" ")
    if "\n" in gap:
        return None
    if words.follows(i - 1):
        return i + 1 if words.keys[i] == "và" else i
    return i if bare in ("-", "&") else None


def _is_numbered(words: Words, last: int) -> bool:
    """Say whether a number follows the place in the name (`Trường Tiểu học thị trấn Kiên Lương 1`)."""
    return words.key(last).isdigit() and words.follows(last - 1) and _number_ends(words, last, after_proper=True)


def _is_no_name(words: Words, found: Found, i: int, last: int, place: Place | None, *, named: bool) -> bool:
    """Say whether what was read after the head does not tell one organ from others.

    `i` is the word after its own name, `last` the one after its place; `named`: it has a proper name.
    """
    short_head = found.last - found.first < _LONG_HEAD
    if last == found.last:
        return True
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
