"""What the article states once about a document holds for each of its mentions; issuers that a code makes certain."""

from dataclasses import dataclass

from nlp.directives.citations import Citation
from nlp.directives.codes import Code
from nlp.directives.kinds import issuers
from nlp.reading import Reading
from nlp.values import Directive, Mention

_MOST_TELLINGS = 50  # of one document in one text: more are no article, and the work stays linear


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one citation says by itself, before anything is taken over."""

    citation: Citation
    date: str | None
    issuer: str | None
    title: str | None


def resolve(reading: Reading, citations: list[Citation]) -> list[Mention]:
    """Return the mentions of the citations, with date, issuer and title from other mentions of the same document."""
    _share_in_lists(citations)
    numbered = [c for c in citations if c.number]
    for citation in numbered:
        if citation.issuer is None:
            citation.issuer = _issuer_by_code(reading, citation)
    series: dict[tuple[str, str], list[_Stated]] = {}
    for citation in numbered:
        series.setdefault(_number_of(citation), []).append(
            _Stated(citation, citation.date, citation.issuer, citation.title)
        )
    for citation in numbered:
        _take_over(citation, series[_number_of(citation)][:_MOST_TELLINGS])
    return [_mention(c) for c in citations]


def _share_in_lists(citations: list[Citation]) -> None:
    """A plural head (`các Quyết định 824/QĐ-TTg, 825/QĐ-TTg ngày ...`) states date and issuer once, at the end."""
    for head in citations:
        members = [head, *head.listed]
        if len(members) < 2:
            continue
        last = members[-1]
        for member in members[:-1]:
            if head.plural and member.date is None and all(m.date is None for m in members[:-1]):
                member.date = last.date
            member.issuer = member.issuer or last.issuer


def _number_of(citation: Citation) -> tuple[str, str]:
    return citation.doc_type, (citation.number or "").lstrip("0")


def _take_over(citation: Citation, stated: list[_Stated]) -> None:
    """Fill what a citation leaves unsaid from the others of its number, where they agree."""
    others = [s for s in stated if s.citation is not citation and _same(s.citation, citation)]
    if citation.date is None:
        citation.date = _only({s.date for s in others if s.date})
    if citation.issuer is None:
        citation.issuer = _only({s.issuer for s in others if s.issuer})
    if citation.title is None and all(s.date in (None, citation.date) for s in others):
        citation.title = _only({s.title for s in others if s.title})


def _same(a: Citation, b: Citation) -> bool:
    """Tell whether two citations of one type and number may mean one document."""
    if a.code and b.code:
        return a.code.casefold().lstrip("0") == b.code.casefold().lstrip("0")
    if a.issuer and b.issuer and a.issuer != b.issuer:
        return a.issuer in b.issuer or b.issuer in a.issuer
    return not (a.date and b.date and a.date != b.date)


def _only(values: set[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def _issuer_by_code(reading: Reading, citation: Citation) -> str | None:
    if citation.doc_type == "Nghị định":
        return "Chính phủ"
    code: Code | None = citation.found_code
    if code is None or code.organ is None:
        return None
    organ = code.organ.rstrip("0123456789") if code.organ.startswith(("QH", "UBTVQH")) else code.organ
    rows = issuers().get(organ.casefold(), ())
    if len(rows) != 1 or not rows[0].certain:
        return None
    issuer = rows[0]
    if issuer.level == "central":
        return issuer.name
    province = reading.geography.province
    if issuer.level == "province" and province is not None:
        return f"{issuer.name} {province.official}"
    return None


def _mention(c: Citation) -> Mention:
    value = Directive(c.doc_type, c.number, c.code, c.date, c.issuer, c.title)
    return Mention(c.start, c.end, value, c.rule, c.confidence)
