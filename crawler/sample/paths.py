"""`paths.toml` of a sample site: the shapes of its addresses, its sections, feeds, clocks and oddities."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from crawler.sample.articles import SampleArticle, SampleError


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(_Table):
    """A section of a site: its name, the number that SharePoint addresses it by, and whether it has listing pages."""

    name: str
    number: int = 0
    listed: bool = True


class Feed(_Table):
    """An RSS feed or a sitemap: `years` narrows it to those years of publication, `newest` to so many articles."""

    path: str
    template: str
    content_type: str = "application/xml; charset=utf-8"
    years: tuple[int, ...] = ()
    newest: int | None = None
    gzipped: bool = False


class Oddity(_Table):
    """An address that a listing links and that is no article: `dead` (404), `moved` (301 to an article's address),
    `shell` (a page of menus whose body a script would have loaded), `closed` (robots.txt forbids it)."""

    kind: Literal["dead", "moved", "shell", "closed"]
    path: str
    title: str
    section: str
    day: str
    to: str | None = None


class Paths(_Table):
    """What a site's `paths.toml` says.

    The shapes of addresses take `{item}`, `{slug}`, `{section}`, `{month}` (articles) and `{section}`, `{number}`,
    `{page}` (listings). `validators`: whether pages come with ETag and Last-Modified. `clocks` and `visits`: what the
    header clock and the visit counter show in edition 1 and 2.
    """

    article: str
    listing: str
    listing_page: str
    per_page: int
    validators: bool
    sections: dict[str, Section]
    clocks: tuple[str, str]
    visits: tuple[int, int]
    feeds: tuple[Feed, ...] = ()
    oddities: tuple[Oddity, ...] = ()

    def address(self, article: SampleArticle) -> str:
        """The article's path (with its query)."""
        return self.article.format(
            item=article.item, slug=article.slug, section=article.section, month=f"{article.listed:%Y%m}"
        )

    def listing_address(self, section: str, page: int = 1) -> str:
        shape = self.listing if page == 1 else self.listing_page
        return shape.format(section=section, number=self.sections[section].number, page=page)


def load_paths(file: Path) -> Paths:
    """The site's `paths.toml`. Raises SampleError naming the file."""
    try:
        return Paths.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise SampleError(f"{file}: {error}") from error
