"""What an article as a whole says about names: full forms, the institution it is about, a committee's full task."""

from functools import cached_property

from nlp.fold import fold
from nlp.units.found import Found
from nlp.units.fullest import fullest


class ArticleNames:
    """The names of one article's organs, asked by the mentions that shorten them."""

    def __init__(self, found: list[Found]) -> None:
        self._found = found
        self._institutions: dict[str, Found | None] = {}

    @cached_property
    def _full(self) -> dict[str, str]:
        return fullest(f.name for f in self._found if f.written_name and f.kind.tail in ("open", "bloc"))

    @cached_property
    def _full_task(self) -> str | None:
        tasks = (f.name for f in self._found if f.kind.tail == "phrase" and not _is_short(f))
        return next(tasks, None)

    def full(self, name: str) -> str:
        """Return the fuller name that the article also uses, or the name itself."""
        return self._full.get(name, name)

    def abroad(self, name: str) -> str:
        """Return the name with its seat where the article tells it once (`Lãnh sự quán Lào` → `... tại Đà Nẵng`)."""
        return next((full for full in self._abroad if full.partition(" tại ")[0].endswith(name)), name)

    @cached_property
    def _abroad(self) -> list[str]:
        return sorted({f.name for f in self._found if f.kind.tail == "country" and " tại " in f.name})

    @cached_property
    def society(self) -> str:
        """The association of the whole country that the article is about, or "" (`Trung ương Hội`)."""
        counts: dict[str, int] = {}
        for found in self._found:
            name = found.kind.central if found.kind.tail == "seat" and not found.place else found.name
            name = name or f"{found.name} Việt Nam"
            if found.name.startswith(("Hội ", "Hiệp hội ")) and found.kind.name != "Hội đồng Thi đua - Khen thưởng":
                name = name if name.endswith("Việt Nam") else found.kind.central
                if name:
                    counts[name] = counts.get(name, 0) + 1
        return max(counts, key=lambda name: counts[name], default="")

    def task(self, found: Found) -> str:
        """Return the committee's full name where the article shortens it (`BCĐ Thành phố`, `BCĐ TĐT quận X`)."""
        own = found.name.removeprefix(found.kind.name).strip()
        if own and not own.isupper():
            return found.name
        return self._full_task or found.name

    def institution(self, kind: str = "") -> Found | None:
        """Return the school, hospital or company named most; with `kind`, of those whose head has this folded word."""
        if kind not in self._institutions:
            self._institutions[kind] = self._most_named(kind)
        return self._institutions[kind]

    def _most_named(self, kind: str) -> Found | None:
        counts: dict[str, int] = {}
        first: dict[str, Found] = {}
        for found in self._found:
            if kind == "bộ" and found.kind.family == "bộ":
                counts[found.name] = counts.get(found.name, 0) + 1
                first.setdefault(found.name, found)
            if found.kind.level == "base" and (found.kind.tail == "open" or (kind and found.kind.tail == "whole")):
                if kind and kind not in fold(found.name).split()[:3]:
                    continue
                counts[found.name] = counts.get(found.name, 0) + 1
                first.setdefault(found.name, found)
        return first[max(counts, key=lambda name: counts[name])] if counts else None


def _is_short(found: Found) -> bool:
    own = found.name.removeprefix(found.kind.name).strip()
    return not own or own.isupper() or own.isdecimal()
