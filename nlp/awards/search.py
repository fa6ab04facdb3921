"""Which hits are awards that the guide marks, and which are honorifics, congresses, gradings or general words."""

from collections.abc import Iterator
from dataclasses import replace

import regex

from nlp.awards.grammar import Found, following_orders, listed, unlisted
from nlp.awards.names import ANCHOR, HIT, AwardName
from nlp.reading import Reading

_CUE = regex.compile(
    r"(?:(?<!\w)(?:danh hiệu|đạt|công nhận|tặng|phong tặng|truy phong|suy tôn|đăng kí|nhận|giữ vững|chuẩn|xét|"
    r"bình xét|tôn vinh|khen|giành|lần|tuyên dương|phấn đấu|đoạt)(?!\w)"
    r"[^.;\n]{0,60}|(?:\d|%|trăm|nghìn)\s{1,2}(?:\p{L}+\s){0,2})\"?\s?$"
)
_STRONG_CUE = regex.compile(
    r"(?:(?<!\w)(?:danh hiệu|đạt|công nhận|phong tặng|trao tặng|tặng|đạt chuẩn|giữ vững)(?!\w)[^.;\n]{0,40}|"
    r"(?:\d|%)\s{1,2})\"?\s?$"
)
_HONOURING = regex.compile(r"(?<!\w)(?:tuyên dương|vinh danh|tôn vinh|biểu dương)(?!\w)[^.;\n]{0,40}$")
_CONFERRED = regex.compile(
    r"(?<!\w)(?:danh hiệu|tặng|phong tặng|truy phong|công nhận|đạt|trở thành|xét|nhận)(?!\w)[^.;\n]{0,40}$"
)
_CONGRESS = regex.compile(r"(?<!\w)đại hội(?!\w)(?:\s\p{L}+){0,4},?\s?\"?$")
_HONORED = regex.compile(
    r"(?:\s?[,-]\s?(?:\p{Lu}[\p{L}.]{0,6}|[Aa]nh hùng[^,]{0,40}|[Nn]ghệ [sn]\p{L}{1,3} \p{L}+ \p{L}+|[Nn]hạc sĩ|"
    r"[Tt]iến sĩ|"
    r"(?:[Tt]hượng|[Đđ]ại|[Tt]rung|[Tt]hiếu) (?:tướng|tá|úy))){0,3}"
    r"\s{1,2}(?:liệt sĩ\s|ông\s|bà\s|đồng chí\s)?\p{Lu}\p{Ll}+(?:[\s-]\p{Lu}\p{Ll}*){1,4}"
)
_PERSONAL = ("state_title",)
_SPLIT_PHRASE = {"ldtt": regex.compile(r"(?:hội nghị|điển hình)\s$")}


def search(reading: Reading) -> list[Found]:
    """Return the awards named in the article, in order, none overlapping."""
    found: list[Found] = []
    for hit in reading.hits.get(HIT, ()):
        name: AwardName = hit.refs[0]
        if found and hit.start < found[-1].end:
            continue
        if _is_award(reading, hit.start, hit.end, name) or (found and _continues(reading, found[-1], hit.start, name)):
            found.append(listed(reading, hit.start, hit.end, name))
            found.extend(following_orders(reading, found[-1]))
    taken = {p for f in found for p in range(f.start, f.end)} if reading.hits.get(ANCHOR) else set()
    for hit in reading.hits.get(ANCHOR, ()):
        if hit.start in taken:
            continue
        for other in unlisted(reading, hit.refs[0], hit.start, hit.end):
            if not taken.intersection((other.start, other.end - 1)) and not _inside(found, other):
                found.append(other)
    found.extend(f for f in _repeated(reading, found) if not _inside(found, f))
    return sorted(found, key=lambda f: f.start)


_JOINT = regex.compile(r"\s?(?:,|;|và|hoặc|, và)\s{1,2}")


def _continues(reading: Reading, before: Found, start: int, name: AwardName) -> bool:
    """`Anh hùng Lao động; tỉnh Anh hùng`: in a list of titles a name needs no cue of its own."""
    return name.needs_cue and name.family == "state_title" and bool(_JOINT.fullmatch(reading.folded, before.end, start))


_REPEATABLE = ("award.title.quoted", "award.prize.quoted")
_SHORTEST_REPEATED = 4


def _repeated(reading: Reading, found: list[Found]) -> Iterator[Found]:
    """Yield further places of names that the article has announced (`danh hiệu "X"`): there they need no anchor."""
    names: dict[str, Found] = {}
    for f in found:
        words = reading.folded[f.start : f.end].split('"')[-1].strip(" '").split()
        if f.rule in _REPEATABLE and len(words) >= _SHORTEST_REPEATED:
            names.setdefault(" ".join(words), f)
    if not names or len(names) > _MOST_REPEATED:
        return
    for m in regex.finditer("|".join(map(regex.escape, sorted(names, key=len, reverse=True))), reading.folded):
        first = names[m[0]]
        if reading.folded[m.end() : m.end() + 1].isalnum() or reading.folded[m.start() - 1 : m.start()].isalnum():
            continue
        before = reading.folded[max(0, m.start() - 40) : m.start()]
        announced = reading.text[m.start()].isupper() or before.endswith(('"', "'")) or _COUNTED.search(before)
        if not announced or before.rstrip(" \"'").endswith(_OTHER_THINGS):
            continue
        award = reading.text[first.end - len(m[0]) : first.end]
        yield replace(first, start=m.start(), end=m.end(), award=award[:1].upper() + award[1:], authorities=(),
                      rule="award.title.repeated", confidence=0.6)  # fmt: skip


_MOST_REPEATED = 40
_COUNTED = regex.compile(r"(?:\d|danh hiệu|giải thưởng)\s$")
_OTHER_THINGS = ("phong trào", "cuộc thi", "hội thi", "chương trình", "cuộc vận động", "chủ đề", "bảng xếp hạng", "quỹ")


def _inside(found: list[Found], other: Found) -> bool:
    return any(other.start < f.end and f.start < other.end for f in found)


def _is_award(reading: Reading, start: int, end: int, name: AwardName) -> bool:
    before = reading.folded[max(0, start - 80) : start]
    if name.needs_cue and not (_STRONG_CUE if name.family == "other_title" else _CUE).search(before):
        return reading.text[start].isupper() and _HONOURING.search(before) is not None
    if name.id == "bang_khen" and before.endswith("cao "):
        return False  # `tỉnh Cao Bằng khen thưởng`
    if name.short and name.family == "state_title" and not _CONFERRED.search(before):
        return False
    if name.id in ("cstd", "ah_llvtnd", "ah_lao_dong") and _CONGRESS.search(before):
        return False
    if name.family in _PERSONAL and _HONORED.match(reading.text, end) and "danh hiệu" not in before[-25:]:
        return False
    ending = before.rstrip(' "')
    if ending.endswith(("đề cử", "phong trào", "cuộc thi", "hội thi", "bình chọn")) or (
        name.id == "ntvt" and ending.endswith("gương")
    ):
        return name.family not in ("other_title", "prize")
    if name.id == "gia_dinh_van_hoa" and regex.match(
        r"\s?[-–,]?\s?(?:hạnh phúc|tiêu biểu)", reading.folded[end : end + 15]
    ):
        return "danh hiệu" in before[-25:]
    return True
