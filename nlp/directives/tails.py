"""What follows a citation: `, ngày 7/4/2014 của Bộ Chính trị (khóa XI) về “...”`, in any order that the press has."""

from dataclasses import dataclass

import regex

from nlp.bodies import body_at
from nlp.dates import date_at, find_full_dates
from nlp.reading import Reading

_SPACE = regex.compile(r"[\s,]{0,3}")
_BRACKETED_DATE = regex.compile(r"\(\s?(?:ban hành\s+)?(?:ngày\s*)?(?=\d)")
_DATE = regex.compile(
    r"(?:(?:được\s+)?(?:ban hành|kí|ra)\s+)?(?:vào\s+)?"
    r"(?:ngày[\s:]*(?=\d)|(?=\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4})|(?=(?:tháng\s+\d{1,2}\s?[/.\-]\s?|năm\s+)(?:19|20)\d\d(?!\s?-)))"
)
_TERM = regex.compile(r"\(?\s?(?:khóa|nhiệm kì(?: đại hội)?)\s+(?:[ivxlc]{1,6}|\d{1,2})(?!\w)\s?\)?")
_PLENUM = regex.compile(
    r"(?:của\s+)?hội nghị\s+(?:lần\s+thứ\s+)?\w+,?\s+(?:của\s+)?"
    r"(?:ban chấp hành trung ương|bch\s?tw|bch trung ương)(?: đảng)?(?!\w)"
)
_OF = regex.compile(r"(?:của|do)\s+")
_ISSUED = regex.compile(r"(?:ban hành|kí)(?!\w)")
_TITLE = regex.compile(r"(?:\(\s?)?(?:v/v|về việc|về)(?!\w)[\s:]*|(?<=\s)(?=[\"']\S)")
_TITLE_VERB = regex.compile(
    r"(?=(?:phát động|quy định|hướng dẫn|phê duyệt|sửa đổi|ban hành (?:kế hoạch|quy|chương trình|đề án))(?!\w))"
)
_QUOTED = regex.compile(r"(?:về\s+)?([\"'])\s?(?P<title>[^\"\n]{3,400}?)\s?\1(?!\w)")
_END_OF_TITLE = regex.compile(
    r"[;\n]|\.(?=\s|$)|\s[-+]\s(?=[a-zđ])"
    r"|,\s+(?:gắn|trong đó|nhằm|đồng thời|góp phần|qua đó|theo đó|trên cơ sở|để|và các|các|ubnd|sở|tỉnh|ban|hội|đảng|"
    r"chủ động|tập trung|tiếp tục|đẩy mạnh|căn cứ|ngày|"
    r"(?:kế hoạch|chỉ thị|nghị quyết|quyết định|hướng dẫn|công văn|thông tri|kết luận) số)(?!\w)"
    r"|,? (?:đến nay|được ban hành|có hiệu lực|chính thức có|cho biết|cho hay|nêu rõ)(?!\w)"
    r"|\s(?:gắn với|và (?:đón nhận|trao|tổ chức)(?!\w)|"
    r"và (?:chỉ thị|kế hoạch|nghị quyết|kết luận|quyết định|hướng dẫn|công văn|nghị định|thông tư)(?:\s+số)?\s+\d)"
)
_LONGEST_TITLE = 600


@dataclass(slots=True)
class Tail:
    """What was stated after a citation, up to `end`. `issuer_end`, `title_end`: where those stop, 0 if not stated."""

    end: int
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    issuer_end: int = 0
    title_end: int = 0
    quoted: bool = False


def tail_at(reading: Reading, position: int) -> Tail:
    """Read what follows a citation that ends at `position`."""
    folded = reading.folded
    tail = Tail(position)
    for _ in range(7):
        gap = _SPACE.match(folded, tail.end)
        here = gap.end() if gap else tail.end
        if "\n" in folded[tail.end : here] and not folded.startswith("ngày", here):
            break
        if not (_date(tail, folded, here) or _issuer(tail, reading, here) or _skip(tail, folded, here)):
            _title(tail, reading, here)
            break
    return tail


def _date(tail: Tail, folded: str, here: int) -> bool:
    if tail.date is not None:
        return False
    opened = _BRACKETED_DATE.match(folded, here)
    lead = opened or _DATE.match(folded, here)
    if not lead:
        return False
    found = date_at(folded, lead.end())
    if not found:
        # "ngày" and the date may be parted by a line break
        dates = find_full_dates(folded, lead.end(), lead.end() + 14)
        found = dates[0] if dates and not folded[lead.end() : dates[0].start].strip() else None
    if not found:
        return False
    closing = folded.find(")", found.end, found.end + 3) if opened else -1
    tail.date, tail.end = found.iso, closing + 1 if closing >= 0 else found.end
    return True


def _issuer(tail: Tail, reading: Reading, here: int) -> bool:
    if tail.issuer is not None:
        return False
    of = _OF.match(reading.folded, here)
    if not of:
        return False
    body = body_at(reading, of.end())
    if not body:
        return False
    tail.issuer, tail.end, tail.issuer_end = body.canonical, body.end, body.end
    return True


def _skip(tail: Tail, folded: str, here: int) -> bool:
    plenum = _PLENUM.match(folded, here)
    if plenum and tail.issuer is None:
        tail.issuer = "Ban Chấp hành Trung ương Đảng"
    skipped = plenum or _TERM.match(folded, here) or _ISSUED.match(folded, here)
    if not skipped:
        return False
    tail.end = skipped.end()
    return True


def _title(tail: Tail, reading: Reading, here: int) -> None:
    lead = _TITLE.match(reading.folded, here) or (_TITLE_VERB.match(reading.folded, here) if tail.issuer else None)
    if not lead:
        return
    span = title_span(reading, lead.end())
    if span:
        start, tail.title_end, tail.quoted = span
        tail.title = clean_title(reading.text[start : tail.title_end])
        tail.end = tail.title_end


def title_span(reading: Reading, position: int) -> tuple[int, int, bool] | None:
    """Return start, end and whether it is quoted, of the title at `position` (after `về việc`), or None.

    A quoted title ends with its quotes; another runs to the end of the sentence, or to words that go on with what is
    done about the document.
    """
    folded = reading.folded
    quoted = _QUOTED.match(folded, position)
    if quoted:
        return quoted.start("title"), quoted.end("title"), True
    limit = min(len(folded), position + _LONGEST_TITLE, max(reading.layout.sentence_at(position).end, position))
    stop = _END_OF_TITLE.search(folded, position, limit)
    end = stop.start() if stop else limit
    while end > position and folded[end - 1] in " .,;:\"'()":
        end -= 1
    return (position, end, False) if end - position >= 4 else None


def clean_title(title: str) -> str:
    """Return a title on one line, without the quotes around it."""
    return " ".join(title.split()).strip(" \"“”'‘’.,;:")
