"""Units: named organisations and emulation blocs, one mention per stated name, with full official names."""

from collections.abc import Iterator
from dataclasses import replace

from nlp.fold import fold
from nlp.places.grammar import Place
from nlp.places.survey import SOURCE_WEIGHT
from nlp.reading import Reading
from nlp.scan import Pattern
from nlp.units.aliases import defined_after, defined_within, uses_before
from nlp.units.article_names import ArticleNames
from nlp.units.brands import uses_alone
from nlp.units.catalogue import organs
from nlp.units.contexts import is_mention
from nlp.units.coordination import coordinated
from nlp.units.enumerations import open_places, open_sectors, read_family
from nlp.units.found import Found
from nlp.units.grammar import read_organ
from nlp.units.resolve import Resolver
from nlp.values import Mention
from nlp.words import Words

_CONFIDENCE = {
    "unit.whole": 0.99,
    "unit.seat": 0.98,
    "unit.party": 0.98,
    "unit.number": 0.95,
    "unit.bloc": 0.95,
    "unit.enumeration": 0.95,
    "unit.inner": 0.95,
    "unit.alias": 0.9,
    "unit.open": 0.85,
    "unit.phrase": 0.8,
    "unit.brand": 0.75,
}
_LEAST_CONFIDENCE = 0.7
_TOO_GENERAL = ("Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Tỉnh Đoàn", "Thành Đoàn", "Huyện Đoàn")
"""Where the article does not tell of which province or district: one of many."""

_CERTAIN = 1.5
"""So much must speak for an article's province where no organ stands for it by its kind alone (`UBND tỉnh`)."""
_SURE = 4.0
"""With so much for one province, organs of several others make it no article on several."""
_OTHERS = 3
_LEAST_SHARE = 0.4
"""Where organs of so many provinces are named, an article is about one that has this share of them."""
_TOLD = 0.8
"""Less than this besides the publisher's own province: nothing in the text speaks for it."""
_SEVERAL = 4
"""So many provinces named in an article on a bloc are its members."""


def patterns() -> Iterator[Pattern]:
    """Yield nothing: organ names are looked up in phrase tables, which do not mind how words are joined."""
    yield from ()


def find(reading: Reading) -> None:
    """Append the unit mentions of the article, in text order, and settle the article's province by them."""
    words = reading.words
    found = _read_all(words)
    names = ArticleNames(found)
    if _is_of_bloc(reading, found):
        reading.facts.province = None
    elif _is_unsettled(reading, found):
        reading.facts.province = reading.geography.province = None
    resolver = Resolver(words, reading.geography, names)
    for organ in coordinated(words, reading.geography, found, names):
        value = resolver.unit(organ)
        if value.canonical.endswith(_TOO_GENERAL):
            continue
        rule = organ.rule.replace("incomplete", organ.kind.tail)
        start, end = words.starts[organ.first], words.ends[organ.last - 1]
        if reading.facts.province is None and organ.place is None and value.level in ("base", "bloc"):
            value = replace(value, province=None)
        reading.mentions.append(Mention(start, end, value, rule, _CONFIDENCE.get(rule, _LEAST_CONFIDENCE)))


def _read_all(words: Words) -> list[Found]:
    """Return all organs of the text in order, with the short forms and brands that the text defines."""
    table = organs()
    found: list[Found] = []
    taken = [False] * len(words)
    defined: set[str] = set()
    i = 0
    while i < len(words):
        organ = None
        if table.starts_with(words.keys[i]) or words.keys[i] in defined:
            organ = read_organ(words, i) or read_family(words, i)
        if organ is None:
            i += 1
            continue
        if organ.rule == "unit.incomplete":
            found.append(organ)
            i = organ.last if organ.name != organ.kind.name else i + 1  # Ban Thường vụ Đảng ủy
            continue
        organ = open_sectors(words, open_places(words, organ))
        if is_mention(words, organ):
            found.append(organ)
        found.extend(organ.more)
        last = max(part.last for part in (organ, *organ.more))
        taken[organ.first : last] = [True] * (last - organ.first)
        definition = defined_after(words, organ) or defined_within(organ)
        if definition is not None:
            short, meant = definition
            words.short_forms.setdefault(short, meant)
            defined.add(fold(short).replace("'", ""))
        i = last
    found += uses_before(words, taken)
    found += uses_alone(words, found, taken)
    return sorted(found, key=lambda organ: (organ.first, -organ.last))


def _is_of_bloc(reading: Reading, found: list[Found]) -> bool:
    """Say whether the title is about a bloc of several provinces."""
    blocs = [f for f in found if f.kind.tail == "bloc" and reading.words.starts[f.first] < reading.title.end]
    told = {place.name for place in reading.geography.places if place.level == "province"}
    return any("các tỉnh" in f.name or f.name.endswith("Bộ") for f in blocs) or (bool(blocs) and len(told) >= _SEVERAL)


def _is_unsettled(reading: Reading, found: list[Found]) -> bool:
    """Say whether too little speaks for the province.

    Too little is a place of meeting or a home town, one of many provinces, or a publisher that tells of the centre.
    """
    geography = reading.geography
    province = geography.province
    if province is None:
        return False
    if any(p.level == "province" and p.name == province.name for p in _places_before(reading, reading.title.end)):
        return False
    if any(f.place is not None and not f.place.name for f in found):
        return False
    holders = [geography.province_of(f.place) for f in found if f.place is not None]
    own, others = holders.count(province), len({holder.name for holder in holders if holder is not None})
    if geography.certainty < _CERTAIN or (
        geography.certainty < _SURE and others >= _OTHERS and own <= _LEAST_SHARE * len(holders)
    ):
        return True
    central = sum(f.central != "" or f.kind.level == "central" for f in found)
    return geography.certainty - SOURCE_WEIGHT < _TOLD and not own and central > 1 and geography.published_there


def _places_before(reading: Reading, end: int) -> list[Place]:
    return [place for place in reading.geography.places if reading.words.starts[place.first] < end]
