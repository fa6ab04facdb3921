"""Where the words of an organ are not a mention of it: titles, meeting places, codes, generic talk."""

import regex as re

from nlp.places.grammar import is_person
from nlp.units.found import Found
from nlp.word_roles import words_of
from nlp.words import Words

_CODE = re.compile(r"[/\d][\w.]{0,6}-$|[\d\p{L}]/$")
_TIME = re.compile(r"(?:(?:vào|trong) )?(?:sáng|chiều|tối|trưa|ngày|hôm|vừa qua|mới đây)[^.]{0,30}$")
_VENUES = {
    ("trụ", "sở"),
    ("hội", "trường"),
    ("nhà", "khách"),
    ("khuôn", "viên"),
    ("sân", "vận"),
    ("cổng", "trụ"),
    ("đa", "năng"),
    ("phòng", "họp"),
    ("sân", "trường"),
    ("nhà", "truyền"),
}
_MANY = words_of("many_before")
_DATED = frozenset({"năm", "ngày", "tháng", "số"})
_GENERIC_BEFORE = frozenset({"ngành", "toàn"})
_HOSTS = frozenset(
    {"Bảo tàng", "Nhà hát", "Thư viện", "Nhà văn hóa", "Cung Văn hóa", "Cung Thiếu nhi", "Nhà Thiếu nhi"}
    | {"Nhà Văn hóa Thanh niên", "Nhà Văn hóa Lao động"}
)
_TITLES = {
    "Chính phủ": {"tướng", "đầu", "trực"},
    "Quốc hội": {"biểu"},
    "Kiểm toán nhà nước": {"tổng"},
    "Thanh tra Chính phủ": {"tổng"},
}
_PLACE_KINDS = words_of("place_kind")
_PARTY_WORDS = words_of("party_kind")


def is_mention(words: Words, found: Found) -> bool:
    """Say whether the organ found is a mention by the guide, judged by what stands around it."""
    first = found.first
    before = words.key(first - 1) if first and not words.gap(first - 1).strip(" ") else ""
    if before in _TITLES.get(found.kind.name, ()):
        return False
    if before and (words.key(first - 2), before) in _VENUES:
        return before == "sở" and words.key(first - 3) not in ("tại", "ở", "trước", "đến")
    if before == "viên" and words.written(first, first + 1) == "CCB":
        return False  # hội viên CCB huyện
    if before.isdecimal() and found.kind.tail == "seat" and not found.more:
        counted = found.is_bare and words.key(first - 2) not in _DATED
        if counted or not words.is_capital(first):
            return False  # 9/13 Hội Luật gia
    if before in ("các", "những", "nhiều") and found.kind.tail == "open" and not found.proper and found.place is None:
        return False  # các Công ty Điện lực trực thuộc
    if before in _MANY and found.parent is not None and found.parent.is_bare and found.parent.kind.tail == "party":
        return False
    if before == "chương" and found.kind.tail == "seat":
        return False  # kỷ niệm chương CCB Việt Nam
    if found.kind.name == "Thông tấn xã Việt Nam":
        return words.gap(first - 1).strip(" ") not in ("-", "(", "/") and words.key(found.last) not in ("đưa", "cho")
    after = found.last
    if found.kind.tail == "whole" and after - first == 1 and words.is_upper(first) and words.is_capital(after):
        return words.gap(after - 1) != " " or is_person(words, after)  # EVN TPC Quảng Ninh is another one
    if before == "luật" or (before == "biểu" and found.is_bare and found.kind.name == "Hội đồng nhân dân"):
        return False
    if before in _PLACE_KINDS and found.kind.tail == "open" and " " not in found.kind.name:
        return False  # xã Trường Xuân
    if found.kind.tail == "party" and found.is_bare and not words.is_capital(first) and _is_one_of_many(words, first):
        return False
    if before in ("chi", "phân") and found.kind.name.startswith("Hội"):
        return False
    if before == "tại" and _only_hosts(words, found):
        return False
    if before in _GENERIC_BEFORE and found.kind.tail != "number":
        return False
    if before in _MANY and found.is_bare and not found.more and found.kind.tail not in ("number", "open"):
        return found.kind.tail == "bloc" and "số" in found.name
    if before in _MANY and found.place is not None and not found.place.name and not found.more:
        return False
    if found.kind.name in _HOSTS and before == "tại":
        return False
    left = words.folded[max(0, words.starts[first] - 12) : words.starts[first]]
    return not _CODE.search(left)


def _is_one_of_many(words: Words, first: int) -> bool:
    """Say whether an enumeration of kinds leads here (`các huyện ủy, thị ủy`)."""
    for i in range(first - 1, max(-1, first - 8), -1):
        if words.keys[i] in _MANY:
            return True
        if words.gap(i).strip(" ") not in ("", ",") or (words.keys[i] not in _PARTY_WORDS):
            return False
    return False


def _only_hosts(words: Words, found: Found) -> bool:
    """Say whether the organ is only where something is held: `Sáng 5/7, tại X, Y tổ chức ...`."""
    if not words.gap(found.last - 1).strip(" ").startswith(","):
        return False
    here = words.starts[found.first - 1]
    start = max(words.folded.rfind("\n", 0, here), words.folded.rfind(". ", 0, here)) + 1
    return _TIME.match(words.folded[start:here].strip()) is not None
