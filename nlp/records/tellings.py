"""Each telling of an awarding, sentence by sentence: award, status, recipients; merged later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import regex

from nlp.layout import Span
from nlp.reading import Reading
from nlp.records.lists import listed
from nlp.records.meant import hero
from nlp.records.persons import NameBook
from nlp.records.quantities import NUMBER, nouns, number
from nlp.records.recipient import Recipient, without_number
from nlp.records.status import Outcome, scope, status_of
from nlp.records.subjects import subject
from nlp.records.years import year_near
from nlp.values import Award, AwardRecord, Mention, RecipientKind, Unit

_BETWEEN = regex.compile(
    r"(?:[\s\",;/()-]|và(?!\w)|cùng(?!\w)|hoặc(?!\w)|các(?!\w)|nhiều(?!\w)|danh hiệu(?!\w)|cũng như(?!\w)|"
    r"cho đến(?!\w)|năm\s\d{4}|\d{4}|"
    r"\d{1,4}(?!\w)|\+|•|phôi(?!\w)|phong trào(?!\w)|chuyên đề(?!\w)|nhiều năm(?!\w)|liền(?!\w))*"
)
_TO = regex.compile(
    r"(?<!\w)(?P<to>cho|đối với|tới|tặng|gồm|bao gồm|tiêu biểu như|như|vinh danh|tuyên dương|biểu dương)(?!\w)"
)
_COLON = regex.compile(r'"?(?:\s\p{L}+){0,2}\s?:\s?')
_GAP_ENDS = regex.compile(r"\.(?!\d)|;|(?<!\w)(?:được|đã|vì|nhưng|trong khi)(?!\w)|\scho\sbiết|\scho\srằng")
_RECEIVING = regex.compile(
    r"(?<!\w)(?:(?:đã|cũng|vừa|còn|luôn|nhiều lần|hai lần|liên tục|lần lượt|đều|từng|vinh dự|tự hào|rất|và|"
    r"\d+ lần|nhiều năm liền|nhiều năm|liên tiếp|được|"
    r"xứng đáng)\s){0,5}(?:được|đón nhận|nhận|nhận được|đạt|đạt được|giành|giành được|đón|đoạt|sở hữu|có|là|"
    r"vinh dự)(?!\w)"
)
_OFTEN = regex.compile(
    r"(?<!\w)(?:nhiều năm|nhiều lần|liên tục|\d+ lần|nhiều (?:danh hiệu|giải thưởng|bằng khen|phần thưởng|"
    r"hình thức))(?!\w)[^:]*(?<!\slà\s)(?<!\slà \")$|(?<!\w)nhiều\s$"
)
_LIST_ITEM = regex.compile(r"\s*(?:[-+•*·]|\d{1,2}[.)]|[a-z]\))\s?")


@dataclass(slots=True)
class _Scene:
    """What holds while the sentences are read: open status and subject, and what an introducing line opened."""

    outcome: Outcome | None = None
    subjects: Sequence[Recipient] = ()
    intro: "_Scene | None" = None
    cursor: int = 0
    bounds: Span = field(default_factory=lambda: Span(0, 0))


def read_records(reading: Reading, awards: list[Mention]) -> list[AwardRecord]:
    """Return the records of all tellings, in text order."""
    book = NameBook(reading)
    records: list[AwardRecord] = []
    by_sentence: dict[int, list[Mention]] = {}
    for award in awards:
        by_sentence.setdefault(reading.layout.sentence_index(award.start), []).append(award)
    intro: tuple[int, _Scene] | None = None
    for number_, mentions in by_sentence.items():
        bounds = reading.layout.sentences[number_]
        scene = _Scene(bounds=bounds, cursor=bounds.start)
        if intro is not None and number_ <= intro[0] + 12 and _is_item(reading, bounds):
            scene.outcome, scene.subjects = intro[1].outcome, intro[1].subjects
        elif (opened := _introduction(reading, book, number_)) is not None:
            scene.outcome, scene.subjects = opened.outcome, opened.subjects
            intro = (number_, opened)
        for members in _coordinations(reading, mentions):
            records.extend(_tell(reading, book, scene, members, mentions))
    return _with_winners(reading, book, records)


def _is_item(reading: Reading, bounds: Span) -> bool:
    return bounds.start in {s.start for s in reading.layout.lines} and bounds.end - bounds.start < 300


def _introduction(reading: Reading, book: NameBook, index: int) -> _Scene | None:
    """A line that ends with a colon (`Đơn vị đã được tặng thưởng:`) opens a list of awards."""
    if index == 0:
        return None
    before = reading.layout.sentences[index - 1]
    if not reading.text[before.start : before.end].rstrip().endswith(":"):
        return None
    outcome = scope(None, reading.folded, before.start, before.end)
    receiving = _RECEIVING.search(reading.folded, before.start, before.end)
    end = receiving.start() if receiving else before.end
    return _Scene(outcome or "conferred", subject(reading, book, before.start, end), bounds=before)


def _coordinations(reading: Reading, mentions: list[Mention]) -> Iterator[list[Mention]]:
    """Group awards that follow each other with nothing but joints between them."""
    members: list[Mention] = []
    for mention in mentions:
        if members and mention.start < members[-1].end:
            continue
        if members and not _BETWEEN.fullmatch(reading.folded, members[-1].end, mention.start):
            yield members
            members = []
        members.append(mention)
    if members:
        yield members


def _tell(
    reading: Reading,
    book: NameBook,
    scene: _Scene,
    members: list[Mention],
    mentions: list[Mention],
) -> Iterator[AwardRecord]:
    folded = reading.folded
    start, end = members[0].start, members[-1].end
    following = next((m.start for m in mentions if m.start >= end), scene.bounds.end)
    window = scene.cursor
    outcome = scope(scene.outcome, folded, window, start)
    counts = [_number_before(reading, book, m, window if m is members[0] else members[0].start) for m in members]
    after = _after(reading, book, members[-1], end, following, scene.bounds.end)
    if outcome is None:
        outcome = _outcome_after(folded, end, following)
    if outcome is None and any(c is not None and c.kind is not None for c in counts):
        outcome = "conferred"
    if outcome is None and any(r.name or r.quantity for r in after):
        outcome = "conferred"  # `Bằng khen cho 17 cá nhân`, `Cờ thi đua: 54 tập thể`
    scene.outcome = outcome
    scene.cursor = max([end, *(r.end for r in after)])
    status = status_of(outcome)
    if status is None:
        return
    subjects = () if after else _subjects(reading, book, scene, window, start)
    carried: Sequence[Recipient] = ()
    if subjects:
        scene.subjects = subjects
    elif not after and all(s.name for s in scene.subjects):
        carried = scene.subjects
    often = _OFTEN.search(folded, window, start) is not None
    posthumous = "truy tặng" in folded[window : min(following, end + 60)]
    for mention, count in zip(members, counts, strict=True):
        value = mention.value
        assert isinstance(value, Award)
        several = sum(c is None for c in counts) > 1 or len(mention.alternatives) > 1
        recipients = _recipients(mention, count, after, subjects or carried, several)
        year = year_near(reading, mention.start, mention.end, (scene.bounds.start, scene.bounds.end))
        if often and not after:
            recipients = [replace(r, quantity=None) for r in recipients]
        rule = "record.after" if after else "record.subject" if subjects else "record.count" if count else "record.bare"
        if posthumous:
            rule += ".posthumous"
        for alternative in mention.alternatives or (value,):
            assert isinstance(alternative, Award)
            for r in recipients:
                yield AwardRecord(
                    mention, alternative, status, r.name, r.kind, r.quantity, year, rule, mention.confidence
                )


def _recipients(
    mention: Mention, count: Recipient | None, after: Sequence[Recipient], subjects: Sequence[Recipient], several: bool
) -> Sequence[Recipient]:
    told = list(after or subjects)
    own_kind = _kind_of(mention)
    if count is not None and not after:
        if count.kind is None and subjects and all(s.name for s in subjects):
            return list(subjects)
        return [replace(count, kind=count.kind or own_kind)]
    if count is not None and len(told) == 1 and told[0].name is None and told[0].quantity is None:
        return [replace(told[0], quantity=count.quantity)]
    if several:
        told = [without_number(r) for r in told]
    return told or [Recipient(None, own_kind, None)]


_INDIVIDUAL = regex.compile(
    r"(?:chiến sĩ|lao động tiên tiến|nhà giáo|nghệ|thầy thuốc|bà mẹ|huy hiệu|giáo viên|huy chương)"
)
_COLLECTIVE = regex.compile(r"(?:tập thể|đơn vị|cờ )")


def _kind_of(mention: Mention) -> RecipientKind | None:
    """The kind that the award's name tells: Cờ thi đua is for a collective, Chiến sĩ thi đua for a person."""
    assert isinstance(mention.value, Award)
    name = mention.value.award.lower()
    if _COLLECTIVE.match(name):
        return "collective"
    if name.startswith(("gia đình", "hộ ")):
        return "household"
    return "individual" if _INDIVIDUAL.match(name) or mention.value.award.startswith("Nông dân") else None


@cache
def _noun() -> str:
    return "|".join(regex.escape(n) for n in sorted(nouns(), key=len, reverse=True))


@cache
def _number_before_award() -> "regex.Pattern[str]":
    lead = rf"(?<![\w.])(?P<n>{NUMBER})\s{{1,2}}(?:lần\s|(?P<noun>{_noun()})\s)?"
    return regex.compile(lead + r'(?:danh hiệu\s)?"?\s?$')


@cache
def _percent_before_award() -> "regex.Pattern[str]":
    return regex.compile(rf"%\s?(?:(?P<noun>{_noun()})(?!\w))?[^.;]{{0,40}}$")


def _number_before(reading: Reading, book: NameBook, mention: Mention, start: int) -> Recipient | None:
    """`15 tập thể lao động xuất sắc`, `50 cán bộ chiến sĩ tiên tiến`, `30 Kỷ niệm chương`."""
    segment = reading.folded[max(start, mention.start - 60) : mention.start]
    percent = _percent_before_award().search(segment)
    if percent:
        kind = nouns()[percent["noun"]] if percent["noun"] else _kind_of(mention) or "individual"
        return Recipient(None, kind, None, mention.end)
    m = _number_before_award().search(segment)
    if not m or (m["n"] == "năm" and m["noun"] is None):
        return None
    at = max(start, mention.start - 60) + m.start("n")
    if any(u.start <= at < u.end for u in book.units_in(start, reading.layout.sentence_at(at).end)):
        return None
    if regex.fullmatch(r"(?:19|20)\d\d", m["n"]) and regex.search(r"(?:năm|-|/|tháng)\s?$", segment[: m.start("n")]):
        return None
    own = nouns()[m["noun"]] if m["noun"] else _kind_of(mention)
    return Recipient(None, own, number(m["n"]), mention.end)


def _after(
    reading: Reading, book: NameBook, last: Mention, end: int, following: int, sentence_end: int
) -> list[Recipient]:
    """Return the recipients listed after the award: `cho ...`, `đối với ...`, `: ...`."""
    folded = reading.folded
    holder = _holder(reading, book, last, end)
    if holder:
        return holder
    lines = _listed_below(reading, book, end)
    if lines:
        return lines
    colon = _COLON.match(folded, end, sentence_end)
    if colon:
        return listed(reading, book, colon.end(), following)
    for m in _TO.finditer(folded, end, min(following, end + 160)):
        gap = folded[end : m.start()]
        if _GAP_ENDS.search(gap) and not regex.search(r"được\s(?:trao|tặng)\s(?:tặng\s)?$", gap):
            return []
        limit = following
        found = listed(reading, book, m.end(), limit)
        if found:
            return found
    return []


_OF_UNIT = regex.compile(r'"?\s{1,2}của\s{1,2}')


def _holder(reading: Reading, book: NameBook, last: Mention, end: int) -> list[Recipient]:
    """`lễ đón nhận Huân chương Lao động của Công ty X`: no unit confers an award of the State, so it receives it."""
    of = _OF_UNIT.match(reading.folded, end)
    if of is None or not isinstance(last.value, Award) or last.value.level != "state":
        return []
    return [
        Recipient(u.value.canonical, "collective", 1, u.end)
        for u in book.units_in(of.end(), min(len(reading.text), of.end() + 200))
        if u.start == of.end() and isinstance(u.value, Unit)
    ]


_LINE_ENDS = regex.compile(r"[ \t]*(?:cho|gồm|như sau|năm \d{4}|có tên sau(?: đây)?)?[ \t]*[:.]?[ \t]*\n\s*")
_ITEM_MARK = regex.compile(r"[ \t]*(?:[-+•*·]|\d{1,3}[.)]|[a-zđ]\))[ \t]*")


def _listed_below(reading: Reading, book: NameBook, end: int) -> list[Recipient]:
    """Return the winners that stand on marked lines below the award (a list, a table flattened to lines)."""
    ended = _LINE_ENDS.match(reading.folded, end)
    found: list[Recipient] = []
    position = ended.end() if ended else -1
    while position >= 0 and len(found) < _LONGEST_LIST:
        mark = _ITEM_MARK.match(reading.folded, position)
        if not mark:
            break
        line_end = reading.folded.find("\n", mark.end())
        line_end = len(reading.folded) if line_end < 0 else line_end
        names = [r for r in listed(reading, book, mark.end(), line_end)[:1] if r.name]
        if not names:
            break
        found.append(replace(names[0], end=line_end))
        position = line_end + 1 if line_end < len(reading.folded) else -1
    return found if len(found) > 1 else []


_LONGEST_LIST = 500
_PASSIVE_AFTER = regex.compile(
    r"[^.;\n]{0,40}?(?<!\w)(?:được|do)(?!\w)[^.;\n]{0,60}?(?<!\w)(?:trao|tặng|khen|công nhận)(?!\w)"
)


def _outcome_after(folded: str, end: int, following: int) -> Outcome | None:
    """`cờ thi đua được trao cho ...`, `bằng khen do Bộ Y tế trao tặng`."""
    m = _PASSIVE_AFTER.match(folded, end, following)
    return scope(None, folded, end, m.end()) if m else None


def _subjects(reading: Reading, book: NameBook, scene: _Scene, window: int, start: int) -> Sequence[Recipient]:
    folded = reading.folded
    verbs = list(_RECEIVING.finditer(folded, window, start))
    if not verbs:
        return ()
    givers = [(m.start, m.end) for m in book.units_in(verbs[-1].end(), start)]
    for verb in reversed(verbs):
        found = subject(reading, book, window, verb.start(), givers)
        if found:
            return found
        if regex.search(r"\p{L}", folded[window : verb.start()]) is None:
            break
    if scene.subjects and all(s.name for s in scene.subjects):
        return scene.subjects
    return hero(reading, book) if window == scene.bounds.start else ()


_WINNERS = regex.compile(
    r"(?:những|các|hai|ba|bốn|\d+)\s(?:người|cá nhân|tập thể|đơn vị|công dân|đồng chí|gia đình)[^.:;\n]{0,40}?"
    r"(?:được|nhận|đạt)\s(?:[^.:;\n]{0,60}?)(?:gồm|gồm có|bao gồm|là|:)\s?:?"
)


def _with_winners(reading: Reading, book: NameBook, records: list[AwardRecord]) -> list[AwardRecord]:
    """Names told in a sentence of their own (`Những người được khen thưởng gồm ...`) replace the number before it."""
    out: list[AwardRecord] = []
    for record in records:
        names: list[Recipient] = []
        if record.recipient is None and record.quantity and record.quantity > 1:
            index = reading.layout.sentence_index(record.mention.start)
            for sentence in reading.layout.sentences[index + 1 : index + 4]:
                m = _WINNERS.search(reading.folded, sentence.start, sentence.end)
                if m:
                    names = [r for r in listed(reading, book, m.end(), sentence.end) if r.name]
                    break
        if len(names) == record.quantity and names:
            out.extend(replace(record, recipient=n.name, recipient_kind=n.kind, quantity=1) for n in names)
        else:
            out.append(record)
    return out
