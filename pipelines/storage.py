"""Parquet parts: written beside, synced, renamed into place, and named by what they were made from.

A part that is there is whole and done. `<stem>-<fingerprint>.parquet` holds what the rules of `fingerprint` made of the
source called `stem`; a rule that changes gives another name, and the old part goes once the new one stands.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 512
"""Rows a part is written and read in at a time: bounds the memory of a stage whatever the size of its source."""

_DIGEST = b"thidua.digest"
_RULES = b"thidua.rules"


def fingerprint(*parts: str) -> str:
    """A short hash that changes when one of `parts` does."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def part_path(folder: Path, stem: str, made_with: str) -> Path:
    """Where the part stands that the rules of fingerprint `made_with` make of the source `stem`."""
    return folder / f"{stem}-{made_with}.parquet"


def stem_of(part: Path) -> str:
    """The source's name that `part_path` was given."""
    return part.stem.rpartition("-")[0]


class PartWriter:
    """Writes rows to a part that appears at `target`, whole, when the block ends without an error.

    `rules`: fingerprint of the rules that the rows were made by; it stays with them.
    """

    def __init__(self, target: Path, schema: pa.Schema, rules: str = "") -> None:
        self._target = target
        self._rules = rules
        self._schema = schema
        self._beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        self._rows: list[Mapping[str, Any]] = []
        self._hash = hashlib.sha256()
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        self._target.parent.mkdir(parents=True, exist_ok=True)
        self._writer = pq.ParquetWriter(self._beside, self._schema, compression="zstd")
        return self

    def add(self, row: Mapping[str, Any]) -> None:
        """Add one row; keys are the schema's column names."""
        self._rows.append(row)
        if len(self._rows) >= ROWS:
            self._flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._close()
            self._beside.unlink(missing_ok=True)

    def _finish(self) -> None:
        self._flush()
        assert self._writer is not None
        self._writer.add_key_value_metadata({_DIGEST: self._hash.hexdigest().encode(), _RULES: self._rules.encode()})
        self._writer.close()
        sync(self._beside)
        self._beside.replace(self._target)
        sync(self._target.parent)

    def _close(self) -> None:
        """Let the file go. After a refused write the rest of it cannot be written either; it is thrown away."""
        if self._writer is not None and self._writer.is_open:
            with suppress(OSError):
                self._writer.close()

    def _flush(self) -> None:
        if not self._rows:
            return
        assert self._writer is not None
        batch = pa.RecordBatch.from_pylist([dict(row) for row in self._rows], schema=self._schema)
        self._hash.update(batch.serialize())
        self._writer.write_batch(batch)
        self._rows.clear()


def write_rows(target: Path, schema: pa.Schema, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write `rows` as one part."""
    with PartWriter(target, schema) as part:
        for row in rows:
            part.add(row)


def read_rows(part: Path, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a part, a batch in memory at a time."""
    with pq.ParquetFile(part) as file:
        for batch in file.iter_batches(batch_size=ROWS, columns=columns):
            yield from batch.to_pylist()


def read_table(parts: Iterable[Path], schema: pa.Schema, columns: list[str] | None = None) -> pa.Table:
    """All rows of several parts as one Arrow table (empty, with the schema's columns, where there is no part)."""
    wanted = schema if columns is None else pa.schema([schema.field(name) for name in columns])
    tables = [pq.read_table(part, columns=wanted.names, partitioning=None).cast(wanted) for part in parts]
    return pa.concat_tables(tables) if tables else wanted.empty_table()


def digest(part: Path) -> str:
    """A hash of a part's rows, read from its footer: the same rows have the same digest whenever they were made."""
    metadata = pq.read_metadata(part).metadata or {}
    return bytes(metadata[_DIGEST]).decode()


def rules_of(part: Path) -> str:
    """The fingerprint of the rules by which a part was made."""
    metadata = pq.read_metadata(part).metadata or {}
    return bytes(metadata[_RULES]).decode()


def parts(folder: Path) -> list[Path]:
    """The finished parts of a folder, by name."""
    return sorted(path for path in folder.glob("*.parquet") if not path.name.startswith("."))


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed writer left beside its part. Only for who holds the workspace's lock."""
    for path in folder.glob(".*.tmp"):
        path.unlink(missing_ok=True)


@contextmanager
def written_beside(target: Path) -> Iterator[Path]:
    """A file name to write to; it becomes `target`, synced, when the block ends without an error."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        yield beside
        sync(beside)
        beside.replace(target)
        sync(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the kernel bring a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
