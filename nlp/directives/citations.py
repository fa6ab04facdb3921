"""One citation at its place: a type word and what identifies the document, or a code that continues a list."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from nlp.bodies import body_at
from nlp.dates import date_at
from nlp.directives.codes import Code, find_codes
from nlp.directives.kinds import LAW, SHORT_TYPE, TYPE, DocType, doc_types, type_named_by
from nlp.directives.names import law_at, resolution_at, titled_at
from nlp.directives.tails import Tail, tail_at
from nlp.reading import Reading
from nlp.scan import Hit

_NUMBER_WORD = regex.compile(
    r"(?:\s{0,3}(?:mang\s+)?(?:số|sồ|sô)(?!\w|\s+(?:lượng|liệu|người))\s{0,2}[:.]?){1,2}\s{0,2}"
)
_SPACE = regex.compile(r"\s{0,3}")
_GLUED_NUMBER_WORD = regex.compile(r"\s{0,3}(?:số\s{0,2}){0,1}số(?=\d)")
_ISSUER_FIRST = regex.compile(r"\s{1,2}(?:của|do)\s+")
_BARE = regex.compile(r"(?P<number>\d{1,5}[a-z]?)(?![\w]|[.,/\\]\d|\s?-\s?\d|%)")
_COUNTS = regex.compile(
    r"\s{0,2}(?:%|năm(?!\s+(?:19|20)\d\d)|tháng|tuần|giờ|quý|triệu|tỉ|nghìn|ngàn|đồng|ha|km|m2|m3|người|cá nhân|"
    r"tập thể|đơn vị|hộ|xã|huyện|tỉnh|thành phố|lần|điểm|nội dung|nhiệm vụ|giải pháp|chỉ tiêu|phong trào|công trình|"
    r"khâu|trường|đoàn|cán bộ|nhà|dự án|đề án|chương trình|gia đình|cấp|ngày(?!\s+\d)|buổi|cuộc|đợt|bước|mục|tiêu chí|"
    r"sở|lớp|em|chị|anh|vị|đồng chí|doanh nghiệp|công ty|hội|tổ|chi|học|vụ|trong số|trên|phó|thành viên|ngành|nhóm|"
    r"mặt)(?!\w)"
)
_YEARS = regex.compile(r"\s{0,2}năm(?!\w)")  # `Kế hoạch 5 năm 2021-2026` is a period
_GOES_ON = regex.compile(
    r"\s{0,2}(?:$|[,.;:)\"'\n(/-]|(?:của|ngày\s+\d|về|và|đến|gắn|trong|là|khóa|đã|có|nêu|ra|tại|cho|thì|do|năm|theo|ban|"
    r"với|cũng|được|đối|nhằm|vào|từ|gồm|trên|bằng|ở|hay|hoặc|này|trung ương|bộ|chính phủ|thủ tướng|tỉnh|tiếp)(?!\w))"
)
_LIST_GAP = regex.compile(r"\s{0,2}(?:,|;|và|&|,\s*và|hoặc)\s{0,2}(?:số\s+)?")
_PLURAL_BEFORE = regex.compile(r"(?:các|những|hai|ba|\d)\s+$")
_ACTED = regex.compile(
    r"(?:đã |vừa |mới |có |sẽ |cũng )*(?:ban hành|kí ban hành|kí|ra|có|phê duyệt|công bố|gửi)\s+(?:các\s+)?$"
)
_DAY_BEFORE = regex.compile(r"(?<!\w)ngày\s+(?=\d)")
_FARTHEST_DAY = 110
# Types whose word is also a verb or a common noun: with a number but without `số`, in lower case, they cite nothing.
_COMMON_WORDS = frozenset((
    "Quyết định", "Quy định", "Kế hoạch", "Thông báo", "Hướng dẫn", "Chương trình", "Quy chế", "Đề án", "Phương án",
))  # fmt: skip
_OFFICE_BEFORE = regex.compile(r"(?<!\w)(?:phòng|ban|sở|bộ|vụ|tổ|viện)\s+$")  # `Phòng Kế hoạch 2`
_PART_OF_CODE = regex.compile(r"[\w/\-.&]")
_HEADING = regex.compile(r"(?:^|\n)\s*số\s*:?\s*$")


@dataclass(slots=True)
class Citation:
    """One citation as it stands. `head`: the number of the citation whose list it continues, -1 for none."""

    start: int
    end: int
    doc_type: str
    rule: str
    confidence: float
    number: str | None = None
    code: str | None = None
    found_code: Code | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    plural: bool = False
    listed: list["Citation"] = field(default_factory=list)


def read_all(reading: Reading) -> list[Citation]:
    """Return the citations of an article in text order. They may nest (a document in the title of another)."""
    codes = {c.start: c for c in find_codes(reading.text)}
    used: set[int] = set()
    found: list[Citation] = []
    for hit in _type_hits(reading, codes):
        if any(c.start <= hit.start < c.end and c.rule == "directive.law" for c in found[-3:]):
            continue
        citation = _read(reading, hit, codes, used)
        if citation:
            found.append(citation)
            _follow_list(reading, citation, codes, used, found)
    found.extend(_alone(reading, codes, used, found))
    found.sort(key=lambda c: (c.start, -c.end))
    return _without_crossings(found)


def _type_hits(reading: Reading, codes: dict[int, Code]) -> list[Hit]:
    hits = list(reading.hits.get(TYPE, ()))
    for short in reading.hits.get(SHORT_TYPE, ()):  # `QĐ`, `NQ` lead a citation before a code, or `NQ Trung ương 4`
        if not (short.start and _PART_OF_CODE.match(reading.folded, short.start - 1)):
            reference, _ = _reference_start(reading.folded, short.end)
            if (reference in codes and codes[reference].certain) or (
                short.refs[0] == "Nghị quyết" and resolution_at(reading, short.end)
            ):
                hits.append(short)
    starts = {h.start for h in hits}
    hits.extend(h for h in reading.hits.get(LAW, ()) if h.start not in starts)
    return sorted(hits, key=lambda h: h.start)


def _read(reading: Reading, hit: Hit, codes: dict[int, Code], used: set[int]) -> Citation | None:
    folded = reading.folded
    doc_type = doc_types()[_type_of(reading, hit)]
    reference, numbered = _reference_start(folded, hit.end)
    code = codes.get(reference)
    issuer = None
    end = hit.end
    if code is None and not numbered:
        first = _ISSUER_FIRST.match(folded, hit.end)
        body = body_at(reading, first.end()) if first else None
        if body:
            after, numbered_after = _reference_start(folded, body.end)
            if after in codes and numbered_after:
                code, issuer, end = codes[after], body.canonical, body.end
    if code is not None and not numbered and _is_month(code) and doc_type.name in _COMMON_WORDS:
        code = None  # `kế hoạch 12/2021` is that of a month
    if code is not None:
        used.add(code.start)
        return _coded(reading, hit, doc_type, code, issuer)
    number = _bare_number(reading, hit, doc_type, reference, numbered=numbered)
    if number:
        tail = tail_at(reading, number.end())
        citation = Citation(hit.start, number.end(), doc_type.name, "directive.number", 0.9 if numbered else 0.8)
        citation.number = reading.text[number.start() : number.end()]
        _take(citation, tail)
        _date_before(reading, citation)
        citation.plural = bool(_PLURAL_BEFORE.search(folded, max(0, hit.start - 8), hit.start))
        return citation
    return _named(reading, hit, doc_type, codes, used) if end == hit.end else None


def _is_month(code: Code) -> bool:
    return not code.complete and code.organ is None and code.number.isdecimal() and 1 <= int(code.number) <= 12


def _type_of(reading: Reading, hit: Hit) -> str:
    if hit.kind != LAW:
        return str(hit.refs[0])
    word = reading.folded[hit.start : hit.start + 9]
    return "Bộ luật" if word.startswith("bộ luật") else "Pháp lệnh" if word.startswith("pháp lệnh") else "Luật"


def _reference_start(folded: str, end: int) -> tuple[int, bool]:
    """Return where the code or number stands after a type word, and whether `số` comes before it."""
    word = _GLUED_NUMBER_WORD.match(folded, end) or _NUMBER_WORD.match(folded, end)
    if word:
        return word.end(), True
    space = _SPACE.match(folded, end)
    return (space.end() if space else end), False


def _coded(reading: Reading, hit: Hit, doc_type: DocType, code: Code, issuer: str | None) -> Citation:
    citation = Citation(hit.start, code.end, doc_type.name, "directive.code", 0.97, code.number)
    _set_code(citation, code)
    _take(citation, tail_at(reading, code.end))
    citation.issuer = issuer or citation.issuer
    _date_before(reading, citation)
    citation.plural = bool(_PLURAL_BEFORE.search(reading.folded, max(0, hit.start - 8), hit.start))
    if citation.doc_type == "Thông tư" and code.party:
        citation.doc_type = "Thông tri"
    return citation


def _set_code(citation: Citation, code: Code) -> None:
    citation.number, citation.found_code = code.number, code
    citation.code = code.text if code.complete else None
    if not code.complete:
        citation.confidence = 0.85


def _take(citation: Citation, tail: Tail) -> None:
    citation.date, citation.issuer, citation.title = tail.date, tail.issuer, tail.title


def _date_before(reading: Reading, citation: Citation) -> None:
    """Take the date from `Ngày 18/5/2022, UBND tỉnh đã ban hành` before the citation, where none stands after it."""
    if citation.date is not None:
        return
    folded = reading.folded
    sentence = reading.layout.sentence_at(citation.start)
    acted = _ACTED.search(folded, max(sentence.start, citation.start - 40), citation.start)
    if not acted:
        return
    for day in _DAY_BEFORE.finditer(folded, max(sentence.start, acted.start() - _FARTHEST_DAY), acted.start()):
        found = date_at(folded, day.end())
        if found and len(found.iso) == 10 and folded[found.end : found.end + 1] in (",", " "):
            citation.date = found.iso


def _bare_number(
    reading: Reading, hit: Hit, doc_type: DocType, position: int, *, numbered: bool
) -> "regex.Match[str] | None":
    folded, text = reading.folded, reading.text
    number = _BARE.match(folded, position)
    if number is None or not doc_type.known_by or "law" in doc_type.known_by or "\n" in folded[hit.end : position]:
        return None
    if not numbered and "number" not in doc_type.known_by:
        return None
    if _COUNTS.match(folded, number.end()):
        return None
    if numbered:
        return number
    if any(m.start < hit.start < m.end for m in reading.mentions) or _OFFICE_BEFORE.search(
        folded, max(0, hit.start - 8), hit.start
    ):
        return None
    if doc_type.name in _COMMON_WORDS and _YEARS.match(folded, number.end()):
        return None
    if not _GOES_ON.match(folded, number.end()):
        return None
    value = number["number"]
    if value.isdecimal() and 1900 <= int(value) <= 2100:
        return None
    written = text[hit.start : hit.end]
    if written[0].islower() and doc_type.name in _COMMON_WORDS:
        return None
    return number


def _named(reading: Reading, hit: Hit, doc_type: DocType, codes: dict[int, Code], used: set[int]) -> Citation | None:
    named = None
    if "law" in doc_type.known_by:
        named = law_at(reading, hit)
    elif "congress" in doc_type.known_by:
        named = resolution_at(reading, hit.end)
    if named is None and "law" not in doc_type.known_by:
        named = titled_at(reading, hit, doc_type)
    if named is None:
        return None
    issuer = named.issuer
    if doc_type.name == "Pháp lệnh":
        issuer = "Ủy ban Thường vụ Quốc hội"
    citation = Citation(hit.start, named.end, doc_type.name, f"directive.{named.rule}", named.confidence)
    citation.title, citation.issuer, citation.date = named.title, issuer, named.date
    reference, _ = _reference_start(reading.folded, named.end)
    if named.rule == "law" and (code := codes.get(reference)) is not None and code.certain:
        used.add(code.start)  # `Luật Thi đua, khen thưởng số 06/2022/QH15`
        citation.end = code.end
        _set_code(citation, code)
        citation.date = tail_at(reading, code.end).date or citation.date
    return citation


def _follow_list(
    reading: Reading, head: Citation, codes: dict[int, Code], used: set[int], found: list[Citation]
) -> None:
    """Read the codes that go on in a list with one head: `các Chỉ thị số 34-CT/TW, 35-CT/TW và 36-CT/TW`."""
    folded, last = reading.folded, head
    while last.number:
        gap = _LIST_GAP.match(folded, last.end)
        if not gap:
            return
        code = codes.get(gap.end())
        if code is not None and code.complete:
            if code.letters and head.found_code and code.letters != head.found_code.letters:
                return
            used.add(code.start)
            item = Citation(code.start, code.end, head.doc_type, "directive.list", 0.95, code.number)
            _set_code(item, code)
        else:
            bare = _BARE.match(folded, gap.end()) if head.plural or "số" in gap[0] else None
            if not bare or _COUNTS.match(folded, bare.end()) or not _GOES_ON.match(folded, bare.end()):
                return
            item = Citation(bare.start(), bare.end(), head.doc_type, "directive.list", 0.8, bare["number"])
        _take(item, tail_at(reading, item.end))
        head.listed.append(item)
        found.append(item)
        last = item


def _alone(reading: Reading, codes: dict[int, Code], used: set[int], found: list[Citation]) -> Iterator[Citation]:
    """Yield the codes that no type word leads: the head of a document (`Số: 67/CT-BTTTT`), the rest of a list."""
    coded = [c for c in found if c.found_code]
    coded.sort(key=lambda c: c.end)
    ends = [c.end for c in coded]
    for code in codes.values():
        if code.start in used or not code.complete:
            continue
        headed = bool(_HEADING.search(reading.folded, max(0, code.start - 12), code.start))
        if not (code.certain or headed):
            continue
        letters_type = type_named_by(code.letters, party=code.party) if code.letters else None
        number_before = bisect_right(ends, code.start)
        near = coded[number_before - 1] if number_before else None
        if near and reading.layout.sentence_at(near.start).end <= code.start:
            near = None
        if letters_type is None and near is not None:
            letters_type = near.doc_type
        if letters_type is None:
            letters_type = "Nghị quyết" if code.organ and code.organ.startswith(("QH", "UBTVQH")) else "Công văn"
        citation = Citation(code.start, code.end, letters_type, "directive.bare-code", 0.85, code.number)
        _set_code(citation, code)
        _take(citation, tail_at(reading, code.end))
        yield citation


def _without_crossings(found: list[Citation]) -> list[Citation]:
    kept: list[Citation] = []
    for citation in found:
        if any(k.start < citation.start < k.end < citation.end for k in kept[-6:]):
            citation.end = min(k.end for k in kept[-6:] if k.start < citation.start < k.end < citation.end)
        if kept and (kept[-1].start, kept[-1].end) == (citation.start, citation.end):
            continue
        kept.append(citation)
    return kept
