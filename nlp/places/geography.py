"""What an article says about places: full official names, and bare kinds (`UBND huyện`) filled in."""

from dataclasses import dataclass, field
from datetime import date

from nlp.fold import key
from nlp.places.gazetteer import MERGER, Province, provinces
from nlp.places.grammar import Place


@dataclass(slots=True)
class Geography:
    """The places of one article. `province` is None where the article is national or about several provinces."""

    written: date | None = None
    province: Province | None = None
    certainty: float = 0.0
    published_there: bool = False  # whether the publisher is of a province
    district: Place | None = None
    communes: dict[str, Place] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    holders: dict[tuple[str, str], Place] = field(default_factory=dict)

    @property
    def after_merger(self) -> bool:
        """Say whether the article was written when there were no districts any more."""
        return self.written is not None and self.written >= MERGER

    def main_province(self) -> Place | None:
        """Return the article's province as a place, or None."""
        province = self.province
        return Place(0, 0, "province", province.kind, province.name, province) if province else None

    def province_of(self, place: Place) -> Province | None:
        """Return the province of a place, from what it says, what the article says elsewhere, and the tables."""
        if place.level == "province":
            return place.province or self.province
        holder = place.inside or self.holders.get((place.kind, key(place.name)))
        if holder is not None:
            return self.province_of(holder)
        names = {d.province for d in place.candidates}
        if self.province is not None and (not names or self.province.name in names):
            return self.province
        if len(names) == 1:
            return provinces()[names.pop()]
        return None if names else self.province

    def official(self, place: Place) -> str:
        """Return a place in full: `phường Bửu Hòa, thành phố Biên Hòa, tỉnh Đồng Nai`; a bare kind is filled in."""
        place = self.filled(place)
        if place.level == "province":
            province = place.province or (self.province if self._is_kind(place, self.province) else None)
            return province.official if province else place.kind
        parts = [f"{place.kind} {place.name}".strip()]
        holder = place.inside or self.holders.get((place.kind, key(place.name)))
        if holder is None and place.name and place.level in ("commune", "hamlet") and not self.after_merger:
            holder = self._likely_holder(place)
        if holder is not None and holder.level != "province":
            return f"{parts[0]}, {self.official(holder)}"
        province = self.province_of(place)
        if province and (place.name or self.province):
            parts.append(province.official)
        return ", ".join(parts)

    def filled(self, place: Place) -> Place:
        """Return the place that a bare kind stands for (`huyện` → the article's district), or the place itself."""
        if place.name:
            return place
        if place.level == "province":
            return _of_province(place, self.province) if self._is_kind(place, self.province) else place
        if place.kind == "thành phố" and place.level == "district":
            if self.province is not None and self.province.is_city:
                return _of_province(place, self.province)
            if self.district is not None and self.district.kind == "thành phố":
                return self.district
            return place
        main = self.district if place.level == "district" else self.communes.get(place.kind)
        return main or place

    def _is_kind(self, place: Place, province: Province | None) -> bool:
        return province is not None and (place.kind == province.kind)

    def _likely_holder(self, place: Place) -> Place | None:
        if place.level == "hamlet":
            return next(iter(self.communes.values()), None)
        return self.district if self.district is not None and self.district != place else None


def _of_province(place: Place, province: Province | None) -> Place:
    if province is None:
        return place
    return Place(place.first, place.last, "province", province.kind, province.name, province)
