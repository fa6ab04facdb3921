"""Where a campaign is named: quoted after an anchor, in lists that share one, unquoted with its right end, repeated."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from nlp.campaigns.names import ANCHOR, HIT, known_id
from nlp.fold import key
from nlp.reading import Reading
from nlp.scan import Hit
from nlp.values import Directive


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A campaign's name at `start`:`end`; the words that announce it stand from
    `anchor` to `announced` (the first name of a list; None: to `start`)."""

    start: int
    end: int
    anchor: int
    rule: str
    confidence: float
    announced: int | None = None


_MAX_NAME = 420
_SHORTEST = 5
_GAP = {
    "phong trào": r"[^.;\"\n]{0,70}?(?:với\schủ\sđề|mang\stên|:|là|như)?\s{0,2}:?\s{0,2}",
    "cuộc vận động": r"[^.;,\"\n]{0,30}?\s{0,2}:?\s{0,2}",
    "chủ đề": r"[^.;\"\n]{0,45}?\s{0,2}:?\s{0,2}",
    "thi đua": r"[^.;\"\n]{0,60}?\s{0,2}:?\s{0,2}",
    "chương trình": r"\s{0,2}:?\s{0,2}",
}
_QUOTED_AFTER = {
    anchor: regex.compile(gap + r'(?P<open>"|(?<=[\s(])\'{1,2}(?=[\p{L}\d]))') for anchor, gap in _GAP.items()
}
_NEXT_QUOTED = regex.compile(
    r"(?:\s{0,2}(?:giai đoạn|năm|nhiệm kì)[\s\d/-]{4,16})?\s{0,2}(?:\([^()\n]{0,40}\))?\s{0,2}"
    r"(?:,|;|và|hoặc|hay|, và|gắn với|cùng|-)?\s{0,2}"
    r'(?:các\s|cuộc vận động\s|phong trào\s|phong trào thi đua\s)?(?:thi đua\s)?:?\s{0,2}"'
)
_CUT_UNCLOSED = regex.compile(r"\s(?:chào mừng|giai đoạn|do|năm \d)|[.;\n]|$")
_TAIL = regex.compile(
    r"[\s,.;:]*(?:\s?(?<!\w)(?:giai đoạn|năm học|năm|nhiệm kì)\s[\d\s/-]{4,13}|\sgiai đoạn)?[\s,.;:!]*$"
)
_EMULATION = regex.compile(r"(?<!\w)thi\s+đua(?!\w)")
_NO_MOVEMENT_BEFORE = regex.compile(
    r"(?<!\w)(?:đại hội|hội thi|cuộc thi|bằng khen|giấy khen|cờ|huân chương|huy chương|kỉ niệm chương|danh hiệu|"
    r"huy hiệu|quỹ|giải thưởng|đề án|triển lãm|hội thảo|"
    r"cầu truyền hình|tọa đàm|giao lưu|phim|tác phẩm|bài|chuyên mục|phương châm|khẩu hiệu|tinh thần|mô hình|"
    r"ngày hội|lễ hội|tháng)(?!\w)[^.;\"\n]{0,25}$"
)
_THEME_OF_OTHER = regex.compile(
    r"(?<!\w)(?:đại hội|hội thi|cuộc thi|hội nghị|nghệ thuật|triển lãm|hội thảo|diễn đàn|ngày hội|kế hoạch năm)(?!\w)"
)
_STARTS = (
    r"(?:chung (?:tay|sức)|cả nước|toàn (?:dân|ngành|quân|quốc|tỉnh|lực lượng)|ngành\s|nghành\s|"
    r"xây dựng(?!\s(?:xã hội|cả nước|đảng|và|phong))|thực hiện (?:thắng lợi|tốt|văn hóa)|nâng cao|tham gia|"
    r"đoàn kết|giúp (?:nhau|đỡ)|giữ gìn|bảo vệ|phòng chống|phòng, chống|dạy tốt|cựu chiến binh|ccb\s|"
    r"phụ nữ (?:tích|giúp|giỏi|hai)|nông dân (?:thi|sản|giúp|chung|tham)|"
    r"thanh niên (?:tình|xung|thi)|tuổi (?:trẻ|cao)|cán bộ|hội viên|đẩy mạnh|phát huy|đổi mới|dân vận|luyện quân|"
    r"lao động (?:giỏi|sáng)|"
    r"uống nước|đền ơn|ông bà|hiến (?:đất|máu)|học tập (?:và|làm|suốt)|vì\s(?:an|người|đàn|môi)|mỗi\s|nói không|"
    r"xóa\s|thi đua (?:quyết|sản|dạy)|"
    r"xứng danh|người việt nam|gia đình|người tốt|sản xuất|tiết kiệm|sạch|ba\s(?:nhất|không|sẵn|đảm)|hai\s(?:giỏi|"
    r"tốt|không)|năm\s(?:không|xung))"
)
_UNQUOTED = regex.compile(
    rf"(?:[ ]thi\sđua)?(?:[ ](?:đặc biệt|cao điểm|chuyên đề))?:?[ ]{{1,2}}(?P<name>{_STARTS}[^.;:()\"'\n]{{3,260}})"
)
_UNQUOTED_CAPITAL = regex.compile(r"(?:[ ]thi\sđua)?:?[ ]{1,2}(?P<name>\p{Lu}[^.;:()\"'\n“”‘’]{8,200})")
_NAME_VERB = regex.compile(
    r"(?<!\w)(?:chung tay|chung sức|thi đua|đoàn kết|xây dựng|cải cách|đổi mới|tiếp tục|sản xuất)(?!\w)"
)
_END = regex.compile(
    r"\s(?:năm\s\d|(?<!không\s)để(?!\w)|(?:là|gắn với|gắn liền|góp phần|giai đoạn|do|của|tại|đã|được|theo|nhằm|"
    r"hoặc|lần|luôn|còn|từ|trên|đến|"
    r"có(?!\shoàn)|như|này|cũng|bằng|sẽ|vừa|tiếp tục(?!\sthi)|khi|mà|vào|ở|nhân|chào mừng|trong(?!\s(?:tư|sạch|"
    r"dạy|học))|với(?!\scách)|đặc biệt|"
    r"và\s(?:các|phong|cuộc|hoàn|trao|được|đã|cao điểm))(?!\w))"
)
_COMMA_GOES_ON = regex.compile(
    r",\s(?:xóa|giảm|nâng cao|làm giàu|chính quyền|học tốt|đảm|làm|văn minh|hiện đại|sáng tạo|kiểu mẫu|bảo vệ|chống|"
    r"an ninh|nhà dột nát|dột nát|đô thị|kinh doanh|công chức|viên chức|kỉ cương|trách nhiệm|hiệu quả|"
    r"phát triển bền|hạnh phúc|không để|đi đầu|quyết thắng|lập công)(?!\w)"
)
_LIST_OPENS = regex.compile(r"[^.;\"\n]{0,30}?(?:sau|như|gồm|là|sau đây)?\s?:\s{0,2}")
_THEME_BEFORE = regex.compile(r'"\s?[.,]?\s{0,2}(?:(?:đây|đó)\s)?là\s(?:tên\s|nội dung\s)?$')
_THEME_PLAIN = regex.compile(
    r"(?:\s(?:công tác|thi đua|hoạt động)){1,2}(?:\scủa\s\p{L}+)?(?:\strong)?\snăm(?:\s\d{4})?\s?(?:là|"
    r":)\s(?P<name>\p{Lu}[^.;,:\"\n]{4,90})"
)


class _Kept:
    """Spans that do not overlap, in text order; the first one at a place stays."""

    def __init__(self) -> None:
        self._places: list[tuple[int, int]] = []
        self.spans: list[NameSpan] = []

    def add(self, span: NameSpan) -> None:
        at = bisect_left(self._places, (span.start, span.end))
        before_ends = at == 0 or self._places[at - 1][1] <= span.start
        after_starts = at == len(self._places) or span.end <= self._places[at][0]
        if span.end - span.start >= _SHORTEST and before_ends and after_starts:
            insort(self._places, (span.start, span.end))
            self.spans.append(span)


def search(reading: Reading) -> list[NameSpan]:
    """Return the campaigns named in the article, in order, none overlapping."""
    known = reading.hits.get(HIT, [])
    starts = [h.start for h in known]
    anchors = reading.hits.get(ANCHOR, [])
    kept = _Kept()
    for number, hit in enumerate(anchors):
        following = anchors[number + 1] if number + 1 < len(anchors) else None
        near = known[bisect_left(starts, hit.start) : bisect_right(starts, hit.end + 25)]
        for span in _announced(reading, hit, following, near):
            kept.add(span)
    announced = list(kept.spans)
    for span in (*_known_quoted(reading), *_repeated(reading, announced)):
        kept.add(span)
    titles = sorted((m.start, m.end) for m in reading.mentions if isinstance(m.value, Directive))
    return sorted((s for s in kept.spans if not _in_title(titles, s)), key=lambda s: s.start)


def _in_title(titles: list[tuple[int, int]], span: NameSpan) -> bool:
    """A name inside the title of a document is the document's."""
    at = bisect_right(titles, (span.start, len(titles) and titles[-1][1])) - 1
    return at >= 0 and span.end <= titles[at][1]


def _announced(reading: Reading, hit: Hit, following: Hit | None, known: list[Hit]) -> Iterator[NameSpan]:
    """Yield the names that an anchor announces. `following`: the next anchor; `known`: known names near it."""
    folded = reading.folded
    anchor, start, end = hit.refs[0], hit.start, hit.end
    kind = (
        "thi đua"
        if anchor.endswith(("thi đua", "cao điểm", "đặc biệt")) and not anchor.startswith("phong trào")
        else anchor
    )
    kind = "phong trào" if anchor.startswith("phong trào") else kind
    if kind == "chủ đề":
        before = _theme_before(reading, start)
        if before:
            yield before
            return
        if not _is_emulation_theme(reading, start, end):
            return
        plain = regex.compile(_THEME_PLAIN.pattern).match(reading.text, end)
        if plain:
            yield NameSpan(
                plain.start("name"),
                _trimmed(reading.folded, plain.start("name"), plain.end("name")),
                start,
                "campaign.theme",
                0.6,
            )
            return
    m = _QUOTED_AFTER[kind].match(folded, end)
    if (
        m
        and _opens(reading.text, m.start("open"))
        and not (kind == "phong trào" and _takes_quote(following, m.start("open")))
    ):
        spans = list(_quoted_list(reading, m.start("open"), start))
        if kind == "chương trình":
            spans = [s for s in spans if known_id(reading.text[s.start : s.end])]
        gap = folded[end : m.start("open")]
        if (
            not _NO_MOVEMENT_BEFORE.search(gap)
            and not _CONTENT.search(gap)
            and not (kind == "thi đua" and regex.search(r"[,:]\s", gap) and "chủ đề" not in gap)
        ):
            yield from spans
            if spans:
                return
    if kind in ("phong trào", "cuộc vận động"):
        yield from _unquoted(reading, known, start, start + len(kind))
    if kind == "phong trào":
        yield from _item_list(reading, start, end)


_CONTENT = regex.compile(r"(?<!\w)(?:tập trung|yêu cầu|nhằm|hướng|thực hiện tốt)(?!\w)")


def _opens(text: str, position: int) -> bool:
    """Say whether the quote at `position` opens: quotes of one shape on both sides are common on pages."""
    mark, following = text[position], text[position + 1 : position + 3].lstrip(" '’‘\"”“")
    if not following or not following[0].isalnum():
        return False
    return mark in "“„«‘" or position == 0 or text[position - 1].isspace() or text[position - 1] in ":("


def _is_emulation_theme(reading: Reading, start: int, end: int) -> bool:
    sentence = reading.layout.sentence_at(start)
    before, after = reading.folded[sentence.start : start], reading.folded[end : min(sentence.end, end + 30)]
    if _THEME_OF_OTHER.search(before[-40:]):
        return False
    whole = reading.folded[sentence.start : sentence.end]
    return _EMULATION.search(whole) is not None or after.startswith((" thi đua", " công tác"))


def _theme_before(reading: Reading, start: int) -> NameSpan | None:
    """`“...”. Đây là chủ đề phong trào thi đua năm 2020`: the name stands before its anchor."""
    folded = reading.folded
    window = folded[max(0, start - 30) : start]
    m = _THEME_BEFORE.search(window)
    if not m or not _EMULATION.search(folded, start, start + 45):
        return None
    close = max(0, start - 30) + m.start()
    opening = folded.rfind('"', max(0, close - 600), close)
    if opening < 0:
        return None
    return NameSpan(opening + 1, _trimmed(reading.folded, opening + 1, close), opening, "campaign.theme_before", 0.9)


def _takes_quote(following: Hit | None, opening: int) -> bool:
    """Another anchor between `phong trào` and the quote takes the quote for itself."""
    return following is not None and following.start < opening and following.refs[0] != "chủ đề"


def _quoted_list(reading: Reading, opening: int, anchor: int) -> Iterator[NameSpan]:
    """Yield the quoted name that opens at `opening`, and those that follow it in a list."""
    folded = reading.folded
    position = opening
    for _ in range(12):
        start = position + 1
        while folded[start : start + 1] in ('"', "'", " "):
            start += 1
        quote = folded[position]
        close = folded.find(quote, start, start + _MAX_NAME)
        line_end = folded.find("\n", start)
        line_end = len(folded) if line_end < 0 else line_end
        if close < 0 or close > line_end:
            cut = _CUT_UNCLOSED.search(folded, start, line_end + 1)
            end = cut.start() if cut else line_end
            if end - start <= 160:
                yield NameSpan(start, _trimmed(reading.folded, start, end), anchor, "campaign.unclosed", 0.6)
            return
        end = _trimmed(reading.folded, start, close)
        if len(folded[start:end].split()) >= 2:
            yield NameSpan(start, end, anchor, "campaign.quoted", 0.9, opening)
        while folded[close + 1 : close + 2] == quote:
            close += 1
        following = _NEXT_QUOTED.match(folded, close + 1)
        if not following:
            return
        position = following.end() - 1


def _trimmed(folded: str, start: int, end: int) -> int:
    """Return the end of a name without period, spaces and punctuation (`“X giai đoạn 2021-2025”`)."""
    m = _TAIL.search(folded[start:end])
    return start + m.start() if m else end


def _unquoted(reading: Reading, near: list[Hit], start: int, end: int) -> Iterator[NameSpan]:
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
    if plain:
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
    limit = _trimmed(reading.folded, start, limit)
    words = folded[start:limit].split()
    return (start, limit) if 3 <= len(words) <= 45 else None


def _item_list(reading: Reading, start: int, end: int) -> Iterator[NameSpan]:
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
            stop = _trimmed(reading.folded, item_start, limit.start() if limit else position + piece.end())
            yield NameSpan(item_start, stop, start, "campaign.item", 0.7)
        if reading.text[position + piece.end() : position + piece.end() + 1] == ".":
            return


def _known_quoted(reading: Reading) -> Iterator[NameSpan]:
    """A known name that fills its quotes needs no anchor, unless something else is called so."""
    folded = reading.folded
    for hit in reading.hits.get(HIT, ()):
        if folded.startswith("ngày", hit.start):
            continue  # `Ngày vì người nghèo` is a day as often as a drive
        if (
            folded[max(0, hit.start - 1) : hit.start].strip() not in ('"', "'")
            or len(folded[hit.start : hit.end].split()) < 3
        ):
            continue
        if _trimmed(reading.folded, hit.start, _closing(folded, hit.end)) != hit.end:
            continue
        if not _NO_MOVEMENT_BEFORE.search(folded[max(0, hit.start - 45) : hit.start - 1]):
            yield NameSpan(hit.start, hit.end, hit.start, "campaign.known_quoted", 0.8)


def _closing(folded: str, end: int) -> int:
    close = folded.find('"', end, end + 40)
    return close if close >= 0 else end + 41


def _repeated(reading: Reading, found: list[NameSpan]) -> Iterator[NameSpan]:
    """A name that the article has announced is one wherever it stands in quotes again."""
    names = {
        key(reading.text[s.start : s.end]) for s in found if s.rule in ("campaign.quoted", "campaign.theme_before")
    }
    if not names:
        return
    for m in regex.finditer(r'"([^"\n]{5,420})"', reading.folded):
        end = _trimmed(reading.folded, m.start(1), m.end(1))
        if key(reading.text[m.start(1) : end]) in names and not regex.search(
            r"đại hội[^.\n]{0,20}$", reading.folded[max(0, m.start() - 30) : m.start()]
        ):
            yield NameSpan(m.start(1), end, m.start(), "campaign.repeated", 0.8)
