"""The sources of the sample sites: one TOML file an article, read into `SampleArticle`."""

import tomllib
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from crawler.sample import marks

BlockKind = Literal["p", "lines", "heading", "image", "table"]


class SampleError(ValueError):
    """A source file of the sample sites is wrong; the message names the file and says what."""


@dataclass(frozen=True)
class Block:
    """A piece of a body: a paragraph, lines broken by <br>, a subheading, an image's caption, or a table's rows.

    `lines` still hold their marks; a table's line is a row with its cells separated by ` | `.
    """

    kind: BlockKind
    lines: tuple[str, ...]

    @property
    def plain(self) -> list[str]:
        """The lines without marks, as the page shows them."""
        return [marks.strip(line) for line in self.lines]

    @property
    def cells(self) -> list[list[str]]:
        """The cells of a table's rows, without marks."""
        return [[cell.strip() for cell in line.split(" | ")] for line in self.plain]


@dataclass(frozen=True)
class SampleArticle:
    """An article of a sample site as one edition of the site prints it.

    `published` is what the page prints: an ISO time with offset, a day (`YYYY-MM-DD`), or None.
    `listed` orders the listings (an article without a printed date has its place too).
    """

    id: str
    site: str
    edition: int
    first_edition: int
    item: str
    slug: str
    section: str
    title_marked: str
    lead_marked: str | None
    blocks: tuple[Block, ...]
    published: str | None
    listed: datetime
    date_form: str
    byline: str
    author: str | None
    source_credit: str | None
    tags: tuple[str, ...]
    traits: frozenset[str]
    values: dict[str, dict[str, Any]] = field(repr=False)
    records: tuple[tuple[Any, ...], ...] = field(repr=False)
    doc: dict[str, Any] | None = field(repr=False)

    @property
    def title(self) -> str:
        return marks.strip(self.title_marked)

    @property
    def lead(self) -> str | None:
        return marks.strip(self.lead_marked) if self.lead_marked else None

    @property
    def paragraphs(self) -> list[str]:
        """The lines of the text as read from the page, marks kept: the lead, then every line of the body."""
        lead = [self.lead_marked] if self.lead_marked else []
        return lead + [line for block in self.blocks for line in block.lines]

    @property
    def changed(self) -> datetime:
        """When the page was last changed: an article that edition 2 changes was edited 30 days after it was listed."""
        return self.listed + timedelta(days=30 if self.edition > self.first_edition else 0)

    @property
    def moment(self) -> datetime | None:
        """The printed time; midnight where only a day is printed."""
        return None if self.published is None else _moment(self.published)


def load_articles(folder: Path, edition: int = 1) -> list[SampleArticle]:
    """All articles that an edition of the sites holds, newest first.

    `folder` is the sample folder (its `articles/<site>/*.toml` are read). An article `x.toml` may have a later form
    `x.2.toml`, which holds only what changes in edition 2; `copy_of` takes over another's text. Raises SampleError
    naming the file.
    """
    found: dict[str, SampleArticle] = {}
    later: list[tuple[Path, dict[str, Any]]] = []
    sources: dict[str, dict[str, Any]] = {}
    for path in sorted((folder / "articles").glob("*/*.toml")):
        try:
            source = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise SampleError(f"{path}: {error}") from error
        if path.stem.endswith(".2"):
            later.append((path, source))
            continue
        source["id"], source["site"] = path.stem, path.parent.name
        sources[path.stem] = source
    for path, changes in later:
        changed = sources.get(path.stem.removesuffix(".2"))
        if changed is None:
            raise SampleError(f"{path}: there is no article {path.stem.removesuffix('.2')}.toml that this could change")
        if edition >= 2:
            changed.update(changes, edition=2)
    for name, source in sources.items():
        original = source.get("copy_of")
        if original is not None and original not in sources:
            raise SampleError(f"{name}.toml: copy_of names {original!r}, which is no article")
        whole = sources[original] | source if original else source
        if whole.get("first_edition", 1) <= edition:
            found[name] = _article(whole)
    return sorted(found.values(), key=lambda article: (article.listed, article.id), reverse=True)


def slug_of(title: str) -> str:
    """The title in small ASCII letters and hyphens, as the portals make their addresses."""
    letters = unicodedata.normalize("NFD", title.casefold().replace("đ", "d"))
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return "-".join(kept.split())[:90].strip("-")


def _article(source: dict[str, Any]) -> SampleArticle:
    name = source["id"]
    missing = [key for key in ("item", "section", "title", "body") if not source.get(key)]
    published = source.get("published") or None
    when = source.get("listed") or published
    if missing or when is None:
        wanted = missing or ["listed (an article that prints no date needs its place in the listings)"]
        raise SampleError(f"{name}.toml: missing: {', '.join(wanted)}")
    try:
        return SampleArticle(
            id=name,
            site=source["site"],
            edition=source.get("edition", source.get("first_edition", 1)),
            first_edition=source.get("first_edition", 1),
            item=source["item"],
            slug=source.get("slug") or slug_of(marks.strip(source["title"])),
            section=source["section"],
            title_marked=source["title"],
            lead_marked=source.get("lead"),
            blocks=tuple(_block(text) for text in source["body"].strip().split("\n\n")),
            published=published,
            listed=_moment(when),
            date_form=source.get("date_form", "none"),
            byline=source.get("byline", "none"),
            author=source.get("author") or None,
            source_credit=source.get("source_credit") or None,
            tags=tuple(source.get("tags", [])),
            traits=frozenset(source.get("traits", [])),
            values={label: source.get(label, {}) for label in "UDNAC"},
            records=tuple(tuple(record) for record in source.get("records", [])),
            doc=source.get("doc"),
        )
    except ValueError as error:
        raise SampleError(f"{name}.toml: {error}") from error


def _block(text: str) -> Block:
    lines = tuple(line.strip() for line in text.strip().split("\n"))
    if lines[0].startswith("## "):
        return Block("heading", (lines[0][3:],))
    if lines[0].startswith("ẢNH: "):
        return Block("image", (lines[0][5:],))
    if all(line.startswith("|") for line in lines):
        return Block("table", tuple(line.strip("| ") for line in lines))
    return Block("p" if len(lines) == 1 else "lines", lines)


def _moment(stamp: str) -> datetime:
    if "T" in stamp:
        return datetime.fromisoformat(stamp).replace(tzinfo=None)
    return datetime.combine(date.fromisoformat(stamp), datetime.min.time())
