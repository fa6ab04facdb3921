"""The archive: every page as it came, in WARC files, one new file a run.

A file grows as `<name>.warc.gz.open` and is renamed to `<name>.warc.gz` when its run has ended. Records appended after
a torn tail cannot be read, so nothing is ever appended to a closed file: a file that a kill left open is cut back to
its last whole record (`salvage`) and closed. Each record is one gzip member, written whole; the site and the outcome
stand in the record itself, so that a record that survives says all that is needed to go on from it.
"""

from __future__ import annotations

import base64
import datetime as dt
import fcntl
import hashlib
import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

OPEN_SUFFIX = ".open"
"""Added to the name of an archive file that its run has not ended."""

SITE_FIELD = "X-Thidua-Site"
OUTCOME_FIELD = "X-Thidua-Outcome"
"""WARC header fields of our own (the standard, ISO 28500 section 5, lets a writer add fields)."""

_TRANSPORT_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"})
"""Headers that describe the transfer, not the page: the body is kept as the page, unpacked, so they would be wrong."""

_CHUNK = 1 << 16

_PACKING = 4
"""Level of gzip. warcio's own 9 takes four times as long and saves two hundredths (measured on saved portal pages)."""

_GZIP_MAGIC = b"\x1f\x8b"

MEMBER_LARGEST = 512 << 20
"""Unpacked bytes of one record that is read: files of other crawlers hold films too, but no page."""

_UNREADABLE = (ArchiveLoadFailed, EOFError, zlib.error, ValueError, AttributeError, TypeError)
"""What warcio and the reading of a record's fields raise for bytes that are no whole WARC record."""

_MAKER = WARCWriter(BytesIO(), gzip=True, warc_version="1.1")
"""Builds records (it writes none). WARC 1.1 allows fractions of a second in dates."""


class ArchiveError(OSError):
    """The archive cannot be written or read; the message names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One page as one request brought it."""

    url: str
    site_id: str | None
    """None in archives that were not written by this crawler."""
    fetched_at: dt.datetime
    """Aware, UTC."""
    status: int
    headers: Mapping[str, str]
    """Response headers by lower-case name."""
    body: bytes
    """The page, without transfer and content encoding."""
    record_id: str
    digest: str
    """`sha1:` and base32 of the body, as WARC and Common Crawl's index write it."""
    outcome: str | None = None
    refers_to: str | None = None
    """Of an imported page: the id of the record it was taken from."""

    @property
    def content_type(self) -> str | None:
        return self.headers.get("content-type")


def body_digest(body: bytes) -> str:
    """Identity of a page's content (not a security measure: WARC's customary SHA-1)."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


class ArchiveWriter:
    """Writes one archive file. Use as a context manager, or call `close`.

    `path` is the name the file shall have in the end (`.../<name>.warc.gz`). Raises ArchiveError when that or its open
    form is there already, and when the disk refuses; after a refused write the file is cut back to its last whole
    record and takes no more.
    """

    def __init__(self, path: Path, *, info: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.count = 0
        """Pages written so far."""
        self._open_path = path.with_name(path.name + OPEN_SUFFIX)
        self._broken: OSError | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise ArchiveError(f"{path} exists already; an archive file is never added to, give the run another name")
        try:
            self._file: BinaryIO = self._open_path.open("xb", buffering=0)
        except FileExistsError as error:
            raise ArchiveError(f"{self._open_path} was left open by a run; salvage the folder first") from error
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        record = _MAKER.create_warcinfo_record(path.name, dict(info or {"software": "thidua"}))
        self._append(record)

    def add(
        self,
        *,
        url: str,
        site_id: str,
        status: int,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        fetched_at: dt.datetime,
        outcome: str = "fetched",
        reason: str = "",
        ip_address: str | None = None,
        refers_to: str | None = None,
    ) -> str:
        """Write one page; returns its record id. It is in the file when this returns, and on the disk after `sync`."""
        kept = [(name, value) for name, value in headers if name.lower() not in _TRANSPORT_HEADERS]
        kept.append(("Content-Length", str(len(body))))
        warc_headers = {
            "WARC-Date": fetched_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "WARC-Payload-Digest": body_digest(body),
            SITE_FIELD: site_id,
            OUTCOME_FIELD: outcome,
        }
        if ip_address:
            warc_headers["WARC-IP-Address"] = ip_address
        if refers_to:
            warc_headers["WARC-Refers-To"] = refers_to
        record = _MAKER.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            http_headers=StatusAndHeaders(f"{status} {reason}".strip(), kept, protocol="HTTP/1.1"),
            warc_headers_dict=warc_headers,
        )
        self._append(record)
        self.count += 1
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def sync(self) -> None:
        """Bring all that was written to the disk itself, so that it outlives a loss of power too."""
        self._check()
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._fail(error) from error

    def close(self) -> None:
        """End the file: sync, and give it its name. A file without a page is removed.

        A file that the disk refused stays open: `salvage` closes it when the next run begins, and what its pages are
        then is noted from the file itself.
        """
        if self._file.closed:
            return
        if self._broken is not None:
            self._file.close()
            return
        self.sync()
        _settle(self._file, self._open_path, keep=self.count > 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _append(self, record: ArcWarcRecord) -> None:
        self._check()
        plain = BytesIO()
        WARCWriter(plain, gzip=False, warc_version="1.1").write_record(record)
        pack = zlib.compressobj(_PACKING, wbits=zlib.MAX_WBITS | 16)
        packed = pack.compress(plain.getbuffer()) + pack.flush()
        whole = self._file.tell()
        try:
            waiting = memoryview(packed)
            while waiting:
                waiting = waiting[self._file.write(waiting) :]
        except OSError as error:
            os.ftruncate(self._file.fileno(), whole)
            raise self._fail(error) from error

    def _check(self) -> None:
        if self._broken is not None:
            raise self._fail(self._broken)

    def _fail(self, error: OSError) -> ArchiveError:
        self._broken = error
        return ArchiveError(
            f"{self._open_path} cannot be written ({error.strerror or error}); "
            f"the {self.count} pages in it are kept; make room and run again"
        )


def salvage(folder: Path, take_up: Callable[[Path], object] | None = None) -> list[Path]:
    """Close the files of `folder` that killed runs left open: cut each after its last whole record, then rename it.

    `take_up` is called with each file that holds pages, after it was cut and before it gets its name: what it notes of
    them cannot be missed, even if this is killed too. Returns the files as they are named now. Files of a run that is
    still writing (they are locked) are left alone; a file without a single whole page is removed.
    """
    closed = []
    for open_path in sorted(folder.glob(f"*{OPEN_SUFFIX}")):
        with open_path.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            members, end = _whole_members(file)
            file.truncate(end)
            file.flush()
            os.fsync(file.fileno())
            holds_pages = members > 1  # the first member is the file's own description
            if holds_pages and take_up is not None:
                take_up(open_path)
            path = _settle(file, open_path, keep=holds_pages)
            if holds_pages:
                closed.append(path)
    return closed


def read_captures(path: Path) -> Iterator[Capture]:
    """The pages of one archive file, in the order they came. Also reads files of other crawlers (`site_id` is None).

    Raises ArchiveError, which names the file and the byte where the first record that is not whole begins, after the
    pages before it were yielded: a file cut at any byte but a record's end is told, never passed over.
    """
    with path.open("rb") as file:
        packed = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
        file.seek(0)
        if not packed:
            yield from _captures(file, path, 0)
            return
        for member, begins in _members(file, path):
            yield from _captures(BytesIO(member), path, begins)


def _captures(records: BinaryIO, path: Path, begins: int) -> Iterator[Capture]:
    """The pages of unpacked WARC records, which stand in `path` from byte `begins` on."""
    iterator = ArchiveIterator(records)
    end = 0
    try:
        for record in iterator:
            end = iterator.offset
            capture = None
            if record.rec_type == "response" and record.http_headers is not None:
                capture = _capture(record)
            while record.raw_stream.read(_CHUNK):
                pass
            if record.raw_stream.limit:
                raise _broken(path, begins + end, f"a record ends {record.raw_stream.limit} bytes early")
            end += record.rec_headers.total_len + int(record.rec_headers.get_header("Content-Length"))
            if capture is not None:
                yield capture
    except _UNREADABLE as error:
        raise _broken(path, begins + end, str(error) or type(error).__name__) from error
    records.seek(end)
    if records.read(_CHUNK).strip():  # warcio takes a head that breaks off for the end
        raise _broken(path, begins + end, "what follows is no whole record")


def _members(file: BinaryIO, path: Path) -> Iterator[tuple[bytes, int]]:
    """Each gzip member of a file, unpacked and checked by its CRC, with the byte where it begins."""
    begins = 0
    waiting = file.read(_CHUNK)
    while waiting:
        unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        parts: list[bytes] = []
        size = used = 0
        while not unpack.eof:
            if not waiting:
                raise _broken(path, begins, "the file ends within a record")
            try:
                parts.append(unpack.decompress(waiting))
            except zlib.error as error:
                raise _broken(path, begins, str(error)) from error
            used += len(waiting) - len(unpack.unused_data)
            size += len(parts[-1])
            if size > MEMBER_LARGEST:
                raise _broken(path, begins, "records are not packed one by one (`warcio recompress` packs them so)")
            waiting = unpack.unused_data or file.read(_CHUNK)
        yield b"".join(parts), begins
        begins += used


def _broken(path: Path, at: int, why: str) -> ArchiveError:
    return ArchiveError(f"{path}: broken near byte {at}: {why}; what came before was read")


def _capture(record: ArcWarcRecord) -> Capture:
    fields = record.rec_headers
    headers: dict[str, str] = {}
    for name, value in record.http_headers.headers:
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    body = record.content_stream().read()
    fetched_at = dt.datetime.fromisoformat(fields.get_header("WARC-Date"))
    return Capture(
        url=fields.get_header("WARC-Target-URI"),
        site_id=fields.get_header(SITE_FIELD),
        fetched_at=fetched_at,
        status=int(record.http_headers.get_statuscode()),
        headers=headers,
        body=body,
        record_id=fields.get_header("WARC-Record-ID"),
        digest=body_digest(body),
        outcome=fields.get_header(OUTCOME_FIELD),
        refers_to=fields.get_header("WARC-Refers-To"),
    )


def _settle(file: BinaryIO, open_path: Path, *, keep: bool) -> Path:
    """Give a finished file its name (or remove it) and bring the change of the folder to the disk."""
    path = open_path.with_name(open_path.name.removesuffix(OPEN_SUFFIX))
    if keep:
        open_path.rename(path)
    else:
        open_path.unlink()
    file.close()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return path


def _whole_members(file: BinaryIO) -> tuple[int, int]:
    """How many whole gzip members a file begins with (each checked by its CRC), and the byte after the last of them."""
    members = 0
    end = 0
    file.seek(0)
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    position = 0
    waiting = b""
    while True:
        chunk = waiting or file.read(_CHUNK)
        if not chunk:
            return members, end
        try:
            unpack.decompress(chunk)
        except zlib.error:
            return members, end
        waiting = unpack.unused_data
        position += len(chunk) - len(waiting)
        if unpack.eof:
            members += 1
            end = position
            unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
