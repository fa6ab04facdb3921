"""The sample sites as a table of answers: every address of every site, rendered once for an edition.

Each site's folder `templates/<site>/` holds its templates and `paths.toml`: the shapes of its addresses, its sections,
what its header clock says in each edition, its feeds, and its oddities (dead, moved, empty and closed addresses).
"""

import gzip
import hashlib
import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html.entities import codepoint2name
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crawler.sample.articles import SampleArticle, SampleError, load_articles
from crawler.sample.paths import Feed, Oddity, Paths, Section, load_paths
from crawler.sites import Site

VIETNAM = timedelta(hours=7)
_WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


@dataclass(frozen=True)
class Answer:
    """What one address answers."""

    status: int
    content_type: str
    body: bytes
    etag: str | None = None
    last_modified: datetime | None = None
    location: str | None = None


@dataclass(frozen=True)
class Link:
    """A line of a listing or of a related-news box."""

    title: str
    path: str
    listed: datetime
    lead: str = ""


@dataclass(frozen=True)
class _Web:
    """One site being rendered: its profile, its paths, its articles, its templates."""

    site: Site
    paths: Paths
    articles: list[SampleArticle]
    templates: Environment
    edition: int

    @property
    def host(self) -> str:
        return self.site.hosts[0]

    @property
    def clock(self) -> datetime:
        return datetime.fromisoformat(self.paths.clocks[self.edition - 1])

    def render(self, template: str, **values: Any) -> str:
        return self.templates.get_template(template).render(
            host=self.host,
            base=f"http://{self.host}",
            paths=self.paths,
            clock=self.clock,
            visits=self.paths.visits[self.edition - 1],
            **values,
        )

    def link(self, article: SampleArticle) -> Link:
        return Link(article.title, self.paths.address(article), article.listed, article.lead or "")


@dataclass(frozen=True)
class SampleWeb:
    """All sites in one edition: `answers[host, target]`, where the target is path and query as requested."""

    answers: Mapping[tuple[str, str], Answer]
    articles: Mapping[str, SampleArticle] = field(repr=False)
    addresses: Mapping[str, str]
    """Article id -> its public URL."""

    def answer(self, host: str, target: str) -> Answer:
        """The answer for a request; an image of any name is one grey dot, anything unknown is a 404."""
        found = self.answers.get((host, target))
        if found is None and target.partition("?")[0].lower().endswith((".png", ".jpg", ".gif")):
            return Answer(200, "image/gif", _DOT)
        return found or self.answers[host, ""]


_DOT = bytes.fromhex("4749463839610100010080000080808000000021f90400000000002c00000000010001000002024401003b")


def render_web(sites: Mapping[str, Site], folder: Path, edition: int = 1) -> SampleWeb:
    """Every page of every site, as edition 1 or 2 has it. Raises SampleError for an error in a source file."""
    if edition not in (1, 2):
        raise SampleError(f"edition {edition}: the sample sites have the editions 1 and 2")
    articles = load_articles(folder, edition)
    homeless = [f"{article.site}/{article.id}" for article in articles if article.site not in sites]
    if homeless:
        raise SampleError(f"no site has these articles: {', '.join(homeless)}; known: {', '.join(sites)}")
    answers: dict[tuple[str, str], Answer] = {}
    addresses: dict[str, str] = {}
    for name, site in sites.items():
        web = _Web(
            site=site,
            paths=load_paths(folder / "templates" / name / "paths.toml"),
            articles=[article for article in articles if article.site == name],
            templates=_environment(folder / "templates" / name),
            edition=edition,
        )
        for target, answer in _answers(web):
            if (web.host, target) in answers:
                raise SampleError(f"{name}: two pages have the address {target}")
            answers[web.host, target] = answer
        addresses |= {article.id: f"http://{web.host}{web.paths.address(article)}" for article in web.articles}
    return SampleWeb(answers, {article.id: article for article in articles}, addresses)


def date_line(form: str, moment: datetime) -> str:
    """The printed date of an article in one of the forms that portals use.

    Raises SampleError for an unknown form.
    """
    weekday = "Chủ nhật" if moment.weekday() == 6 else f"Thứ {_WEEKDAYS[moment.weekday()]}"
    number = "Chủ nhật" if moment.weekday() == 6 else f"Thứ {moment.weekday() + 2}"
    forms = {
        "cap-nhat": f"{moment:%H:%M:%S - %d/%m/%Y}",
        "ngoac": f"( Cập nhật lúc: {moment:%d/%m/%Y} )",
        "lacviet": f"({moment:%d.%m.%Y %H:%M})",
        "nukeviet": f"{weekday.capitalize()} - {moment:%d/%m/%Y %H:%M}",
        "dang-luc": f"Đăng lúc: {weekday} - {moment:%d/%m/%Y %H:%M}",
        "thu-gach": f"{moment.hour}:{moment.minute}, {weekday}, {moment.day}-{moment.month}-{moment.year}",
        "thu-so": f"{number}, {moment:%d/%m/%Y | %H:%M:%S}",
        "gmt": f"{weekday}, {moment:%d/%m/%Y, %H:%M}[GMT+7]",
        "iso": f"{moment:%d/%m/%Y %H:%M}",
    }
    if form not in forms:
        raise SampleError(f"unknown date form {form!r}; known: {', '.join(sorted(forms))}")
    return forms[form]


def _answers(web: _Web) -> Iterator[tuple[str, Answer]]:
    yield "", _missing(web)
    yield "/robots.txt", Answer(200, "text/plain; charset=utf-8", web.render("robots.txt").encode())
    newest = [web.link(article) for article in web.articles]
    yield "/", _page(web, web.render("home.html", links=newest[:6]), newest[0].listed, key=_key(newest[:6]))
    for article in web.articles:
        yield web.paths.address(article), _article_page(web, article)
    for name, section in web.paths.sections.items():
        if section.listed:
            yield from _listing_pages(web, name, section)
    for feed in web.paths.feeds:
        yield feed.path, _feed(web, feed)
    for odd in web.paths.oddities:
        answer = _oddity(web, odd)
        if answer:
            yield odd.path, answer


def _article_page(web: _Web, article: SampleArticle) -> Answer:
    place = web.articles.index(article)
    around = [other for other in web.articles if other.id != article.id]
    moment = article.moment
    text = web.render(
        "article.html",
        article=article,
        address=web.paths.address(article),
        section=web.paths.sections[article.section],
        date=date_line(article.date_form, moment) if moment else None,
        moment=moment,
        views=40 + int(hashlib.sha256(article.id.encode()).hexdigest()[:4], 16) % 1800,
        newer=[web.link(other) for other in around[max(0, place - 3) : place]],
        older=[web.link(other) for other in around[place : place + 4]],
        top=[web.link(other) for other in around[:3]],
    )
    return _page(
        web,
        text,
        article.changed,
        key=repr((article.id, article.edition)),
        traits=article.traits,
    )


def _listing_pages(web: _Web, name: str, section: Section) -> Iterator[tuple[str, Answer]]:
    links = [web.link(article) for article in web.articles if article.section == name]
    links += [
        Link(odd.title, odd.path, datetime.fromisoformat(odd.day)) for odd in web.paths.oddities if odd.section == name
    ]
    links.sort(key=lambda link: link.listed, reverse=True)
    pages = max(1, math.ceil(len(links) / web.paths.per_page))
    for page in range(1, pages + 1):
        shown = links[(page - 1) * web.paths.per_page : page * web.paths.per_page]
        text = web.render("listing.html", name=name, section=section, links=shown, page=page, pages=pages)
        listed = shown[0].listed if shown else web.clock
        yield web.paths.listing_address(name, page), _page(web, text, listed, key=_key(shown))


def _feed(web: _Web, feed: Feed) -> Answer:
    articles = [a for a in web.articles if not feed.years or a.listed.year in feed.years][: feed.newest]
    others = [other for other in web.paths.feeds if other.template == "sitemap.xml"]
    text = web.render(
        feed.template,
        articles=[(article, web.paths.address(article)) for article in articles],
        maps=others,
        rfc822=lambda moment: format_datetime((moment - VIETNAM).replace(tzinfo=UTC)),
    )
    body = text.encode()
    if feed.gzipped:
        body = gzip.compress(body, mtime=0)
    return Answer(200, feed.content_type, body, etag=_etag(body) if web.paths.validators else None)


def _oddity(web: _Web, odd: Oddity) -> Answer | None:
    if odd.kind == "dead":
        return None
    if odd.kind == "moved":
        return Answer(301, "text/html; charset=utf-8", b"", location=f"http://{web.host}{odd.to}")
    return _page(web, web.render("shell.html", odd=odd), datetime.fromisoformat(odd.day), key=odd.path)


def _missing(web: _Web) -> Answer:
    return Answer(404, "text/html; charset=utf-8", web.render("missing.html").encode())


def _page(web: _Web, text: str, changed: datetime, *, key: str, traits: frozenset[str] = frozenset()) -> Answer:
    """An HTML answer. The validators know what the page is about (`key`), not its clock and counters."""
    content_type = "text/html; charset=utf-8"
    if "nfd" in traits:
        text = unicodedata.normalize("NFD", text)
    if "wrong-charset" in traits:
        content_type = "text/html; charset=ISO-8859-1"
    body = text.encode()
    if not web.paths.validators:
        return Answer(200, content_type, body)
    return Answer(200, content_type, body, etag=_etag(key.encode()), last_modified=changed - VIETNAM)


def _key(links: list[Link]) -> str:
    return repr([(link.title, link.path) for link in links])


def _etag(content: bytes) -> str:
    return f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'


def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["named"] = _named_entities
    return environment


def _named_entities(text: str) -> Markup:
    """The text with named entities for all letters that have one, as editors of that time saved it (`&agrave;`)."""
    return Markup("").join(
        Markup(f"&{codepoint2name[ord(c)]};") if ord(c) in codepoint2name else Markup(c) for c in text
    )
