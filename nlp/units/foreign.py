"""Organs of other countries, and those of Vietnam abroad: `Bộ Ngoại giao Nhật Bản`, `Đại sứ quán Việt Nam tại Lào`."""

from dataclasses import replace

from nlp.places.grammar import read_bare, read_place
from nlp.units.catalogue import OrganType, countries, name_words
from nlp.units.found import Found
from nlp.units.names import opened
from nlp.words import Words

_NATIONAL = ("Bộ ", "Chính phủ", "Quốc hội", "Hội đồng Bộ trưởng", "Ngân hàng Nhà nước")
_LONGEST_TASK = 6


def read_foreign(words: Words, found: Found) -> Found | None:
    """Return the organ as that of the country told right after it (`Bộ Quốc phòng Lào`), or None."""
    if not found.kind.name.startswith(_NATIONAL) or found.kind.name == "Bộ Chính trị":
        return None
    country = _country(words, found.last)
    if country is None:
        return None
    last, name = country
    return _of_country(found, last, f"{found.name} {name}")


def read_country(words: Words, found: Found) -> Found | None:
    """Read the country of an embassy, or of a ministry whose task is told before it, and where its seat is."""
    i = found.last
    country = _country(words, i)
    while country is None and found.kind.name == "Bộ" and i < len(words) and i - found.last < _LONGEST_TASK:
        if not words.follows(i - 1) or not (words.is_capital(i) or i > found.last):
            return None
        word = name_words().longest(words, i)
        i = word[0] if word is not None else i + 1
        country = _country(words, i)
    if country is None:
        return None
    last, name = country
    task = opened(words, found.last, i)
    name = " ".join(f"{found.name} {task} {name}".split())
    if words.key(last) == "tại" and words.follows(last - 1) and last + 1 < len(words):
        seat = _seat(words, last + 1)
        if seat is not None:
            last, written = seat
            name = f"{name} tại {written}"
    return _of_country(found, last, name)


def _of_country(found: Found, last: int, name: str) -> Found:
    kind = OrganType(found.kind.name, "country", "", "never")
    return replace(found, last=last, name=name, kind=kind, written_name=True, rule="unit.country")


def _country(words: Words, i: int) -> tuple[int, str] | None:
    """Return the country named at word `i`, as the word after it and its usual name, or None."""
    if i >= len(words) or not words.is_capital(i) or not words.follows(i - 1):
        return None
    if (words.keys[i], words.key(i + 1)) == ("việt", "nam"):
        return i + 2, "Việt Nam"
    match = countries().longest(words, i)
    if match is None:
        return None
    last, (name, *_) = match
    runs_on = words.gap(last - 1) == " " and words.is_capital(last) and last - i == 1 and len(name) < _SHORT_NAME
    return None if runs_on else (last, name)


_SHORT_NAME = 5
"""A name of one short syllable before a further capital is a person's (`Anh Thư`, `Đức Minh`)."""


def _seat(words: Words, i: int) -> tuple[int, str] | None:
    place = read_place(words, i, chain=False) or read_bare(words, i)
    if place is not None and place.province is not None:
        return place.last, place.province.label
    country = _country(words, i)
    if country is not None:
        return country
    last = i
    while last < len(words) and last - i < 3 and words.is_capital(last) and (last == i or words.gap(last - 1) == " "):
        last += 1
    return (last, words.written(i, last)) if last > i else None
