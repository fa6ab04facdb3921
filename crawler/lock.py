"""One writer at a time: whoever writes an archive folder and its crawl state holds this lock."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_PATIENCE = 10.0
"""Seconds to wait for another crawl's lock: a crawl whose starter was killed needs a moment to notice."""


class CrawlLockedError(RuntimeError):
    """Another crawl or import writes the same archive."""


@contextmanager
def archive_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. The system lets it go when the process ends, however it ends.

    Raises CrawlLockedError when another process still holds it after LOCK_PATIENCE seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "crawl.lock"
    with path.open("w") as file:
        give_up_at = time.monotonic() + LOCK_PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > give_up_at:
                    raise CrawlLockedError(
                        f"another crawl or import writes {folder}; wait until it has ended"
                    ) from None
                time.sleep(0.1)
            else:
                break
        yield
