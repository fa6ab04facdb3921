"""A company's proper name standing alone (`Công ty Cổ phần Đầu tư Văn Phú - Invest`, later `Văn Phú - Invest`)."""

import re
from dataclasses import replace

from nlp.places.gazetteer import province_called
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
    alone: list[Found] = []
    i = 0
    while i < len(words):
        match = next((f for proper, f in names.items() if _stands_at(words, i, proper, taken)), None)
        if match is None:
            i += 1
            continue
        last = i + len(match.proper)
        alone.append(replace(match, first=i, last=last, more=(), rule="unit.brand"))
        i = last
    return alone


def _is_brand(words: Words, found: Found) -> bool:
    proper = found.proper
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
