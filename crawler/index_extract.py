"""Common Crawl's index: which records of which of its files hold articles of our sites.

The index (CDXJ: a sort key, a time and JSON on a line; or JSON alone, as its server answers) is read from extracts that
were downloaded; nothing here fetches. A range is one gzip member of a WARC file: what a server sends for it, or several
one after the other in one file, is a WARC file that `crawler.imports` reads.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from crawler.sites import Site, find_site
from crawler.urls import canonical_url

DATA_ADDRESS = "https://data.commoncrawl.org/"
"""Where the file names of the index are to be had (Common Crawl's own address for its data)."""

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "unk", ""})


@dataclass(frozen=True, slots=True)
class WarcRange:
    """Where one page lies."""

    site_id: str
    url: str
    fetched_at: dt.datetime
    """Aware, UTC."""
    filename: str
    """Path of the WARC file below DATA_ADDRESS."""
    offset: int
    length: int
    digest: str

    @property
    def file_url(self) -> str:
        return DATA_ADDRESS + self.filename

    @property
    def http_range(self) -> str:
        """Value of the HTTP Range header that asks for this record alone (RFC 9110 section 14.2)."""
        return f"bytes={self.offset}-{self.offset + self.length - 1}"


@dataclass(slots=True)
class IndexExtract:
    """What an index extract holds for our sites."""

    ranges: list[WarcRange] = field(default_factory=list)
    """Ordered by file and offset."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Lines left out by reason: `unknown-host`, `not-an-article`, `http-404` ..., `type`, `outside-window`,
    `same-page`, `unreadable`."""
    unknown_hosts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    """The first unreadable lines, with file and number."""


MOST_ERRORS = 20

RANGE_COLUMNS = ("file_url", "http_range", "site_id", "url", "fetched_at")


def read_index(
    files: Sequence[Path], sites: Iterable[Site], *, since: dt.date | None = None, until: dt.date | None = None
) -> IndexExtract:
    """The ranges to fetch for the articles of `sites`, from CDXJ files (`.gz` or not).

    Of captures of one address with the same content only the first is kept. `since` and `until` (both included) bound
    the day of the capture, which is the day of publication or later. Raises OSError when a file cannot be read; a line
    that cannot is counted.
    """
    known = list(sites)
    by_host: dict[str, list[Site]] = {}
    for site in known:
        for host in site.hosts:
            by_host.setdefault(host.removeprefix("www."), []).append(site)
    extract = IndexExtract()
    same: set[tuple[str, str]] = set()
    for path in files:
        for number, line in _lines(path):
            row = _row(line)
            if row is None:
                extract.left_out["unreadable"] += 1
                if len(extract.errors) < MOST_ERRORS:
                    extract.errors.append(f"{path}:{number}: is no line of a CDXJ index: {line.strip()[:80]!r}")
                continue
            found = _choose(row, by_host, since, until, extract)
            if isinstance(found, str):
                extract.left_out[found] += 1
            elif (found.url, found.digest) in same:
                extract.left_out["same-page"] += 1
            else:
                same.add((found.url, found.digest))
                extract.ranges.append(found)
    extract.ranges.sort(key=lambda found: (found.filename, found.offset))
    return extract


def write_ranges(ranges: Iterable[WarcRange], file: TextIO) -> int:
    """Write ranges as CSV with the columns RANGE_COLUMNS, for a downloader; returns how many there were."""
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(RANGE_COLUMNS)
    count = 0
    for found in ranges:
        rows.writerow([found.file_url, found.http_range, found.site_id, found.url, found.fetched_at.isoformat()])
        count += 1
    return count


def host_patterns(sites: Iterable[Site]) -> list[str]:
    """What to ask an index server for (`url=` of its API): one pattern for each host of the sites."""
    return sorted({f"{host.removeprefix('www.')}/*" for site in sites for host in site.hosts})


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    with (
        gzip.open(path, "rb") if packed else path.open("rb") as lines,
        TextIOWrapper(lines, encoding="utf-8", errors="replace") as file,
    ):
        for number, line in enumerate(file, start=1):
            if line.strip() and not line.startswith("!"):  # "!meta" lines head some indexes
                yield number, line


def _row(line: str) -> dict[str, Any] | None:
    """The fields of a line, with `timestamp`; None when it is none."""
    key, brace, rest = line.partition("{")
    if not brace:
        return None
    try:
        row = json.loads(brace + rest)
    except ValueError:
        return None
    if "timestamp" not in row:
        row["timestamp"] = key.split()[-1] if key.split() else ""
    return row if isinstance(row.get("url"), str) and isinstance(row.get("filename"), str) else None


def _choose(
    row: dict[str, Any],
    by_host: dict[str, list[Site]],
    since: dt.date | None,
    until: dt.date | None,
    extract: IndexExtract,
) -> WarcRange | str:
    host = row["url"].partition("://")[2].partition("/")[0].lower().removeprefix("www.")
    name = host.removesuffix(":80").removesuffix(":443")
    site = find_site(by_host.get(name, ()), row["url"])
    if site is None:
        extract.unknown_hosts[name] += 1
        return "unknown-host"
    status = str(row.get("status", "200"))
    if status != "200":
        return f"http-{status}"
    kind = str(row.get("mime-detected") or row.get("mime") or "").lower()
    if kind not in _PAGE_TYPES:
        return "type"
    url = canonical_url(row["url"], site) or row["url"]
    if not site.is_article(url):
        return "not-an-article"
    try:
        fetched_at = dt.datetime.strptime(row["timestamp"], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
        offset, length = int(row["offset"]), int(row["length"])
    except (KeyError, TypeError, ValueError):
        return "unreadable"
    if (since and fetched_at.date() < since) or (until and fetched_at.date() > until):
        return "outside-window"
    return WarcRange(site.id, url, fetched_at, row["filename"], offset, length, str(row.get("digest") or ""))
