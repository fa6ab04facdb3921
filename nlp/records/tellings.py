"""Each telling of an awarding, sentence by sentence: award, status, recipients; merged later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import regex

from nlp.layout import Span
from nlp.reading import Reading
from nlp.records.below import is_row, listed_below, row_holder
from nlp.records.lists import listed
from nlp.records.meant import hero
from nlp.records.persons import NameBook
from nlp.records.quantities import NUMBER, counted_groups, nouns, number
from nlp.records.recipient import Recipient, without_number
from nlp.records.status import Outcome, scope, status_of
from nlp.records.subjects import subject
from nlp.records.years import year_near
from nlp.values import Award, AwardRecord, Mention, RecipientKind, Unit, Value

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
    r"vinh dự|đăng kí)(?!\w)"
)
_OF_ALL_TIMES = regex.compile(r"[^.;\n]{0,60}?(?<!\w)(?:qua các thời kì|các thế hệ|về dự|tham dự|dự lễ)(?!\w)")
"""`tôn vinh anh hùng lao động qua các thời kỳ`: those who hold the award, not who gets it."""

_MANY_TITLES = 3
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
    refused: set[tuple[str, str | None]] = set()
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
            if scene.outcome == "refused":
                refused |= {(m.value.award, m.value.class_) for m in members if isinstance(m.value, Award)}
    records = [r for r in records if r.recipient or r.quantity or (r.value.award, r.value.class_) not in refused]
    return _with_known(reading, _with_winners(reading, book, records))


def _is_item(reading: Reading, bounds: Span) -> bool:
    return bounds.start in {s.start for s in reading.layout.lines} and bounds.end - bounds.start < 300


_LONGEST_TABLE = 60


def _introduction(reading: Reading, book: NameBook, index: int) -> _Scene | None:
    """A line that ends with a colon (`Đơn vị đã được tặng thưởng:`) opens a list of awards."""
    lowest = max(0, index - _LONGEST_TABLE)
    index -= 1
    while index > lowest and is_row(reading, reading.layout.sentences[index].start):
        index -= 1
    if index < 0:
        return None
    before = reading.layout.sentences[index]
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
    after = _after(reading, book, window, members, following, scene.bounds.end)
    if outcome is None:
        outcome = _outcome_after(folded, end, following)
    if outcome is None and any(c is not None and c.kind is not None for c in counts):
        outcome = "conferred"
    if outcome is None and any(r.name or r.quantity for r in after):
        outcome = "conferred"  # `Bằng khen cho 17 cá nhân`, `Cờ thi đua: 54 tập thể`
    scene.outcome = outcome
    scene.cursor = max([end, *(r.end for r in after)])
    status = status_of(outcome)
    if status is None or _OF_ALL_TIMES.match(folded, end):
        return
    subjects = () if after else _subjects(reading, book, scene, window, start)
    carried: Sequence[Recipient] = ()
    if subjects:
        scene.subjects = subjects
    elif not after and all(s.name for s in scene.subjects):
        carried = scene.subjects
    if (
        outcome == "proposed"
        and len(members) >= _MANY_TITLES
        and not any(r.name or r.quantity for r in (*after, *subjects, *filter(None, counts)))
    ):
        return  # a body proposes such titles as its task: nobody is told
    often = _OFTEN.search(folded, window, start) is not None
    posthumous = "truy tặng" in folded[window : min(following, end + 60)]
    for mention, count in zip(members, counts, strict=True):
        value = mention.value
        assert isinstance(value, Award)
        jointly = len(mention.alternatives) > 1 and value.class_ == _class(mention.alternatives[0])
        several = sum(c is None for c in counts) > 1 or (len(mention.alternatives) > 1 and not jointly)
        recipients = _recipients(mention, count, after, subjects or carried, several)
        year = year_near(reading, mention.start, mention.end, (scene.bounds.start, scene.bounds.end))
        if often and not after:
            recipients = [replace(r, quantity=None) for r in recipients]
        rule = "record.after" if after else "record.subject" if subjects else "record.count" if count else "record.bare"
        if posthumous:
            rule += ".posthumous"
        if jointly and all(r.name is None and r.quantity for r in recipients):
            alternatives: Sequence[Value] = (value,)  # several bodies gave together to so many
        else:
            alternatives = mention.alternatives or (value,)
        for alternative in alternatives:
            assert isinstance(alternative, Award)
            for r in recipients:
                yield AwardRecord(
                    mention, alternative, status, r.name, r.kind, r.quantity, year, rule, mention.confidence
                )


def _class(value: Value) -> str | None:
    return value.class_ if isinstance(value, Award) else None


def _recipients(
    mention: Mention, count: Recipient | None, after: Sequence[Recipient], subjects: Sequence[Recipient], several: bool
) -> Sequence[Recipient]:
    told = list(after or subjects)
    own_kind = _kind_of(mention)
    if count is not None and not after:
        if count.kind is None and subjects and all(s.name for s in subjects):
            return [replace(s, quantity=count.quantity) for s in subjects] if len(subjects) == 1 else list(subjects)
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
    reading: Reading, book: NameBook, window: int, members: list[Mention], following: int, sentence_end: int
) -> list[Recipient]:
    """Return the recipients listed after the award (`cho ...`, `đối với ...`, `: ...`), or between verb and award."""
    first, last = members[0], members[-1]
    end = last.end
    folded = reading.folded
    holder = _holder(reading, book, last, end)
    if holder:
        return holder
    lines = row_holder(reading, book, first.start) or listed_below(reading, book, end)
    if lines:
        return lines
    colon = _COLON.match(folded, end, sentence_end)
    if colon:
        return listed(reading, book, colon.end(), following)
    between = _between(reading, book, window, first, end)
    if between:
        return between
    for m in _TO.finditer(folded, end, min(following, end + 160)):
        gap = folded[end : m.start()]
        if _GAP_ENDS.search(gap) and not regex.search(r"được\s(?:trao|tặng)\s(?:tặng\s)?$", gap):
            return []
        limit = following
        found = listed(reading, book, m.end(), limit)
        if found:
            return found
    return []


_GIVES_TO = regex.compile(
    r"(?<!\w)(?:trao tặng|phong tặng|truy tặng|tặng thưởng|khen thưởng|xét tặng|trao|tặng|công nhận|tuyên dương)"
    r"(?:\scho)?\s(?!danh hiệu)"
)
_NAMED_SO = regex.compile(r"\s?,?\s?(?:đạt\s|là\s|nhận\s)?(?:các\s)?(?:danh hiệu\s|hình thức\s)?[\"']?\s?$")


def _between(reading: Reading, book: NameBook, window: int, award: Mention, end: int) -> list[Recipient]:
    """`phong tặng cho đại đội danh hiệu Anh hùng ...`: the recipients between the verb and the award."""
    folded = reading.folded
    verbs = list(_GIVES_TO.finditer(folded, window, award.start))
    if not verbs:
        return []
    stop = _NAMED_SO.search(folded, verbs[-1].end(), award.start)
    limit = stop.start() if stop else award.start
    if limit - verbs[-1].end() < 2:
        return []
    found = listed(reading, book, verbs[-1].end(), limit)
    if not found or regex.search(r"[.;:]|(?<!\w)(?:được|đã|và được)(?!\w)", folded[found[-1].end : limit]):
        return []
    return [replace(r, end=end) for r in found]


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


_PASSIVE_AFTER = regex.compile(
    r"[^.;\n]{0,40}?(?<!\w)(?:được|do)(?!\w)[^.;\n]{0,60}?(?<!\w)(?:trao|tặng|khen|công nhận)(?!\w)"
)


def _outcome_after(folded: str, end: int, following: int) -> Outcome | None:
    """`cờ thi đua được trao cho ...`, `bằng khen do Bộ Y tế trao tặng`."""
    m = _PASSIVE_AFTER.match(folded, end, following)
    return scope(None, folded, end, m.end()) if m else None


_AT_CEREMONY = regex.compile(
    r"(?<!\w)(?:dự|tham dự|chứng kiến|chúc mừng|chủ trì|phát biểu tại|tới|đến)\s(?:buổi\s|và\s)?lễ(?:\s\p{L}+){0,4}\s$"
)
_ITS = regex.compile(r"(?<!\w)(?:của|cho)\s{1,2}")


def _celebrating(reading: Reading, book: NameBook, start: int, end: int) -> Sequence[Recipient]:
    """`Thủ tướng dự lễ đón nhận Huân chương ... của Học viện X`: guests do not receive, the owner of the event does."""
    for its in _ITS.finditer(reading.folded, start, end):
        for unit in book.units_in(its.end(), end):
            if unit.start == its.end() and isinstance(unit.value, Unit):
                return [Recipient(unit.value.canonical, "collective", 1, unit.end)]
            break
    return hero(reading, book)


_PROPOSAL = regex.compile(r"(?<!\w)(?:được\s)?đề nghị(?!\w)")


def _proposed_groups(folded: str, window: int, start: int) -> Sequence[Recipient]:
    """`60 tập thể, 125 cá nhân đề nghị UBND tỉnh tặng ...`: numbers right before `đề nghị` are of those proposed."""
    proposal = _PROPOSAL.search(folded, window, start)
    if not proposal:
        return ()
    told: list[Recipient] = []
    limit = proposal.start()
    for group in reversed(counted_groups(folded, window, proposal.start())):
        if not regex.fullmatch(r"[\s,;]*(?:và\s)?(?:\p{L}+\s){0,3}", folded, pos=group.end, endpos=limit):
            break
        told.insert(0, Recipient(None, group.kind, group.quantity, group.end))
        limit = group.start
    return told


def _subjects(reading: Reading, book: NameBook, scene: _Scene, window: int, start: int) -> Sequence[Recipient]:
    folded = reading.folded
    verbs = list(_RECEIVING.finditer(folded, window, start))
    if not verbs:
        return _proposed_groups(folded, window, start)
    if _AT_CEREMONY.search(folded, window, verbs[-1].start()):
        return _celebrating(reading, book, start, scene.bounds.end)
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


_THOSE = regex.compile(
    r"[^.;\n]{0,70}?(?<!\w)cho\s(?:cả\s)?(?P<n>hai|ba|bốn|năm)(?:\s(?:ông|anh|chị|bà|em|cháu|cô|chú|thanh niên|mẹ con)"
    r"(?!\s\p{L}))?(?=\s?(?:[.,;)\n]|vì|$))"
)


def _with_known(reading: Reading, records: list[AwardRecord]) -> list[AwardRecord]:
    """`tặng bằng khen cho hai ông`: those who were named before, where they are as many."""
    out: list[AwardRecord] = []
    named: dict[str, None] = {}
    for record in records:
        those = None
        if record.recipient is None and named:
            those = _THOSE.match(reading.folded, record.mention.end)
        if those is not None and number(those["n"]) == len(named):
            out.extend(replace(record, recipient=n, recipient_kind="individual", quantity=1) for n in named)
            continue
        if record.recipient is not None and record.recipient_kind == "individual":
            named.setdefault(record.recipient)
        out.append(record)
    return out
