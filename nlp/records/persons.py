"""Persons' names: capitalised syllables after an honorific, or with a surname of `data/lexicon/surnames.csv`."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import regex

from nlp.fold import fold
from nlp.lexicon import table
from nlp.reading import Reading
from nlp.values import Mention, Unit

_SYLLABLE = r"\p{Lu}(?:\p{Ll}|['’])*(?:\p{Lu}\p{Ll}+)?"
_NAME = regex.compile(rf"(?<!\p{{L}})(?:[KHY]['’]?\s?)?{_SYLLABLE}(?: {{1,2}}{_SYLLABLE}){{0,6}}(?!\p{{L}})")
_LONGEST_HONORIFIC = 24
_LONGEST_SYLLABLE = 7  # nghiêng
_LAST_WORDS = regex.compile(r"(?:(?<!\w)[\p{L}/.]+ ){0,3}(?<!\w)[\p{L}/.]+[ :.]{0,3}\Z")
_PORTRAIT = 4
_NOT_A_NAME = frozenset(
    {
        *("sở", "bộ", "ban", "ủy", "uỷ", "huyện", "tỉnh", "thành", "phòng", "công", "trường", "hội", "đảng", "quân"),
        *("tổng", "trung", "tập", "nhà", "viện", "chi", "đoàn", "cục", "vụ", "ngày", "tại", "trong", "chủ", "phó"),
        *("giám", "bí", "bằng", "huân", "cờ", "giấy", "kỉ", "danh", "việt", "nam", "ảnh", "theo", "với", "sau"),
        *("trước", "đồng", "các", "lễ", "cùng", "trưởng", "hiệu"),
    }
)
_ROLES = frozenset(
    {
        *("chủ tịch", "bí thư", "giám đốc", "hiệu trưởng", "người", "gia đình", "thân nhân", "nông dân", "công nhân"),
        *("giáo viên", "học sinh", "sinh viên", "nguyên", "luật sư"),
    }
)
"""Titles that common nouns follow as often as names: a single syllable after them is no name."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name at `name_start`:`end`, without title; `start` includes the honorifics before it."""

    start: int
    name_start: int
    end: int
    name: str

    @property
    def honored(self) -> bool:
        """Whether an honorific stands before the name."""
        return self.start < self.name_start


@cache
def _surnames() -> frozenset[str]:
    return frozenset(fold(row["surname"]) for row in table("surnames"))


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(fold(row["honorific"]) for row in table("honorifics"))


def _found(reading: Reading, units: list[Mention]) -> Iterator[Person]:
    """Yield the persons named in the article, in order; a name within a unit's name is none."""
    ends = [m.end for m in units]
    for m in _NAME.finditer(reading.text):
        start = m.start()
        syllables = m[0].split()
        folded = [fold(s) for s in syllables]
        opened = start
        while len(syllables) > 1 and (  # `Ông Nguyễn Văn A` opens a sentence; `TSKH Nguyễn Văn A`
            folded[0] in _honorifics()
            or (len(syllables[0]) > 1 and syllables[0].isupper() and not syllables[1].isupper())
        ):
            start += len(syllables[0])
            while reading.text[start] == " ":
                start += 1
            syllables, folded = syllables[1:], folded[1:]
        unit = bisect_right(ends, start)
        if unit < len(units) and units[unit].start <= start:
            continue
        if start == opened:
            opened, title = _honored_from(reading.folded, start)
        else:
            title = "ông"
        known = folded[0] in _surnames() or "'" in syllables[0] or "’" in syllables[0]
        if opened == start:
            if len(syllables) < 2 or not known or folded[0] in _NOT_A_NAME:
                continue
        elif (
            (len(syllables) == 1 and title in _ROLES)
            or (folded[0] in _NOT_A_NAME and not known)
            or folded[:2] == ["việt", "nam"]
        ):
            continue
        if len(syllables) > 5 or any(len(s) > _LONGEST_SYLLABLE for s in syllables):
            continue
        yield Person(opened, start, m.end(), " ".join(syllables))


def _honored_from(folded: str, start: int) -> tuple[int, str]:
    """Return where the honorifics right before `start` begin (`start` itself where none stand there)"
    " and the last one."""
    opened, title = start, ""
    for _ in range(3):
        window = folded[max(0, opened - _LONGEST_HONORIFIC) : opened]
        m = _LAST_WORDS.search(window)
        if not m:
            break
        words = m[0].rstrip(" :.").split(" ")
        for count in range(len(words)):
            phrase = " ".join(words[count:])
            if phrase in _honorifics():
                at = m.start() + len(" ".join(words[:count])) + (1 if count else 0)
                opened = max(0, opened - _LONGEST_HONORIFIC) + at
                title = title or phrase
                break
        else:
            break
    return opened, title


class NameBook:
    """The persons and units of an article; ties short forms (`chị Tha`) to full names by their last syllable."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self.units: list[Mention] = []
        for m in reading.of(Unit):
            if not (self.units and m.start < self.units[-1].end):
                self.units.append(m)
        self._unit_starts = [m.start for m in self.units]
        self._persons = list(_found(reading, self.units))
        self._starts = [p.start for p in self._persons]
        self._at = {p.name_start: p for p in self._persons} | {p.start: p for p in self._persons}
        self._by_last: dict[str, list[Person]] = {}
        for person in self._persons:
            syllables = person.name.split()
            if len(syllables) > 1:
                self._by_last.setdefault(fold(syllables[-1]), []).append(person)

    def person_at(self, position: int, *, honorific_needed: bool = False) -> Person | None:
        """Return the person named from `position` on, with or without honorifics, or None."""
        person = self._at.get(position)
        if person is None or (honorific_needed and not (person.honored and person.start == position)):
            return None
        return person

    def persons_in(self, start: int, end: int) -> list[Person]:
        """Return the persons named in `start`:`end`, in order; without honorific only full names."""
        here = self._persons[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [p for p in here if p.end <= end and (p.honored or len(p.name.split()) > 2)]

    def units_in(self, start: int, end: int) -> list[Mention]:
        """Return the units in `start`:`end` that lie in no other unit, in order."""
        first, last = bisect_left(self._unit_starts, start), bisect_left(self._unit_starts, end)
        return [m for m in self.units[first:last] if m.end <= end]

    def full(self, person: Person) -> str:
        """Return the full name: of a short form the last such name before it, else the first after it."""
        syllables = person.name.split()
        if len(syllables) > 2 and fold(syllables[0]) in _surnames():
            return person.name
        if len(syllables) > 1:
            longer = [
                p for p in self._by_last.get(fold(person.name.split()[-1]), []) if p.name.endswith(" " + person.name)
            ]
            return longer[0].name if longer else person.name
        same = self._by_last.get(fold(person.name), [])
        before = [p for p in same if p.start < person.start]
        if before:
            return before[-1].name
        return same[0].name if same else person.name

    @cached_property
    def unit_counts(self) -> Counter[str]:
        """How often each unit is named, by canonical name, in the order of first naming."""
        return Counter(m.value.canonical for m in self.units if isinstance(m.value, Unit))

    @cached_property
    def base_unit_counts(self) -> Counter[str]:
        """The same of base units alone."""
        return Counter(m.value.canonical for m in self.units if isinstance(m.value, Unit) and m.value.level == "base")

    @cached_property
    def main_person(self) -> str | None:
        """The person whose last syllable is written most often; None where nobody is named twice."""
        counts = {p.name: self._text.count(p.name.split()[-1]) for p in self._persons[:40] if len(p.name.split()) > 1}
        best = max(counts, key=lambda n: counts[n], default=None)
        return best if best is not None and counts[best] > 1 else None

    @cached_property
    def is_portrait(self) -> bool:
        """Whether the article keeps coming back to one person."""
        person = self.main_person
        return person is not None and self._text.count(person.split()[-1]) >= _PORTRAIT
