"""Where a campaign is named: quoted after an anchor, in lists that share one, unquoted, repeated."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator

import regex

from nlp.campaigns.names import ANCHOR, HIT, known_id
from nlp.campaigns.spans import NameSpan, name_end
from nlp.campaigns.unquoted import item_list, series, unquoted
from nlp.fold import key
from nlp.reading import Reading
from nlp.scan import Hit
from nlp.values import Directive

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

_THEME_BEFORE = regex.compile(r'"\s?[.,]?\s{0,2}(?:(?:đây|đó)\s)?là\s(?:tên\s|nội dung\s)?$')

_THEME_PLAIN = regex.compile(
    r"(?:\s(?:công tác|thi đua|hoạt động)){1,2}(?:\scủa\s\p{L}+)?(?:\strong)?\snăm(?:\s\d{4})?\s?(?:là|"
    r":)\s(?P<name>\p{Lu}[^.;,:\"\n]{4,90})"
)


_NEAR = 300
"""How far a list of names may reach behind its anchor."""


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
        near = known[bisect_left(starts, hit.start) : bisect_right(starts, hit.end + _NEAR)]
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
                name_end(reading.folded, plain.start("name"), plain.end("name")),
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
        yield from unquoted(reading, known, start, start + len(kind))
    if kind == "phong trào":
        yield from item_list(reading, start, end)
        yield from series(reading, known, start, end)


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
    if after.startswith(" thi đua"):
        return True
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
    if opening < 0 or "\n" in folded[opening:close]:
        return None
    first = _first_letter(folded, opening + 1)
    return NameSpan(first, name_end(folded, first, close), opening, "campaign.theme_before", 0.9)


def _first_letter(folded: str, position: int) -> int:
    while folded[position : position + 1] == " ":
        position += 1
    return position


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
                yield NameSpan(start, name_end(reading.folded, start, end), anchor, "campaign.unclosed", 0.6)
            return
        end = name_end(reading.folded, start, close)
        if len(folded[start:end].split()) >= 2:
            yield NameSpan(start, end, anchor, "campaign.quoted", 0.9, opening)
        while folded[close + 1 : close + 2] == quote:
            close += 1
        following = _NEXT_QUOTED.match(folded, close + 1)
        if not following:
            return
        position = following.end() - 1


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
        if name_end(reading.folded, hit.start, _closing(folded, hit.end)) != hit.end:
            continue
        if _SUBJECT_OF.search(folded, max(0, hit.start - 20), hit.start) and _cites(reading, hit.start):
            continue  # `Chỉ thị số 05-CT/TW về “Đẩy mạnh học tập ...”`: the subject of the document
        if not _NO_MOVEMENT_BEFORE.search(folded[max(0, hit.start - 45) : hit.start - 1]):
            yield NameSpan(hit.start, hit.end, hit.start, "campaign.known_quoted", 0.8)


_SUBJECT_OF = regex.compile(r"(?<!\w)về(?:\sviệc)?[\s:]{0,2}[\"']\s?$")


def _cites(reading: Reading, position: int) -> bool:
    sentence = reading.layout.sentence_at(position)
    return bool(reading.index(Directive).within(sentence.start, position))


def _closing(folded: str, end: int) -> int:
    close = folded.find('"', end, end + 40)
    return close if close >= 0 else end + 41


_IN_QUOTES = regex.compile(r"\"(?P<q>[^\"\n]{5,420})\"|(?<![^\s(])'(?P<q>[^'\"\n]{5,200})'")


def _repeated(reading: Reading, found: list[NameSpan]) -> Iterator[NameSpan]:
    """A name that the article has announced is one wherever it stands in quotes again."""
    names = {
        key(reading.text[s.start : s.end]) for s in found if s.rule in ("campaign.quoted", "campaign.theme_before")
    }
    if not names:
        return
    for m in _IN_QUOTES.finditer(reading.folded):
        start, end = _first_letter(reading.folded, m.start("q")), name_end(reading.folded, m.start("q"), m.end("q"))
        if key(reading.text[start:end]) in names and not regex.search(
            r"đại hội[^.\n]{0,20}$", reading.folded[max(0, m.start() - 30) : m.start()]
        ):
            yield NameSpan(start, end, m.start(), "campaign.repeated", 0.8)
