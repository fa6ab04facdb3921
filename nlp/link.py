"""Identity: the key under which mentions of one thing come together over all articles.

A key depends on values alone, never on row numbers or machines. It holds the date where the same name or number means
two things at two times (Party codes restart with each term: `34-CT/TW` of 2014 and of 2024).
"""

from nlp.anniversaries.events import event_named
from nlp.campaigns.names import identity
from nlp.directives.identity import document_parts
from nlp.fold import slug
from nlp.reading import Reading
from nlp.values import Anniversary, Award, Campaign, Directive, Unit, Value


def find(reading: Reading) -> None:
    """Give every mention its entity key."""
    for mention in reading.mentions:
        mention.entity = entity_key(mention.value)


def entity_key(value: Value) -> str:
    """Return the key of a value: ASCII, stable, readable (`unit/so-noi-vu-tinh-nam-dinh`)."""
    match value:
        case Unit():
            return _join("unit", value.canonical)
        case Directive():
            return _join("directive", *document_parts(value))
        case Anniversary():
            event = event_named(value.event) or value.event
            return _join("anniversary", event, str(value.nth) if value.nth else None)
        case Award():
            return _join("award", value.award, value.class_, value.authority)
        case Campaign():
            return _join("campaign", identity(value.name))


def _join(kind: str, *parts: str | None) -> str:
    return "/".join([kind, *(slug(p) for p in parts if p)])
