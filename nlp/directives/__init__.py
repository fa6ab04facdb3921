"""DIRECTIVE: cited documents.

`codes` reads document codes (`34-CT/TW`, `98/2023/NĐ-CP`), `kinds` knows types, issuers and laws from the lexicon,
`citations` reads one citation at its type word or code, `names` the documents that are told by name and not by number
(laws, resolutions of congresses and plenums, quoted titles), `tails` what follows a citation (date, issuer, term,
title), `resolve` what the article states once for all mentions of a document.
"""

from nlp.directives.citations import read_all
from nlp.directives.kinds import patterns
from nlp.directives.resolve import resolve
from nlp.reading import Reading

__all__ = ["find", "patterns"]


def find(reading: Reading) -> None:
    """Append the article's citations to its mentions. Units must have been found: issuers are read from them."""
    reading.mentions.extend(resolve(reading, read_all(reading)))
