"""Reading WARC files that other programs wrote: any version, packed record by record, packed as a whole or not packed.

Differs from `crawler.archive.read_captures`, which reads our own files, in what it forgives and in what it counts.
"""

from __future__ import annotations

import datetime as dt
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from crawler.archive import OUTCOME_FIELD, SITE_FIELD, Capture, body_digest

LARGEST = 64 << 20
"""Bytes of a page that are read, unpacked; longer ones are counted as too large."""

_UNPACKED = frozenset({"gzip", "x-gzip", "deflate", "br", "identity", ""})
"""Content encodings that warcio unpacks."""

_BROKEN = (ArchiveLoadFailed, EOFError, OSError, zlib.error, ValueError, KeyError, AttributeError, TypeError)
"""What warcio raises for bytes that are no WARC record."""


class ForeignError(ValueError):
    """A file that is no WARC file, or breaks off; the message names it and says how far it was read."""


@dataclass(frozen=True, slots=True)
class ForeignPage:
    """One page of another archive."""

    capture: Capture
    text_only: bool
    """Of a WET file: the page's text without its markup."""

    @property
    def host(self) -> str:
        """Host of the page's address in lower case, with the port where it is not the usual one."""
        parts = urlsplit(self.capture.url)
        port = parts.port
        name = (parts.hostname or "").lower()
        return name if port in {None, 80, 443} else f"{name}:{port}"


def read_pages(path: Path, left_out: Counter[str]) -> Iterator[ForeignPage]:
    """The pages of one file: responses, resources (Heritrix, wget) and the plain text of WET files.

    Other records are counted in `left_out`: `revisit`, `other-record` (requests, metadata ...), and pages that cannot
    be kept: `no-date`, `no-address`, `encoding`, `too_large`. Raises ForeignError when the file cannot be read, is no
    WARC file or breaks off, after the pages before were yielded.
    """
    records = 0
    try:
        with path.open("rb") as file:
            for record in _records(file):
                records += 1
                yield from _pages(record, left_out)
    except _NotPackedByRecord:
        yield from _packed_as_a_whole(path, left_out, skip=records)
        return
    except _BROKEN as error:
        raise _told(path, records, error) from error
    if not records:
        raise ForeignError(f"{path}: holds no WARC record")


class _NotPackedByRecord(Exception):  # noqa: N818 - a finding, not an error
    """The file is one gzip member for all records, as `gzip file.warc` makes it."""


def _packed_as_a_whole(path: Path, left_out: Counter[str], skip: int) -> Iterator[ForeignPage]:
    records = 0
    try:
        with gzip.open(path, "rb") as file:
            for record in ArchiveIterator(file):
                records += 1
                if records > skip:
                    yield from _pages(record, left_out)
    except _BROKEN as error:
        raise _told(path, records, error) from error


def _records(file: BinaryIO) -> Iterator[ArcWarcRecord]:
    records = iter(ArchiveIterator(file, arc2warc=True))
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except ArchiveLoadFailed as error:
            if "non-chunked gzip" in str(error):
                raise _NotPackedByRecord from error
            raise
        yield record


def _pages(record: ArcWarcRecord, left_out: Counter[str]) -> Iterator[ForeignPage]:
    kind = record.rec_type
    if kind == "revisit":
        left_out["revisit"] += 1
    elif kind in {"conversion", "resource"} or (kind == "response" and record.http_headers is not None):
        page = _page(record)
        if isinstance(page, str):
            left_out[page] += 1
        else:
            yield page
    elif kind != "warcinfo":
        left_out["other-record"] += 1


def _page(record: ArcWarcRecord) -> ForeignPage | str:
    fields = record.rec_headers
    url = (fields.get_header("WARC-Target-URI") or "").strip("<> ")  # wget 1.14 to 1.20 writes <http://...>
    if not _is_web_address(url):
        return "no-address"
    fetched_at = _time(fields.get_header("WARC-Date"))
    if fetched_at is None:
        return "no-date"
    headers: dict[str, str] = {}
    status = 200
    if record.rec_type == "response":
        for name, value in record.http_headers.headers:
            key = name.lower()
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
        told = record.http_headers.get_statuscode()
        status = int(told) if told.isdecimal() else 0
        if headers.get("content-encoding", "").strip().lower() not in _UNPACKED:
            return "encoding"
    elif fields.get_header("Content-Type"):
        headers["content-type"] = fields.get_header("Content-Type")
    if record.rec_type == "conversion":
        headers["content-type"] = "text/plain; charset=utf-8"
    body = record.content_stream().read(LARGEST + 1)
    if len(body) > LARGEST:
        return "too_large"
    while record.raw_stream.read(1 << 16):
        pass
    if record.raw_stream.limit:
        raise EOFError(f"the record of {url} ends {record.raw_stream.limit} bytes early")
    capture = Capture(
        url=url,
        site_id=fields.get_header(SITE_FIELD),
        fetched_at=fetched_at,
        status=status,
        headers=headers,
        body=body,
        record_id=fields.get_header("WARC-Record-ID") or f"{url} {fetched_at.isoformat()}",
        digest=body_digest(body),
        outcome=fields.get_header(OUTCOME_FIELD),
    )
    return ForeignPage(capture, text_only=record.rec_type == "conversion")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # [broken brackets], a port that is no number
        return False


def _time(text: str | None) -> dt.datetime | None:
    """A WARC date; one without an offset is UTC, as the standard demands of all."""
    try:
        time = dt.datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


def _told(path: Path, records: int, error: BaseException) -> ForeignError:
    if not records:
        return ForeignError(f"{path}: is no WARC file ({error})")
    return ForeignError(f"{path}: breaks off after {records} whole records ({error}); they were read")
