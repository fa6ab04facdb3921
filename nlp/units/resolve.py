"""From what was found to values: full official names, province and level, with the places that are left unsaid."""

from bisect import bisect_left
from dataclasses import replace

from nlp.places.gazetteer import Province, province_called
from nlp.places.geography import Geography
from nlp.places.grammar import Place
from nlp.units.article_names import ArticleNames
from nlp.units.found import Found
from nlp.units.spelling import restyled
from nlp.values import Level, Unit
from nlp.words import Words

_LEVEL_OF_PLACE: dict[str, Level] = {
    "province": "province",
    "district": "district",
    "commune": "commune",
    "hamlet": "commune",
}
_PARTY_BODIES = frozenset({"Đảng ủy", "Đảng bộ"})
_OF_CITY = {"Tỉnh ủy": "Thành ủy", "Tỉnh Đoàn": "Thành Đoàn"}  # in an enumeration the first member's kind leads
_SOCIETIES = frozenset({"Hội", "Hiệp hội", "Liên hiệp", "Liên đoàn"})
_CENTRES = ("Việt Nam", "Trung ương")
_NEAR = 120
_YOUTH_UNION = "Đoàn Thanh niên Cộng sản Hồ Chí Minh"
_PLACED = {
    "Mặt trận Tổ quốc": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Mặt trận Tổ quốc Việt Nam": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Ngân hàng Nhà nước": "Ngân hàng Nhà nước chi nhánh",
}  # the Front of a place acts by its committee, the State Bank by its branch


class Resolver:
    """Gives what was found its value, with the places and owners that the article leaves unsaid."""

    def __init__(self, words: Words, geography: Geography, names: ArticleNames) -> None:
        self.words = words
        self.geography = geography
        self.names = names
        self._provinces = [p for p in geography.places if p.level == "province"]
        self._starts = [words.starts[p.first] for p in self._provinces]

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
        if found.written_name:
            return None
        if found.parent is not None or found.kind.tail not in ("seat", "inner", "party") or found.of_main:
            return None
        level = found.kind.level
        if level == "city":
            city = self.geography.province
            if city is not None and city.is_city:
                return self.geography.main_province()
            district = self.geography.district
            return district if district is not None and district.kind == "thành phố" else None
        if (level == "seat" or found.kind.name == "Ngân hàng Nhà nước") and found.kind.central:
            return None
        if found.name.startswith("Hiệp hội"):
            return None
        if found.kind.name in _PARTY_BODIES:
            return next(iter(self.geography.communes.values()), None)
        if level == "commune":
            return next(iter(self.geography.communes.values()), None)
        if level in ("province", "seat"):
            return self._nearby(found, self.geography.main_province())
        if level == "district" and (found.kind.tail in ("party", "seat") or found.kind.family == "phòng"):
            return self.geography.district
        return None

    def _nearby(self, found: Found, place: Place | None) -> Place | None:
        """Return the province of the sentence for a provincial organ of an article without a province."""
        if self.geography.province is not None or (place is not None and place.name):
            return place
        if place is not None and place.level != "province":
            return place
        here = self.words.starts[found.first]
        first = bisect_left(self._starts, here - _NEAR)
        last = bisect_left(self._starts, here + _NEAR)
        near = [p for p in self._provinces[first:last] if self._in_one_sentence(p, here)]
        return near[0] if len({p.name for p in near}) == 1 else place

    def _in_one_sentence(self, place: Place, here: int) -> bool:
        start, end = sorted((self.words.starts[place.first], here))
        between = self.words.folded[start:end].replace("tp.", "")
        return "." not in between and "\n" not in between

    def _canonical(self, found: Found, place: Place | None) -> str:
        if found.central:
            return f"{self.names.task(found)} Trung ương" if found.kind.tail == "phrase" else found.central
        if found.kind.tail == "country":
            return self.names.abroad(found.name)
        if found.kind.tail == "society":
            return f"Trung ương {self.names.society or 'Hội'}"
        if found.of_main:
            owner = self._owner(found)
            return f"{found.name} {self.unit(owner).canonical}" if owner else found.name
        if found.parent is not None:
            return f"{self._before_parent(found)} {self.unit(found.parent).canonical}"
        if place is None:
            if found.kind.tail in ("seat", "inner") and found.kind.central:
                return found.kind.central
            if found.written_name:
                return self.names.full(found.name)
            if found.kind.tail == "parent" and (main := self.names.institution()) is not None:
                return f"{found.name} {self.unit(main).canonical}"
            return found.name
        if found.kind.tail == "party":
            return self._party_name(found, place)
        if found.kind.tail == "phrase":
            return f"{self.names.task(found)} {self.geography.official(place)}"
        if found.kind.tail in ("open", "number", "bloc"):
            return self._open_name(found, place)
        return f"{_PLACED.get(found.name, found.name)} {self.geography.official(place)}"

    def _owner(self, found: Found) -> Found | None:
        return self.names.institution(found.institution) or self.names.institution()

    def _before_parent(self, found: Found) -> str:
        """Return an inner organ's name as it stands before the organ that it belongs to."""
        if found.name == _YOUTH_UNION and found.last - found.first > 0 and found.parent is not None:
            written = found.parent.first - found.first
            return "Đoàn Thanh niên" if written <= 3 else found.name
        return found.name

    def _party_name(self, found: Found, place: Place) -> str:
        if place.level == "province":
            if place.province and place.province.is_city and found.name in _OF_CITY:
                return f"{_OF_CITY[found.name]} {place.province.label}"
            return f"{found.name} {place.province.label}" if place.province else found.name
        official = self.geography.official(place)
        name = f"Quận {place.name}" if place.name.isdecimal() else place.name
        rest = official.partition(", ")[2]
        return f"{found.name} {name}, {rest}" if rest else f"{found.name} {name}"

    def _open_name(self, found: Found, place: Place) -> str:
        written = found.place
        found = replace(found, name=self.names.full(found.name))
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
            owner = self._owner(found)
            return self.unit(owner).level if owner is not None else "base"
        if found.parent is not None:
            return self.unit(found.parent).level
        if kind.name in _SOCIETIES and kind.tail == "open":
            if found.name.endswith("Việt Nam"):
                return "central"
            return _LEVEL_OF_PLACE[place.level] if place is not None else kind.fixed_level
        if kind.name.startswith("Hiệp hội") and place is None:
            return None
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
        elif found.kind.tail == "open":
            province = _province_in(found.name) or (None if found.name.endswith(_CENTRES) else self.geography.province)
        elif found.kind.tail == "bloc" or found.name.startswith("Đồn"):
            province = self.geography.province
        return province.label if province else None


def _province_in(name: str) -> Province | None:
    """Return the province that ends an open name (`Công ty Điện lực Thanh Hóa`), or None."""
    words = name.split()
    return next(
        (p for n in (3, 2) if len(words) > n and (p := province_called(" ".join(words[-n:]))) is not None), None
    )
