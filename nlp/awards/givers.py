"""Who gives in a sentence: the subject before the verb of giving, or the body told after the award."""

import regex

from nlp.awards.authority import Authority
from nlp.bodies import Body, body_at
from nlp.reading import Reading
from nlp.values import Unit

_VERBS = (
    "trao tặng|trao thưởng|tặng thưởng|khen tặng|truy tặng|phong tặng|trao|tặng|công nhận|khen thưởng|khen|"
    "truy phong|phong|cấp|tuyên dương|vinh danh|tôn vinh"
)

_GIVING = regex.compile(rf"(?<!\w)(?:{_VERBS})(?!\w)")

_ADVERBS = regex.compile(
    r"(?:\s|,|-|đã|cũng|vừa|sẽ|có|quyết định|ra|kí|tiếp tục|trân trọng|kịp thời|đột xuất|xét|tổ chức|khen thưởng|"
    r"thưởng|"
    r"tiến hành|trao|tặng|lễ|công bố|biểu dương|và|sau đó|nhất trí|thống nhất|long trọng|trực tiếp|"
    r"ban hành|"
    r"bằng|quyết|liên tục|nhiều lần|nhiều năm|\d+ lần|nhiều năm liền|thừa ủy quyền|xem xét|xác nhận|đồng ý|đặc cách|"
    r"tuyên dương|số [\p{L}\d/.-]+|ngày \d[\d/.-]+|về việc|về|đến tận nhà|tận nhà|tới|"
    r"hàng năm|hằng năm|mới|cùng|đồng thời|lần lượt|danh hiệu|chính thức|ghi nhận|động viên)*$"
)

_PERSON = regex.compile(r"\s(?:\p{Lu}[\p{L}']*\s?){2,5}")

_OFFICE = regex.compile(r"(?:thủ tướng|chủ tịch nước)")

_NO_CONFERRER = regex.compile(r"ban (?:tổ chức|thi đua)|hội đồng sơ khảo")

_BODY_STARTS = regex.compile(
    r"(?<!\w)(?:thủ tướng|chủ tịch nước|nhà nước|chủ tịch|giám đốc|tổng giám đốc|bộ trưởng|bí thư|hiệu trưởng|"
    r"tư lệnh|"
    r"chủ nhiệm|thủ trưởng|viện trưởng|cục trưởng|trưởng|tỉnh|thành phố|huyện|quận|thị xã)(?!\w)"
)

_BY = regex.compile(r"(?<!\w)(?:do|từ)\s{1,2}")

_LOOSE_OF = regex.compile(r"\"?(?:\s[^\s.,;:()\"]{1,12}){1,5}?\scủa\s{1,2}")

_PRAISED = regex.compile(r"[^.;:\n]{0,40}?(?<!\w)được\s{1,2}")

_CLOSING_VERB = regex.compile(
    r"\s(?:khen|khen thưởng|tặng|công nhận|trao tặng|trao)(?!\w)(?!\s(?:danh hiệu|là|đạt|bằng|giấy|cờ|huân))"
)

_BY_PROXY = regex.compile(r"(?:thừa )?(?:ủy|uỷ) quyền(?: của)?\s{1,2}")


def givers(reading: Reading, start: int, award_start: int) -> tuple[int, list[Authority]] | None:
    """Return the last verb of giving in `start`:`award_start` and the bodies that are its subject.

    None where no such verb stands there. The list is empty where the subject is no conferring body: a person who
    hands the award over (`Chủ tịch UBND tỉnh Nguyễn Văn A trao`), an organising committee, nobody named.
    """
    folded = reading.folded
    verbs = list(_GIVING.finditer(folded, start, award_start))
    if not verbs:
        return None
    verb = verbs[-1]
    bodies = _bodies(reading, start, verb.start())
    chosen: list[Authority] = []
    for body in reversed(bodies):
        limit = chosen[0].start if chosen else verb.start()
        if chosen:
            if not regex.fullmatch(r"\s?(?:,|và|-|cùng)\s?(?:của\s)?", folded, pos=body.end, endpos=limit):
                break
        elif not _leads_to_verb(reading, body, limit):
            continue
        chosen.insert(
            0, Authority(body.start, body.end, _titled(reading, body), body.organ, weak=_is_weak(reading, body, verb))
        )
    if len(chosen) > 1 and any(a.weak and a.canonical != a.organ for a in chosen):
        chosen = []  # one person's several posts
    proxy = _by_proxy(reading, start, verb.start()) if not chosen else None
    if proxy is not None:
        chosen = [proxy]
    if not chosen:
        chosen = _centre(reading, start, verb.start())
    if any(_NO_CONFERRER.match(folded, a.start) for a in chosen):
        chosen = []
    return verb.start(), chosen


_CENTRE = regex.compile(r"(?<!\w)(?:được|do)\s(?P<c>trung ương|tw|tư)\s$")


def _centre(reading: Reading, start: int, verb: int) -> list[Authority]:
    """`Hội CCB huyện được Trung ương tặng`: the central body of the association that was named last."""
    m = _CENTRE.search(reading.folded, start, verb)
    if not m:
        return []
    for unit in reversed([u for u in reading.of(Unit) if u.end <= m.start() + 1]):
        assert isinstance(unit.value, Unit)
        head = regex.match(
            r"(Hội .+?)(?= (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|Việt Nam)(?!\w)|$)",
            unit.value.canonical,
        )
        if head:
            return [Authority(m.start("c"), m.end("c"), f"Trung ương {head[1]} Việt Nam", None)]
    return []


def _leads_to_verb(reading: Reading, body: Body, verb: int) -> bool:
    between_start = body.end
    if _OFFICE.match(reading.folded, body.start):
        person = _PERSON.match(reading.text, between_start, verb)
        if person:
            between_start = person.end()
    return _ADVERBS.match(reading.folded, between_start, verb) is not None


_LEADERS = regex.compile(r"(?:lãnh đạo|chỉ huy|đại diện|thủ trưởng|thường trực)\s$")

_PASSIVE = regex.compile(r"(?:được|đề nghị|trình|do|bởi|thừa ủy quyền|ủy quyền)\s(?:của\s)?$")


_TITLE_BEFORE = regex.compile(r"(?<!\w)(?:trưởng|phó|chủ tịch|giám đốc|bí thư|tư lệnh|nhiệm|viên)\s$")
_NAME_BEFORE = regex.compile(r"\p{Lu}\p{Ll}+(?:,|\s-|\s–)\s$")


def _titled(reading: Reading, body: Body) -> str:
    """A title that `nlp.bodies` reads without its organ (`Trưởng ban Tuyên giáo Trung ương`) still makes a person."""
    title = _TITLE_BEFORE.search(reading.folded, max(0, body.start - 12), body.start)
    return f"{title[0].strip().capitalize()} {body.canonical}" if title else body.canonical


def _is_weak(reading: Reading, body: Body, verb: "regex.Match[str]") -> bool:
    """Say whether the body only hands the award over: its leaders, a named office holder, a deputy.

    An office holder without a name who `tặng` confers; one who `trao` need not.
    """
    if "quyết định" in reading.folded[body.end : verb.start()]:
        return False  # who decides confers
    before = reading.folded[max(0, body.start - 20) : body.start]
    if _LEADERS.search(before) or _TITLE_BEFORE.search(before):
        return True
    titled = body.organ is not None and body.canonical != body.organ
    if not titled or _OFFICE.match(reading.folded, body.start) or _PASSIVE.search(before):
        return False
    if body.canonical.startswith("Phó ") or _NAME_BEFORE.search(reading.text, max(0, body.start - 20), body.start):
        return True
    return verb[0].startswith("trao")


def _by_proxy(reading: Reading, start: int, verb: int) -> Authority | None:
    m = _BY_PROXY.search(reading.folded, start, verb)
    body = body_at(reading, m.end()) if m else None
    return Authority(body.start, body.end, body.canonical, body.organ) if body else None


def _bodies(reading: Reading, start: int, end: int) -> list[Body]:
    """Return the bodies named in `start`:`end`, the longest at each place, in order."""
    places = {m.start() for m in _BODY_STARTS.finditer(reading.folded, start, end)}
    places |= {m.start for m in reading.index(Unit).within(start, end)}
    found: list[Body] = []
    for place in sorted(places):
        if found and place < found[-1].end:
            continue
        body = body_at(reading, place)
        if body is not None and body.end <= end:
            found.append(body)
    return found


def told_after(reading: Reading, position: int, sentence_end: int) -> list[Authority]:
    """Return the authority that the sentence tells after the award: `đột xuất của UBND tỉnh`, `do Bộ Y tế trao tặng`,
    `từ Thủ tướng`."""
    folded = reading.folded
    loose = _LOOSE_OF.match(folded, position, min(sentence_end, position + 60))
    if loose:
        body = body_at(reading, loose.end())
        if body is not None:
            return [Authority(body.start, body.end, body.canonical, body.organ)]
    for m in _BY.finditer(folded, position, sentence_end):
        body = body_at(reading, m.end())
        if body is None:
            continue
        given = _GIVING.search(folded, body.end, min(sentence_end, body.end + 30))
        if (given and _ADVERBS.match(folded, body.end, given.start())) or folded[m.start()] == "t":
            return [Authority(body.start, body.end, body.canonical, body.organ)]
    return []


def praised_after(reading: Reading, position: int, sentence_end: int) -> list[Authority]:
    """Return the giver of `15 tập thể lao động xuất sắc và 4 chiến sĩ thi đua được tỉnh khen`."""
    folded = reading.folded
    praised = _PRAISED.match(folded, position, sentence_end)
    if praised:
        body = body_at(reading, praised.end())
        if body is not None and _CLOSING_VERB.match(folded, body.end):
            return [Authority(body.start, body.end, body.canonical, body.organ)]
    return []
