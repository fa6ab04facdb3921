"""Emulation clusters and blocs: `Cụm thi đua số 5`, `Khối thi đua các cơ quan Đảng`, `Khối thi đua II`."""

import re
from dataclasses import replace

from nlp.places.grammar import read_place
from nlp.units.catalogue import name_words, organs
from nlp.units.found import Found
from nlp.words import Words

_LONGEST = 18
_ROMAN = re.compile(r"[ivx]{1,5}")
_MEMBERS = frozenset(
    "các cơ quan sở ban ngành tỉnh thành phố huyện quận thị xã phường trấn doanh nghiệp trường đại học cao đẳng trung "
    "ương đoàn thể hội tổ chức đơn vị sự khối cụm thuộc khu vực miền vùng bộ ngành khen thưởng đua địa phương quần "
    "chúng đặc thù chính trị xã hội nghề tổng hợp kinh tế văn hóa nội chính tư pháp đảng mặt trận ngân hàng tài bảo "
    "hiểm tín dụng bệnh viện trực nhân dân cổ phần nhà nước ngoài quốc doanh công ti lực lượng vũ trang phòng chuyên "
    "môn tham mưu chi cục giáo dục tiểu thpt thcs mầm non dạy phía bắc nam đông tây duyên hải đồng bằng sông hồng cửu "
    "long trọng điểm trung du núi tập đoàn báo chí xuất bản in phát thanh truyền hình khoa học quản lí kỹ kĩ thuật "
    "nông lâm thủy sản công thương giao thông xây dựng an quân sự đô hạ tầng tôn giáo dân tộc hợp tác tế y lao động".split()
)
_NEVER_LAST = frozenset({"các", "và", "thuộc", "khu", "tổ", "đơn", "trực", "phát", "tập"})


def read_bloc(words: Words, found: Found) -> Found | None:
    """Read what tells one bloc from another: a number, or its members. A head alone is not a name."""
    i = found.last
    if i >= len(words) or not words.follows(i - 1):
        return None
    number = _number(words, i)
    if number is not None:
        after, label = number
        place = read_place(words, after) if after < len(words) and words.follows(after - 1) else None
        last = place.last if place else after
        return replace(found, last=last, name=f"{found.name} {label}", place=place)
    i = _members(words, i)
    if i == found.last:
        return None
    members = " ".join(words.written(found.last, i).split())
    if members.casefold() in ("khen thưởng", "các tỉnh", "các huyện"):
        return None
    return replace(found, last=i, name=f"{found.name} {members}", written_name=True)


def _number(words: Words, i: int) -> tuple[int, str] | None:
    if words.keys[i] == "số" and words.key(i + 1).isdigit() and words.follows(i):
        return i + 2, f"số {int(words.keys[i + 1])}"
    if words.keys[i] == "số" and _ROMAN.fullmatch(words.key(i + 1)) and words.is_upper(i + 1):
        return i + 2, f"số {words.written(i + 1, i + 2)}"
    if words.keys[i].isdigit() and len(words.keys[i]) <= 2:
        return i + 1, str(int(words.keys[i]))
    if _ROMAN.fullmatch(words.keys[i]) and words.is_upper(i):
        return i + 1, words.written(i, i + 1)
    return None


def _members(words: Words, first: int) -> int:
    i = first
    last = first
    while i < len(words) and i - first < _LONGEST:
        if i > first and not _goes_on(words, i):
            break
        if words.keys[i] == "và":
            i += 1
            continue
        match = organs().longest(words, i) or name_words().longest(words, i)
        if match is not None and (words.is_capital(i) or words.keys[i] in _MEMBERS):
            i = match[0]
        elif words.keys[i] in _MEMBERS or words.is_capital(i):
            i += 1
        else:
            break
        if words.keys[i - 1] not in _NEVER_LAST:
            last = i
    return last


def _goes_on(words: Words, i: int) -> bool:
    if words.follows(i - 1):
        return True
    gap = words.gap(i - 1).strip(" ")
    if gap in ("-", "&"):
        return words.keys[i] in _MEMBERS or words.is_capital(i)
    return gap == "," and words.keys[i] in _MEMBERS
