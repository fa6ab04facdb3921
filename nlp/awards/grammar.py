"""How the name of an award goes on: epithet, class or grade, level, conferring authority; and names no list holds.

Everything is read from an anchor hit onwards in the folded text, with bounded patterns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from nlp.awards.authority import Authority, authorities_after
from nlp.awards.names import AwardName, award_named, grades, medal_names, order_named
from nlp.awards.orders import foreign_after, name_after, next_order
from nlp.fold import key
from nlp.places import seat_at
from nlp.reading import Reading
from nlp.values import AwardLevel

_CLASSES = {"nhất": "hạng Nhất", "nhì": "hạng Nhì", "nhi": "hạng Nhì", "ba": "hạng Ba"} | {
    "1": "hạng Nhất", "2": "hạng Nhì", "3": "hạng Ba", "i": "hạng Nhất", "ii": "hạng Nhì", "iii": "hạng Ba",
}  # fmt: skip
_FIRST_CLASS = regex.compile(r'"? {0,2}[,(]? {0,2}"?hạng {1,2}(?P<c>nhất|nhì|nhi|ba|i{1,3}|[123])(?!\w)"?')
_NEXT_CLASS = regex.compile(
    r"(?: ?\([^()\n]{1,25}\))? {0,2}(?:,|;|và|, ?và|-|/|đến) {0,2}"
    r"(?:hạng {1,2}(?P<c>nhất|nhì|nhi|ba|i{1,3}|[123])|(?P<c>nhất|nhì|ba|i{1,3}))(?!\w)"
    r"(?!\s(?:tập|cá|đơn|đồng|cán|hộ|người))"
)
_EPITHET = regex.compile(r"\s{1,2}(?P<e>xuất sắc|tiên tiến|toàn diện)(?!\w)(?!\s(?:trong|nhiệm vụ|về|toàn))")
_RANK = regex.compile(
    r"\s{1,2}(?:các\s)?cấp\s{1,2}(?P<r>trung ương|nhà nước|quốc gia|toàn quốc|bộ|ngành|tỉnh|thành phố|tp|quân khu|"
    r"huyện|quận|thị xã|xã|phường|trường|cơ sở)(?!\w)"
)
_ABOVE: dict[str, AwardLevel] = dict.fromkeys(
    ("trung ương", "bộ", "ngành", "tỉnh", "thành phố", "tp", "quân khu"), "ministry_province"
)
_BELOW: dict[str, AwardLevel] = dict.fromkeys(("huyện", "quận", "thị xã", "xã", "phường", "trường"), "base")
_RANK_LEVEL = _ABOVE | _BELOW
_ALL_RANKS = regex.compile(r"\s{1,2}các\scấp(?!\w)")
_BADGE = regex.compile(
    r"huy\shiệu\s{1,2}(?:(?P<list>\d\d(?:\s?(?:,|và|;)\s?\d\d){0,8})(?:\s?,?\s?\.{3}|…)?\snăm(?:\stuổi)?\sđảng"
    r"|đảng\s(?:loại\s)?(?P<list>\d\d(?:\s?(?:,|và|;)\s?\d\d){0,8})\snăm(?:\stuổi\sđảng)?|(?:tuổi\s)?đảng)(?!\w)"
)
_IN_QUOTES = (
    r"(?:\"\s{0,2}(?P<name>(?=[^\"\n]*\p{L})[^\"\s][^\"\n]{1,118}[^\"\s])(?=\s?\"|\s?$)"
    r"|(?<=[\s:])'(?P<name>\p{L}[^'\"\n]{2,118}[^'\"\s])(?='(?!\w)))"  # newspapers quote so in titles
)
_QUOTED = regex.compile(r" {0,2}:? {0,2}" + _IN_QUOTES)
_IN_SAME_QUOTES = regex.compile(r"[ ](?P<name>\p{L}[^\"'\n]{3,80}[^\"'\s])(?=[\"'])")
_NEXT_QUOTED = regex.compile(r"\s?[\"']\s?(?:,|;|và|hoặc)?\s?" + _IN_QUOTES)
_MEDAL_NAME = regex.compile(
    r"\s{1,2}(?P<name>(?:vì|chiến sĩ|bảo vệ|hoạt động|thanh niên|cựu chiến binh|ccb)\s[^,.;:()\"\n]{3,90}?)"
    r"(?=[,.;:()\"\n]|$|\s(?:cho|tặng|của|năm|tại|do|đến|nhân(?!\sdân)|trao|và\s(?:\d|bằng|giấy|cờ|huân|huy|trao|"
    r"tặng|"
    r"nhiều|các|những|danh))(?!\w))"
)
_TITLE_NAME = regex.compile(
    r"\s{1,2}(?P<name>(?!thi\sđua|cao\s|vinh\s|này|trên|đó|gì|nhà\snước|và\s|hoặc|là\s|của\s|cho\s|được|do\s|khen|"
    r"các\s|"
    r"những|nào|cáo\s|tổ\schức|khác|trong|theo|tập\sthể\s(?:,|và)|cá\snhân|hay|\d|vô\sđịch|danh\s|thì|để|đối|"
    r"trước|tiêu)"
    r"\p{L}+(?:\s[\p{L}\d]+){1,11}?)"
    r"(?=\s?[,.;:()\n/]|\s?$|\s-|\s(?:cho|tặng|năm|của|do|tại|trong|vì|với|và|từ|đến|là|được|đã|nhân|giai\sđoạn|"
    r"trước|"
    r"ở|khi|để|nhiều|liên|tiêu\sbiểu\snhư|như|cao\squ[íi]|khác|trên|về|đối|theo|hằng|hàng|\d)(?!\w))"
)
_GRADING = regex.compile(
    r"^(?:xuất sắc|vững mạnh|tiên tiến|giỏi)(?:\s|$)|hoàn thành|trong sạch|vững mạnh|đảng viên|chi bộ|đảng bộ|"
    r"tổ chức cơ sở|chính quyền|xếp loại|đạt chuẩn|"
    r"chuẩn quốc gia|nông thôn mới|hoa hậu|á hậu|á khôi|hoa khôi|vô địch|quán quân|á quân|vua phá|di sản|di tích|"
    r"học sinh giỏi|"
    r"học sinh tiên tiến|sinh viên giỏi|giáo sư|tiến sĩ|nam vương|cầu thủ|quả bóng|thương hiệu|liên đội|"
    r"^(?:bệnh viện|trường|thành phố|đô thị|huyện|xã|phường|thị trấn|thôn|tỉnh) |kỉ lục|unesco|công viên|thủ môn|"
    r"xuất sắc nhất|tiền đạo|thế giới|khu nghỉ|"
    r"khách sạn|hàng đầu|tốt nhất|thủ khoa|nhà vô địch|đội |ngôi sao|người đẹp"
)
_LONGEST_QUOTE = 120
_CONTEST = regex.compile(r"cuộc thi|hội thi|liên hoan|chung kết|bóng đá|âm nhạc|phim|ca khúc|thí sinh")


@dataclass(frozen=True, slots=True)
class Found:
    """An award as its own words tell it: where it stands, its classes and authorities (several in an ellipsis)."""

    start: int
    end: int
    name: AwardName
    award: str
    rule: str
    classes: Sequence[str] = ()
    grade_level: AwardLevel | None = None
    authorities: Sequence[Authority] = ()
    epithet: str | None = None
    confidence: float = 1.0


@cache
def _grade() -> "regex.Pattern[str]":
    phrases = "|".join(sorted(map(regex.escape, grades()), key=len, reverse=True))
    return regex.compile(rf'"?\s{{1,2}}(?:"\s?)?(?P<g>{phrases})(?!\w)')


def listed(reading: Reading, start: int, end: int, name: AwardName) -> Found:
    """Return the award of a list hit at `start`:`end`, read on to its end."""
    folded = reading.folded
    if name.id == "knc":
        return _medal(reading, start, end, name)
    award, level, epithet = name.name, None, None
    classes: list[str] = []
    fixed: Sequence[Authority] = ()
    end = _quote_end(folded, start, end, name)
    if name.family in ("order", "medal"):
        end, classes = _classes(folded, end)
    elif name.id == "cstd":
        m = _grade().match(folded, end)
        if m:
            grade = grades()[key(m["g"])]
            end, classes, level = _unquoted_end(folded, m.end(), start), [grade.grade], grade.level
            place = seat_at(reading, m.start("g")) if m["g"] in ("tỉnh", "thành phố") else None
            authority = f"Chủ tịch Ủy ban nhân dân {place.official}" if place else grade.authority
            if place:
                end = max(end, place.end)
            if authority:  # by law the chairman of the People's Committee confers the grade of a province
                fixed = [Authority(m.start("g"), end, authority, authority, own=True)]
    elif name.id in ("bang_khen", "co_thi_dua", "giay_khen"):
        m = _EPITHET.match(folded, end)
        if m:
            end, epithet = m.end(), m["e"]
    end, level = _rank(folded, end, name, level)
    if fixed:
        return Found(start, end, name, award, "award.listed", classes, level, fixed, epithet)
    authority_end, authorities = authorities_after(reading, end)
    if name.level == "state" and any(a.canonical != "Chủ tịch nước" for a in authorities):
        authority_end, authorities = end, []  # `huân chương của giám đốc Sở` is the holder's
    if name.family in ("order", "medal") and not classes and (state := foreign_after(folded, end)):
        return _foreign(reading, (start, end), state, name)
    if not authorities and name.id == "co_chinh_phu":
        authorities = [Authority(start, end, name.authority or "", name.authority, own=True)]
    return Found(
        start, max(end, authority_end), name, award, "award.listed", classes, level, authorities, epithet
    )  # fmt: skip


def _foreign(reading: Reading, span: tuple[int, int], state: tuple[int, int], name: AwardName) -> Found:
    """`Huân chương Hữu nghị của Hội đồng Nhà nước Cuba`: another state confers an order of the same name."""
    start, end = span
    told = _trimmed(reading.text[state[0] : state[1]])
    own = AwardName("other_order", "", name.family, False, "state", None, None)
    if "của" in reading.folded[end : state[0]]:
        authority = Authority(state[0], state[1], told[0].upper() + told[1:], None, own=True)
        return Found(start, state[1], own, name.name, "award.foreign", authorities=[authority])
    written = f"{name.name} {told}"
    return Found(start, state[1], own, written, "award.foreign", confidence=0.8)


def following_orders(reading: Reading, first: Found) -> list[Found]:
    """Return the orders that share the head word of `first`: `các huân chương Độc lập hạng Nhất; Lao động hạng Nhì`."""
    found: list[Found] = []
    position = first.end
    while first.classes and first.name.family == "order" and (span := next_order(reading.folded, position)):
        name = order_named(f"huân chương {reading.folded[span[0] : span[1]]}")
        if name is None:
            break
        position, classes = _classes(reading.folded, span[1])
        found.append(Found(span[0], position, name, name.name, "award.ellipsis", classes, confidence=0.8))
    return found


def unlisted(reading: Reading, anchor: str, start: int, end: int) -> list[Found]:
    """Return the awards that an anchor opens and no list holds: `danh hiệu "..."`, Party badges."""
    folded = reading.folded
    if anchor == "huy hiệu":
        badge = _badge(reading, start)
        return [badge] if badge else _quoted_with_anchor(reading, anchor, start, end)
    if anchor in ("huân chương", "huy chương"):
        return _open_order(reading, anchor, start, end)
    if anchor == "giải thưởng":
        before = folded[max(0, start - 80) : start]
        return [] if _CONTEST.search(before) else _quoted_with_anchor(reading, anchor, start, end)
    return _titles(reading, end)


_SPORT = regex.compile(
    r"(?<!\w)(?:sea games|olympic|asiad|giải vô địch|đại hội thể thao|vận động viên|huy chương vàng|hcv)"
)


def _open_order(reading: Reading, anchor: str, start: int, end: int) -> list[Found]:
    span = name_after(reading.text, end)
    if span is None or _SPORT.search(reading.folded, max(0, start - 80), span[1]):
        return []
    name = AwardName("other_order", "", "order", False, "state" if anchor == "huân chương" else None, None, None)
    known = medal_names().get(key(reading.text[span[0] : span[1]]))
    stop, classes = _classes(reading.folded, span[1])
    after, authorities = authorities_after(reading, stop)
    if not authorities and known is not None and known.authority:
        authorities = [Authority(start, stop, known.authority, known.authority, own=True)]
    written = _trimmed(reading.text[span[0] : span[1]])
    award = f"{anchor.capitalize()} {written[0].upper() + written[1:]}"
    return [Found(start, max(after, stop), name, award, "award.open_order", classes, None, authorities, None, 0.7)]


def _classes(folded: str, end: int) -> tuple[int, list[str]]:
    m = _FIRST_CLASS.match(folded, end)
    if not m:
        return end, []
    found = [_CLASSES[m["c"]]]
    stop = m.end()
    if folded[stop - 1] == '"' and '"' not in folded[end : m.start("c")]:
        stop -= 1  # the quote around the whole award
    if "(" in folded[m.start() : m.start("c")] and folded.startswith(")", stop):
        stop += 1
    while (n := _NEXT_CLASS.match(folded, stop)) and len(found) < 5:
        found.append(_CLASSES[n["c"]])
        stop = n.end()
    return stop, list(dict.fromkeys(found))


def _quote_end(folded: str, start: int, end: int, name: AwardName) -> int:
    """A name with a quote opened in it ends where that is closed; `Huân chương "Lao động" hạng Ba` goes on behind."""
    if folded.count('"', start, end) % 2 == 0:
        return end
    close = folded.find('"', end, end + _LONGEST_QUOTE)
    if close < 0 or "\n" in folded[end:close]:
        return end
    return close + 1 if name.family in ("order", "medal") and _FIRST_CLASS.match(folded, close + 1) else close


def _unquoted_end(folded: str, end: int, start: int) -> int:
    """A quote that was opened inside the award (`Chiến sĩ thi đua "cấp tỉnh"`) is closed in it."""
    return end + 1 if folded.count('"', start, end) % 2 and folded.startswith('"', end) else end


def _rank(folded: str, end: int, name: AwardName, level: AwardLevel | None) -> tuple[int, AwardLevel | None]:
    if name.family in ("order", "medal", "state_title"):
        return end, level
    m = _RANK.match(folded, end)
    if m:
        return m.end(), _RANK_LEVEL.get(m["r"], level) if name.id != "co_thi_dua" else level
    if name.family == "other_title" and (m := _ALL_RANKS.match(folded, end)):
        return m.end(), level
    return end, level


def _badge(reading: Reading, start: int) -> Found | None:
    m = _BADGE.match(reading.folded, start)
    if not m:
        return None
    years = [f"{n} năm" for n in regex.findall(r"\d\d", " ".join(m.captures("list")))]
    name = award_named("huy_hieu_dang")
    return Found(start, m.end(), name, name.name, "award.party_badge", years)


def _medal(reading: Reading, start: int, end: int, name: AwardName) -> Found:
    """Kỷ niệm chương with its name, quoted or not; a bare one stays bare."""
    folded = reading.folded
    m = _QUOTED.match(folded, end) or _MEDAL_NAME.match(folded, end)
    if not m:
        authority_end, authorities = authorities_after(reading, end)
        return Found(start, max(end, authority_end), name, name.name, "award.medal", authorities=authorities)
    stop = m.start("name") + len(m["name"].rstrip())
    written = _trimmed(reading.text[m.start("name") : stop])
    known = medal_names().get(key(written))
    if known is None and '"' not in folded[end : m.start("name")]:
        stop, written = _longest_known(folded, reading.text, m.start("name"), stop)
        known = medal_names().get(key(written))
    own: Sequence[Authority] = ()
    tail = stop + 1 if folded.startswith('"', stop) else stop
    after, authorities = authorities_after(reading, tail)
    if authorities and tail == stop:
        stop, own = after, authorities
    elif authorities:
        own = [a.elsewhere() for a in authorities]
    elif known and known.authority:
        own = [Authority(start, stop, known.authority, known.authority, own=True)]
    title = known.name if known else written[0].upper() + written[1:]
    return Found(start, stop, name, f"{name.name} {title}", "award.medal", authorities=own)


def _longest_known(folded: str, text: str, start: int, stop: int) -> tuple[int, str]:
    """Cut an unquoted name back to the longest one that is known, if any."""
    for m in regex.finditer(r"\s", folded, pos=start, endpos=stop):
        if key(text[start : m.start()]) in medal_names():
            stop_known = m.start()
            following = regex.match(r"\svà\s(\S)", text[stop_known : stop_known + 6])
            if not following or not following[1].isupper():
                return stop_known, text[start:stop_known]
    return stop, _trimmed(text[start:stop])


def _quoted_with_anchor(reading: Reading, anchor: str, start: int, end: int) -> list[Found]:
    m = _QUOTED.match(reading.folded, end)
    if m is None and anchor == "giải thưởng" and reading.folded[start - 1 : start] in ('"', "'"):
        m = _IN_SAME_QUOTES.match(reading.folded, end)  # `"Giải thưởng Nguyễn Văn Trỗi"`
    if not m or _GRADING.search(m["name"]) or m["name"].isascii():  # foreign names are no commendations of the law
        return []
    stop = m.end("name")
    written = _trimmed(reading.text[m.start("name") : stop])
    family = "badge" if anchor == "huy hiệu" else "prize"
    name = AwardName(f"other_{family}", "", family, False, "ministry_province", None, None)
    award = f"{anchor.capitalize()} {written}"
    return [Found(start, stop, name, award, f"award.{family}.quoted", confidence=0.8)]


def _titles(reading: Reading, end: int) -> list[Found]:
    folded = reading.folded
    name = AwardName("other_title", "", "other_title", False, None, None, None)
    found: list[Found] = []
    m = _QUOTED.match(folded, end)
    while m and len(found) < 8:
        inside = m["name"]
        if not _GRADING.search(inside):
            found.append(_title(reading, m.start("name"), m.end("name"), name, "award.title.quoted", 0.8))
        m = _NEXT_QUOTED.match(folded, m.end())
    if found or folded[end : end + 3].lstrip().startswith('"'):
        return found
    plain = _TITLE_NAME.match(folded, end)
    if plain and not _GRADING.search(plain["name"]) and _conferring(folded[max(0, end - 45) : end]):
        return [_title(reading, plain.start("name"), plain.end("name"), name, "award.title.plain", 0.6)]
    return []


_CONFERRING = regex.compile(
    r"(?<!\w)(?:đạt|đạt được|tặng|trao|nhận|công nhận|phong|giữ|giành|suy tôn|vinh danh|xét|bình chọn|đoạt)"
    r"(?:\s\p{L}+){0,3}\s(?:các\s|những\s|hai\s)?danh\shiệu$"
)


def _conferring(before: str) -> bool:
    return _CONFERRING.search(before) is not None


def _title(reading: Reading, start: int, stop: int, name: AwardName, rule: str, confidence: float) -> Found:
    rank = regex.search(_RANK.pattern + "$", reading.folded[start:stop])
    written = _trimmed(reading.text[start : start + rank.start()] if rank else reading.text[start:stop])
    level = _RANK_LEVEL.get(rank["r"]) if rank else None
    stop -= len(reading.text[start:stop]) - len(reading.text[start:stop].rstrip())
    return Found(start, stop, name, written[:1].upper() + written[1:], rule, (), level, confidence=confidence)


def _trimmed(text: str) -> str:
    return " ".join(text.replace('"', " ").split()).strip(" ,.;:")
