"""What the grammar finds at one place of the text, before names are filled in from the article."""

from dataclasses import dataclass

from nlp.places.grammar import Place
from nlp.units.catalogue import OrganType


@dataclass(slots=True)
class Found:
    """An organ at words `first` to `last` (not with).

    `name`: its own part of the canonical name. `place`, `parent`: what follows it. `central`: told to be the one at the
    centre (`Trung ương`, `Việt Nam`). `of_main`: of the institution that the article is about (`của Trường`),
    whose kind is `institution` where told.
    `inherits`: takes place or parent from the organ told next (`HĐND, UBND tỉnh`). `abbreviation`: its short form in
    brackets. `more`: the further ones of an enumeration. `written_name`: whether the name is the text's own. `proper`:
    the words of the proper name in it (`Văn Phú - Invest`).
    """

    first: int
    last: int
    kind: OrganType
    name: str
    place: Place | None = None
    parent: "Found | None" = None
    central: str = ""
    of_main: bool = False
    institution: str = ""
    abbreviation: str = ""
    rule: str = ""
    more: tuple["Found", ...] = ()
    written_name: bool = False
    proper: tuple[str, ...] = ()

    @property
    def is_bare(self) -> bool:
        return self.place is None and self.parent is None and not self.central and not self.of_main
