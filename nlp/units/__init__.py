"""Units: named organisations and emulation blocs, one mention per stated name, with full official names."""

from collections.abc import Iterator
from dataclasses import replace

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
from nlp.values import Mention, Unit
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

_LOCAL = ("province", "district", "commune")
_CERTAIN = 1.5
"""So much must speak for an article's province where no organ of that province is named."""
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
    resolver = Resolver(words, reading.geography, names)
    placed_by_article: list[Mention] = []
    for organ in coordinated(words, reading.geography, found, names):
        value = resolver.unit(organ)
        if value.canonical.endswith(_TOO_GENERAL):
            continue
        rule = organ.rule.replace("incomplete", organ.kind.tail)
        start, end = words.starts[organ.first], words.ends[organ.last - 1]
        mention = Mention(start, end, value, rule, _CONFIDENCE.get(rule, _LEAST_CONFIDENCE))
        reading.mentions.append(mention)
        if organ.place is None and value.level in ("base", "bloc"):
            placed_by_article.append(mention)
    if _is_unsettled(reading, found):
        reading.facts.province = None
        for mention in placed_by_article:
            assert isinstance(mention.value, Unit)
            mention.value = replace(mention.value, province=None)


def _read_all(words: Words) -> list[Found]:
    """Return all organs of the text in order, with the short forms and brands that the text defines."""
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
        if is_mention(words, organ):
            found.append(organ)
        found.extend(organ.more)
        last = max(part.last for part in (organ, *organ.more))
        taken[organ.first : last] = [True] * (last - organ.first)
        definition = defined_after(words, organ) or defined_within(organ)
        if definition is not None:
            short, meant = definition
            words.short_forms.setdefault(short, meant)
        i = last
    found += uses_before(words, taken)
    found += uses_alone(words, found, taken)
    return sorted(found, key=lambda organ: (organ.first, -organ.last))


def _is_unsettled(reading: Reading, found: list[Found]) -> bool:
    """Say whether the article is about no province: its title is about a bloc of several, or too little speaks for one.

    Too little is a place of meeting or a home town where no organ of the province is named.
    """
    province = reading.facts.province
    blocs = [f for f in found if f.kind.tail == "bloc" and reading.words.starts[f.first] < reading.title.end]
    told = {place.name for place in reading.geography.places if place.level == "province"}
    if any("các tỉnh" in f.name or f.name.endswith("Bộ") for f in blocs) or (blocs and len(told) >= _SEVERAL):
        return True
    units = [m.value for m in reading.mentions if isinstance(m.value, Unit)]
    of_province = any(unit.province == province and unit.level in _LOCAL for unit in units)
    return not of_province and reading.geography.certainty < _CERTAIN
