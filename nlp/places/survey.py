"""Where an article is: all its places are read and its province, district and commune settled."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nlp.dates import find_full_dates
from nlp.fold import key
from nlp.places.gazetteer import (
    Province,
    district_names,
    districts_of_label,
    province_called,
    province_names,
    province_of_host,
    provinces,
    surnames,
)
from nlp.places.geography import Geography
from nlp.places.grammar import Place, read_bare, read_place
from nlp.word_roles import words_of

if TYPE_CHECKING:  # Reading holds a Geography: at run time the import goes the other way
    from nlp.reading import Reading

_VENUE_BEFORE = words_of("before_venue")
_ORGAN_BEFORE = words_of("ends_organ")
_KIND_WORDS = words_of("starts_place")
_TITLE_WEIGHT = 3.0
_BARE_WEIGHT = 0.25
SOURCE_WEIGHT = 4.0
"""How much the publisher's own province weighs, in places told with their kind."""
_ENOUGH = 0.8
"""Less than one place told with its kind or with an organ says nothing of what the article is about."""


@dataclass(slots=True)
class _Tally:
    """How much the places of an article weigh."""

    geography: Geography
    provinces: dict[str, float] = field(default_factory=dict)
    others: dict[tuple[str, str], float] = field(default_factory=dict)
    examples: dict[tuple[str, str], Place] = field(default_factory=dict)

    def add(self, place: Place, weight: float) -> None:
        at: Place | None = place
        while at is not None:
            if at.level == "province":
                if at.province:
                    self.provinces[at.province.name] = self.provinces.get(at.province.name, 0.0) + weight
                return
            name = (at.kind, key(at.name))
            self.others[name] = self.others.get(name, 0.0) + weight
            told_in = {d.province for d in at.candidates}
            if at.level == "district" and not at.inside and len(told_in) == 1:
                only = told_in.pop()
                self.provinces[only] = self.provinces.get(only, 0.0) + weight * 0.8
            if name not in self.examples or (at.inside and not self.examples[name].inside):
                self.examples[name] = at
            if at.inside:
                self.geography.holders.setdefault(name, at.inside)
            at = at.inside

    def add_bare(self, place: Place) -> None:
        """Count a district named without its kind: it tells which one `UBND huyện` is, not which province."""
        name = (place.kind, key(place.name))
        self.others[name] = self.others.get(name, 0.0) + _BARE_WEIGHT
        self.examples.setdefault(name, place)

    def main(self, level: str, kind: str | None = None) -> Place | None:
        """Return the place of this level that the article is most about, inside its province."""
        province = self.geography.province
        for name, _ in Counter(self.others).most_common():
            place = self.examples[name]
            if place.level != level or (kind is not None and place.kind != kind):
                continue
            holder = self.geography.province_of(place)
            if province is None or holder is None or holder == province:
                return place
        return None


def survey(reading: "Reading") -> Geography:
    """Read all places of an article and settle its province, district and communes."""
    geography = Geography(written=_written(reading))
    tally = _Tally(geography)
    words = reading.words
    names, anchors = _name_starts(), _anchors()
    keys = words.keys
    size = len(keys)
    i = 0
    while i < size:
        if keys[i] not in anchors:
            i += 1
            continue
        place = None
        if words.keys[i] in _KIND_WORDS:
            place = read_place(words, i)
        with_kind = place is not None
        if place is None and keys[i] in names and words.is_capital(i):
            place = read_bare(words, i)
            if place is not None and place.level == "district" and not _in_person_name(reading, place):
                tally.add_bare(place)
            if place is not None and (place.level != "province" or _in_person_name(reading, place)):
                place = None  # Điện Biên Phủ, the battle; Trương Hòa Bình, a person
        if place is None or not place.name:
            i = place.last if place else i + 1
            continue
        if words.key(place.last) == "cũ":
            i = place.last
            continue
        geography.places.append(place)
        tally.add(place, _weight(reading, place, with_kind))
        i = place.last
    geography.province, geography.certainty = _settle(reading, tally.provinces)
    published = _published_in_district(reading, geography)
    geography.district = published or tally.main("district")
    geography.communes = {
        kind: main for kind in ("xã", "phường", "thị trấn", "đặc khu") if (main := tally.main("commune", kind))
    }
    for place in tally.examples.values():
        if place.level == "commune" and not place.name.isdecimal():
            words.local.add(place.name, place)
    return geography


@cache
def _name_starts() -> frozenset[str]:
    """Return the words that begin names of provinces and districts."""
    return province_names().first_words() | district_names().first_words()


@cache
def _anchors() -> frozenset[str]:
    return _name_starts() | _KIND_WORDS


def _published_in_district(reading: "Reading", geography: Geography) -> Place | None:
    """Return the district whose portal the article stands on (`dakmil.daknong.gov.vn`), or None."""
    host = urlsplit(reading.source.url).hostname if reading.source.url else None
    if host is None or geography.province is None:
        return None
    for label in host.split("."):
        same = tuple(d for d in districts_of_label(label) if d.province == geography.province.name)
        if same:
            return Place(0, 0, "district", same[0].kind, same[0].name, candidates=same)
    return None


def _in_person_name(reading: "Reading", place: Place) -> bool:
    words = reading.words
    before = place.first - 1
    return words.key(before) in surnames() and words.is_capital(before) and words.gap(before) == " "


def _weight(reading: "Reading", place: Place, with_kind: bool) -> float:
    words = reading.words
    before = words.key(place.first - 1)
    if before in _VENUE_BEFORE or (place.first and words.gap(place.first - 1).endswith("(") and not with_kind):
        return 0.2
    weight = 1.0 if with_kind or before in _ORGAN_BEFORE else 0.4
    return weight * _TITLE_WEIGHT if words.starts[place.first] < reading.title.end else weight


def _settle(reading: "Reading", scores: dict[str, float]) -> tuple[Province | None, float]:
    """Return the article's province and how much speaks for it."""
    published_in = province_called(reading.source.province)
    if published_in is None and reading.source.url:
        published_in = province_of_host(urlsplit(reading.source.url).hostname or "")
    if published_in is not None:
        scores[published_in.name] = scores.get(published_in.name, 0.0) + SOURCE_WEIGHT
        reading.geography.published_there = True
    ranked = Counter(scores).most_common(2)
    if not ranked:
        return None, 0.0
    name, top = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if top < _ENOUGH or second >= 0.8 * top or top < 0.4 * sum(scores.values()):
        return None, 0.0
    return provinces()[name], top


def _written(reading: "Reading") -> date | None:
    """Return the day of publication, or the latest day of a full date in the text."""
    if reading.source.published:
        return reading.source.published
    days = [found.iso for found in find_full_dates(reading.folded)]
    return date.fromisoformat(max(days)) if days else None
