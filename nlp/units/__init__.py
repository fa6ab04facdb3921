"""Units: named organisations and emulation blocs, one mention per stated name, with full official names."""

from collections.abc import Iterator

from nlp.reading import Reading
from nlp.scan import Pattern
from nlp.units.aliases import defined_after, uses_before
from nlp.units.brands import uses_alone
from nlp.units.catalogue import organs
from nlp.units.contexts import is_mention
from nlp.units.enumerations import open_places, open_sectors, read_family
from nlp.units.found import Found
from nlp.units.grammar import read_organ
from nlp.units.resolve import Resolver
from nlp.values import Mention, Unit

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
}


_LOCAL = ("province", "district", "commune")
_CERTAIN = 1.5
_SEVERAL = 4
"""So many provinces named in an article on a bloc are its members."""

_TOO_GENERAL = ("Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Tỉnh Đoàn", "Thành Đoàn", "Huyện Đoàn")
"""Where the article does not tell of which province or district: one of many."""


def patterns() -> Iterator[Pattern]:
    """Yield nothing: organ names are looked up in phrase tables, which do not mind how words are joined."""
    yield from ()


def _unsettle(reading: Reading, found: list[Found]) -> None:
    """Leave the article without a province where its title is about a bloc of several provinces.

    Also where no organ of the province is named and little else speaks for it: a place of meeting, a home town.
    """
    title_end = reading.title.end
    blocs = [f for f in found if f.kind.tail == "bloc" and reading.words.starts[f.first] < title_end]
    named = {p.name for p in reading.geography.places if p.level == "province"}
    if any("các tỉnh" in f.name or f.name.endswith("Bộ") for f in blocs) or (blocs and len(named) >= _SEVERAL):
        reading.facts.province = None
    of_province = any(
        isinstance(m.value, Unit) and m.value.province == reading.facts.province and m.value.level in _LOCAL
        for m in reading.mentions
    )
    if not of_province and reading.geography.certainty < _CERTAIN:
        reading.facts.province = None


def find(reading: Reading) -> None:
    """Append the unit mentions of the article, in text order."""
    words = reading.words
    table = organs()
    found: list[Found] = []
    taken = [False] * len(words)
    i = 0
    while i < len(words):
        organ = None
        if table.starts_with(words.keys[i]) or words.short_forms:
            organ = read_organ(words, i) or read_family(words, i)
        if organ is None:
            i += 1
            continue
        if organ.rule == "unit.incomplete":
            found.append(organ)
            i += 1
            continue
        organ = open_sectors(words, open_places(words, organ))
        for part in (organ, *organ.more):
            if part is organ and not is_mention(words, part):
                continue
            found.append(part)
        last = max(part.last for part in (organ, *organ.more))
        for j in range(organ.first, last):
            taken[j] = True
        definition = defined_after(words, organ)
        if definition is not None:
            short, mention = definition
            words.short_forms.setdefault(short, mention)
        i = last
    found += uses_before(words, taken)
    found += uses_alone(words, found, taken)
    found.sort(key=lambda f: (f.first, -f.last))
    resolver = Resolver(words, reading.geography, found)
    for organ in resolver.complete():
        start, end = words.starts[organ.first], words.ends[organ.last - 1]
        value = resolver.unit(organ)
        rule = organ.rule.replace("incomplete", organ.kind.tail)
        if value.canonical.endswith(_TOO_GENERAL):
            continue
        reading.mentions.append(Mention(start, end, value, rule, _CONFIDENCE.get(rule, 0.9)))
    _unsettle(reading, found)
