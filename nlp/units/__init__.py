"""Units: named organisations and emulation blocs, one mention per stated name, with full official names."""

from collections.abc import Iterator

from nlp.reading import Reading
from nlp.scan import Pattern
from nlp.units.aliases import defined_after, uses
from nlp.units.catalogue import organs
from nlp.units.contexts import is_mention
from nlp.units.enumerations import open_places, open_sectors, read_family
from nlp.units.found import Found
from nlp.units.grammar import read_organ
from nlp.units.resolve import Resolver
from nlp.values import Mention

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


def patterns() -> Iterator[Pattern]:
    """Yield nothing: organ names are looked up in phrase tables, which do not mind how words are joined."""
    yield from ()


def find(reading: Reading) -> None:
    """Append the unit mentions of the article, in text order."""
    words = reading.words
    table = organs()
    found: list[Found] = []
    defined: dict[str, Found] = {}
    taken = [False] * len(words)
    i = 0
    while i < len(words):
        organ = None
        if table.starts_with(words.keys[i]):
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
            defined.setdefault(short, mention)
        i = last
    found += uses(words, defined, taken)
    found.sort(key=lambda f: (f.first, -f.last))
    resolver = Resolver(words, reading.geography, found)
    for organ in resolver.complete():
        start, end = words.starts[organ.first], words.ends[organ.last - 1]
        value = resolver.unit(organ)
        rule = organ.rule.replace("incomplete", organ.kind.tail)
        reading.mentions.append(Mention(start, end, value, rule, _CONFIDENCE.get(rule, 0.9)))
