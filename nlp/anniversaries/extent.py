"""Where the name of an event ends: `70 năm thành lập Bệnh viện Đa khoa X | và đón nhận ...`."""

from dataclasses import dataclass

import regex

from nlp.anniversaries.events import KIND
from nlp.reading import Reading
from nlp.scan import Hit
from nlp.values import Mention

# What is celebrated where the table does not know it.
FOUNDING = regex.compile(
    r"(?:(?:ngày\s+)?(?:thành lập|tái lập|chia tách và thành lập|chia tách|giải phóng|truyền thống|"
    r"chiến thắng|khởi nghĩa|cách mạng)"
    r"|ngày\s+(?:sinh|mất|hội|mở|giỗ|thương binh|quốc|chủ tịch|bác|hồ|toàn|kí|khai|đồng khởi|ra đời|ra số|phát sóng|"
    r"tổng|nam kì|nam bộ|đại|báo|công bố|được))(?!\w)"
)
NAMED_DAY = regex.compile(r"ngày\s+(?=\p{L})")

_STOP = regex.compile(
    r"(?:do|được|đã|đang|sẽ|nhằm|với|tại|là|để|cho|vào|trong|từ|đến|tới|cùng|gắn|có|diễn ra|diễn|tổ chức|bằng|ở|như|"
    r"khi|mà|thì|theo|bởi|bị|đón|nhận|trao|hướng|(?<!thành )lập|thi đua|phát động|chào|kỉ niệm|các|những|vừa|cũng|trên|"
    r"qua|trước|sau|ngày|năm|sáng|chiều|tối|hôm|nhân (?:dịp|kỉ|ngày|lễ)|nhất là|đồng thời|long trọng|trọng thể|xin|mỗi|"
    r"mọi|hơn|thiết thực|nên|lễ|đợt|còn|rất|này|đó|ấy|nay|vẫn|tiếp tục|phấn đấu|góp phần|đạt|hoàn thành|tích cực|"
    r"ra sức|ôn lại|nêu|phát huy|bên cạnh|lần|thông qua|chúng|toàn thể|cán bộ|thủ tướng|phó|ông|bà|đồng chí|đ/c|mừng|"
    r"xuân|nhưng|hay|hoặc|chủ đề|tuyên dương|biểu dương|tổng kết|vinh dự|khai mạc|bế mạc|cái gọi)(?!\w)"
)
_PERSON_TITLES = regex.compile(r"(?:ông|bà|đồng chí|đ/c|cố|tổng bí thư|chủ tịch|đại tướng|thủ tướng|phó)(?!\w)")
_BIRTH = regex.compile(r"(?:ngày\s+)?(?:sinh|mất)(?: của)?$")
# In the telling of a happening (`10 năm nhà máy đi vào hoạt động`) some words that end a name stand at its beginning.
_LOOSE = regex.compile(
    r"(?:với|từ|đến|tới|cùng|gắn|có|vào|bằng|ở|như|đi|lập|trên|trong|ra|đón|để|cho(?! thấy)|được|trao trả|"
    r"\d{1,2} (?:nước|bên|miền))(?!\w)"
)
_LOOSE_WORDS = 8
_TOKEN = regex.compile(r"(?:\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+)(?:['’.&](?=\p{L})(?:\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+))*|\d+")
_GAP = regex.compile(r"[ \t\u00a0]{1,2}")
_YEAR_OF_EVENT = regex.compile(r"(?:mùa\s+)?(?:xuân\s+)?(?:mậu thân\s+)?(?:năm\s+)?1[0-9]\d\d(?!\d)")
_AND = regex.compile(r"và\s{1,2}")
_GROWTH = regex.compile(
    r"(?:xây dựng|phát triển|trưởng thành|chiến đấu|hội nhập|đồng hành|đổi mới|hình thành|cống hiến)(?!\w)"
)
_ANOTHER = regex.compile(r"(?:đại hội|lễ|tết|quốc khánh|ngày|ảnh)(?!\w)")
_JOINED_DAY = regex.compile(r"\s{1,2}-\s{1,2}(?=ngày\s+(?:truyền thống|thành lập|hội))")
_DASH = regex.compile(r"\s{0,2}-\s{0,2}(?=\p{L})")
_SHORT_FORM = regex.compile(r"\s{1,2}\(\p{Lu}[\p{Lu}&-]{1,9}\)")
_DANGLING = regex.compile(r"\s{1,2}(?:về|của|cho|với|vào|từ|đến|tới|có|là|ở|để|ra|bằng|như|cùng)$")
_HARMLESS = frozenset(("", "việt nam", "của đảng", "thành công", "lịch sử", "vĩ đại", "kính yêu", "muôn vàn kính yêu"))
_MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Name:
    """A name that ends at `end`. `event_id`: the row of the table, None where the table does not know the event."""

    end: int
    event_id: str | None = None


def name_at(reading: Reading, position: int, hit: Hit | None, units: dict[int, Mention], *, free: bool) -> Name:
    """Return the name of the event that starts at `position`.

    `hit`: the table's name there. `units`: the article's units by start. `free`: any happening may be told.
    """
    folded = reading.folded
    if hit is None:
        lead = FOUNDING.match(folded, position) or NAMED_DAY.match(folded, position)
        start = lead.end() if lead else position
        end = _run(reading, start, units, loose=free and lead is None)
        if lead and end <= start:
            end = position + len(lead[0].rstrip())
        return Name(_with_joined_day(reading, end, units))
    end = _run(reading, hit.end, units, known=True)
    rest = " ".join(folded[hit.end : end].split())
    known = rest in _HARMLESS or bool(_YEAR_OF_EVENT.fullmatch(rest))
    return Name(_with_joined_day(reading, end, units), str(hit.refs[0]) if known else None)


def _with_joined_day(reading: Reading, end: int, units: dict[int, Mention]) -> int:
    """`Ngày ... ra Lời kêu gọi thi đua ái quốc - Ngày truyền thống thi đua yêu nước` is one day with two names."""
    joined = _JOINED_DAY.match(reading.folded, end)
    if not joined:
        return end
    for hit in reading.hits.get(KIND, ()):
        if hit.start == joined.end():
            return _run(reading, hit.end, units, known=True)
    day = FOUNDING.match(reading.folded, joined.end())
    return _run(reading, day.end(), units) if day else end


def _run(
    reading: Reading, position: int, units: dict[int, Mention], *, known: bool = False, loose: bool = False
) -> int:
    """Return the end of the name that runs on from `position`: words up to a stop word or a mark.

    A unit that begins on the way belongs to the name as a whole. `known`: the name so far is complete, so that a unit
    after it begins something else.
    """
    text, folded = reading.text, reading.folded
    end, words, capital = position, 0, False
    after_birth = bool(_BIRTH.search(folded, max(0, position - 12), position))
    while words < _MOST_WORDS:
        short = _SHORT_FORM.match(text, end)
        dash = None if known else _capital_dash(text, folded, end)
        gap = dash or _GAP.match(text, short.end() if short else end)
        here = gap.end() if gap else end
        unit = units.get(here)
        if unit is not None:
            if known:
                break
            end, words = unit.end, words + 1
            continue
        token = _TOKEN.match(text, here)
        if not token:
            break
        year = _YEAR_OF_EVENT.match(folded, here)
        if year:
            return year.end()
        if _AND.match(folded, here):
            if known or not _goes_on_after_and(text, folded, here, units):
                break
        elif (token[0].isdecimal() or _STOP.match(folded, here)) and not (
            (loose and words < _LOOSE_WORDS and _LOOSE.match(folded, here))
            or (after_birth and words < 3 and _PERSON_TITLES.match(folded, here))
            or (capital and token[0].istitle())  # part of a name: `Hai Bà Trưng`
        ):
            break
        end, words, capital = token.end(), words + 1, token[0].istitle()
    while loose and (dangling := _DANGLING.search(folded, position, end)):
        end = dangling.start()
    return end


def _capital_dash(text: str, folded: str, end: int) -> "regex.Match[str] | None":
    """Return the dash of `Ngọc Hồi - Đống Đa`, `ASEAN - Ấn Độ`: capitals on both sides, and nothing new behind it."""
    dash = _DASH.match(folded, end)
    if not dash or not text[dash.end()].isupper() or _ANOTHER.match(folded, dash.end()):
        return None
    before = text.rfind(" ", 0, end) + 1
    return dash if text[before : before + 1].isupper() and not _STOP.match(folded, dash.end()) else None


def _goes_on_after_and(text: str, folded: str, position: int, units: dict[int, Mention]) -> bool:
    """Tell whether `và` joins two parts of one name (`Giáo dục và Đào tạo`, `thành lập và phát triển`)."""
    after = position + len("và")
    while after < len(text) and text[after].isspace():
        after += 1
    if _GROWTH.match(folded, after):
        return True
    if after in units or _ANOTHER.match(folded, after) or _STOP.match(folded, after):
        return False
    return text[after : after + 1].isupper()
