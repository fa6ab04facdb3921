"""What the lexicon knows of documents: types and their letters, issuers and their suffixes, laws and their editions.

Tables: `document_types.csv`, `issuers.csv`, `laws.csv`. In `laws.csv` a law's editions are `year:code` (code empty
where it is not known); `check` says whether the codes were seen in a source or are general knowledge.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlp.fold import key
from nlp.lexicon import LexiconError, table
from nlp.scan import Pattern

TYPE = "directive.type"
SHORT_TYPE = "directive.short-type"
LAW = "directive.law"
_SHORT_TYPES = ("NQ", "NĐ", "QĐ", "CT", "KH", "CV", "HD", "TT", "KL", "TB")
KNOWN_BY = frozenset(("number", "dated", "titled", "quoted", "planned", "law", "congress"))


@dataclass(frozen=True, slots=True)
class DocType:
    """A type of document. `known_by`: what besides a code makes a mention of it a citation (see `KNOWN_BY`).

    number: a bare number without `số` (`Chỉ thị 34`). dated: issuer and date. titled: `về việc ...`. quoted: a title
    in quotes. planned: such a title when it reads like a plan. law: the title of a law. congress: `Nghị quyết Đại hội`.
    """

    name: str
    known_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who a suffix stands for. `certain` is False where several organs share it (`TW`, `BCĐ`)."""

    suffix: str
    name: str
    party: bool
    level: str
    certain: bool


@cache
def doc_types() -> dict[str, DocType]:
    """Return the types by name. Raises LexiconError for an unknown word in `known_by`."""
    found = {}
    for row in table("document_types"):
        known_by = frozenset(row.items_of("known_by"))
        if known_by - KNOWN_BY:
            unknown = ", ".join(sorted(known_by - KNOWN_BY))
            raise LexiconError(f"{row.file}:{row.line}: known_by: {unknown}; known: {', '.join(sorted(KNOWN_BY))}")
        found[row["type"]] = DocType(row["type"], known_by)
    return found


@cache
def type_of_letters() -> dict[str, tuple[str, str]]:
    """Return for folded type letters their printed form and type. `tt` is a Thông tư here; see `party_type`."""
    found: dict[str, tuple[str, str]] = {}
    for row in table("document_types"):
        for letters in row.items_of("letters"):
            if letters not in ("TT", "L", "SL") or row["type"] != "Thông tri":
                found.setdefault(letters.casefold(), (letters, row["type"]))
    return found


def type_named_by(letters: str, *, party: bool) -> str | None:
    """Return the type that a code's letters name (`CT` → Chỉ thị); `TT` is a Thông tri of the Party."""
    if party and letters == "TT":
        return "Thông tri"
    known = type_of_letters().get(letters.casefold())
    return known[1] if known else None


@cache
def issuers() -> dict[str, tuple[Issuer, ...]]:
    """Return the issuers by folded suffix; several where a suffix is shared."""
    found: dict[str, list[Issuer]] = {}
    for row in table("issuers"):
        issuer = Issuer(row["suffix"], row["name"], row["system"] == "party", row["level"], row["certain"] == "yes")
        found.setdefault(row["suffix"].casefold(), []).append(issuer)
    return {suffix: tuple(rows) for suffix, rows in found.items()}


def patterns() -> Iterator[Pattern]:
    """Yield the type words and their abbreviations (refs are type names) and the titles of laws (refs are titles)."""
    for letters in _SHORT_TYPES:
        yield Pattern(letters, SHORT_TYPE, type_of_letters()[letters.casefold()][1], case="exact")
    for row in table("document_types"):
        for word in (row["type"], *row.items_of("aliases")):
            yield Pattern(word, TYPE, row["type"])
    for row in table("laws"):
        for title in (row["title"], *row.items_of("aliases")):
            for mark in (", ", " ", " - ", "-", " , ", " và "):
                yield Pattern(f"{row['type']} {title.replace(', ', mark)}", LAW, row["title"])


@cache
def law_edition(doc_type: str, title: str, year: str | None) -> str | None:
    """Return the code of a law's edition (`06/2022/QH15`), or None where the year or the code is not known."""
    for row in table("laws"):
        if row["type"] == doc_type and key(title) in (key(row["title"]), *map(key, row.items_of("aliases"))):
            for edition in row.items_of("editions"):
                edition_year, _, code = edition.partition(":")
                if edition_year == year and code:
                    return code
    return None
