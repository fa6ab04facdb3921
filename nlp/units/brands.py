"""A company's proper name standing alone (`Công ty Cổ phần Đầu tư Văn Phú - Invest`, later `Văn Phú - Invest`)."""

import re
from dataclasses import replace

from nlp.places.gazetteer import province_called, province_names
from nlp.units.catalogue import name_words
from nlp.units.found import Found
from nlp.words import Words

_FOREIGN = re.compile(r"[fjwz]|[^aeiouyăâêôơưđ\W\d]{4}", re.IGNORECASE)
_MIXED = re.compile(r"[a-zà-ỹ][A-ZĐ]")
_LEAST_WORDS = 3


def uses_alone(words: Words, found: list[Found], taken: list[bool]) -> list[Found]:
    """Return the places where a company's proper name stands without the rest of the company's name.

    A name of two Vietnamese syllables may be a person's or a place's: it counts only with a word of another language.
    """
    names = {f.proper: f for f in found if f.kind.level == "base" and _is_brand(words, f)}
    if not names:
        return []
    starting: dict[str, list[Found]] = {}
    for proper, brand in names.items():
        starting.setdefault(proper[0], []).append(brand)
    alone: list[Found] = []
    i = 0
    while i < len(words):
        match = next((f for f in starting.get(words.keys[i], ()) if _stands_at(words, i, f.proper, taken)), None)
        if match is None:
            i += 1
            continue
        last = i + len(match.proper)
        branch = _branch(words, last)
        if branch > last:
            written = " ".join(words.written(last, branch).split())
            match = replace(match, name=f"{match.name} {written}", place=None)
            last = branch
        alone.append(replace(match, first=i, last=last, more=(), rule="unit.brand"))
        i = last
    return alone


def _branch(words: Words, i: int) -> int:
    """Return the word after the country or province that follows the proper name (`Nestlé Việt Nam`), or `i`."""
    if i >= len(words) or words.gap(i - 1) != " " or not words.is_capital(i):
        return i
    if (words.keys[i], words.key(i + 1)) == ("việt", "nam"):
        return i + 2
    match = province_names().longest(words, i)
    return match[0] if match is not None else i


def _is_brand(words: Words, found: Found) -> bool:
    proper = found.proper
    if found.kind.tail == "outlet":
        return " ".join(proper) in words.outlets and name_words().longest(words, found.last - len(proper)) is None
    if not proper or not found.kind.name.startswith(("Công ty", "Tập đoàn", "Tổng công ty", "Ngân hàng")):
        return False
    if any(province_called(" ".join(proper[i:])) for i in range(len(proper))):
        return False
    if len(proper) >= _LEAST_WORDS:
        return True
    written = words.written(found.first, found.last).split()[-len(proper) :]
    return len("".join(proper)) > _LEAST_WORDS and any(_FOREIGN.search(w) or _MIXED.search(w) for w in written)


def _stands_at(words: Words, i: int, proper: tuple[str, ...], taken: list[bool]) -> bool:
    last = i + len(proper)
    if tuple(words.keys[i:last]) != proper or any(taken[i:last]) or not words.is_capital(i):
        return False
    return all(words.gap(j).strip(" ") in ("", "-") for j in range(i, last - 1))
