"""Pages that others have archived: existing WARC files brought into the workspace's archive as captures of our sites.

Reads what Common Crawl (news and main crawl, WARC and WET), wget, Heritrix, browsertrix and we ourselves write, packed
or not. Each page becomes a record of its site with the day of its own capture, and is noted in the crawl state, so that
it is not fetched again at once. What is left out is counted by reason; a record is taken over once, however often its
file is imported.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, Field

from crawler.archive import ArchiveWriter, read_captures, salvage
from crawler.foreign import ForeignError, ForeignPage, read_pages
from crawler.lock import archive_lock
from crawler.settings import PAGE_LARGEST
from crawler.sites import Site, find_site
from crawler.state import CrawlState, Visit
from crawler.store import CHECKPOINT_PAGES, unused_path
from crawler.urls import canonical_url

PAGES_A_FILE = 5000
"""Pages of one archive file that an import writes: small enough to be parsed side by side."""

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


class ImportedFile(BaseModel):
    """What came of one file."""

    path: Path
    imported: int = 0
    left_out: dict[str, int] = Field(default_factory=dict)
    """Records that were not taken over, by reason: `revisit`, `other-record`, `unknown-host`, `not-an-article`,
    `http-404` ..., `type-image` ..., `known`, `too_large`, `empty`, `no-date`, `no-address`, `encoding`."""
    error: str | None = None
    """Why the file was not read to its end; what stood before is imported."""


class ImportReport(BaseModel):
    """What came of an import."""

    run_id: str
    files: list[ImportedFile] = Field(default_factory=list)
    sites: dict[str, int] = Field(default_factory=dict)
    """Imported pages by site."""
    unknown_hosts: dict[str, int] = Field(default_factory=dict)
    """Pages of hosts that no profile names, the most frequent hosts first."""
    archive_files: list[Path] = Field(default_factory=list)

    @property
    def imported(self) -> int:
        return sum(file.imported for file in self.files)

    @property
    def left_out(self) -> dict[str, int]:
        total: Counter[str] = Counter()
        for file in self.files:
            total.update(file.left_out)
        return dict(total)

    @property
    def broken(self) -> list[ImportedFile]:
        return [file for file in self.files if file.error]


def import_files(
    files: Sequence[Path],
    sites: Iterable[Site],
    *,
    archive: Path,
    state: Path,
    run_id: str,
    site_id: str | None = None,
    every_page: bool = False,
    progress: Callable[[ImportedFile], None] | None = None,
) -> ImportReport:
    """Take the pages of `sites` over from WARC files into the workspace's `archive` folder and crawl `state`.

    The site of a page is found by its address; with `site_id` all pages are that site's, whatever their host. As in a
    crawl, only addresses of the shape of the site's articles are taken, with `every_page` all of its pages.
    `progress` is told each file when it is done. Returns the report, also when files are broken.

    Raises ValueError for an unknown `site_id`, crawler.lock.CrawlLockedError while a crawl is at work, ArchiveError
    when the disk refuses. Killed at any moment, nothing is lost and the import can be run again.
    """
    known = {site.id: site for site in sites}
    if site_id is not None and site_id not in known:
        raise ValueError(f"no site profile is called {site_id!r}")
    report = ImportReport(run_id=run_id)
    with archive_lock(archive), CrawlState(state) as crawl_state:
        timezones = {site.id: site.timezone for site in known.values()}
        salvage(archive, take_up=lambda file: crawl_state.reconcile(read_captures(file), timezones))
        with _Store(archive, run_id, crawl_state, timezones) as store:
            chooser = _Chooser(known, crawl_state, known[site_id] if site_id else None, every_page=every_page)
            for path in files:
                told = _import_file(path, chooser, store)
                report.files.append(told)
                if progress is not None:
                    progress(told)
    report.sites = dict(sorted(store.pages.items()))
    report.unknown_hosts = dict(chooser.unknown_hosts.most_common())
    report.archive_files = store.files
    return report


def _import_file(path: Path, chooser: _Chooser, store: _Store) -> ImportedFile:
    left_out: Counter[str] = Counter()
    imported = 0
    error = None
    try:
        for page in read_pages(path, left_out):
            chosen = chooser.choose(page)
            if isinstance(chosen, str):
                left_out[chosen] += 1
            else:
                store.add(*chosen, page)
                imported += 1
    except (ForeignError, OSError) as broken:
        error = str(broken)
    return ImportedFile(path=path, imported=imported, left_out=dict(sorted(left_out.items())), error=error)


class _Chooser:
    """Decides which pages are taken over, and as whose."""

    def __init__(self, sites: Mapping[str, Site], state: CrawlState, given: Site | None, *, every_page: bool) -> None:
        self.unknown_hosts: Counter[str] = Counter()
        self._sites = sites
        self._by_host: dict[str, list[Site]] = {}
        for site in sites.values():
            for host in site.hosts:
                self._by_host.setdefault(host.removeprefix("www."), []).append(site)
        self._state = state
        self._given = given
        self._every_page = every_page
        self._seen: set[str] = set()
        self._taken: dict[str, str] = {}

    def choose(self, page: ForeignPage) -> tuple[Site, str] | str:
        """The site and the address a page is kept by, or the reason why it is left out."""
        capture = page.capture
        site = self._site_of(page)
        if site is None:
            self.unknown_hosts[page.host] += 1
            return "unknown-host"
        if capture.status != 200:
            return f"http-{capture.status}"
        kind = (capture.content_type or "text/html").partition(";")[0].strip().lower()
        if kind not in _PAGE_TYPES:
            return f"type-{kind.partition('/')[0] or 'none'}"
        if not capture.body.strip():
            return "empty"
        if len(capture.body) > PAGE_LARGEST:
            return "too_large"
        url = canonical_url(capture.url, site) or capture.url
        if not (self._every_page or site.is_article(url) or (self._given is not None and not site.owns(url))):
            return "not-an-article"
        if capture.record_id in self._seen or self._state.is_imported(capture.record_id):
            return "known"
        taken = self._taken.get(url)
        if capture.digest in {taken, self._state.digest(url)}:
            return "known"
        if page.text_only and (taken or self._state.is_stored(url)):
            return "known"  # text alone is worth less than any page we have
        self._seen.add(capture.record_id)
        self._taken[url] = capture.digest
        return site, url

    def _site_of(self, page: ForeignPage) -> Site | None:
        if self._given is not None:
            return self._given
        told = self._sites.get(page.capture.site_id or "")
        if told is not None:
            return told
        return find_site(self._by_host.get(page.host.removeprefix("www."), ()), page.capture.url)


class _Store:
    """Writes chosen pages: into the archive first, then, when they are on the disk, into the state."""

    def __init__(self, folder: Path, run_id: str, state: CrawlState, timezones: Mapping[str, str]) -> None:
        self.pages: Counter[str] = Counter()
        self.files: list[Path] = []
        self._folder = folder
        self._run_id = run_id
        self._state = state
        self._timezones = timezones
        self._writer: ArchiveWriter | None = None
        self._pending: list[tuple[Visit, str]] = []

    def add(self, site: Site, url: str, page: ForeignPage) -> None:
        capture = page.capture
        if self._writer is None:
            self._writer = ArchiveWriter(unused_path(self._folder, self._run_id))
            self.files.append(self._writer.path)
        self._writer.add(
            url=url,
            site_id=site.id,
            status=capture.status,
            headers=list(capture.headers.items()),
            body=capture.body,
            fetched_at=capture.fetched_at,
            refers_to=capture.record_id,
        )
        self.pages[site.id] += 1
        visit = Visit.of(replace(capture, url=url), site.id)
        self._pending.append((visit, capture.record_id))
        if len(self._pending) >= CHECKPOINT_PAGES:
            self._checkpoint()
        if self._writer.count >= PAGES_A_FILE:
            self._end_file()

    def _checkpoint(self) -> None:
        if self._writer is not None and self._pending:
            self._writer.sync()
            self._state.record_imports(self._pending, self._timezones, dt.datetime.now(dt.UTC))
            self._pending = []

    def _end_file(self) -> None:
        try:
            self._checkpoint()
        finally:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def __enter__(self) -> _Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_file()


def files_of(places: Iterable[Path]) -> Iterator[Path]:
    """The WARC and WET files of files and folders, each once, in order. A file that is named is taken by any name."""
    seen: set[Path] = set()
    for place in places:
        found = sorted(path for path in place.rglob("*") if _is_warc_name(path.name)) if place.is_dir() else [place]
        for path in found:
            if path.resolve() not in seen:
                seen.add(path.resolve())
                yield path


def _is_warc_name(name: str) -> bool:
    return name.lower().endswith((".warc", ".warc.gz", ".wet", ".wet.gz"))
