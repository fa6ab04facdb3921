"""Names without quotes: known ones, and those that their first words and their right end tell."""

from collections.abc import Iterator

import regex

from nlp.campaigns.spans import NameSpan, name_end
from nlp.reading import Reading
from nlp.scan import Hit
from nlp.values import Unit

_STARTS = (
    r"(?:chung (?:tay|sức)|cả nước|toàn (?:dân|ngành|quân|quốc|tỉnh|lực lượng)|ngành\s|nghành\s|"
    r"xây dựng(?!\s(?:xã hội|cả nước|đảng|và|phong))|thực hiện (?:thắng lợi|tốt|văn hóa)|nâng cao|tham gia|"
    r"đoàn kết|giúp (?:nhau|đỡ)|giữ gìn|bảo vệ|phòng chống|phòng, chống|dạy tốt|cựu chiến binh|ccb\s|"
    r"phụ nữ (?:tích|giúp|giỏi|hai)|nông dân (?:thi|sản|giúp|chung|tham)|"
    r"thanh niên (?:tình|xung|thi)|tuổi (?:trẻ|cao)|cán bộ|hội viên|đẩy mạnh|phát huy|đổi mới|dân vận|luyện quân|"
    r"lao động (?:giỏi|sáng)|"
    r"uống nước|đền ơn|ông bà|hiến (?:đất|máu)|học tập (?:và|làm|suốt)|vì\s(?:an|người|đàn|môi)|mỗi\s|nói không|"
    r"xóa\s|thi đua (?:quyết|sản|dạy)|"
    r"phấn đấu (?:hoàn thành|vượt)|ngày\s(?:chủ nhật|thứ)|tết trồng|"
    r"xứng danh|người việt nam|gia đình|người tốt|sản xuất|tiết kiệm|sạch|ba\s(?:nhất|không|sẵn|đảm)|hai\s(?:giỏi|"
    r"tốt|không)|năm\s(?:không|xung))"
)

_ITEM_STARTS = regex.compile(rf"(?:{_STARTS}|(?:doanh nghiệp|nông dân|phụ nữ|thanh niên|công nhân|cựu chiến binh)\s)")

_UNQUOTED = regex.compile(
    rf"(?:[ ]thi\sđua)?(?:[ ](?:đặc biệt|cao điểm|chuyên đề))?:?[ ]{{1,2}}(?P<name>{_STARTS}[^.;:()\"'\n]{{3,260}})"
)

_UNQUOTED_CAPITAL = regex.compile(r"(?:[ ]thi\sđua)?:?[ ]{1,2}(?P<name>\p{Lu}[^.;:()\"'\n“”‘’]{8,200})")

_NAME_VERB = regex.compile(
    r"(?<!\w)(?:chung tay|chung sức|thi đua|đoàn kết|xây dựng|cải cách|đổi mới|tiếp tục|sản xuất)(?!\w)"
)

_END = regex.compile(
    r"\s(?:năm\s\d|-\s?ảnh|không chỉ|(?<!không\s)để(?!\w)|(?:là|gắn với|gắn liền|góp phần|giai đoạn|do|của|tại|đã|"
    r"được|theo|nhằm|"
    r"hoặc|lần|luôn|còn|từ|trên|đến|"
    r"có(?!\shoàn)|như|này|cũng|bằng|sẽ|vừa|tiếp tục(?!\sthi)|khi|mà|vào|ở|nhân|chào mừng|trong(?!\s(?:tư|sạch|"
    r"dạy|học))|với(?!\scách)|đặc biệt|"
    r"và\s(?:các|phong|cuộc|hoàn|trao|được|đã|cao điểm))(?!\w))"
)

_COMMA_GOES_ON = regex.compile(
    r",\s(?:xóa|giảm|nâng cao|làm giàu|chính quyền|học tốt|đảm|làm|văn minh|hiện đại|sáng tạo|kiểu mẫu|bảo vệ|chống|"
    r"an ninh|nhà dột nát|dột nát|đô thị|kinh doanh|công chức|viên chức|kỉ cương|trách nhiệm|hiệu quả|"
    r"xanh|sạch|đẹp|an toàn|văn hóa|phát triển bền|hạnh phúc|không để|đi đầu|quyết thắng|lập công)(?!\w)"
)

_LIST_OPENS = regex.compile(r"[^.;\"\n]{0,30}?(?:sau|như|gồm|là|sau đây)?\s?:\s{0,2}")


# Work of many kinds that is called a movement without being one with a name.
_GENERIC = regex.compile(
    r"(?:xây dựng (?:nông thôn mới|ntm|đời sống văn hóa|gia đình văn hóa|đô thị văn minh|xã hội học tập)|"
    r"(?:tham gia )?hiến máu (?:tình nguyện|nhân đạo|cứu người)|"
    r"bảo vệ (?:môi trường|an ninh trật tự)|phòng,? chống (?:tội phạm|dịch|ma túy|tham nhũng).*|xóa đói,? giảm nghèo|"
    r"đẩy mạnh sản xuất|nâng cao chất lượng|sản xuất kinh doanh|phát huy sáng kiến.{0,20})"
)


def _is_unit(reading: Reading, start: int, end: int) -> bool:
    """`phong trào thi đua Hội Luật gia ...`: whose movement it is, not its name."""
    unit = reading.index(Unit).longest_at(start)
    return unit is not None and not _NAME_VERB.search(reading.folded, unit.end, end)


_SERIES = regex.compile(r"[^.;:\"\n]{0,50}?(?<!\w)như\s{1,2}(?!sau|vậy|thế)")
_PIECE = regex.compile(r"[^,.;:()\"'\n…]+")
_PLURAL = regex.compile(r"(?<!\w)(?:các|những|nhiều|hai|ba|bốn)\s$")
_MOST_ITEMS = 8


def series(reading: Reading, known: list[Hit], start: int, end: int) -> Iterator[NameSpan]:
    """`các phong trào thi đua sôi nổi như A, B, C...`: names without quotes, some known or told by verbs."""
    folded = reading.folded
    opened = _SERIES.match(folded, end)
    if opened is None or not _PLURAL.search(folded, max(0, start - 8), start):
        return
    position, by_start = opened.end(), {h.start: h for h in known}
    for _ in range(_MOST_ITEMS):
        hit = by_start.get(position)
        piece = _PIECE.match(folded, position)
        if piece is None:
            return
        stop = hit.end if hit is not None else name_end(folded, position, piece.end())
        words = folded[position:stop].split()
        named = hit is not None or (
            4 <= len(words) <= 14
            and (_NAME_VERB.search(folded, position, stop) or _ITEM_STARTS.match(folded, position))
        )
        if not named:
            return
        yield NameSpan(position, stop, start, "campaign.series", 0.6)
        following = _NEXT_ITEM.match(folded, stop)
        if following is None:
            return
        position = following.end()


_NEXT_ITEM = regex.compile(r"[ ]?(?:,|;|và|,[ ]và)[ ]{1,2}(?:phong trào[ ])?")


def unquoted(reading: Reading, near: list[Hit], start: int, end: int) -> Iterator[NameSpan]:
    known = next((h for h in near if end <= h.start <= end + 12), None)
    if known is not None and regex.fullmatch(
        r"(?:\sthi\sđua)?:?\s{1,2}(?:\"\s?)?", reading.folded, pos=end, endpos=known.start
    ):
        longer = _plain_name(reading, end)
        stop = known.end
        if longer and longer[0] == known.start and stop < longer[1] and reading.folded[stop : stop + 1] != ",":
            stop = longer[1]
        yield NameSpan(known.start, stop, start, "campaign.known", 0.95)
        return
    plain = _plain_name(reading, end)
    if plain and not _GENERIC.fullmatch(reading.folded, plain[0], plain[1]) and not _is_unit(reading, *plain):
        yield NameSpan(plain[0], plain[1], start, "campaign.plain", 0.6)


def _plain_name(reading: Reading, end: int) -> tuple[int, int] | None:
    """Return the span of an unquoted name that follows at `end`, or None."""
    folded = reading.folded
    m = _UNQUOTED.match(folded, end)
    capital = None if m else _UNQUOTED_CAPITAL.match(reading.text, end)
    if capital and not _NAME_VERB.search(folded, capital.start("name"), capital.start("name") + 60):
        return None
    found = m or capital
    if not found:
        return None
    start, limit = found.span("name")
    first_comma = folded.find(",", start, limit)
    if (
        m
        and 0 <= first_comma - start <= 12
        and not _COMMA_GOES_ON.match(folded, first_comma)
        and folded[start].islower()
        and reading.text[start].islower()
    ):
        return None  # `xây dựng, nhân rộng ...`: tasks, no name
    stop = _END.search(folded, start + 4, limit)
    limit = stop.start() if stop else limit
    comma = start
    while (comma := folded.find(",", comma + 1, limit)) >= 0:
        if not _COMMA_GOES_ON.match(folded, comma):
            limit = comma
            break
    limit = name_end(reading.folded, start, limit)
    words = folded[start:limit].split()
    return (start, limit) if 3 <= len(words) <= 45 else None


def item_list(reading: Reading, start: int, end: int) -> Iterator[NameSpan]:
    """`các phong trào thi đua sau: Ngành ... chung sức ...; ...`: items that start with a capital."""
    opened = _LIST_OPENS.match(reading.folded, end)
    if not opened:
        return
    line = reading.layout.line_at(start)
    position = opened.end()
    for piece in regex.finditer(r"[^;.\n]+", reading.text[position : line.end]):
        item_start = position + piece.start() + len(piece[0]) - len(piece[0].lstrip())
        item = reading.folded[item_start : position + piece.end()]
        if item.startswith("phong trào") or not reading.text[item_start : item_start + 1].isupper():
            if (
                piece.end() < len(reading.text)
                and reading.text[position + piece.end() : position + piece.end() + 1] == "."
            ):
                return
            continue
        if _NAME_VERB.search(item) and '"' not in item:
            limit = _END.search(reading.folded, item_start + 4, position + piece.end())
            stop = name_end(reading.folded, item_start, limit.start() if limit else position + piece.end())
            yield NameSpan(item_start, stop, start, "campaign.item", 0.7)
        if reading.text[position + piece.end() : position + piece.end() + 1] == ".":
            return
