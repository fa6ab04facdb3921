"""Short forms that an article defines itself: `Tổng cục Chính trị (TCCT)`, `Ngân hàng TMCP Tiên Phong (TPBank)`."""

from dataclasses import replace

from nlp.places.grammar import read_bare, read_place
from nlp.units.catalogue import organs
from nlp.units.found import Found
from nlp.words import Words

_LONGEST = 16


def defined_after(words: Words, found: Found) -> tuple[str, Found] | None:
    """Return the short form in brackets right after the organ and the mention that it is, or None."""
    i = found.last
    if i >= len(words) or words.gap(i - 1).strip(" ") not in ("(", '("', "(sau đây gọi tắt là"):
        return None
    if words.gap(i).lstrip(' "')[:1] != ")":
        return None
    short = words.written(i, i + 1)
    if not _is_short_form(short) or read_bare(words, i) is not None or organs().longest(words, i) is not None:
        return None
    return short, replace(found, first=i, last=i + 1, more=(), rule="unit.alias")


def _is_short_form(short: str) -> bool:
    capitals = sum(c.isupper() for c in short)
    return 2 <= len(short) <= _LONGEST and capitals >= 2 and not short.isdigit()


def uses(words: Words, defined: dict[str, Found], taken: list[bool]) -> list[Found]:
    """Return the later uses of the short forms, each standing for the organ that it was defined for."""
    if not defined:
        return []
    found: list[Found] = []
    for i in range(len(words)):
        if taken[i]:
            continue
        short = words.text[words.starts[i] : words.ends[i]]
        whole = defined.get(short)
        if whole is None or _in_code(words, i):
            continue
        last = i + 1
        place = read_place(words, last) if last < len(words) and words.follows(i) else None
        if place is not None and not place.name and not taken[last]:
            last = place.last
        found.append(replace(whole, first=i, last=last, more=(), rule="unit.alias"))
    return found


def _in_code(words: Words, i: int) -> bool:
    before = words.folded[words.starts[i] - 1 : words.starts[i]]
    after = words.folded[words.ends[i] : words.ends[i] + 1]
    return before in ("/", "-") or after in ("/", "-")
