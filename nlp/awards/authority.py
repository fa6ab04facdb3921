"""Who confers an award, as its own words tell it: `Bằng khen của Chủ tịch UBND tỉnh`, `của Bộ Y tế, UBND tỉnh`."""

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


_OF = regex.compile(r'"? {1,2}của {1,2}')

_GAP = regex.compile(r" {1,2}")

_MORE = regex.compile(r"(?P<joint> ?(?:,|;|và|, và|cùng) {0,2})(?P<of>của {1,2})?")

_CLAUSE_GOES_ON = regex.compile(
    r"\s?(?:đã|cũng|vừa|sẽ|tổ chức|trao|tặng|được|vinh dự|nhận|đón|quyết định|công nhận|khen|phối hợp|là|có|ban hành|"
    r"đề nghị|nhất trí|thống nhất|tiếp tục|cùng các|đăng kí|phấn đấu|vinh danh|tuyên dương|biểu dương|tôn vinh|xét|"
    r"trình|"
    r"phát động|truy tặng|đạt|giành|đoạt|đề xuất|kí|bình xét|suy tôn)(?!\w)"
)

_GIVES = regex.compile(r"\s(?:trao tặng|tặng|trao)(?!\w)")
"""`Cờ thi đua UBND tỉnh tặng ...`: whoever gives at once confers, whether or not the words belong to the name."""

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
    if not of and _CLAUSE_GOES_ON.match(folded, first.end) and not _GIVES.match(folded, first.end):
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
    end = position + len(reading.folded[position:end].rstrip())
    written = " ".join(reading.text[position:end].split())
    if " các " in written:  # `Chủ tịch Hội Luật gia các tỉnh, thành phố thuộc Cụm`: many, none named
        more = _MANY.match(reading.folded, m.end())
        stop = position + len(reading.folded[position : more.end() if more else end].rstrip())
        return Authority(position, stop, "", None, own=True)
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
    return not reading.index(Unit).holds(body.end - 1) and bool(
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
