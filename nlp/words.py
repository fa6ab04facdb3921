"""The words of a folded text and a table of phrases over them that does not mind how the words are joined.

Organ names are printed with every kind of joint: `TT&TT`, `TT-TT`, `Thông tin và Truyền thông`, `Thông tin - Truyền
thông`, `thi đua khen thưởng`. Literals of the one-pass scanner would need a row for each; here a phrase is its words,
and where the official name has a joint (`và`, `-`, `,`, `&`) the text may have any joint or none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from nlp.fold import fold, nfc

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_JOINTS = frozenset({"", "-", "&", ",", "/", "+"})
_AND = "và"
_LONGEST_ABBREVIATION = 3
_STOPPED = frozenset({"tp", "tx", "tt", "p", "q", "t"})  # abbreviations that take a full stop: TP. Biên Hòa, T.Ư


class Words:
    """The words of one text: `keys[i]` (folded, without apostrophes) stands at `starts[i]`:`ends[i]`."""

    __slots__ = ("ends", "folded", "keys", "local", "outlets", "short_forms", "starts", "text", "title_end")

    def __init__(self, text: str, folded: str) -> None:
        self.text, self.folded = text, folded
        self.title_end = len(text) if (end := text.find("\n")) < 0 else end
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.keys: list[str] = []
        self.local: PhraseTable[Any] = PhraseTable()  # names that this article itself introduces with their kind
        self.outlets: set[str] = set()  # newspapers that this article is about
        self.short_forms: dict[str, Any] = {}  # short forms of organs that this article defines
        for m in _WORD.finditer(folded):
            self.starts.append(m.start())
            self.ends.append(m.end())
            self.keys.append(m[0].replace("'", ""))

    def __len__(self) -> int:
        return len(self.keys)

    def gap(self, i: int) -> str:
        """Return what stands between word `i` and the next one."""
        if i + 1 < len(self.keys):
            return self.folded[self.ends[i] : self.starts[i + 1]]
        return self.folded[self.ends[i] :].rstrip() + "\n"

    def key(self, i: int) -> str:
        """Return word `i`, or "" beyond the ends of the text."""
        return self.keys[i] if 0 <= i < len(self.keys) else ""

    def is_capital(self, i: int) -> bool:
        """Say whether word `i` starts with a capital letter."""
        return 0 <= i < len(self.keys) and self.text[self.starts[i]].isupper()

    def is_upper(self, i: int) -> bool:
        """Say whether word `i` is all capitals (an abbreviation, or a word in a line of capitals)."""
        return self.text[self.starts[i] : self.ends[i]].isupper()

    def written(self, first: int, last: int) -> str:
        """Return the text from word `first` up to, not with, word `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def follows(self, i: int) -> bool:
        """Say whether word `i + 1` follows word `i` after mere spaces (or a full stop that ends an abbreviation)."""
        gap = self.gap(i)
        if gap == " ":
            return True
        bare = gap.strip(" ")
        return not bare or (bare == "." and (self.keys[i] in _STOPPED or (len(self.keys[i]) < 2 and self.is_upper(i))))


Case = Literal["any", "upper"]


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T]):
    value: T
    case: Case


class _Node(Generic[T]):
    __slots__ = ("entries", "joint", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.entries: list[_Entry[T]] = []
        self.joint = False  # whether the official name has a joint before this word


class PhraseTable(Generic[T]):
    """Phrases → values, matched from a given word on."""

    def __init__(self, rows: Iterable[tuple[str, T]] = ()) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in rows:
            self.add(phrase, value)

    def add(self, phrase: str, value: T, case: Case | None = None) -> None:
        """Add a phrase. Short words all in capitals (`TU`, `CA`) are wanted in capitals in the text too."""
        text = nfc(phrase)
        words = Words(text, fold(text))
        if case is None:
            bare = text.replace(" ", "")
            case = "upper" if len(bare) <= _LONGEST_ABBREVIATION + 1 and bare.isupper() else "any"
        node = self._root
        joint = False
        for i, word in enumerate(words.keys):
            if word == _AND:
                joint = True
                continue
            child = node.next.get(word)
            if child is None:
                child = node.next[word] = _Node()
            child.joint = child.joint or joint
            node = child
            joint = bool(words.gap(i).strip())
        if not any(e.value == value for e in node.entries):
            node.entries.append(_Entry(value, case))

    def starts_with(self, word: str) -> bool:
        """Say whether any phrase starts with the folded `word`."""
        return word in self._root.next

    def first_words(self) -> frozenset[str]:
        """Return the folded words that phrases start with."""
        return frozenset(self._root.next)

    def matches(self, words: Words, first: int) -> list[tuple[int, list[T]]]:
        """Return the phrases that start at word `first` as (word after the phrase, values), the longest first."""
        found: list[tuple[int, list[T]]] = []
        node = self._root.next.get(words.keys[first])
        i = first
        while node is not None:
            if node.entries:
                values = [e.value for e in node.entries if e.case == "any" or _is_upper(words, first, i)]
                if values:
                    found.append((i + 1, values))
            step = _step(words, i, node)
            if step is None:
                break
            i, node = step
        found.reverse()
        return found

    def longest(self, words: Words, first: int) -> tuple[int, list[T]] | None:
        """Return the longest phrase that starts at word `first`, or None."""
        found = self.matches(words, first)
        return found[0] if found else None


def _step(words: Words, i: int, node: _Node[T]) -> tuple[int, _Node[T]] | None:
    """Return the next word and its node, over a plain space or over a joint where the phrase has one."""
    following = i + 1
    if following >= len(words):
        return None
    if words.gap(i).strip(" ") == "(" and words.gap(following) == ") " and _is_upper(words, following, following):
        following += 1  # a short form in brackets inside the name: Quân đội nhân dân (QĐND) Việt Nam
        child = node.next.get(words.key(following))
        return (following, child) if child is not None else None
    if words.follows(i):
        child = node.next.get(words.keys[following])
        if child is not None:
            return following, child
        if words.keys[following] == _AND and words.follows(following):
            child = node.next.get(words.key(following + 1))
            if child is not None and child.joint:
                return following + 1, child
        return None
    gap = words.gap(i)
    if gap == "&" and words.keys[following] == "amp" and words.gap(following) == ";":
        following += 1  # an entity of the page left as it is: GD&amp;ĐT
        child = node.next.get(words.key(following))
        return (following, child) if child is not None and child.joint else None
    child = node.next.get(words.keys[following])
    if child is not None and child.joint and gap.strip(" ") in _JOINTS:
        return following, child
    return None


def _is_upper(words: Words, first: int, last: int) -> bool:
    return words.text[words.starts[first] : words.ends[last]].isupper()
