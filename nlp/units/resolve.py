"""From what was found to values: full official names, province and level, with the places that the article leaves out."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace

from nlp.places.geography import Geography
from nlp.places.grammar import Place
from nlp.units.found import Found
from nlp.values import Level, Unit
from nlp.words import Words

_LEVEL_OF_PLACE: dict[str, Level] = {
    "province": "province",
    "district": "district",
    "commune": "commune",
    "hamlet": "commune",
}
_LOCAL_HEADS = ("Trường", "Bệnh viện", "Trung tâm", "Trạm", "Bệnh xá", "Đồn", "Trung tâm", "Cung", "Hạt", "Đại học")
_SHARES_PLACE = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Thường trực Hội đồng nhân dân", "Ban Giám hiệu")


@dataclass(slots=True)
class Resolver:
    """Fills in what single mentions leave out, from their neighbours and from the article."""

    words: Words
    geography: Geography
    found: list[Found]
    main: Found | None = field(init=False)

    def __post_init__(self) -> None:
        self.main = self._main_institution()

    def complete(self) -> list[Found]:
        """Return the organs that are mentions, with places and parents that neighbours tell."""
        kept: list[Found] = []
        for n in range(len(self.found) - 1, -1, -1):
            found = self.found[n]
            following = kept[-1] if kept and self._joined(found, kept[-1]) else None
            if found.is_bare and following is not None and self._may_share(found, following):
                found = replace(found, place=following.place, parent=following.parent, central=self._centre(found, following))
            if found.rule == "unit.incomplete" and found.is_bare:
                if not (found.kind.tail == "inner" and following is not None and self._leads(found, following)):
                    continue
            kept.append(found)
        kept.reverse()
        return [self._from_before(kept, n) for n in range(len(kept))]

    def _centre(self, found: Found, following: Found) -> str:
        return ""

    def _may_share(self, found: Found, following: Found) -> bool:
        if found.rule == "unit.incomplete" and not self._leads(found, following):
            return False
        if found.kind.tail not in ("seat", "inner") or following.kind.tail not in ("seat", "inner", "parent", "open"):
            return False
        if found.kind.level == "central" or following.is_bare:
            return False
        if following.kind.tail == "open":
            return False
        place = following.place
        if found.kind.level in ("province", "district") and place is not None:
            return found.kind.level == place.level
        return True

    def _leads(self, found: Found, following: Found) -> bool:
        return found.kind.name in ("Đảng ủy", "Đảng bộ", "Công an") and following.kind.name.startswith(_SHARES_PLACE)

    def _joined(self, found: Found, following: Found) -> bool:
        between = self.words.folded[self.words.ends[found.last - 1] : self.words.starts[following.first]]
        return between.strip(" ") in (",", "-", "và", "&", ";", "/", ", và") or between in ("-", ",")

    def _from_before(self, kept: list[Found], n: int) -> Found:
        """Return a bare organ of any level with the place of the one told last (`Thành uỷ - Chủ tịch HĐND`)."""
        found = kept[n]
        if not found.is_bare or found.kind.tail != "seat" or found.kind.level != "seat" or found.kind.central:
            return found
        for before in reversed(kept[max(0, n - 4) : n]):
            if before.place is not None and before.kind.tail in ("seat", "inner", "party"):
                if before.place.level != "hamlet":
                    return replace(found, place=before.place)
                break
            if before.kind.tail == "party" and before.is_bare:
                level = "district" if before.kind.level == "district" else "province"
                return replace(found, place=self._seat(level))
        return found

    def _seat(self, level: str) -> Place | None:
        if level == "district":
            return self.geography.district
        province = self.geography.province
        if province is None:
            return None
        return Place(0, 0, "province", province.kind, province.name, province)

    def _main_institution(self) -> Found | None:
        """Return the school, hospital or company that the article names most, at least twice or in its title."""
        counts: dict[str, int] = {}
        first: dict[str, Found] = {}
        for found in self.found:
            if found.kind.tail == "open" and found.kind.level == "base":
                counts[found.name] = counts.get(found.name, 0) + 1
                first.setdefault(found.name, found)
        if not counts:
            return None
        best = max(counts, key=lambda name: counts[name])
        return first[best]

    def unit(self, found: Found) -> Unit:
        """Return the value of a mention."""
        place = self._place(found)
        canonical = self._canonical(found, place)
        level = self._level(found, place)
        province = None
        if level != "central":
            province = self._province(found, place)
        return Unit(canonical, province, level)

    def _place(self, found: Found) -> Place | None:
        if found.central:
            return None
        if found.place is not None:
            return self._nearby(found, self.geography.filled(found.place))
        if found.parent is not None or found.kind.tail not in ("seat", "inner", "party") or found.of_main:
            return None
        level = found.kind.level
        if level == "city":
            city = self.geography.province
            if city is not None and city.is_city:
                return self._seat("province")
            district = self.geography.district
            return district if district is not None and district.kind == "thành phố" else None
        if level == "seat" and found.kind.central:
            return None
        if level in ("province", "seat"):
            return self._nearby(found, self._seat("province"))
        if level == "district" and found.kind.tail in ("party", "seat"):
            return self.geography.district
        return None

    def _nearby(self, found: Found, place: Place | None) -> Place | None:
        """Return the province of the sentence for a provincial organ of an article without a province."""
        if self.geography.province is not None or (place is not None and place.name):
            return place
        if place is not None and place.level != "province":
            return place
        provinces = [p for p in self.geography.places if p.level == "province"]
        here = self.words.starts[found.first]
        line_start = self.words.folded.rfind("\n", 0, here)
        line_end = self.words.folded.find("\n", here)
        near = [
            p
            for p in provinces
            if line_start <= self.words.starts[p.first] < (line_end if line_end >= 0 else len(self.words.folded))
            and abs(self.words.starts[p.first] - here) < 120
            and "." not in self._between(p, found)
        ]
        names = {p.name for p in near}
        return near[0] if len(names) == 1 else place

    def _between(self, place: Place, found: Found) -> str:
        a, b = sorted((self.words.starts[place.first], self.words.starts[found.first]))
        return self.words.folded[a:b].replace("tp.", "")

    def _canonical(self, found: Found, place: Place | None) -> str:
        if found.central:
            return found.central
        if found.of_main:
            return f"{found.name} {self.unit(self.main).canonical}" if self.main else found.name
        if found.parent is not None:
            return f"{found.name} {self.unit(found.parent).canonical}"
        if place is None:
            if found.kind.tail in ("seat", "inner") and found.kind.central:
                return found.kind.central
            if found.kind.tail == "parent" and self.main is not None:
                return f"{found.name} {self.unit(self.main).canonical}"
            return found.name
        if found.kind.tail == "party":
            return self._party_name(found, place)
        if found.kind.tail in ("open", "number", "bloc"):
            return self._open_name(found, place)
        return f"{found.name} {self.geography.official(place)}"

    def _party_name(self, found: Found, place: Place) -> str:
        if place.level == "province":
            return f"{found.name} {place.province.label}" if place.province else found.name
        official = self.geography.official(place)
        name = f"Quận {place.name}" if place.name.isdigit() else place.name
        rest = official.partition(", ")[2]
        return f"{found.name} {name}, {rest}" if rest else f"{found.name} {name}"

    def _open_name(self, found: Found, place: Place) -> str:
        written = found.place
        if written is None:
            return found.name
        if not written.name:
            return f"{found.name} {self.geography.official(place)}"
        first_word = self.words.folded[self.words.starts[written.first] : self.words.ends[written.first]]
        with_kind = place.kind.startswith(first_word) or first_word in ("tp", "tx", "tphcm", "q", "p", "h")
        if place.level == "province" and with_kind and place.province:
            return f"{found.name} {place.province.official}"
        if written.inside is not None and written.inside.last <= written.last and with_kind:
            return f"{found.name} {self.geography.official(place)}"
        return f"{found.name} {place.kind} {place.name}" if with_kind else f"{found.name} {place.name}"

    def _level(self, found: Found, place: Place | None) -> Level | None:
        if found.central:
            return "central"
        kind = found.kind
        if found.of_main:
            return "base"
        if found.parent is not None:
            return self.unit(found.parent).level
        if kind.tail in ("open", "number", "bloc", "whole") and kind.fixed_level:
            return kind.fixed_level
        if place is not None:
            return _LEVEL_OF_PLACE[place.level]
        if kind.central:
            return "central"
        return kind.fixed_level

    def _province(self, found: Found, place: Place | None) -> str | None:
        if found.parent is not None:
            return self.unit(found.parent).province
        if found.of_main and self.main is not None:
            return self.unit(self.main).province
        province = None
        if place is not None:
            province = self.geography.province_of(place)
        elif found.kind.tail == "open" and found.name.startswith(_LOCAL_HEADS):
            province = self.geography.province
        elif found.kind.tail == "bloc":
            province = self.geography.province
        return province.label if province else None


def word_at(words: Words, position: int) -> int:
    """Return the number of the word that holds or precedes `position`."""
    return max(0, bisect_right(words.starts, position) - 1)
