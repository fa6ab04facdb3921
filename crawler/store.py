"""Where fetched pages go: into the archive first, then, when they are safe on the disk, into the crawl state."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from crawler.archive import ArchiveWriter, body_digest
from crawler.sites import Site
from crawler.state import CrawlState, Validators, Visit

CHECKPOINT_PAGES = 50
CHECKPOINT_SECONDS = 2.0
"""Pages are synced and noted after so many of them or seconds, whichever comes first. A kill in between costs nothing
(pages in the archive are found again by `CrawlState.reconcile`), a loss of power at most this much work."""


class PageStore:
    """Takes pages and outcomes of one run. Opens its archive file with the first page. Use as a context manager.

    Raises ArchiveError when the disk refuses a page, and sqlite3.Error when it refuses the state.
    """

    def __init__(self, folder: Path, run_id: str, state: CrawlState, sites: Sequence[Site]) -> None:
        self._folder = folder
        self._run_id = run_id
        self._state = state
        self._timezones = {site.id: site.timezone for site in sites}
        self._writer: ArchiveWriter | None = None
        self._pending: list[Visit] = []
        self._noted_at = time.monotonic()

    @property
    def archive_file(self) -> Path | None:
        """The file that holds (or will hold, once closed) the pages of this run; None while there are none."""
        return self._writer.path if self._writer else None

    def add_page(
        self,
        site: Site,
        url: str,
        *,
        at: dt.datetime,
        status: int,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        ip_address: str | None,
    ) -> None:
        """Archive a page, and have its visit noted with the next checkpoint."""
        if self._writer is None:
            self._writer = ArchiveWriter(unused_path(self._folder, self._run_id))
        self._writer.add(
            url=url, site_id=site.id, status=status, headers=headers, body=body, fetched_at=at, ip_address=ip_address
        )
        names = {name.lower(): value for name, value in headers}
        validators = Validators(names.get("etag"), names.get("last-modified"), body_digest(body))
        self._pending.append(Visit(url, site.id, at, "fetched", stored=True, validators=validators))
        waited = time.monotonic() - self._noted_at
        if len(self._pending) >= CHECKPOINT_PAGES or waited >= CHECKPOINT_SECONDS:
            self.checkpoint()

    def note(self, visit: Visit) -> None:
        """Note a visit that brought no page to keep. At once: after a kill, no archive would tell of it."""
        self._state.record_visits([visit], self._timezones)

    def checkpoint(self) -> None:
        """Bring the archive to the disk, then note all visits that wait."""
        if self._pending:
            if self._writer is not None:
                self._writer.sync()
            self._state.record_visits(self._pending, self._timezones)
            self._pending = []
        self._noted_at = time.monotonic()

    def close(self) -> None:
        """Checkpoint, then end the archive file (in this order: a closed file's pages are all noted)."""
        try:
            self.checkpoint()
        finally:
            if self._writer is not None:
                self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def unused_path(folder: Path, run_id: str) -> Path:
    """A file name for the run's pages; numbered when the run has a file already."""
    names = [f"{run_id}.warc.gz", *(f"{run_id}-{number}.warc.gz" for number in range(2, 1000))]
    taken = {path.name.removesuffix(".open") for path in folder.glob(f"{run_id}*")}
    return folder / next(name for name in names if name not in taken)
