"""From what was found to values: full official names, province and level, with the places that are left unsaid."""

from dataclasses import dataclass, field, replace

from nlp.fold import fold
from nlp.places.geography import Geography
from nlp.places.grammar import Place
from nlp.units.found import Found
from nlp.units.fullest import fullest
from nlp.units.spelling import restyled
from nlp.values import Level, Unit
from nlp.words import Words

_LEVEL_OF_PLACE: dict[str, Level] = {
    "province": "province",
    "district": "district",
    "commune": "commune",
    "hamlet": "commune",
}
_LOCAL_HEADS = ("Trường", "Bệnh viện", "Trung tâm", "Trạm", "Bệnh xá", "Đồn", "Trung tâm", "Cung", "Hạt", "Đại học")
_PARTY_BODIES = frozenset({"Đảng ủy", "Đảng bộ"})
_OF_CITY = {"Tỉnh ủy": "Thành ủy", "Tỉnh Đoàn": "Thành Đoàn"}  # in an enumeration the first member's kind leads
_YOUTH_UNION = "Đoàn Thanh niên Cộng sản Hồ Chí Minh"
_PLACED = {
    "Mặt trận Tổ quốc": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Mặt trận Tổ quốc Việt Nam": "Ủy ban Mặt trận Tổ quốc Việt Nam",
}  # the Front of a place acts by its committee
_SHARES_PLACE = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Thường trực Hội đồng nhân dân", "Ban Giám hiệu")


@dataclass(slots=True)
class Resolver:
    """Fills in what single mentions leave out, from their neighbours and from the article."""

    words: Words
    geography: Geography
    found: list[Found]
    main: Found | None = field(init=False)
    full_names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.full_names = fullest(f.name for f in self.found if f.written_name and f.kind.tail in ("open", "bloc"))
        self.main = self._main_institution()

    def complete(self) -> list[Found]:
        """Return the organs that are mentions, with places and parents that neighbours tell."""
        kept: list[Found] = []
        for n in range(len(self.found) - 1, -1, -1):
            found = self.found[n]
            following = kept[-1] if kept and self._joined(found, kept[-1]) else None
            if found.is_bare and following is not None and self._may_share(found, following):
                of_main = following.kind.tail == "parent" and following.is_bare
                found = replace(found, place=following.place, parent=following.parent, of_main=of_main)
            if found.is_bare and found.rule == "unit.incomplete" and self._is_of_main(found):
                found = replace(found, of_main=True)
            leads = found.kind.tail == "inner" and following is not None and self._leads(found, following)
            if found.rule == "unit.incomplete" and found.is_bare and not leads:
                continue
            kept.append(found)
        kept.reverse()
        return [self._from_before(kept, n) for n in range(len(kept))]

    def _is_of_main(self, found: Found) -> bool:
        """Say whether `Bí thư Đảng ủy` is the secretary of the school or company that the article is about."""
        words = self.words
        if found.kind.name != "Đảng ủy" or self.main is None or not words.is_capital(found.first):
            return False
        return words.key(found.first - 1) == "thư" and self.geography.district is None

    def _may_share(self, found: Found, following: Found) -> bool:
        if found.rule == "unit.incomplete" and not self._leads(found, following):
            return False
        if found.kind.tail not in ("seat", "inner") or following.kind.tail not in ("seat", "inner", "parent", "open"):
            return False
        if found.kind.level == "central" or (following.is_bare and following.kind.tail != "parent"):
            return False
        if following.kind.tail == "open":
            return False
        place = following.place
        if found.kind.level in ("province", "district") and place is not None:
            return found.kind.level == place.level
        return True

    def _leads(self, found: Found, following: Found) -> bool:
        return found.kind.name in _PARTY_BODIES and following.kind.name.startswith(_SHARES_PLACE)

    def _joined(self, found: Found, following: Found) -> bool:
        between = self.words.folded[self.words.ends[found.last - 1] : self.words.starts[following.first]]
        return between.strip(" ") in (",", "-", "và", "&", ";", "/", ", và") or (
            between == " " and following.kind.tail == "parent"
        )

    def _from_before(self, kept: list[Found], n: int) -> Found:
        """Return a bare organ of any level with the place of the one told last (`Thành uỷ - Chủ tịch HĐND`)."""
        found = kept[n]
        if not found.is_bare or found.kind.level != "seat" or found.kind.central:
            return found
        if found.kind.tail != "seat" and found.kind.name not in _PARTY_BODIES:
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
        return self._institution("")

    def _institution(self, kind: str) -> Found | None:
        """Return the institution named most, of the kind whose head ends in the folded word `kind`."""
        counts: dict[str, int] = {}
        first: dict[str, Found] = {}
        for found in self.found:
            if found.kind.level == "base" and (found.kind.tail == "open" or (kind and found.kind.tail == "whole")):
                if kind and kind not in fold(found.name).split()[:3]:
                    continue
                counts[found.name] = counts.get(found.name, 0) + 1
                first.setdefault(found.name, found)
        if not counts:
            return None
        best = max(counts, key=lambda name: counts[name])
        return first[best]

    def unit(self, found: Found) -> Unit:
        """Return the value of a mention."""
        place = self._place(found)
        canonical = restyled(self._canonical(found, place))
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
        if (level == "seat" and found.kind.central) or found.name.startswith("Hiệp hội"):
            return None
        if found.kind.name in _PARTY_BODIES:
            return next(iter(self.geography.communes.values()), None)
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
            return f"{self._task(found)} Trung ương" if found.kind.tail == "phrase" else found.central
        if found.of_main:
            owner = self._owner(found)
            return f"{found.name} {self.unit(owner).canonical}" if owner else found.name
        if found.parent is not None:
            return f"{self._before_parent(found)} {self.unit(found.parent).canonical}"
        if place is None:
            if found.kind.tail in ("seat", "inner") and found.kind.central:
                return found.kind.central
            if found.written_name:
                return self.full_names.get(found.name, found.name)
            if found.kind.tail == "parent" and self.main is not None:
                return f"{found.name} {self.unit(self.main).canonical}"
            return found.name
        if found.kind.tail == "party":
            return self._party_name(found, place)
        if found.kind.tail == "phrase":
            return f"{self._task(found)} {self.geography.official(place)}"
        if found.kind.tail in ("open", "number", "bloc"):
            return self._open_name(found, place)
        return f"{_PLACED.get(found.name, found.name)} {self.geography.official(place)}"

    def _owner(self, found: Found) -> Found | None:
        return (self._institution(found.institution) if found.institution else None) or self.main

    def _before_parent(self, found: Found) -> str:
        """Return an inner organ's name as it stands before the organ that it belongs to."""
        if found.name == _YOUTH_UNION and found.last - found.first > 0 and found.parent is not None:
            written = found.parent.first - found.first
            return "Đoàn Thanh niên" if written <= 3 else found.name
        return found.name

    def _task(self, found: Found) -> str:
        """Return the committee's full name where the article shortens it (`BCĐ Thành phố`, `BCĐ TĐT quận X`)."""
        own = found.name.removeprefix(found.kind.name).strip()
        if own and not own.isupper():
            return found.name
        full = [f.name for f in self.found if f.kind.tail == "phrase" and not _is_short(f)]
        return full[0] if full else found.name

    def _party_name(self, found: Found, place: Place) -> str:
        if place.level == "province":
            if place.province and place.province.is_city and found.name in _OF_CITY:
                return f"{_OF_CITY[found.name]} {place.province.label}"
            return f"{found.name} {place.province.label}" if place.province else found.name
        official = self.geography.official(place)
        name = f"Quận {place.name}" if place.name.isdigit() else place.name
        rest = official.partition(", ")[2]
        return f"{found.name} {name}, {rest}" if rest else f"{found.name} {name}"

    def _open_name(self, found: Found, place: Place) -> str:
        written = found.place
        found = replace(found, name=self.full_names.get(found.name, found.name))
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
        if found.of_main:
            owner = self._owner(found)
            return self.unit(owner).province if owner else None
        province = None
        if place is not None:
            province = self.geography.province_of(place)
        elif (found.kind.tail == "open" and found.name.startswith(_LOCAL_HEADS)) or found.kind.tail == "bloc":
            province = self.geography.province
        return province.label if province else None


def _is_short(found: Found) -> bool:
    own = found.name.removeprefix(found.kind.name).strip()
    return not own or own.isupper() or own.isdigit()
