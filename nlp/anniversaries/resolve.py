"""What the article states once about an event holds for each of its mentions."""

import regex

from nlp.anniversaries.events import event_named
from nlp.anniversaries.grammar import Found
from nlp.dates import FoundDate, date_at, more_exact, with_year, year_of
from nlp.fold import key
from nlp.reading import Reading
from nlp.values import Mention, Unit

_FOUNDED = regex.compile(
    r"(?:thành lập|ra đời)(?!\w)[^.;\n]{0,40}?(?:\(|(?<!\w)(?:ngày|năm|vào|từ|tháng)\s)\s{0,2}(?=[\dtn])"
)
_YEARS_AGO = regex.compile(r"cách (?:đây|nay)\s+(?:tròn\s+|đúng\s+)?(?P<n>\d{1,3})\s+năm\s*,?\s*(?:vào\s+)?(?=[\dtn])")
# Bounds for texts that no article is: the work stays linear in the length of the text.
_MOST_EVENTS, _MOST_TELLINGS = 60, 4
_HEAD_WORDS = frozenset(("ngày", "thành", "lập", "truyền", "thống", "tái", "của"))


def resolve(reading: Reading, found: list[Found]) -> list[Mention]:
    """Return the mentions of the commemorations, each with what the article says of its event anywhere."""
    groups: list[list[Found]] = []
    for one in found:
        group = next(
            (g for g in groups[-_MOST_EVENTS:] if any(_same(one, other) for other in g[:_MOST_TELLINGS])), None
        )
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    for group in groups:
        _share(reading, group)
    return [one.mention() for one in found]


def _same(a: Found, b: Found) -> bool:
    if a.nth and b.nth and a.nth != b.nth:
        return False
    a_id, b_id = a.event_id or event_named(a.name), b.event_id or event_named(b.name)
    if a_id and b_id:
        return a_id == b_id
    a_name, b_name = _core(a.name), _core(b.name)
    if a.bare or b.bare:
        return bool(a.nth) == bool(b.nth) and a_name.split()[:2] == b_name.split()[:2]
    if a_name.startswith(b_name) or b_name.startswith(a_name):
        return True
    return bool(a.nth) and a.nth == b.nth and not (a_id or b_id) and _share_words(a_name, b_name)


def _share_words(a: str, b: str) -> bool:
    """Tell whether two names mean one body: `điện lực Hàm Rồng`, `Nhà máy Điện Hàm Rồng Anh hùng`."""
    words = [set(regex.findall(r"\w+", name)) - _HEAD_WORDS for name in (a, b)]
    return bool(words[0] and words[1]) and len(words[0] & words[1]) / min(map(len, words)) > 0.6


def _core(name: str) -> str:
    return key(name).removeprefix("ngày ")


def _share(reading: Reading, group: list[Found]) -> None:
    """Give each member of a group the most exact dates and the count that any of them states."""
    nth = next((one.nth for one in group if one.nth), None)
    event_date = more_exact(*(one.event_date for one in group))
    anniversary = more_exact(*(one.anniversary_date for one in group))
    if event_date is None or len(event_date) < 10:
        event_date = more_exact(_founding_date(reading, group, event_date, anniversary, nth), event_date)
    if anniversary and len(anniversary) == 5 and (year := year_of(event_date)) and nth:
        anniversary = with_year(anniversary, year + nth) or anniversary
    owner = _owner(reading, group)
    for one in group:
        one.nth, one.event_date, one.anniversary_date = nth, event_date, anniversary
        if one.bare and owner and one.name.casefold().startswith(("thành lập", "ngày thành lập")):
            lead = "Ngày thành lập" if one.name.casefold().startswith("ngày") else "Thành lập"
            one.name = f"{lead} {owner}"


def _founding_date(
    reading: Reading, group: list[Found], stated: str | None, anniversary: str | None, nth: int | None
) -> str | None:
    """Return the date of founding that the article tells outside the mentions, where it is certain that it is this one.

    `Cách đây 60 năm, năm 1956` fits the count; `thành lập (15/10/1965)` must fit the years that are stated.
    """
    folded = reading.folded
    if nth:
        for ago in _YEARS_AGO.finditer(folded):
            told = date_at(folded, ago.end()) if int(ago["n"]) == nth else None
            if told and year_of(told.iso):
                return told.iso
    if not any("thành lập" in one.name.casefold() for one in group) or not any(one.bare for one in group):
        return None
    anniversary_year = year_of(anniversary) or (reading.source.published.year if reading.source.published else None)
    expected = year_of(stated) or (anniversary_year - nth if anniversary_year and nth else None)
    if expected is None:
        return None
    dates: list[FoundDate] = []
    for founded in _FOUNDED.finditer(folded):
        if any(one.start <= founded.start() < one.end for one in group):
            continue
        told = date_at(folded, founded.end())
        if told and year_of(told.iso) == expected:
            dates.append(told)
    return max((d.iso for d in dates), key=len, default=None)


def _owner(reading: Reading, group: list[Found]) -> str | None:
    """Return the unit that celebrates its own founding: named before it, of the kind that the event's name says."""
    bare = next((one for one in group if one.bare), None)
    kind = _core(bare.name).removeprefix("thành lập").strip().removeprefix("nhà ") if bare else ""
    if bare is None or kind in ("ngành", "tỉnh", "huyện", "xã"):
        return None
    sentence = reading.layout.sentence_at(bare.start)
    owner = None
    for mention in reading.of(Unit):
        if mention.end > bare.start or not isinstance(mention.value, Unit):
            continue
        if kind and kind != "đơn vị":
            fits = key(mention.value.canonical).startswith(kind)
        else:
            fits = mention.start >= sentence.start or mention.end <= reading.title.end
        if fits:
            owner = mention.value.canonical
    return owner
