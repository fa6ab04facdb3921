"""From the award's own words to its value: authority from sentence and article, class, level, ellipses opened."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from nlp.awards.authority import Authority
from nlp.awards.givers import givers, praised_after, told_after
from nlp.awards.grammar import Found
from nlp.awards.levels import level_of
from nlp.fold import key
from nlp.reading import Reading
from nlp.values import Award, AwardLevel, Mention

_ARTICLE_CONFIDENCE = 0.8


@dataclass(slots=True)
class _Told:
    """An award with the authorities told for it so far; `strong` when its own words tell them."""

    found: Found
    authorities: Sequence[Authority]
    strong: bool


def resolve(reading: Reading, found: list[Found]) -> list[Mention]:
    """Return the mentions of the awards found, in order."""
    keep_epithets = len({f.epithet for f in found if f.epithet}) > 1
    found = _named_medals(found)
    told = _from_sentences(reading, found)
    _from_article(reading, told)
    _by_law(reading, told)
    return [_mention(t, keep_epithets or t.found.name.id == "co_thi_dua") for t in told]


def _named_medals(found: list[Found]) -> list[Found]:
    """A bare `kỷ niệm chương` is the one that the article names, where it names but one."""
    named = {f.award: f for f in found if f.name.id == "knc" and f.award != f.name.name}
    if len(named) != 1:
        return found
    one = next(iter(named.values()))
    return [
        replace(f, award=one.award, authorities=f.authorities or [a.elsewhere() for a in one.authorities])
        if f.name.id == "knc" and f.award == f.name.name
        else f
        for f in found
    ]


def _by_law(reading: Reading, told: list[_Told]) -> None:
    """The chairman of its People's Committee confers the Chiến sĩ thi đua of a province (Luật 06/2022/QH15 Đ.22)."""
    place = reading.geography.main_province()
    if place is None:
        return
    canonical = f"Chủ tịch Ủy ban nhân dân {reading.geography.official(place)}"
    for t in told:
        if t.found.name.id == "cstd" and list(t.found.classes) == ["cấp tỉnh"] and not t.authorities:
            t.authorities = [Authority(t.found.start, t.found.end, canonical, canonical)]


def _certain(found: Found) -> bool:
    return found.name.authority is not None


def _from_sentences(reading: Reading, found: list[Found]) -> list[_Told]:
    """Read the authority of each award in its sentence; awards under one verb share its giver."""
    told: list[_Told] = []
    sentence = -1
    cursor = 0
    current: list[Authority] = []
    for f in found:
        number = reading.layout.sentence_index(f.start)
        bounds = reading.layout.sentence_at(f.start)
        if number != sentence:
            sentence, cursor, current = number, bounds.start, []
        given = givers(reading, cursor, f.start) if f.start > cursor else None
        if cursor > bounds.start and _NEW_RECIPIENT.search(reading.folded, cursor, f.start):
            current = []  # `...; 15 đồng chí đạt danh hiệu ...` is no longer told of the giver before
        if given is not None and (given[1] or cursor == bounds.start or _is_passive(reading, given[0])):
            current = given[1]  # a later verb without a subject of its own keeps the giver
        cursor = max(cursor, f.end)
        if f.authorities:
            told.append(_Told(f, f.authorities, strong=True))
        elif _certain(f):
            told.append(_Told(f, (), strong=True))
        else:
            after = told_after(reading, f.end, bounds.end)
            told.append(_Told(f, after or current or praised_after(reading, f.end, bounds.end), strong=False))
    return told


_NEW_RECIPIENT = regex.compile(r"(?<!\w)(?:đạt|được|(?<!công )(?<!ghi )nhận|giành)(?!\w)")


def _is_passive(reading: Reading, verb: int) -> bool:
    return reading.folded[max(0, verb - 12) : verb].rstrip().endswith("được")


def _from_article(reading: Reading, told: list[_Told]) -> None:
    """Give an award without authority the one that the article tells for it, when it tells but one body."""
    known: dict[tuple[str, ...], list[Authority]] = defaultdict(list)
    for t in told:
        if len(t.authorities) == 1 and t.authorities[0].canonical and not _hands_over(t.authorities[0]):
            known[_kind(t.found)].append(t.authorities[0])
    for t in told:
        choices = known[_kind(t.found)]
        choices = [a for a in choices if not a.weak] or choices
        if t.found.grade_level is not None and t.found.name.id != "cstd":
            continue  # `13 bằng khen cấp bộ` are not the one that was named before
        if not choices or _certain(t.found) or t.strong or _is_wish(reading, t.found.start):
            continue
        organs = {a.organ or a.canonical for a in choices}
        best = next((a for a in choices if a.own), choices[0])
        if (not t.authorities and len(organs) == 1) or (_is_weak(t) and _better(t.authorities[0], best, organs)):
            t.authorities = [best]
    for t in told:
        if _is_weak(t) and _hands_over(t.authorities[0]):
            t.authorities = []


def _kind(found: Found) -> tuple[str, ...]:
    """Awards of one name are told together; the grades of Chiến sĩ thi đua are not one award."""
    return (found.name.id, found.award, *(found.classes if found.name.id == "cstd" else ()))


_SIGNS = regex.compile(r"chủ tịch ủy ban nhân dân ")


def _hands_over(authority: Authority) -> bool:
    """A named office holder gives with his hands what a body confers, unless he is the one who signs by law."""
    if not authority.weak or authority.canonical == authority.organ:
        return False
    return _SIGNS.match(key(authority.canonical)) is None


def _is_weak(told: _Told) -> bool:
    return len(told.authorities) == 1 and told.authorities[0].weak


def _better(weak: Authority, best: Authority, organs: set[str]) -> bool:
    if weak.organ == best.organ:
        # the head of the body hands it over; or leaders of the body whose head signs
        return _hands_over(weak) or (best.own and weak.canonical == weak.organ)
    return len(organs) == 1 and (_hands_over(weak) or best.own)


_WISH = regex.compile(r"(?<!\w)(?:hi vọng|mong|nếu|muốn)(?!\w)")


def _is_wish(reading: Reading, position: int) -> bool:
    sentence = reading.layout.sentence_at(position)
    return _WISH.search(reading.folded, sentence.start, position) is not None


def _mention(told: _Told, keep_epithets: bool) -> Mention:
    found = told.found
    names = list(dict.fromkeys(a.canonical for a in told.authorities if a.canonical))
    authority = names[0] if len(names) == 1 else None
    if not names and _certain(found):
        authority = found.name.authority
    award = f"{found.award} {found.epithet}" if keep_epithets and found.epithet else found.award
    class_ = found.classes[0] if len(found.classes) == 1 else None
    if class_ is None and found.name.id == "cstd" and authority is not None:
        class_ = _grade_of(authority)
    value = Award(award, class_, authority, level_of(found.name, found.grade_level, authority))
    alternatives: list[Award] = []
    if len(found.classes) > 1:
        alternatives = [replace(value, class_=c) for c in found.classes]
    elif len(names) > 1:
        levels: list[AwardLevel | None] = [level_of(found.name, found.grade_level, n) for n in names]
        alternatives = [replace(value, authority=n, level=lv) for n, lv in zip(names, levels, strict=True)]
        value = replace(value, level=levels[0] if len(set(levels)) == 1 else None)
    confidence = found.confidence if told.strong else min(found.confidence, _ARTICLE_CONFIDENCE)
    return Mention(found.start, found.end, value, found.rule, confidence, alternatives=tuple(alternatives))


_PROVINCE = regex.compile(r"(?:chủ tịch )?ủy ban nhân dân (?:tỉnh [^,]+|thành phố [^,]+)$")
_MINISTRY = regex.compile(r"(?:bộ trưởng )?bộ ")


def _grade_of(authority: str) -> str | None:
    """A Chiến sĩ thi đua whose conferrer is told has the grade that this body confers."""
    folded = key(authority)
    if _PROVINCE.match(folded):
        return "cấp tỉnh"
    if folded in ("thủ tướng chính phủ", "chính phủ"):
        return "toàn quốc"
    return "cấp bộ" if _MINISTRY.match(folded) else None
