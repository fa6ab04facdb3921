"""Organs told together share what only one of them says: `HĐND, UBND tỉnh`, `Đảng ủy, Ban Giám hiệu`."""

import re
from dataclasses import replace

from nlp.places.geography import Geography
from nlp.units.article_names import ArticleNames
from nlp.units.found import Found
from nlp.words import Words

_PARTY_BODIES = frozenset({"Đảng ủy", "Đảng bộ"})
_SHARES_PLACE = (
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Thường trực Hội đồng nhân dân",
    "Ủy ban Mặt trận",
    "Ban Giám hiệu",
    "Ban Giám đốc",
)
_POLICE = frozenset({"section", "đội"})
_INQUIRY = frozenset({"Cơ quan Cảnh sát điều tra", "Cơ quan An ninh điều tra"})
_NEXT = 2
_CLOSE = 16
_BETWEEN = re.compile(r" ?-? ?(?:\([a-zđ]{1,4} ?\d{0,3}\)?)?,? ?(?:thuộc )?|, ?thuộc | ?\(")
_LONG_TITLE = 48
_TITLE_BETWEEN = re.compile(
    r" ?[,–-] (?:phó |quyền |nguyên )?(?:chủ tịch|chủ nhiệm|trưởng ban|bí thư)(?: thường trực)? "
)
"""Between two offices of one person: `Bí thư Đảng ủy, Chủ tịch UBND xã X`."""

_REACH = 4
"""So many organs back an organ without a place may take one from."""


def coordinated(words: Words, geography: Geography, found: list[Found], names: ArticleNames) -> list[Found]:
    """Return the organs that are mentions, with places and parents that their neighbours tell.

    Known names that need a place or an owner and have none are dropped here.
    """
    kept: list[Found] = []
    for told in reversed(found):
        organ = told
        following = kept[-1] if kept and _joined(words, organ, kept[-1]) else None
        if organ.is_bare and following is not None and _may_share(organ, following):
            of_main = following.of_main or (following.kind.tail == "parent" and following.is_bare)
            organ = replace(
                organ,
                place=following.place,
                parent=following.parent,
                of_main=of_main,
                institution=following.institution,
            )
        if organ.is_bare and organ.rule == "unit.incomplete" and _is_of_main(words, geography, organ, names):
            organ = replace(organ, of_main=True)
        if organ.is_bare and (organ.kind.family in _POLICE or organ.kind.name in _INQUIRY):
            organ = replace(organ, parent=_police(words, organ, kept))
        leads_society = organ.kind.name == "Đảng đoàn" and words.key(organ.first - 1) != "viên"
        if leads_society and organ.is_bare and names.society and words.is_capital(organ.first):
            organ = replace(organ, central=f"Đảng đoàn {names.society}")
        of_commune = organ.kind.name == "Đảng ủy" and organ.is_bare and _is_of_commune(words, geography, organ)
        leads = organ.kind.tail == "inner" and following is not None and _leads(organ, following)
        if organ.rule == "unit.incomplete" and organ.is_bare and not (leads or of_commune):
            continue
        kept.append(organ)
    kept.reverse()
    return [_from_before(words, geography, kept, n) for n in range(len(kept))]


def _police(words: Words, organ: Found, kept: list[Found]) -> Found | None:
    """Return the police that a section is told to be of right after it (`Phòng Cảnh sát X (PC 67), Công an tỉnh Y`)."""
    for following in kept[-1 : -_NEXT - 1 : -1]:
        between = words.folded[words.ends[organ.last - 1] : words.starts[following.first]]
        if len(between) > _CLOSE or not _BETWEEN.fullmatch(between):
            return None
        if following.kind.name in ("Công an", "Bộ Công an"):
            return following
    return None


def _is_of_main(words: Words, geography: Geography, organ: Found, names: ArticleNames) -> bool:
    """Say whether `Bí thư Đảng ủy` is the secretary of the school or company that the article is about."""
    if organ.kind.name != "Đảng ủy" or names.institution() is None or not words.is_capital(organ.first):
        return False
    return words.key(organ.first - 1) == "thư" and geography.district is None


def _is_of_commune(words: Words, geography: Geography, organ: Found) -> bool:
    """Say whether a Party committee or its standing board is that of the commune that the article is about."""
    if not geography.communes or (geography.district is not None and not geography.after_merger):
        return False
    return organ.name != organ.kind.name or words.key(organ.first - 1) == "thư"


def _may_share(organ: Found, following: Found) -> bool:
    if organ.rule == "unit.incomplete" and not _leads(organ, following):
        return False
    if organ.kind.tail not in ("seat", "inner") or following.kind.tail not in ("seat", "inner", "parent", "party"):
        return False
    if following.parent is not None and organ.kind.tail != "inner":
        return False
    if organ.kind.level == "central" or (following.is_bare and following.kind.tail != "parent"):
        return False
    if organ.kind.level in ("province", "district") and following.place is not None:
        return organ.kind.level == following.place.level
    return True


def _leads(organ: Found, following: Found) -> bool:
    return organ.kind.name in _PARTY_BODIES and following.kind.name.startswith(_SHARES_PLACE)


def _joined(words: Words, organ: Found, following: Found) -> bool:
    between = words.folded[words.ends[organ.last - 1] : words.starts[following.first]]
    if between == " ":
        return following.kind.tail == "parent"
    if organ.kind.name in _PARTY_BODIES and len(between) < _LONG_TITLE and _TITLE_BETWEEN.fullmatch(between):
        return True
    return between.strip(" ") in (",", "-", "và", "&", "/", ", và")


def _from_before(words: Words, geography: Geography, kept: list[Found], n: int) -> Found:
    """Return a bare organ of any level with the place of the one told last (`Thành uỷ - Chủ tịch HĐND`)."""
    organ = kept[n]
    if not organ.is_bare or organ.kind.level != "seat":
        return organ
    if organ.kind.central:
        before = kept[n - 1] if n else None
        if before is None or before.place is None or before.kind.tail == "open" or not _joined(words, before, organ):
            return organ
        return replace(organ, place=before.place)
    if organ.kind.tail != "seat" and organ.kind.name not in _PARTY_BODIES:
        return organ
    for before in reversed(kept[max(0, n - _REACH) : n]):
        if before.place is not None and before.kind.tail in ("seat", "inner", "party"):
            return organ if before.place.level == "hamlet" else replace(organ, place=before.place)
        if before.kind.tail == "party" and before.is_bare:
            main = geography.district if before.kind.level == "district" else geography.main_province()
            return replace(organ, place=main)
    return organ
