"""Where the words of an organ are not a mention of it: titles, meeting places, codes, generic talk."""

import re

from nlp.units.found import Found
from nlp.words import Words

_CODE = re.compile(r"[/\d][\w.]{0,6}-$")
_VENUES = {("trụ", "sở"), ("hội", "trường"), ("nhà", "khách"), ("khuôn", "viên"), ("sân", "vận"), ("cổng", "trụ")}
_MANY = frozenset({"các", "những", "mỗi", "từng", "nhiều", "cấp", "vài", "số"})
_GENERIC_BEFORE = frozenset({"ngành", "toàn"})
_TITLES = {"Chính phủ": {"tướng"}, "Quốc hội": {"biểu"}}


def is_mention(words: Words, found: Found) -> bool:
    """Say whether the organ found is a mention by the guide, judged by what stands around it."""
    first = found.first
    before = words.key(first - 1) if first and not words.gap(first - 1).strip(" ") else ""
    if before in _TITLES.get(found.kind.name, ()):
        return False
    if before and (words.key(first - 2), before) in _VENUES:
        return False
    if before in _GENERIC_BEFORE and found.kind.tail != "number":
        return False
    if before in _MANY and found.is_bare and not found.more and found.kind.tail not in ("bloc", "number", "open"):
        return False
    if before in _MANY and found.place is not None and not found.place.name and not found.more:
        return False
    left = words.folded[max(0, words.starts[first] - 12) : words.starts[first]]
    return not _CODE.search(left)
