"""Provinces and districts of Vietnam, 2003 to today, from the tables `provinces`, `districts` and `surnames`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from nlp.fold import fold, key, slug
from nlp.lexicon import table
from nlp.words import PhraseTable

MERGER = date(2025, 7, 1)
"""From this day there are 34 provinces and no districts (Resolution 202/2025/QH15, Law 72/2025/QH15)."""

_SPOKEN_WITH_KIND = {"Hồ Chí Minh"}  # a person's name where no `thành phố` stands before it


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city under the central government. `label`: the guide's form (`Nam Định`)."""

    name: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    merged_into: str

    @property
    def label(self) -> str:
        return f"Thành phố {self.name}" if self.name in _SPOKEN_WITH_KIND else self.name

    @property
    def official(self) -> str:
        """Return the name with its kind: `tỉnh Nam Định`, `thành phố Hà Nội`, `Thành phố Hồ Chí Minh`."""
        return self.label if self.name in _SPOKEN_WITH_KIND else f"{self.kind} {self.name}"

    @property
    def is_city(self) -> bool:
        return self.kind == "thành phố"


@dataclass(frozen=True, slots=True)
class District:
    """A district-level unit that existed until the reform of 2025; `province` is the name of its province."""

    name: str
    kind: str
    province: str


@cache
def provinces() -> dict[str, Province]:
    """Return the provinces by name. A name that lived on after a merger is one province."""
    found: dict[str, Province] = {}
    for row in table("provinces"):
        old = found.get(row["name"])
        found[row["name"]] = Province(
            row["name"],
            row["kind"],
            old.valid_from if old else row.day("valid_from"),
            row.day("valid_to", end=True),
            row["merged_into"] if row["merged_into"] != row["name"] else "",
        )
    return found


@cache
def province_names() -> PhraseTable[Province]:
    """Return the table of names that stand for a province without `tỉnh` before them."""
    names: PhraseTable[Province] = PhraseTable()
    for row in table("provinces"):
        province = provinces()[row["name"]]
        if province.name not in _SPOKEN_WITH_KIND:
            names.add(province.name, province)
        for alias in row.items_of("aliases"):
            if alias != "HCM":
                names.add(alias, province)
    return names


@cache
def city_names() -> PhraseTable[Province]:
    """Return the table of names that stand for a city under the central government after `thành phố`, `TP`."""
    names: PhraseTable[Province] = PhraseTable()
    for row in table("provinces"):
        province = provinces()[row["name"]]
        if province.is_city:
            names.add(province.name, province)
            for alias in ("HCM", "HCMC") if province.name in _SPOKEN_WITH_KIND else row.items_of("aliases"):
                names.add(alias, province)
    return names


def _spellings(name: str) -> Iterable[str]:
    yield name
    if name.startswith(("Đắk ", "Đăk ")):  # the press writes all of these
        for first in ("Đắk", "Đăk", "Đắc", "Đak", "Dak"):
            yield f"{first} {name[4:]}"


@cache
def district_names() -> PhraseTable[District]:
    """Return the table of district names without their kind (`Đắk Song`, `Biên Hòa`, `11`)."""
    names: PhraseTable[District] = PhraseTable()
    for row in table("districts"):
        district = District(row["name"], row["kind"], row["province"])
        for spelling in _spellings(row["name"]):
            names.add(spelling, district, case="any")
    return names


@cache
def districts_by_slug() -> dict[str, tuple[District, ...]]:
    """Return the districts by name without marks, for names that the text misspells."""
    found: dict[str, tuple[District, ...]] = {}
    for row in table("districts"):
        name = slug(row["name"])
        found[name] = (*found.get(name, ()), District(row["name"], row["kind"], row["province"]))
    return found


def districts_of_label(label: str) -> tuple[District, ...]:
    """Return the districts whose name a label of a host is (`dakmil`, `huyendakmil`); () for any other label."""
    plain = label.casefold().replace("-", "")
    for kind in ("huyen", "thixa", "thanhpho", "tp", "quan"):
        plain = plain.removeprefix(kind)
    return _districts_in_one().get(plain, ())


@cache
def _districts_in_one() -> dict[str, tuple[District, ...]]:
    return {name.replace("-", ""): districts for name, districts in districts_by_slug().items()}


@cache
def sure_surnames() -> frozenset[str]:
    """Return the folded family names that are hardly ever a part of a place's name."""
    return frozenset(fold(row["surname"]) for row in table("surnames") if row["use"] == "sure")


@cache
def surnames() -> frozenset[str]:
    """Return the folded family names, to tell a person's name that follows a name of a place or unit."""
    return frozenset(fold(row["surname"]) for row in table("surnames"))


@lru_cache(maxsize=4096)
def province_of_host(host: str) -> Province | None:
    """Return the province that a host's name holds (`daknong.gov.vn`, `baoquangbinh.vn`), or None."""
    plain = host.casefold().replace("-", "")
    found = [p for compact, p in _compact_names() if compact in plain]
    return found[0] if found else None


@cache
def _compact_names() -> list[tuple[str, Province]]:
    pairs = [(slug(p.name).replace("-", ""), p) for p in provinces().values()]
    pairs += [("tphcm", provinces()["Hồ Chí Minh"]), ("hcm", provinces()["Hồ Chí Minh"])]
    return sorted(((c, p) for c, p in pairs if c != "hue" and len(c) > 2), key=lambda pair: -len(pair[0]))


def province_called(name: str | None) -> Province | None:
    """Return the province for a name in any spelling, with or without `tỉnh` (`TP.HCM`, `Tỉnh Nam Định`), or None."""
    if not name:
        return None
    plain = key(name)
    for prefix in ("tỉnh ", "thành phố ", "tp. ", "tp "):
        plain = plain.removeprefix(prefix)
    return _by_key().get(plain)


@cache
def _by_key() -> dict[str, Province]:
    found: dict[str, Province] = {}
    for row in table("provinces"):
        for name in (row["name"], *row.items_of("aliases")):
            found.setdefault(key(name), provinces()[row["name"]])
    return found
