"""Persons' names: capitalised syllables after an honorific, or with a surname of `data/lexicon/surnames.csv`."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property

import regex

from nlp.fold import fold
from nlp.lexicon import table
from nlp.reading import Reading
from nlp.values import Mention, Unit

_SYLLABLE = r"\p{Lu}(?:\p{Ll}|['’])*(?:\p{Lu}\p{Ll}+)?"
_NAME = regex.compile(rf"(?:[KHY]['’]?\s?)?{_SYLLABLE}(?:[ \u00a0]{{1,2}}{_SYLLABLE}){{0,5}}(?!\p{{L}})")
_NOT_A_NAME = frozenset(
    "Sở Bộ Ban Ủy Uỷ Huyện Tỉnh Thành Phòng Công Trường Hội Đảng Quân Tổng Trung Tập Nhà Viện Chi Đoàn Cục Vụ Ngày Tại Trong "
    "Chủ Phó Giám Bí Bằng Huân Cờ Giấy Kỷ Danh Việt Nam Ảnh Theo Với Sau Trước".split()
)
_TITLES = frozenset("Chủ Phó Giám Bí Trưởng Sở Bộ Ban Ủy Uỷ Hiệu Tổng Bằng Huân Cờ Giấy Kỷ".split())


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name at `start`:`end`, without title; `start` includes the honorific."""

    start: int
    end: int
    name: str


_ROLE = regex.compile(r"(?:chủ tịch|bí thư|giám đốc|hiệu trưởng|người|gia đình|thân nhân|nông dân|công nhân|giáo viên|học sinh|sinh viên)\s*$")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(fold(row["surname"]) for row in table("surnames"))


@cache
def _honorific() -> "regex.Pattern[str]":
    words = sorted({fold(row["honorific"]) for row in table("honorifics")}, key=len, reverse=True)
    title = "(?:" + "|".join(map(regex.escape, words)) + r")(?!\w)\.?"
    return regex.compile(rf"{title}(?:[ ]?[,.]?[ ]{{0,2}}{title}){{0,3}}:?[ ]{{0,2}}")


def person_at(reading: Reading, position: int, *, honorific_needed: bool = False) -> Person | None:
    """Return the person named from `position` on, honorifics first, or None.

    Without an honorific the name needs a known surname and at least two syllables.
    """
    m = _honorific().match(reading.folded, position)
    name_start = m.end() if m else position
    if m is None and honorific_needed:
        return None
    n = _NAME.match(reading.text, name_start)
    if not n:
        return None
    syllables = n[0].split()
    if m is not None and len(syllables) == 1 and _ROLE.search(m[0]):
        return None
    if syllables[0] in (_NOT_A_NAME if m is None else _TITLES):
        return None
    known = fold(syllables[0]) in _surnames() or "'" in syllables[0] or "’" in syllables[0]
    if m is None and (len(syllables) < 2 or not known):
        return None
    if _in_unit(reading, name_start):
        return None
    return Person(position, n.end(), " ".join(syllables))


def persons(reading: Reading, start: int, end: int) -> list[Person]:
    """Return the persons named in `start`:`end`, in order."""
    found: list[Person] = []
    cursor = start
    for m in _honorific().finditer(reading.folded, start, end):
        if m.start() < cursor or (m.start() and reading.folded[m.start() - 1].isalnum()):
            continue
        person = person_at(reading, m.start(), honorific_needed=True)
        if person and person.end <= end:
            found.append(person)
            cursor = person.end
    taken = [(p.start, p.end) for p in found]
    for n in _NAME.finditer(reading.text, start, end):
        if n.start() and reading.text[n.start() - 1].isalnum():
            continue
        if any(s < n.end() and n.start() < e for s, e in taken):
            continue
        person = person_at(reading, n.start())
        if person and person.end <= end and len(person.name.split()) > 2:
            found.append(person)
    return sorted(found, key=lambda p: p.start)


class NameBook:
    """The persons and units of an article; ties short forms (`chị Tha`) to full names by their last syllable."""

    def __init__(self, reading: Reading) -> None:
        self.persons = persons(reading, 0, len(reading.text))
        self._text = reading.text
        self._starts = [p.start for p in self.persons]
        self._by_last: dict[str, list[Person]] = {}
        for person in self.persons:
            syllables = person.name.split()
            if len(syllables) > 1:
                self._by_last.setdefault(fold(syllables[-1]), []).append(person)
        self.units: list[Mention] = []
        for m in reading.of(Unit):
            if not (self.units and m.start < self.units[-1].end):
                self.units.append(m)
        self._unit_starts = [m.start for m in self.units]

    def persons_in(self, start: int, end: int) -> list[Person]:
        """Return the persons named in `start`:`end`, in order."""
        return [p for p in self.persons[bisect_left(self._starts, start) : bisect_left(self._starts, end)] if p.end <= end]

    def units_in(self, start: int, end: int) -> list[Mention]:
        """Return the units in `start`:`end` that lie in no other unit, in order."""
        first, last = bisect_left(self._unit_starts, start), bisect_left(self._unit_starts, end)
        return [m for m in self.units[first:last] if m.end <= end]

    def full(self, person: Person) -> str:
        """Return the full name: of a short form the last such name before it, else the first after it."""
        if len(person.name.split()) > 1:
            longer = [p for p in self._by_last.get(fold(person.name.split()[-1]), []) if p.name.endswith(" " + person.name)]
            return longer[0].name if longer else person.name
        same = self._by_last.get(fold(person.name), [])
        before = [p for p in same if p.start < person.start]
        if before:
            return before[-1].name
        return same[0].name if same else person.name

    @cached_property
    def main_person(self) -> str | None:
        """The person whose last syllable is written most often; None where nobody is named twice."""
        counts = {p.name: self._text.count(p.name.split()[-1]) for p in self.persons if len(p.name.split()) > 1}
        best = max(counts, key=lambda n: counts[n], default=None)
        return best if best is not None and counts[best] > 1 else None


def _in_unit(reading: Reading, position: int) -> bool:
    return any(m.start <= position < m.end for m in reading.mentions if isinstance(m.value, Unit))
