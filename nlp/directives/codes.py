"""Document codes: `34-CT/TW`, `98/2023/NĐ-CP`, `238/UBND-KGVX`, `30/2021/QH15`, `09/2014/TTLT-BTTTT-BNV`.

State codes put a slash after the number and a hyphen before the organ (Nghị định 30/2020/NĐ-CP, Phụ lục III), Party
codes the reverse (Hướng dẫn 36-HD/VPTW). The press swaps, spaces and drops the marks; the organ decides which system a
code is of, and the code is given back in that system's form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from nlp.directives.kinds import issuers, type_of_letters

_PLAIN = {ord(c): "-" for c in "‐‑‒–—―−－"} | {ord("Ð"): "Đ", ord("ð"): "đ", ord("∕"): "/", ord("⁄"): "/"}


@dataclass(frozen=True, slots=True)
class Code:
    """A code at `start`:`end`. `letters`: of the type, as officially printed (`CT`), None in letters and of QH.

    `organ`: the issuer's suffix (`TW`, `UBND`, `QH`), None where it was cut off. `year`: normative documents have one.
    `complete`: number and organ are there, so that it can stand as the document's code.
    """

    start: int
    end: int
    number: str
    year: str | None
    letters: str | None
    organ: str | None
    units: tuple[str, ...]
    party: bool
    complete: bool
    text: str

    @property
    def certain(self) -> bool:
        """Tell whether it is a code wherever it stands, also without a type word before it."""
        return self.letters is not None or (self.organ or "").startswith(("QH", "UBTVQH"))


def plain(text: str) -> str:
    """Return text with one kind of hyphen and of Đ, of the same length, in which codes are searched."""
    return text.translate(_PLAIN)


@cache
def _pattern() -> "regex.Pattern[str]":
    letters = "|".join(sorted((regex.escape(shown) for shown, _ in type_of_letters().values()), key=len, reverse=True))
    space = r"[ \t\u00a0]"
    dash = rf"{space}{{0,2}}-{space}{{0,2}}"
    slash = rf"{space}?(?:/|\\|&\#x0*2[fF];|&\#47;){space}?"
    segment = (
        r"(?:T\.?\s?Ư|TW|(?=[\p{L}&\d]*\p{Lu}[\p{L}&\d]*\p{Lu})\p{Lu}[\p{L}&]{1,15}\d{0,2}|Th\.U)(?:\.(?:TW|TƯ|TU))?"
    )
    kind = rf"(?:{letters}|QD|ND)(?!\p{{L}}|&\p{{L}})"
    number = r"(?:(?<=số)|(?<=[Ss]ố:)|(?<![\w/.,\-&]))(?P<number>\d{1,5}[a-zA-Z]?)"
    year = r"(?P<year>(?:19|20)\d\d)"
    end = r"(?![\p{L}\d])"
    return regex.compile(
        rf"{number}(?:"
        rf"(?:{dash}|{space}{{1,2}})(?P<p_kind>{kind})(?:{slash}|{dash})(?P<p_org>{segment})(?:{dash}(?P<p_unit>{segment}))*{end}"
        rf"|{slash}(?:{year}{slash})?(?P<s_kind>{kind})(?:{dash}|/)(?P<s_org>{segment})(?:{dash}(?P<s_unit>{segment})){{0,4}}{end}"
        rf"|{slash}{year}{slash}(?P<a_org>(?:UBTV)?QH){space}?(?P<a_term>1\d)?{end}"
        rf"|{slash}(?:{year}{slash})?(?P<l_org>{segment})(?:{space}?-{space}?(?P<l_unit>{segment})){{0,3}}{end}"
        rf"|-(?P<h_org>{segment})(?:/(?P<h_unit>{segment}))?{end}"
        rf"|/{year}(?![\d/.\-]\d|\d)"
        r")"
    )


def find_codes(text: str) -> Iterator[Code]:
    """Yield the codes of a text in order; those that are not `certain` need a type word before them."""
    for m in _pattern().finditer(plain(text)):
        yield _code(m)


def _code(m: "regex.Match[str]") -> Code:
    number, year = m["number"], m["year"]
    if m["a_org"]:
        organ = m["a_org"] + (m["a_term"] or "")
        text = f"{number}/{year}/{organ}"
        return Code(m.start(), m.end(), number, year, None, organ, (), False, bool(m["a_term"]), text)
    kind: str | None = None
    organ = None
    units: tuple[str, ...] = ()
    for shape in "psl":
        if m[f"{shape}_org"]:
            kind = m[f"{shape}_kind"] if shape != "l" else None
            organ, units = m[f"{shape}_org"], tuple(m.captures(f"{shape}_unit"))
            break
    if m["h_org"]:
        rest = f"{m['h_org']}/{m['h_unit']}" if m["h_unit"] else m["h_org"]
        return Code(m.start(), m.end(), number, None, None, m["h_org"], (), False, True, f"{number}-{rest}")
    if organ is None:
        return Code(m.start(), m.end(), number, year, None, None, (), False, False, f"{number}/{year}")
    letters = _letters(kind)
    organ, units = _organ(organ), tuple(map(_organ, units))
    if letters is None and organ.casefold() in type_of_letters() and organ.casefold() not in issuers():  # 195/SL
        return Code(m.start(), m.end(), number, year, _letters(organ), None, units, False, True, f"{number}/{organ}")
    party = letters is not None and _of_party(organ, written_so=m["p_org"] is not None)
    parts = "-".join((organ, *units))
    if party:
        text = f"{number}-{letters}/{parts}"
    else:
        text = f"{number}/{f'{year}/' if year else ''}{f'{letters}-' if letters else ''}{parts}"
    return Code(m.start(), m.end(), number, year, letters, organ, units, party, True, text)


def _of_party(organ: str, *, written_so: bool) -> bool:
    rows = issuers().get(organ.casefold(), ())
    kinds = {row.party for row in rows}
    if organ.endswith(("TW", "TU")) and kinds != {False}:
        return True
    return written_so if len(kinds) != 1 or organ == "BCĐ" else kinds == {True}


def _letters(kind: str | None) -> str | None:
    if kind is None:
        return None
    kind = {"QD": "QĐ", "ND": "NĐ"}.get(kind, kind)
    known = type_of_letters().get(kind.casefold())
    return known[0] if known else kind


def _organ(written: str) -> str:
    """Return a suffix in its official form: `T.Ư`, `TƯ` → `TW`, `TTG` → `TTg`."""
    organ = written.replace(" ", "").replace(".", "").replace("TƯ", "TW")
    known = issuers().get(organ.casefold())
    return known[0].suffix if known else organ
