"""Short names of an article tied to the fuller ones that it also uses (`Công ty X` → `Công ty TNHH X`)."""

from collections.abc import Iterable

from nlp.fold import key
from nlp.places.gazetteer import province_called

_LEAST_WORDS = 3


def fullest(names: Iterable[str]) -> dict[str, str]:
    """Return, for each name whose words stand in order in one longer name of the article, that longer name.

    Both must end in the same word; the longer one may not add a number (`Trường Tiểu học số 2 X` is another school);
    and a name that tells only a place (`Bệnh viện Đà Nẵng`) is no short form of another one there, unless the longer
    one only adds a head before it (`Trường Đại học X`).
    """
    words = {name: key(name).replace("-", " ").split() for name in names}
    ending: dict[str, list[str]] = {}
    for name, parts in words.items():
        if parts:
            ending.setdefault(parts[-1], []).append(name)
    found: dict[str, str] = {}
    for short, parts in words.items():
        if len(parts) < _LEAST_WORDS:
            continue
        only_place = _tells_only_place(parts)
        longer = [
            name
            for name in ending[parts[-1]]
            if len(others := words[name]) > len(parts)
            and _may_shorten(parts, others)
            and (others[-len(parts) :] == parts if only_place else _in_order(parts, others))
        ]
        if longer:
            found[short] = max(longer, key=lambda name: len(words[name]))
    return found


def _tells_only_place(parts: list[str]) -> bool:
    return any(province_called(" ".join(parts[i:])) is not None for i in (2, 3) if i < len(parts))


def _may_shorten(parts: list[str], others: list[str]) -> bool:
    """Say whether the heads agree: the same first word, or one of those that names drop."""
    return parts[0] == others[0] or others[0] in ("trường", "công")


def _in_order(parts: list[str], others: list[str]) -> bool:
    rest = iter(others)
    if not all(part in rest for part in parts):
        return False
    return not any(word.isdecimal() and word not in parts for word in others)
