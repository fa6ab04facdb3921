"""The value of a unit that only the tagger has found: its name as written, the place at its end in full."""

from bisect import bisect_left

from nlp.places.grammar import Place
from nlp.reading import Reading
from nlp.units.catalogue import organs
from nlp.units.spelling import restyled
from nlp.values import Level, Unit
from nlp.words import Words


def unit_at(reading: Reading, first: int, last: int) -> Unit:
    """Return the unit at words `first` to `last` (not with).

    A place told with its kind is written in full (`huyện X, tỉnh Y`), one without stays as it stands. The province is
    that of the place, else None; the level is that of the kind of organ where the tables know the head, else `base`.
    """
    words, geography = reading.words, reading.geography
    place = _place_at_end(reading, first, last)
    name = words.written(first, last)
    province = None
    if place is not None:
        province = geography.province_of(place)
        if _has_kind(words, place) and place.first > first:
            name = f"{words.written(first, place.first)} {geography.official(place)}"
    return Unit(restyled(name[:1].upper() + name[1:]), province.label if province else None, _level(words, first, last))


def _has_kind(words: Words, place: Place) -> bool:
    """Say whether a place is told with its kind (`huyện Lệ Thủy`), not by its bare name."""
    return bool(place.kind) and not place.name.casefold().startswith(words.keys[place.first])


def _level(words: Words, first: int, last: int) -> Level:
    match = organs().longest(words, first)
    known = match[1][0].fixed_level if match is not None and match[0] <= last else None
    return known or "base"


def _place_at_end(reading: Reading, first: int, last: int) -> Place | None:
    """Return the place that ends the name, if one does."""
    places = reading.geography.places
    at = bisect_left(places, first + 1, key=lambda place: place.first)
    while at < len(places) and places[at].first < last:
        if places[at].last == last:
            return places[at]
        at += 1
    return None
