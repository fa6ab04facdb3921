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
    if found.kind.tail == "bloc" or i >= len(words) or words.gap(i - 1).strip(" ") not in ("(", '("'):
        return None
    if words.gap(i).lstrip(' "')[:1] != ")":
        return None
    short = words.written(i, i + 1)
    if not _is_short_form(short) or read_bare(words, i) is not None or organs().longest(words, i) is not None:
        return None
    return short, replace(found, first=i, last=i + 1, more=(), rule="unit.alias")


def defined_within(found: Found) -> tuple[str, Found] | None:
    """Return the short form in brackets inside the name (`Hội Khuyến học (HKH) tỉnh X`) and the organ of any place.

    It must have the first letters of the whole name: `Bộ Chỉ huy Quân sự (CHQS)` gives None.
    """
    if not found.abbreviation:
        return None
    initials = "".join(word[0] for word in found.kind.name.replace("-", " ").split() if word != "và")
    if initials.upper() != found.abbreviation.upper():
        return None
    return found.abbreviation, replace(
        found, place=None, parent=None, central="", of_main=False, abbreviation="", more=()
    )


def _is_short_form(short: str) -> bool:
    capitals = sum(c.isupper() for c in short)
    return 2 <= len(short) <= _LONGEST and capitals >= 2 and not short.isdecimal()


def read_short_form(words: Words, i: int, whole: Found) -> Found:
    """Return the organ that the short form at word `i` was defined for, with a place's kind that follows."""
    last = i + 1
    place = read_place(words, last) if last < len(words) and words.follows(i) else None
    if whole.is_bare and whole.kind.tail in ("seat", "inner"):
        if place is None:
            return replace(whole, first=i, last=last, more=(), rule="unit.incomplete")
        return replace(whole, first=i, last=place.last, place=place, more=(), rule="unit.alias")
    if place is not None and not place.name:
        last = place.last
    return replace(whole, first=i, last=last, more=(), rule="unit.alias")


def in_code(words: Words, i: int) -> bool:
    """Say whether word `i` is part of a document's code (`12/QĐ-TCCT`)."""
    before = words.folded[words.starts[i] - 1 : words.starts[i]] if words.starts[i] else ""
    after = words.folded[words.ends[i] : words.ends[i] + 1]
    return before in ("/", "-") or after in ("/", "-")


def uses_before(words: Words, taken: list[bool]) -> list[Found]:
    """Return the uses of short forms before the place where they are defined (a title, a lead)."""
    if not words.short_forms:
        return []
    return [
        read_short_form(words, i, words.short_forms[short])
        for i in range(len(words))
        if not taken[i] and (short := words.written(i, i + 1)) in words.short_forms and not in_code(words, i)
    ]
