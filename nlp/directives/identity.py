"""Which document a citation means: the key under which citations of one document come together over all articles.

A document is its type, its number in a series, who keeps that series, and its day: numbers restart every year (state)
or every term (Party), so that `34-CT/TW` of 2014 and of 2024 are two documents, while `Chỉ thị số 34 ngày 07/4/2014
của Bộ Chính trị` and `Chỉ thị 34-CT/TW` of that day are one. Laws are known by title and year.
"""

import regex

from nlp.directives.codes import find_codes
from nlp.directives.kinds import issuers, law_edition
from nlp.fold import key
from nlp.values import Directive

_CENTRE = "trung ương đảng"
_OF_THE_CENTRE = regex.compile(
    r"(?:bộ chính trị|ban bí thư(?: trung ương(?: đảng)?)?|ban chấp hành trung ương(?: đảng)?|trung ương đảng)"
)
_HOLDER = regex.compile(
    r"(?:(?:phó )?chủ tịch|bộ trưởng|giám đốc|tổng giám đốc|chánh văn phòng|ban thường vụ|ban chấp hành|thường trực|"
    r"bí thư|chủ nhiệm|viện trưởng|tổng cục trưởng|cục trưởng)\s+(?=\S+\s+\S)"
)


def document_parts(value: Directive) -> tuple[str | None, ...]:
    """Return what identifies the document: type, number or title, series, day (or year of a law), as far as known."""
    if not value.number and value.doc_type in ("Luật", "Bộ luật", "Pháp lệnh"):
        year = value.date[:4] if value.date else None
        edition = law_edition(value.doc_type, value.title or "", year)
        return (value.doc_type, edition) if edition else (value.doc_type, value.title, year)
    if not value.number:
        return (value.doc_type, value.title, series_of(value), value.date)
    code = next(find_codes(value.code), None) if value.code else None
    number = value.number.lstrip("0") or value.number
    if code and code.organ and code.organ.startswith(("QH", "UBTVQH")):
        return (value.doc_type, value.code)
    year = code.year if code else None
    return (value.doc_type, f"{number}/{year}" if year else number, series_of(value), None if year else value.date)


def series_of(value: Directive) -> str | None:
    """Return who keeps the series that the number belongs to, or None where nothing tells.

    A body and its head share a series (`Chủ tịch UBND tỉnh`, `UBND tỉnh`); so do the three organs of the Centre.
    """
    if value.issuer:
        issuer = key(value.issuer)
        if _OF_THE_CENTRE.fullmatch(issuer):
            return _CENTRE
        return _HOLDER.sub("", issuer, count=1) if not issuer.startswith("chủ tịch nước") else issuer
    code = next(find_codes(value.code), None) if value.code else None
    if code is None or code.organ is None:
        return None
    if code.organ == "TW":
        return _CENTRE
    known = issuers().get(code.organ.casefold(), ())
    if len(known) == 1 and known[0].certain and known[0].level == "central":
        return key(known[0].name)
    return code.organ
