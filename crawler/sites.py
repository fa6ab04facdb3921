"""Site profiles: who publishes, where, and how their pages are built. One TOML file a site, no site logic in code.

id = "baomau"                         # = the file's name without .toml
name = "Báo Mẫu"
kind = "newspaper"                    # one of KINDS
family = "yyyymm"                     # one of FAMILIES: how the pages are built
province = "Quảng Bình"               # the province the publisher wrote from before 1 July 2025
province_now = "Quảng Trị"            # the province of today (34 since 1 July 2025)
hosts = ["baomau.vn"]
article_url = '/\\d{6}/[^/]+-[0-9a-f]{7}/?$'   # searched in path?query of a URL: is it an article?
verified = false
evidence = "where the facts above come from"

[start]
rss = ["https://baomau.vn/rss/home.rss"]
sitemap = ["https://baomau.vn/sitemap.xml"]

[[start.listing]]
url = "https://baomau.vn/chinh-tri/"
page_url = "https://baomau.vn/chinh-tri/?page={page}"
max_pages = 5

[selectors]                           # only where the family's own do not suffice; CSS, several are tried in order
date = ["div.post-date"]
"""

from __future__ import annotations

import datetime as dt
import difflib
import ipaddress
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

import data
from crawler.toml_lines import Place, line_of, places, syntax_error_line

Family = Literal[
    "sharepoint",
    "liferay",
    "dnn",
    "vnpt",
    "nukeviet",
    "hemera",
    "wordpress",
    "vccorp",
    "yyyymm",
    "a-id",
    "flat-html",
    "custom",
]
FAMILIES: tuple[str, ...] = get_args(Family)
"""How pages are built. `yyyymm` (`/<YYYYMM>/<slug>-<hex>/`), `a-id` (`-a<id>.html`) and `flat-html`
(`/<slug>-<id>.html`) are the newspapers' own shapes; `custom` has no family's marks: the profile's selectors
say what stands where."""

Kind = Literal[
    "newspaper", "broadcaster", "province_portal", "department", "emulation_board", "party", "district", "aggregator"
]
KINDS: tuple[str, ...] = get_args(Kind)
"""Who publishes. `emulation_board` is a Ban Thi đua - Khen thưởng; `department` a Sở or a body of the same rank."""

VIETNAM_TIME = "Asia/Ho_Chi_Minh"

REAL_SITE_DELAY = 2.0
"""Seconds between two requests to one real site, unless its robots.txt asks for more."""
SHORTEST_REAL_DELAY = 1.0
"""No profile of a real site may ask for less: provincial portals are small machines (research: 1 request a second)."""


class SiteError(ValueError):
    """A profile that cannot be used. `str()` is `file:line: key: message`; `others` are the errors found with it."""

    def __init__(self, file: Path, line: int | None, key: str, message: str) -> None:
        self.file = file
        self.line = line
        self.key = key
        self.message = message
        self.others: tuple[SiteError, ...] = ()
        where = f"{_shown(file)}:{line}" if line else _shown(file)
        super().__init__(f"{where}: {key}: {message}" if key else f"{where}: {message}")


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _is_pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from None
    return value


Pattern = Annotated[str, AfterValidator(_is_pattern)]
HttpUrl = Annotated[str, Field(pattern=r"^https?://[^\s/]+(/\S*)?$")]


class Listing(_Table):
    """A section page that lists articles, newest first.

    `page_url` is the template of its further pages (`{page}`), which are numbered from `first_page` in steps of
    `page_step`; at most `max_pages` further pages are read in a run, and none once a page holds nothing new. A
    backfill (`since`) reads more, for as long as the days that the listing prints have not passed its first day.
    """

    url: HttpUrl
    page_url: HttpUrl | None = None
    first_page: Annotated[int, Field(ge=0)] = 2
    page_step: Annotated[int, Field(ge=1)] = 1
    max_pages: Annotated[int, Field(ge=0, le=1000)] = 5

    @field_validator("page_url")
    @classmethod
    def _has_page(cls, value: str | None) -> str | None:
        if value is not None and "{page}" not in value:
            raise ValueError("needs {page} where the page number goes, e.g. https://host/section?page={page}")
        return value

    def further_pages(self, most: int | None = None) -> Iterable[str]:
        """URLs of page two and on, in order; `most` of them (default: `max_pages`)."""
        if self.page_url is None:
            return
        for number in range(self.max_pages if most is None else most):
            yield self.page_url.replace("{page}", str(self.first_page + number * self.page_step))


class Start(_Table):
    """Where the site says what it has published."""

    rss: tuple[HttpUrl, ...] = ()
    sitemap: tuple[HttpUrl, ...] = ()
    listing: tuple[Listing, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.rss or self.sitemap or self.listing)


class Selectors(_Table):
    """CSS selectors that replace the family's own, tried in order. `remove` is cut out of the body first."""

    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class Layout(_Table):
    """An earlier way of building pages, good for articles published up to and on `until`."""

    until: dt.date
    family: Family
    article_url: Pattern | None = None
    selectors: Selectors = Selectors()


class Site(_Table):
    """One publisher's site. Frozen; made by `load_site`, which checks it and names file, line and key of an error."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")]
    name: str
    kind: Kind
    family: Family
    province: str
    """Province at the time of writing of the older articles; "Trung ương" for central publishers."""
    province_now: str
    covers: tuple[str, ...] = ()
    """Further provinces of before July 2025 whose news the site carries since their publishers were merged into it."""
    hosts: Annotated[tuple[str, ...], Field(min_length=1)]
    """Host names, with the port where it is not the usual one. Requests to any other host are refused."""
    article_url: Pattern
    """Regular expression, searched in path?query of an address: has it the shape of an article's?"""
    examples: tuple[HttpUrl, ...] = ()
    """Addresses of articles that were seen; `article_url` must match them."""
    start: Start
    selectors: Selectors = Selectors()
    layout: tuple[Layout, ...] = ()
    download_delay: Annotated[float, Field(ge=0, le=120)] = REAL_SITE_DELAY
    max_requests: Annotated[int, Field(ge=1)] = 2000
    """Most requests a run makes to this site: a bound on calendar traps, not a target."""
    timezone: str = VIETNAM_TIME
    active: bool = True
    """False where the publisher has closed or moved: kept for its archive, skipped by a crawl of all sites."""
    verified: bool = False
    evidence: str = ""
    notes: str = ""
    ca_file: Path | None = None
    """Certificates (PEM) that complete the chain of a server that does not send it; relative to the profile's file.
    They are trusted for all sites of a run, so put the missing intermediate here, not a root of its own."""
    sample: bool = False
    """True only for the bundled sample sites and for tests: loopback addresses and a delay of 0 are allowed."""
    connect: str | None = None
    """Sample sites only, set when they are served (`served_at`): the loopback `address:port` that answers for the
    hosts, so that URLs stay the same whatever port was free. Requests come there in absolute form
    (`GET http://host/path`, RFC 9112 section 3.2.2) with the right Host header."""
    profile: Path | None = None
    """The file this was read from; None when made in memory."""

    @field_validator("timezone")
    @classmethod
    def _is_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError):
            raise ValueError(f"unknown time zone {value!r}; Vietnam's is Asia/Ho_Chi_Minh") from None
        return value

    @field_validator("hosts")
    @classmethod
    def _are_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if "/" in host or not host:
                raise ValueError(f"{host!r} is not a host name; write it without scheme and path, e.g. baomau.vn")
        return tuple(host.lower() for host in value)

    @field_validator("connect")
    @classmethod
    def _is_loopback(cls, value: str | None) -> str | None:
        if value is not None:
            host = urlsplit(f"//{value}").hostname or ""
            if not ipaddress.ip_address(host).is_loopback:
                raise ValueError(f"{value!r} is not a loopback address with a port, e.g. 127.0.0.1:8000")
        return value

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.start.empty:
            raise _about("start", "no start point; give at least one of rss, sitemap, [[start.listing]]")
        for place, url in self._start_urls():
            if not self.owns(url):
                raise _about(
                    place, f"{url} is not on this site's hosts ({', '.join(self.hosts)}); add the host or correct it"
                )
        for number, url in enumerate(self.examples):
            if not self.is_article(url):
                raise _about(
                    f"examples.{number}", f"{url} is not an article by article_url and hosts; correct one of them"
                )
        if not self.sample and self.download_delay < SHORTEST_REAL_DELAY:
            raise _about(
                "download_delay",
                f"{self.download_delay:g} s is too quick; a real site needs at least {SHORTEST_REAL_DELAY:g} s",
            )
        if self.connect and not self.sample:
            raise _about("connect", "only sample sites can be served from a loopback address")
        return self

    def _start_urls(self) -> Iterable[tuple[str, str]]:
        yield from (("start.rss", url) for url in self.start.rss)
        yield from (("start.sitemap", url) for url in self.start.sitemap)
        for number, listing in enumerate(self.start.listing):
            yield f"start.listing.{number}.url", listing.url
            if listing.page_url:
                yield f"start.listing.{number}.page_url", listing.page_url

    @cached_property
    def _article_shapes(self) -> tuple[re.Pattern[str], ...]:
        earlier = [layout.article_url for layout in self.layout if layout.article_url]
        return tuple(re.compile(pattern) for pattern in (self.article_url, *earlier))

    @cached_property
    def uses_https(self) -> bool:
        """Whether the profile gives the site's start points by https."""
        return all(url.startswith("https://") for _, url in self._start_urls())

    def owns(self, url: str) -> bool:
        """Whether `url` is on one of this site's hosts (`www.` may be added or left out)."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            return False
        if parts.scheme not in {"http", "https"} or not host:
            return False
        names = {host, host.removeprefix("www."), f"www.{host}"}
        usual = port in {None, 80, 443}
        return any(
            known in self.hosts
            for name in names
            for known in ((name, f"{name}:{port}") if usual else (f"{name}:{port}",))
        )

    def is_article(self, url: str) -> bool:
        """Whether `url` has the shape of this site's articles (its own or an earlier layout's)."""
        parts = urlsplit(url)
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        return self.owns(url) and any(shape.search(target) for shape in self._article_shapes)

    def served_at(self, address: str) -> Site:
        """This sample site answered for by a loopback server at `address` (`127.0.0.1:8000`)."""
        return Site.model_validate({**self.model_dump(), "connect": address})


def load_sites(folder: Path = data.SITES) -> dict[str, Site]:
    """All profiles of a folder by id, in the order of their file names.

    Raises SiteError for the first error; its `others` hold the rest of the folder's, so that one look shows all.
    """
    sites: dict[str, Site] = {}
    errors: list[SiteError] = []
    if not folder.is_dir():
        raise SiteError(folder, None, "", "no such folder of site profiles")
    for path in sorted(folder.glob("*.toml")):
        try:
            site = load_site(path)
        except SiteError as error:
            errors += [error, *error.others]
        else:
            sites[site.id] = site
    _raise(errors)
    return sites


def load_site(path: Path) -> Site:
    """One profile. Raises SiteError, which names file, line and key and says what to do."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(path, None, "", f"cannot be read as UTF-8 text: {error}") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteError(path, syntax_error_line(error), "", f"is not TOML: {error}") from error
    where = places(text)
    if "profile" in values or "connect" in values:
        key = "profile" if "profile" in values else "connect"
        raise SiteError(path, line_of(where, (key,)), key, "is set by the program; take it out of the file")
    try:
        site = Site.model_validate({**values, "profile": path})
    except ValidationError as error:
        errors = [_explain(path, where, detail) for detail in error.errors()]
        _raise(sorted(errors, key=lambda e: e.line or 0))
        raise
    if site.id != path.stem:
        raise SiteError(path, line_of(where, ("id",)), "id", f"{site.id!r} must be the file's name, {path.stem!r}")
    if site.ca_file is not None:
        certificates = path.parent / site.ca_file
        if not certificates.is_file():
            raise SiteError(path, line_of(where, ("ca_file",)), "ca_file", f"no such file: {_shown(certificates)}")
        site = site.model_copy(update={"ca_file": certificates})
    return site


def find_site(sites: Iterable[Site], url: str) -> Site | None:
    """The site that owns `url`; of several on one host, the one whose articles have this shape."""
    owners = [site for site in sites if site.owns(url)]
    return next((site for site in owners if site.is_article(url)), owners[0] if owners else None)


def _explain(path: Path, where: Mapping[Place, int], detail: ErrorDetails) -> SiteError:
    place: Place = detail["loc"]
    kind = detail["type"]
    message = detail["msg"].removeprefix("Value error, ")
    if kind == "value_error" and not place and "\x00" in message:
        key, message = message.split("\x00", 1)
        place = tuple(int(part) if part.isdecimal() else part for part in key.split("."))
    elif kind == "extra_forbidden":
        message = _unknown_key(place)
    elif kind == "missing":
        message = "is missing; every profile needs it"
    elif kind == "literal_error":
        known = FAMILIES if place[-1] == "family" else KINDS
        message = (
            f"unknown {place[-1]} {detail['input']!r}; known: {', '.join(known)}{_nearest(detail['input'], known)}"
        )
    elif kind == "string_pattern_mismatch":
        need = (
            "lower-case letters, digits, dots and hyphens"
            if place == ("id",)
            else "a full address that begins with http:// or https://"
        )
        message = f"{detail['input']!r}: needs {need}"
    else:
        message = f"{message} (found {detail['input']!r})" if kind != "value_error" else message
    return SiteError(path, line_of(where, place) or 1, ".".join(str(part) for part in place), message)


def _unknown_key(place: Place) -> str:
    model: type[BaseModel] = Site
    tables: dict[str, type[BaseModel]] = {"start": Start, "listing": Listing, "selectors": Selectors, "layout": Layout}
    for part in place[:-1]:
        model = tables.get(str(part), model)
    known = [name for name in model.model_fields if name not in {"profile", "connect"}]
    return f"unknown key{_nearest(place[-1], known)}; known here: {', '.join(known)}"


def _nearest(word: object, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(str(word).lower(), list(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""


def _about(key: str, message: str) -> ValueError:
    """An error of the whole profile that belongs to one key (a model validator has no place of its own)."""
    return ValueError(f"{key}\x00{message}")


def _raise(errors: list[SiteError]) -> None:
    if errors:
        errors[0].others = tuple(errors[1:])
        raise errors[0]


def _shown(path: Path) -> str:
    """The path as a reader would type it: relative to where they are, when it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
