"""What the tagger sees of a word: itself, its neighbours, their shapes and joints, and what the lexicon says of it."""

import re
from functools import lru_cache

from nlp.places.gazetteer import province_names, surnames
from nlp.units.catalogue import name_words, organs
from nlp.words import Words

_DIGIT = re.compile(r"\d")
_JOINTS = frozenset(',.-():/&"')
_BEFORE, _AFTER = 2, 3

Seen = tuple[str, str, str, str, str]


def features(words: Words, first: int, last: int) -> list[list[str]]:
    """Return the features of the words `first` to `last` (not with), one list of strings a word.

    They do not depend on where the window is cut: neighbours (two before, three after) are seen beyond its ends too.
    """
    seen = [_seen(words, i) for i in range(first - _BEFORE, last + _AFTER)]
    return [_row(*seen[i : i + _BEFORE + 1 + _AFTER]) for i in range(last - first)]


def _row(p2: Seen, p1: Seen, this: Seen, n1: Seen, n2: Seen, n3: Seen) -> list[str]:
    word, shape, joint, lexicon, head = this
    before, shape_before, joint_before, lexicon_before, _ = p1
    after, shape_after, joint_after, lexicon_after, _ = n1
    entry = f"{shape_before}{joint_before}{shape}"
    onward = f"{joint}{shape_after}{joint_after}{n2[1]}"
    return [
        f"w={word}",
        f"-w={before}",
        f"+w={after}",
        f"--w={p2[0]}",
        f"-ww={before} {word}",
        f"w+w={word} {after}",
        f"s={shape}",
        f"-s++={entry}{onward}",
        f"h={head}{joint_before}",
        f"hs={head}{shape}{onward}{n2[2]}{n3[1]}",
        f"-ws={before} {joint_before}{shape}",
        f"l={lexicon}",
        f"-l={lexicon_before}",
        f"+l={lexicon_after}",
    ]


_NOTHING: Seen = ("", "|", "|", "", "")


def _seen(words: Words, i: int) -> Seen:
    """Return a word as the tagger sees it: folded (digits as 0), shape, the joint after it, lexicon class, head."""
    if not 0 <= i < len(words):
        return _NOTHING
    plain, head, known = _of_key(words.keys[i])
    if head:
        match = organs().longest(words, i)
        if match is not None:
            known = f"{match[1][0].tail}{min(match[0] - i, 3)}{known}"
    return plain, _shape(words.text[words.starts[i] : words.ends[i]]), _joint(words.gap(i)), known, head


@lru_cache(maxsize=65536)
def _of_key(key: str) -> tuple[str, str, str]:
    """Return a folded word with its digits as 0, whether it begins names of organs, and what else the tables know.

    That is: `n` begins a describing word of open names, `p` a province, `f` is a family name.
    """
    known = "n" if name_words().starts_with(key) else ""
    known += "p" if province_names().starts_with(key) else ""
    known += "f" if key in surnames() else ""
    return _DIGIT.sub("0", key), "o" if organs().starts_with(key) else "", known


@lru_cache(maxsize=16384)
def _shape(written: str) -> str:
    """Return `0` a number, `a` lower, `A` a capital first, `B` all capitals, `Z` capitals and small letters mixed."""
    if written[0].isdecimal():
        return "0"
    if written.islower():
        return "a"
    if written[0].isupper() and (len(written) == 1 or written[1:].islower()):
        return "A"
    return "B" if written.isupper() else "Z"


@lru_cache(maxsize=1024)
def _joint(gap: str) -> str:
    """Return what joins two words as one character: `_` a space, `|` a line end, a mark itself, `?` several marks."""
    if "\n" in gap:
        return "|"
    bare = gap.strip(" ")
    return bare if bare in _JOINTS else "?" if bare else "_"
