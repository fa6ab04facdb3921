"""One spelling for written names: tone marks in the present style (`Hoà` → `Hòa`, `uỷ` → `ủy`), plain quotes."""

import re
import unicodedata
from functools import lru_cache

_MARKS = "\u0300\u0301\u0309\u0303\u0323"


def _pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for mark in _MARKS:
            for a, b in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
                old = unicodedata.normalize("NFC", a + b + mark)
                pairs[old] = unicodedata.normalize("NFC", a + mark + b)
    return pairs


_OLD = _pairs()
_OLD_STYLE = re.compile(rf"(?<![qQ])(?:{'|'.join(_OLD)})(?!\w)")


@lru_cache(maxsize=8192)
def restyled(name: str) -> str:
    """Return a written name in the spelling of canonical names."""
    name = re.sub(r"[’‘`´]", "'", name)
    return _OLD_STYLE.sub(lambda m: _OLD[m[0]], re.sub(r"\s+", " ", name)).strip()
