"""Who confers an award: read after its name, from the giver in its sentence, or from the rest of the article."""

from dataclasses import dataclass, replace

import regex

from nlp.bodies import Body, body_at
from nlp.reading import Reading
from nlp.values import Unit


@dataclass(frozen=True, slots=True)
class Authority:
    """A conferring authority told at `start`:`end`. `own`: it belongs to the award's own words.

    `weak`: an office holder or the leaders of a body hand the award over, which does not say that they confer it.
    """

    start: int
    end: int
    canonical: str
    organ: str | None
    own: bool = False
    weak: bool = False

    def elsewhere(self) -> "Authority":
        """Return the same authority, told outside the award's words."""
        return replace(self, own=False)


_OF = regex.compile(r'"?\s{1,2}của\s{1,2}')
_GAP = regex.compile(r"\s{1,2}")
_MORE = regex.compile(r"(?P<joint>\s?(?:,|;|và|, và|cùng)\s{0,2})(?P<of>của\s{1,2})?")
_CLAUSE_GOES_ON = regex.compile(
    r"\s?(?:đã|cũng|vừa|sẽ|tổ chức|trao|tặng|được|vinh dự|nhận|đón|quyết định|công nhận|khen|phối hợp|là|có|ban hành|"
    r"đề nghị|nhất trí|thống nhất|tiếp tục|cùng các)(?!\w)"
)
_TITLE = (
    r"(?:phó\s)?(?:chủ tịch|tổng giám đốc|giám đốc|bộ trưởng|thủ trưởng|bí thư|chủ nhiệm|hiệu trưởng|viện trưởng|"
    r"cục trưởng|trưởng ban|tư lệnh|chính ủy|thống đốc|chánh án|viện trưởng|tổng thư kí|ban thường vụ|ban chấp hành|"
    r"hội đồng|đoàn chủ tịch|trưởng)"
)
_HEAD = (
    r"(?:ủy ban nhân dân|ubnd|tổng cục|tổng công ti|tổng liên đoàn|bộ tư lệnh|bộ|sở|cục|trung ương hội|hội|đoàn|"
    r"quân khu|quân chủng|quân đoàn|binh chủng|lữ đoàn|sư đoàn|trung đoàn|tiểu đoàn|tập đoàn|công ti|trường|học viện|"
    r"bệnh viện|liên đoàn|đảng ủy|huyện ủy|tỉnh ủy|thành ủy|công đoàn|ngành|ban|viện|chi cục|công an)"
)
_SHORT = regex.compile(rf"(?:(?P<title>{_TITLE})\s)?(?P<head>{_HEAD})(?!\w)")
_PLURAL = regex.compile(
    r"(?:các|những|nhiều|cấp trên|các cấp|lãnh đạo|trung ương)(?!\w)[^.;:()\"\n]{0,60}?"
    r"(?=[.;:()\"\n]|,\s(?!ngành|ban|địa phương|đoàn thể|thành|tỉnh|hội)\p{L}|\s(?:cho|tặng|vì|trong|về|năm|"
    r"và\s(?:bằng|giấy|cờ|huân|các))(?!\w)|$)"
)
_SEAT_TITLE = regex.compile(
    r"(?P<title>(?:phó\s)?(?:chủ tịch|bí thư))\s{1,2}(?=(?:tỉnh|thành phố|tp|huyện|thị xã|quận|xã)(?!\w))"
)


def authorities_after(reading: Reading, position: int) -> tuple[int, list[Authority]]:
    """Return where the authorities named at once from `position` on end, and them: `của Chủ tịch UBND tỉnh`.

    An ellipsis gives several (`của Bộ Y tế, UBND tỉnh`). Where words tell of authorities that cannot be named (`của các
    bộ, ngành`) the end moves and the list holds one Authority with an empty name.
    """
    folded = reading.folded
    of = _OF.match(folded, position)
    lead = of or _GAP.match(folded, position)
    if not lead:
        return position, []
    first = _authority_at(reading, lead.end(), named_only=of is None)
    if first is None and of:
        first = _as_written(reading, lead.end())
        if first is None:
            return _unnamed(folded, position, lead.end())
    if first is None:
        return position, []
    if not of and _CLAUSE_GOES_ON.match(folded, first.end):
        return position, []
    found = [first]
    while len(found) < 6:
        more = _MORE.match(folded, found[-1].end)
        if not more:
            break
        another = _authority_at(reading, more.end(), named_only=not more["of"])
        if another is None or _CLAUSE_GOES_ON.match(folded, another.end):
            break
        found.append(another)
    return found[-1].end, found


_AS_WRITTEN = regex.compile(
    rf"(?:{_TITLE}|{_HEAD}|trung ương|ủy ban|hiệp hội|viện|quỹ|liên minh|liên hiệp|tổ chức|"
    rf"đại học)\s[^.,;:()\"\n]{{3,90}}?"
    r"(?=\s?[.,;:()\"\n]|\s(?:cho|tặng|vì|về|năm|tại|do|nhân|với|đã|trao|khen|được|và\s(?:bằng|giấy|cờ|huân|danh|"
    r"được|nhận))(?!\w)|\s?$)"
)


_MANY = regex.compile(
    r",\s(?:thành phố|thành|huyện|ngành|đơn vị)[^,.;:()\n]{0,40}?(?=\s(?:cho|tặng|vì)(?!\w)|[,.;:()\n]|$)"
)


def _as_written(reading: Reading, position: int) -> Authority | None:
    """An organ that no unit rule knows, by its head word and capitals: its words as they are written."""
    m = _AS_WRITTEN.match(reading.folded, position)
    if not m:
        return None
    end = m.end() - 3 if reading.folded[position : m.end()].endswith(" và") else m.end()
    written = " ".join(reading.text[position:end].split())
    if " các " in written:  # `Chủ tịch Hội Luật gia các tỉnh, thành phố thuộc Cụm`: many, none named
        more = _MANY.match(reading.folded, m.end())
        return Authority(position, more.end() if more else m.end(), "", None, own=True)
    if not any(word[0].isupper() for word in written.split()[1:]):
        return None
    return Authority(position, end, written[0].upper() + written[1:], None, own=True)


def _unnamed(folded: str, position: int, start: int) -> tuple[int, list[Authority]]:
    m = _PLURAL.match(folded, start)
    if m and m.end() - start > 3:
        end = start + len(folded[start : m.end()].rstrip())
        return end, [Authority(start, end, "", None, own=True)]
    return position, []


def _authority_at(reading: Reading, position: int, *, named_only: bool) -> Authority | None:
    body = body_at(reading, position)
    if body is not None and not (named_only and _is_seat(reading, body)):
        return Authority(body.start, body.end, body.canonical, body.organ, own=True)
    if named_only:
        return None
    return _seat_title(reading, position) or _short_form(reading, position)


def _is_seat(reading: Reading, body: Body) -> bool:
    """A bare place (`tỉnh`, `huyện Đắk Song`) is an authority only after `của`."""
    return not any(m.start <= body.end - 1 < m.end for m in reading.mentions if isinstance(m.value, Unit)) and bool(
        regex.match(
            r"(?:tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường|thị trấn)(?!\w)", reading.folded[body.start : body.end]
        )
    )


def _seat_title(reading: Reading, position: int) -> Authority | None:
    """`chủ tịch tỉnh` is the chairman of its People's Committee."""
    m = _SEAT_TITLE.match(reading.folded, position)
    body = body_at(reading, m.end()) if m else None
    if m is None or body is None:
        return None
    return Authority(position, body.end, f"{m['title'].capitalize()} {body.canonical}", body.canonical, own=True)


def _short_form(reading: Reading, position: int) -> Authority | None:
    """`của Bộ`, `của Thủ trưởng Lữ đoàn`: the body of that kind which was named last before, else first after."""
    m = _SHORT.match(reading.folded, position)
    if not m or reading.text[m.end() : m.end() + 2].strip()[:1].isupper():
        return None
    head = _OPEN.get(m["head"], m["head"])
    named = [u for u in reading.of(Unit) if _starts(u.value, head)]
    before = [u for u in named if u.start < position]
    chosen = before[-1] if before else named[0] if named else None
    if chosen is None:
        return None
    assert isinstance(chosen.value, Unit)
    organ = chosen.value.canonical
    canonical = f"{m['title'].capitalize()} {organ}" if m["title"] else organ
    return Authority(position, m.end(), canonical, organ, own=True)


_OPEN = {"ubnd": "ủy ban nhân dân"}


def _starts(value: object, head: str) -> bool:
    return isinstance(value, Unit) and (value.canonical.lower() + " ").startswith(head + " ")


# The giver of a sentence

_VERBS = (
    "trao tặng|trao thưởng|tặng thưởng|khen tặng|truy tặng|phong tặng|trao|tặng|công nhận|khen thưởng|khen|"
    "truy phong|phong|cấp"
)
GIVING = regex.compile(rf"(?<!\w)(?:{_VERBS})(?!\w)")
_ADVERBS = regex.compile(
    r"(?:\s|,|-|đã|cũng|vừa|sẽ|có|quyết định|ra|kí|tiếp tục|trân trọng|kịp thời|đột xuất|xét|tổ chức|khen thưởng|"
    r"thưởng|"
    r"tiến hành|trao|tặng|lễ|công bố|biểu dương|và|vinh dự|sau đó|nhất trí|thống nhất|long trọng|trực tiếp|được|"
    r"ban hành|"
    r"bằng|quyết|liên tục|nhiều lần|nhiều năm|\d+ lần|nhiều năm liền|thừa ủy quyền|xem xét|xác nhận|đồng ý|đặc cách|"
    r"tuyên dương|hàng năm|hằng năm|mới|cùng|đồng thời|lần lượt|danh hiệu|chính thức|ghi nhận|động viên)*$"
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
    verbs = list(GIVING.finditer(folded, start, award_start))
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
        chosen.insert(0, Authority(body.start, body.end, body.canonical, body.organ, weak=_is_weak(reading, body)))
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


def _is_weak(reading: Reading, body: Body) -> bool:
    before = reading.folded[max(0, body.start - 20) : body.start]
    if _LEADERS.search(before):
        return True
    titled = body.organ is not None and body.canonical != body.organ
    return titled and not _OFFICE.match(reading.folded, body.start) and not _PASSIVE.search(before)


def _by_proxy(reading: Reading, start: int, verb: int) -> Authority | None:
    m = _BY_PROXY.search(reading.folded, start, verb)
    body = body_at(reading, m.end()) if m else None
    return Authority(body.start, body.end, body.canonical, body.organ) if body else None


def _bodies(reading: Reading, start: int, end: int) -> list[Body]:
    """Return the bodies named in `start`:`end`, the longest at each place, in order."""
    places = {m.start() for m in _BODY_STARTS.finditer(reading.folded, start, end)}
    places |= {m.start for m in reading.mentions if isinstance(m.value, Unit) and start <= m.start and m.end <= end}
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
        given = GIVING.search(folded, body.end, min(sentence_end, body.end + 30))
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
