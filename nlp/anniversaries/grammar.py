"""The grammar of one commemoration: `[N năm] EVENT [lần thứ N] [D/M] [(date - date)]`.

A commemoration starts with its count (`75 năm Ngày ...`) or, where none is stated, with the event's name. Counts of
something else (`20 năm công tác`, `5 năm thực hiện Chỉ thị`) have no event after them; an event told as history (`sau
20 năm thành lập`) has no word of celebration before it and no dates behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from nlp.anniversaries.events import KIND, event_named, events, is_day
from nlp.anniversaries.extent import FOUNDING, NAMED_DAY, name_at
from nlp.anniversaries.stated import stated_dates, years_apart
from nlp.dates import DateBracket, bracket_at, date_at, month_and_day, pair_at, year_of
from nlp.reading import Reading
from nlp.scan import Hit
from nlp.values import Anniversary, Mention, Unit

_COUNT = regex.compile(r"(?<![\w/.,\-])(?P<n>\d{1,4})\s{0,2}(?:năm|nằm)\s{1,2}(?=\S)")
_COUNT_WITHOUT_YEARS = regex.compile(r"(?<=kỉ niệm\s)(?P<n>\d{1,3})\s{1,2}(?=(?:ngày|thành lập|tái lập)\s+\p{L})")
_ORDINAL = regex.compile(r"lần thứ\s{1,2}(?P<n>\d{1,4})\s{1,2}(?=\S)")
_ORDINAL_AFTER = regex.compile(r",?\s{1,2}lần thứ\s{1,2}(?P<n>\d{1,4})(?!\w)")
_UNCOUNTED = regex.compile(
    r"(?<=(?:kỉ niệm|chào mừng|mừng|nhân)\s{1,2})(?=ngày\s+(?:thành lập|truyền thống|tái lập|giải phóng)(?!\w))"
    r"|(?<=kỉ niệm\s{1,2})(?=(?:thành lập|tái lập)\s)"
)
_NO_EVENT = regex.compile(
    r"(?:ngày\s+(?:càng|nay|ấy|đầu|đó|đêm|tháng|một|mai|qua|nghỉ|lễ|làm|công|này|kia|mới|mùng|mồng|hôm|sau|trước|cuối)"
    r"|thành lập\s+(?:đến nay|cho đến|đảng viên mới))(?!\w)"
)
# `kỷ niệm N năm` makes any happening an event, work that goes on makes none (`kỷ niệm 5 năm thực hiện Chỉ thị`).
_HAPPENING = regex.compile(
    r"(?!(?:thực hiện|triển khai|công tác|làm việc|học tập|qua|nay|trước|sau|này|liên tiếp|liền|đầu|cuối|gần|tuổi)"
    r"(?!\w))\p{L}"
)
_RIGHT_AFTER_CELEBRATION = regex.compile(r"kỉ niệm\s+(?:truyền thống\s+|tròn\s+|chặng đường\s+)?$")
_CELEBRATED = regex.compile(
    r"(?:kỉ niệm|chào mừng|mừng|nhân dịp|dịp|nhân|hướng tới|hướng về|tiến tới|tôn vinh|đại lễ|lễ)"
    r"(?:\s+(?:lần thứ|truyền thống|tròn|trọng thể|lễ kỉ niệm|sự kiện|các ngày lễ lớn|những ngày lễ lớn|cho))?"
    r"[\s:\"]{0,3}$"
)
_CHAINED = regex.compile(
    r"[\s\"]*(?:[,;+&-]|và|cùng|gắn với|hướng tới|,\s*và|tiến tới)?[\s\"]*(?:(?:kỉ niệm|chào mừng|mừng)\s+)?$"
)
_AND = regex.compile(r"\s{0,2}và\s")
_TOLD_AS_PAST = regex.compile(
    r"(?:sau|qua|trong|suốt|hơn|gần|trên|từ|với|sau khi)\s+(?:chặng đường\s+|hơn\s+|gần\s+)?$"
)
_BARE_DATE = regex.compile(r"[ ,]{1,3}(?:ngày\s+)?(?=\d{1,2}\s?[/.\-]\s?\d|\d{1,2} tháng)")
_BRACKET_AHEAD = regex.compile(r"[^.,;:()\n\"]{2,80}(?=\(\s?(?:ngày )?\d)")
_SELF = regex.compile(
    r"(?:ngày\s+)?(?:thành lập|truyền thống|tái lập)"
    r"(?:\s+(?:trường|nhà trường|công ty|bệnh viện|đơn vị|hội|ngành|sở|tập đoàn|ngân hàng|tỉnh|huyện|xã|viện))?"
)


@dataclass(slots=True)
class Found:
    """One commemoration as it stands: what the mention says by itself.

    `event_id`: the row of the table that it names. `bare`: it does not say whose founding or tradition it is.
    """

    start: int
    end: int
    name: str
    event_id: str | None
    nth: int | None
    event_date: str | None
    anniversary_date: str | None
    bare: bool
    rule: str
    confidence: float

    def mention(self) -> Mention:
        """Return it as a mention."""
        value = Anniversary(self.name, self.event_date, self.anniversary_date, self.nth)
        return Mention(self.start, self.end, value, f"anniversary.{self.rule}", self.confidence)


@dataclass(frozen=True, slots=True)
class _Start:
    """A place where a commemoration may begin: `start` of its span, `body` of its event, its count, the table's hit."""

    start: int
    body: int
    nth: int | None
    rule: str
    hit: Hit | None = None


@dataclass(frozen=True, slots=True)
class _Signs:
    """What speaks for a commemoration at a place."""

    celebrated: bool
    right_after: bool
    past: bool
    event_id: str | None
    bracket: DateBracket | None
    day: str | None


def read_all(reading: Reading) -> list[Found]:
    """Return the commemorations of an article in text order, not overlapping."""
    hits = {h.start: h for h in reading.hits.get(KIND, ())}
    units = {m.start: m for m in reading.of(Unit)}
    found: list[Found] = []
    for start in sorted(_starts(reading, hits), key=lambda s: (s.start, s.nth is None)):
        if found and start.start < found[-1].end:
            continue
        read = _read(reading, start, found[-1] if found else None, units)
        if read:
            found.append(read)
    return found


def _starts(reading: Reading, hits: dict[int, Hit]) -> Iterator[_Start]:
    folded = reading.folded
    for pattern, rule in ((_COUNT, "count"), (_COUNT_WITHOUT_YEARS, "count"), (_ORDINAL, "ordinal")):
        for m in pattern.finditer(folded):
            body = m.end()
            yield _Start(m.start() if rule == "count" else body, body, int(m["n"]), rule, _hit_at(folded, hits, body))
    for m in _UNCOUNTED.finditer(folded):
        yield _Start(m.start(), m.start(), None, "uncounted", _hit_at(folded, hits, m.start()))
    for hit in hits.values():
        yield _Start(hit.start, hit.start, None, "known", hit)


def _hit_at(folded: str, hits: dict[int, Hit], position: int) -> Hit | None:
    """Return the known event at `position`, also behind `ngày` (`ngày chiến thắng lịch sử Điện Biên Phủ`)."""
    hit = hits.get(position)
    if hit is None:
        day = NAMED_DAY.match(folded, position)
        hit = hits.get(day.end()) if day else None
    return hit


def _read(reading: Reading, at: _Start, before: Found | None, units: dict[int, Mention]) -> Found | None:
    folded = reading.folded
    if at.hit is None and _NO_EVENT.match(folded, at.body):
        return None
    chained = before is not None and bool(_CHAINED.fullmatch(folded, before.end, at.start))
    right_after = bool(_RIGHT_AFTER_CELEBRATION.search(folded, max(0, at.start - 32), at.start))
    name = name_at(reading, at.body, at.hit, units, free=right_after)
    if name.end <= at.body:
        return None
    end, nth, day = name.end, at.nth, None
    ordinal = _ORDINAL_AFTER.match(folded, end)
    if ordinal:
        end, nth = ordinal.end(), nth or int(ordinal["n"])
    bare_date = _BARE_DATE.match(folded, end)
    stated = date_at(folded, bare_date.end()) if bare_date else None
    if stated and month_and_day(stated.iso):
        day, end = stated.iso, stated.end
    pair = pair_at(folded, bare_date.end()) if bare_date else None
    bracket = pair or bracket_at(folded, end)
    if pair:
        day = None
    name_end = name.end
    if bracket is None and nth and (ahead := _BRACKET_AHEAD.match(folded, end)):
        # words that end names elsewhere are part of this one when the dates behind them are this count apart
        later = bracket_at(folded, ahead.end())
        if later and years_apart(later) == nth:
            bracket, name_end = later, ahead.end()
    if bracket:
        end = bracket.end
    celebrated = chained or bool(_CELEBRATED.search(folded, max(0, at.start - 40), at.start))
    past = bool(_TOLD_AS_PAST.search(folded, max(0, at.start - 30), at.start))
    if not _is_commemoration(reading, at, _Signs(celebrated, right_after, past, name.event_id, bracket, day)):
        return None
    if nth is None and bracket is None and chained and before is not None and _AND.match(folded, before.end):
        nth = before.nth  # `79 năm Cách mạng Tháng Tám và Quốc khánh 2/9`
    published = reading.source.published.year if reading.source.published else None
    event_date, anniversary_date, nth = stated_dates(day, bracket, nth, name.event_id, published)
    return Found(
        at.start,
        end,
        _written(reading.text[at.body : name_end]),
        name.event_id,
        nth,
        event_date,
        anniversary_date,
        bare=bool(_SELF.fullmatch(folded[at.body : name.end])),
        rule=at.rule,
        confidence=_confidence(name.event_id, nth, event_date, anniversary_date, celebrated=celebrated),
    )


def _is_commemoration(reading: Reading, at: _Start, signs: _Signs) -> bool:
    folded, text = reading.folded, reading.text
    if at.rule == "uncounted":
        return True
    if at.rule == "known":
        assert at.hit is not None
        if is_day(folded[at.hit.start : at.hit.end]):
            dated = signs.bracket is not None or signs.day is not None
            quoted = folded[at.start - 1 : at.start] == '"'  # a slogan or an activity: “Ngày Vì người nghèo”
            return signs.celebrated or dated or (text[at.start].isupper() and not quoted)
        paired = signs.bracket is not None and signs.bracket.second is not None
        return (signs.celebrated and not signs.past) or paired
    apart = years_apart(signs.bracket)
    known = signs.event_id is not None or bool(FOUNDING.match(folded, at.body))
    if apart is not None and apart == at.nth:
        return known or bool(_HAPPENING.match(folded, at.body))
    if signs.bracket is not None and known:
        return True
    if folded.startswith("ngày", at.body) and not signs.past:
        return known or (signs.celebrated and text[at.body + 5 : at.body + 6].isupper())
    if known:
        return signs.celebrated
    return signs.right_after and bool(_HAPPENING.match(folded, at.body))


def _confidence(
    event_id: str | None, nth: int | None, event_date: str | None, anniversary_date: str | None, *, celebrated: bool
) -> float:
    first, second = year_of(event_date), year_of(anniversary_date)
    if first and second:  # the arithmetic is a check: 2020 - 1930 = 90
        return 0.98 if nth == second - first else 0.7
    if event_id:
        known, stated = events()[event_id].day, month_and_day(event_date)
        if known and stated and known != stated:
            return 0.7
        return 0.95 if celebrated or nth else 0.85
    return 0.85 if celebrated else 0.75


def _written(name: str) -> str:
    name = " ".join(name.split()).strip(' -,;:"“”')
    if name.isupper() and len(name) > 6:  # a line of capitals
        known = event_named(name)
        return events()[known].name if known else name.capitalize()
    return name[:1].upper() + name[1:]
