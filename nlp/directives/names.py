"""Documents told by name: laws, resolutions of congresses and plenums, documents with a title but no number."""

from dataclasses import dataclass

import regex

from nlp.bodies import body_at
from nlp.dates import FoundDate, date_at
from nlp.directives.kinds import LAW, DocType
from nlp.directives.tails import clean_title, tail_at, title_span
from nlp.reading import Reading
from nlp.scan import Hit
from nlp.values import Unit


@dataclass(frozen=True, slots=True)
class Named:
    """A document known by name, up to `end`."""

    end: int
    rule: str
    title: str | None
    issuer: str | None = None
    date: str | None = None
    confidence: float = 0.9


_NUMERAL = r"(?:[ivx]{1,6}|\d{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: \w+)?)(?!\w)"
_CONGRESS = regex.compile(
    r"\s{1,2}(?P<title>(?:của\s+)?(?:đại hội|đh)(?!\w)"
    r"(?:[ ]{1,2}(?!lần\s+thứ|thi đua|các cấp)[^\s,.;:()\"]{1,15}){0,14}?"
    rf"[ ]{{1,2}}(?:lần\s+thứ\s+{_NUMERAL}|(?<=đại hội |đảng |đhđb |toàn quốc )[ivx]{{1,6}}(?!\w)|"
    r"(?=nhiệm kì\s+(?:19|20)\d\d)))"
)
_OF_THE_PARTY = regex.compile(r"\s{1,2}(?:của\s+)?đảng(?: cộng sản việt nam)?(?! (?:bộ|ủy|viên|đoàn))(?!\w)")
_OF_A_PARTY_BODY = regex.compile(r"\s{1,2}(?:của\s+)?(?=(?:đảng bộ|đảng ủy|chi bộ)\s)")
_TERM_OF_OFFICE = regex.compile(r",?\s{0,2}\(?(?:nhiệm kì)\s+(?:19|20)\d\d\s?-\s?(?:19|20)?\d\d\)?")
_PLENUM = regex.compile(
    rf"\s{{1,2}}(?P<title>(?:của\s+)?(?:hội nghị\s+)?(?:lần\s+thứ\s+{_NUMERAL}\s+)?"
    rf"(?:ban chấp hành trung ương(?: đảng)?|bch\s?(?:tw|trung ương)(?: đảng)?|trung ương(?: đảng)?|tw|t\.?ư)"
    rf"(?:\s{{0,2}}(?:lần\s+thứ\s+)?{_NUMERAL})?"
    r"(?:[ ]{0,2},?\s?\(?\s?khóa\s+[ivx]{1,6}(?!\w)(?:,? (?:và )?[ivx]{1,6}(?!\w))*\)?)?)"
)
_AMENDING = regex.compile(
    r"luật\s+(?P<title>sửa đổi(?:,?\s+bổ sung)?(?:(?:\s+một số)?\s+điều)?(?:\s+của)?\s+(?:các\s+)?(?=(?:bộ\s+)?luật\s))"
)
_TREATY_BEFORE = regex.compile(r"công ước[^.\n]{0,40}$")
_EDITION = regex.compile(r"\s{1,2}(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?!\s?[-/]\s?\d|\d)")
_REVISED = regex.compile(r"\s{1,2}\((?:sửa đổi|sửa đổi, bổ sung)\)")
_LAW_NAME = regex.compile(r"(?:(?:bộ\s+)?luật|pháp lệnh)\s{1,2}(?=\S)")
_NO_LAW = regex.compile(r"(?:luật\s+(?:gia|sư|pháp|lệ|chơi|hà nội|tp|thành phố|số|này|định|khoa|đời|hiện|trên))(?!\w)")
_NO_LAW_BEFORE = regex.compile(
    r"(?:pháp|kỉ|hội|quy|đại học|khoa|trường|viện|ngành|cử nhân|thạc sĩ|tiến sĩ|văn phòng|đoàn|công ty|nghề|môn|học|hệ|"
    r"phòng|bộ|các|chuyên ngành)\s+$"
)
_LAW_STOP = regex.compile(
    r"(?:năm|do|được|đã|có|là|về|với|của|tại|để|cho|nhằm|trong|quy định|thì|nên|phải|này|theo|từ|khi|sẽ|mới|cũng|lần|"
    r"vào|bằng|như|gồm|ban hành|sửa đổi|gắn|đến|trên|ra|không|hiện|đang|và các)(?!\w)"
)
_WORD = regex.compile(r"[ ]{1,2}(?P<word>[\p{L}\p{M}]+)")

_QUOTED = regex.compile(
    r"\s{0,2}(?:về(?: việc)?|v/v|:)?\s{0,2}([\"'])\s{0,2}(?P<title>[^\"\n]{8,300}?)(?=\s{0,2}\1(?!\w))"
)
_READS_LIKE_PLAN = regex.compile(r"giai đoạn|đến năm|tầm nhìn|(?:19|20)\d\d")
_ABOUT = regex.compile(r"\s{1,2}(?:về việc|v/v)[\s:]{1,3}")
_DATED = regex.compile(r"\s{0,2},?\s{0,2}\(?ngày\s+(?=\d)")
_OF = regex.compile(r"\s{1,2}của\s+")
_ANY_ABOUT = regex.compile(r"\s{1,2}(?:về việc|v/v|về)[\s:]{1,3}")
_GENERIC_BEFORE = regex.compile(r"(?:các|những|nhiều|một số|hệ thống|loại|mọi|hai|ba|theo quy định của)\s+$")


def law_at(reading: Reading, hit: Hit) -> Named | None:
    """Return the law whose type word stands at `hit`: from the table, else a capitalised name after `Luật`."""
    folded, text = reading.folded, reading.text
    if _NO_LAW.match(folded, hit.start):
        return None
    before = _NO_LAW_BEFORE.search(folded, max(0, hit.start - 16), hit.start)
    if before and not (text[hit.start].isupper() and before[0].startswith(("các", "học", "nghề"))):
        return None
    if _TREATY_BEFORE.search(folded, max(0, hit.start - 50), hit.start):
        return None
    amending = _AMENDING.match(folded, hit.start)
    if amending:
        inner = _law_name(reading, amending.end())
        if inner:
            return _edition(reading, inner[0], clean_title(text[amending.start("title") : inner[0]]))
    name = _law_name(reading, hit.start)
    return _edition(reading, *name) if name else None


def _law_name(reading: Reading, position: int) -> tuple[int, str] | None:
    folded, text = reading.folded, reading.text
    head = _LAW_NAME.match(folded, position)
    if not head:
        return None
    for law in reading.hits.get(LAW, ()):
        if law.start == position:
            return law.end, clean_title(text[head.end() : law.end])
    if not (text[position].isupper() and text[head.end()].isupper()):
        return None
    end, words = head.end() - 1, 0
    while words < 8:
        word = _WORD.match(text, end)
        if not word or _LAW_STOP.match(folded, word.start("word")):
            break
        if word["word"] == "và" and not text[word.end() + 1 : word.end() + 2].isupper():
            break
        end, words = word.end(), words + 1
    return (end, clean_title(text[head.end() : end])) if words else None


def _edition(reading: Reading, end: int, title: str) -> Named:
    folded = reading.folded
    revised = _REVISED.match(folded, end)
    if revised:
        end, title = revised.end(), f"{title} {' '.join(reading.text[revised.start() : revised.end()].split())}"
    year = _EDITION.match(folded, end)
    if year:
        return Named(year.end(), "law", title, "Quốc hội", year["year"], 0.97)
    dated = _dated(reading, end)
    return Named(end, "law", title, "Quốc hội", dated.iso if dated else None, 0.95)


def _dated(reading: Reading, position: int) -> FoundDate | None:
    lead = _DATED.match(reading.folded, position)
    return date_at(reading.folded, lead.end()) if lead else None


def resolution_at(reading: Reading, end: int) -> Named | None:
    """Return the congress or plenum whose resolution is cited by a `Nghị quyết` that ends at `end`."""
    folded, text = reading.folded, reading.text
    congress = _CONGRESS.match(folded, end)
    if congress:
        stop = congress.end("title")
        party = _OF_THE_PARTY.match(folded, stop)
        local = None if party else _OF_A_PARTY_BODY.match(folded, stop)
        body = body_at(reading, local.end()) if local else None
        stop = party.end() if party else body.end if body else _own_body(reading, stop)
        term = _TERM_OF_OFFICE.match(folded, stop)
        if not party and term:
            stop = term.end()
        while text[stop - 1].isspace():
            stop -= 1
        title = clean_title(text[congress.start("title") : stop]).removeprefix("của ")
        issuer = title if party or not term else clean_title(text[congress.start("title") : term.start()])
        return Named(stop, "congress", title[:1].upper() + title[1:], issuer, None, 0.92)
    plenum = _PLENUM.match(folded, end)
    if plenum and regex.search(r"\d|khóa|thứ|[ivx]{1,6}(?!\w)", plenum["title"]):
        title = clean_title(text[plenum.start("title") : plenum.end("title")]).removeprefix("của ")
        if title.count("(") > title.count(")") and text[plenum.end("title") : plenum.end("title") + 1] == ")":
            title += ")"
        return Named(plenum.end("title"), "plenum", title, "Ban Chấp hành Trung ương Đảng", None, 0.9)
    return None


def _own_body(reading: Reading, end: int) -> int:
    """Return the end of the organisation whose congress it is: `Đại hội XIII Hội Luật gia Việt Nam`."""
    unit = next((m for m in reading.mentions if m.start == end + 1 and isinstance(m.value, Unit)), None)
    return unit.end if unit and reading.text[end] == " " else end


def titled_at(reading: Reading, hit: Hit, doc_type: DocType) -> Named | None:
    """Return a document that is told by its title, or by issuer and date, after its type word at `hit`."""
    folded, text = reading.folded, reading.text
    if _GENERIC_BEFORE.search(folded, max(0, hit.start - 24), hit.start):
        return None
    known_by = doc_type.known_by
    quoted = _QUOTED.match(folded, hit.end) if known_by & {"quoted", "planned", "titled"} else None
    if quoted:
        title = clean_title(text[quoted.start("title") : quoted.end("title")])
        if "planned" in known_by and not _READS_LIKE_PLAN.search(quoted["title"]):
            return None
        if len(title.split()) < 3 or (text[hit.start].islower() and doc_type.name != "Đề án"):
            return None
        return Named(quoted.end("title"), "quoted", title, None, None, 0.85)
    if "dated" in known_by and (named := _dated_or_issued(reading, hit, known_by)):
        return named
    about = _ABOUT.match(folded, hit.end) if "titled" in known_by else None
    if about and _is_name(reading, hit):
        span = title_span(reading, about.end())
        if span:
            return Named(span[1], "titled", clean_title(text[span[0] : span[1]]), None, None, 0.75)
    return None


def _is_name(reading: Reading, hit: Hit) -> bool:
    """Tell whether the capital of a type word means a certain document: not at a sentence's start or in a headline."""
    text, in_title = reading.text, reading.title.start <= hit.start < reading.title.end
    starts_sentence = not text[reading.layout.sentence_at(hit.start).start : hit.start].strip(' "“-+*•')
    return text[hit.start].isupper() and text[hit.start + 1].islower() and not in_title and not starts_sentence


def _dated_or_issued(reading: Reading, hit: Hit, known_by: frozenset[str]) -> Named | None:
    """`quyết định ngày 11-9-2007 của Thủ tướng Chính phủ về việc ...`, `Chỉ thị của Bộ Chính trị về “...”`."""
    folded, text = reading.folded, reading.text
    if _DATED.match(folded, hit.end):
        tail = tail_at(reading, hit.end)
        if not tail.date or not tail.issuer or len(tail.date) < 10:
            return None
        end = tail.title_end or tail.end
        return Named(end, "dated", tail.title, tail.issuer, tail.date, 0.85)
    if "titled" not in known_by or not text[hit.start].isupper():
        return None
    of = _OF.match(folded, hit.end)
    body = body_at(reading, of.end()) if of else None
    if body is None:
        return None
    tail = tail_at(reading, body.end)
    if tail.date and len(tail.date) == 10 and tail.issuer is None:
        return Named(tail.title_end or tail.end, "dated", tail.title, body.canonical, tail.date, 0.85)
    if tail.title and tail.quoted:
        return Named(tail.title_end, "titled", tail.title, body.canonical, None, 0.8)
    return None
