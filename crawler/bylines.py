"""Who wrote an article and whose text it is: ``Tác giả : X | Nguồn : Y``, ``Tin, ảnh: X``, ``Theo X``, a bare name
at the end.

Works on lines of text; the caller says where on the page a line stands. The one who put the page online (``Người
đăng``),
editors and photographers are not the author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crawler.page_tables import label_pattern, labels

LONGEST = 130
"""Characters of a line that can still be a byline."""

_EXTENDED = [chr(code) for code in (*range(0xC0, 0x180), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1E00, 0x1F00))]
_UP = "A-Z" + "".join(letter for letter in _EXTENDED if letter.isupper())
_LOW = "a-z" + "".join(letter for letter in _EXTENDED if letter.islower())
_WORD = rf"[{_UP}][{_LOW}{_UP}]*(?:['’`][{_UP}{_LOW}]+)?"
_INITIALS = rf"(?:[{_UP}]\.\s?){{1,4}}[{_UP}]?[{_LOW}]{{0,6}}\.?"
_NAME = rf"(?:{_WORD}(?:[ ]{_WORD}){{1,4}}|{_INITIALS}(?:[ ]{_WORD}){{0,3}}|[{_UP}][{_UP}.]{{1,4}}[{_UP}])"
_JOIN = r"\s*(?:[-–—,;&/+]|\bvà\b)\s*"
_NAMES = re.compile(rf"{_NAME}(?:{_JOIN}(?:{_NAME}|{_WORD}))*")
_NOT_NAMES = re.compile(
    r"^(?:tin|bài|ảnh|xem|các|những|trang|chủ|liên kết|thông|báo|sở|ủy|ban|tỉnh|huyện|xã|phường|hội|đảng|số|nghị|quyết|"
    r"chỉ|phòng|điều|chương|phụ|mục|kết|kính|cục|chi|văn phòng|thị|trường|công ty)(?!\w)"
    r"|(?<!\w)(?:ubnd|hđnd|tp|trung tâm|thành phố|việt nam|cộng hòa|đồng chí|thi đua|khen thưởng)(?!\w)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:vn|com|net|org|info)(?:/\S*)?", re.IGNORECASE
)
_OUTLET = re.compile(
    r"(?<!\w)(?:báo|tạp chí|online|điện tử|cổng|trang tin|đài|thông tấn|thông tin đối ngoại)(?!\w)", re.IGNORECASE
)
_DONE = re.compile(r"[.!?…”\"’'»):;]\s*$|/\.?\s*$")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line says: `author` and `source_credit` as printed without their labels (``Theo X`` keeps its word).

    `labelled` is true when a label says so and false for a bare name. Both None with `aside` true: a line that names an
    editor, a poster or a photographer, to be left out of the text.
    """

    author: str | None = None
    source_credit: str | None = None
    labelled: bool = False
    aside: bool = False


@cache
def _labelled() -> re.Pattern[str]:
    plain = label_pattern("author")
    colon = label_pattern("author", "author_colon", "poster", "editor", "photo", "source")
    return re.compile(
        rf"(?P<label>(?<![\w/]){colon})\s*[:：]\s*|^[\W_]*(?P<start>{plain})\s+(?=[{_UP}])",
        re.IGNORECASE,
    )


@cache
def _kind_of() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in ("photo", "editor", "poster", "author_colon", "author", "source"):
        for label in labels(kind):
            found[" ".join(label.split())] = "author" if kind == "author_colon" else kind
    return found


@cache
def _follows() -> re.Pattern[str]:
    return re.compile(
        r"^[\s(\[*_-]*(?P<credit>(?:lược dịch\s+)?theo\s+(?!(?:đó|dõi|như|quy|kế|luật|nghị)\b)[^:]{2,80}?)[\s)\].]*$",
        re.IGNORECASE,
    )


@cache
def _by_whom() -> re.Pattern[str]:
    return re.compile(
        r"^(?P<who>.{2,60}?)\s*[(\[]?\s*(?:thực hiện|tổng hợp|biên soạn|ghi|sưu tầm|lược ghi)\s*[)\]]?[\s.]*$",
        re.IGNORECASE,
    )


def read_byline(text: str, *, slot: bool = False) -> Byline | None:
    """Read one line. With `slot` the page's markup says that this is the place of the author, so that any short text
    counts.

    Returns None for a line that is no byline.
    """
    line = " ".join(text.split())
    if not line or len(line) > LONGEST or not any(letter.isalpha() for letter in line):
        return None
    labelled = _read_labelled(line)
    if labelled is not None:
        return labelled
    if credit := _follows().match(line):
        who = _tidy(credit["credit"])
        return Byline(source_credit=who, labelled=True) if _is_publisher(who.split(maxsplit=1)[-1]) or slot else None
    if _DOMAIN.fullmatch(line.strip("()[] .")) or line.strip("()[] .").casefold() in labels("agency"):
        return Byline(source_credit=_tidy(line.strip("()[]")))
    author, credit_text = _split_credit(re.sub(r"^(?:by|bởi)\s+", "", line, flags=re.IGNORECASE))
    if done := _by_whom().match(author):
        who = _tidy(done["who"])
        if is_name(who) or is_team(who):
            return Byline(author=who, source_credit=credit_text, labelled=True)
    who = _tidy(author)
    if is_name(who) or is_team(who) or (slot and _may_be_author(who)):
        return Byline(author=who, source_credit=credit_text)
    return None


def split_trailing_name(text: str) -> tuple[str, str | None]:
    """The last paragraph without a name that stands after its last full stop (``… trong năm 2022. Phi Sơn``), and
    the name."""
    match = re.search(rf"(?<=[.!?…”\"])\s*[(]?(?P<who>{_NAMES.pattern})[)]?\s*$", text)
    if match is None or len(match["who"]) > 45 or len(text) - len(match.group()) < 60:
        return text, None
    who = _tidy(match["who"])
    return (text[: match.start()].rstrip(), who) if is_name(who) else (text, None)


def ends_sentence(text: str) -> bool:
    """True when a line ends as prose ends, so that a bare name may follow it."""
    return bool(_DONE.search(text))


def is_name(text: str) -> bool:
    """One or several personal names, pen names or initials, and nothing else."""
    if not 2 < len(text) <= 70 or any(letter.isdecimal() for letter in text):
        return False
    return _NAMES.fullmatch(text) is not None and not _NOT_NAMES.search(text)


def is_team(text: str) -> bool:
    """A group that signs (``Nhóm PV``, ``BBT``), alone or with names behind it."""
    folded = text.casefold().strip(" .")
    return any(folded == team or (folded.startswith(f"{team} ") and len(folded) < 50) for team in labels("team"))


def _read_labelled(line: str) -> Byline | None:
    marks = list(_labelled().finditer(line))
    if not marks or marks[0].start() > 3:
        return None
    found: dict[str, str] = {}
    for number, mark in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(line)
        label = " ".join((mark["label"] or mark["start"]).casefold().split())
        kind = _kind_of().get(label, "author")
        value = _tidy(line[mark.end() : end].strip(" |;,-–"))
        if value and kind not in found:
            found[kind] = value
    if not found:
        return None
    author, credit = found.get("author"), found.get("source")
    if author:
        author, more = _split_credit(author)
        author, credit = _tidy(author) or None, credit or more
        if author and (done := _by_whom().match(author)):
            author = _tidy(done["who"])
        if author and len(author) > 80:
            return None
    if author is None and credit is None:
        return Byline(aside=True, labelled=True)
    return Byline(author=author, source_credit=credit, labelled=True)


def _may_be_author(text: str) -> bool:
    """What an author's slot may hold beside plain names: an organ, a name with its office; not an account or a
    leftover word."""
    words = text.split()
    return (
        0 < len(words) <= 10
        and len(text) <= 60
        and words[0][0].isupper()
        and text.casefold() not in labels("not_author")
    )


def _split_credit(line: str) -> tuple[str, str | None]:
    """``Minh Anh (Theo TTXVN)`` is an author and a source."""
    match = re.search(r"\s*[(\[/-]\s*(?P<credit>(?:theo|nguồn\s*:?)\s+[^)\]]{2,60})[)\]]?[\s.]*$", line, re.IGNORECASE)
    if match and match.start() > 1:
        return line[: match.start()], _tidy(re.sub(r"^nguồn\s*:?\s*", "", match["credit"], flags=re.IGNORECASE))
    return line, None


def _is_publisher(text: str) -> bool:
    """What may follow ``Theo`` in a credit: a domain, an agency, a name in capitals; not a clause."""
    words = text.split()
    if _DOMAIN.fullmatch(text) or text.casefold() in labels("agency"):
        return True
    if len(words) <= 6 and _OUTLET.search(text):
        return True
    return len(words) <= 10 and words[0][:1].isupper() and not re.search(r"[,;.!?]\s", text)


def _tidy(text: str) -> str:
    return text.strip(" \t.,;:|*_-–—/()[]")
