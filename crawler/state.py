"""The crawl's memory: what was found, what was fetched when, what is due, and how each site fared.

SQLite in WAL mode: a kill loses nothing that was committed, and others read while the crawl writes. An article counts
as fetched (`stored_at`) only when its page lies in the archive; the order (archive to disk, then state) is kept by the
storing side, and `reconcile` catches up with pages that a kill left in the archive alone.
"""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from crawler.archive import Capture
from crawler.found import Days, Found, Kind
from crawler.revisit import TAKE_UP_WITHIN, TOLD_CHANGED_INTERVAL, next_visit
from crawler.sites import VIETNAM_TIME

STATE_VERSION = 1

_TABLES = """
CREATE TABLE crawl_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE crawl_urls (
    url TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap', 'listing', 'article')),
    via TEXT,                      -- the page that first named it
    first_seen TEXT NOT NULL,      -- times: ISO 8601, UTC
    last_seen TEXT NOT NULL,
    seen_day TEXT NOT NULL,        -- day of first_seen in the site's time zone
    hint_title TEXT,               -- hints: what the feed, sitemap or listing said
    hint_summary TEXT,
    hint_published TEXT,
    hint_modified TEXT,
    hint_day TEXT,                 -- day of hint_published in the site's time zone
    wanted INTEGER NOT NULL,       -- 0: left out by the topic filter, yet counted as seen
    etag TEXT,
    last_modified TEXT,
    digest TEXT,                   -- of the page stored last
    stored_at TEXT,                -- a page of it lies in the archive since
    checked_at TEXT,               -- last visit, whatever came of it
    outcome TEXT,                  -- of the last visit
    moved_to TEXT,
    unchanged INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    due TEXT
) STRICT;
CREATE INDEX crawl_urls_of_site ON crawl_urls (site_id, kind, due);
CREATE TABLE crawl_runs (
    run_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,              -- null: was killed, or still runs
    requests INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    gave_up TEXT,
    PRIMARY KEY (run_id, site_id)
) STRICT;
CREATE TABLE crawl_outcomes (
    run_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('start', 'article')),
    outcome TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (run_id, site_id, stage, outcome)
) STRICT;
"""


_LATER_TABLES = """
CREATE TABLE IF NOT EXISTS crawl_reading (  -- start points that a run has read; emptied when it is done with the site
    url TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    named_by TEXT,                 -- the sitemap that names this one
    noted_at TEXT NOT NULL,
    outcome TEXT,                  -- null: yet to be asked for; reading: read, but not all it leads to; else: done
    etag TEXT,
    last_modified TEXT,
    digest TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS crawl_days (  -- when an article appeared, by its address or its row in a listing
    url TEXT PRIMARY KEY,
    first TEXT NOT NULL,
    last TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS crawl_imports (  -- records of other archives that were taken over
    record_id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    site_id TEXT NOT NULL
) STRICT;
"""
"""Tables that workspaces made before they existed get when they are opened."""


class StateError(RuntimeError):
    """The crawl state cannot be used; the message names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server and our archive say about the page we have: sent along to be told "unchanged"."""

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How far an unfinished run came with a feed, a sitemap or a page of a listing."""

    outcome: str | None
    """None: named by a sitemap and yet to be asked for; `READING`; else what came of it."""
    at: dt.datetime
    validators: Validators


READING = "reading"
"""The page itself was read, but not yet all it leads to (further pages, inner sitemaps)."""


@dataclass(frozen=True, slots=True)
class DueArticle:
    """An article to fetch, with the validators of the page we have, if any."""

    url: str
    validators: Validators
    stored: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking for one article."""

    url: str
    site_id: str
    at: dt.datetime
    outcome: str
    """`fetched`, `unchanged`, `redirected`, `not_found`, `robots`, `failed:<reason>` ..."""
    stored: bool = False
    """The page lies in the archive (and the archive on the disk)."""
    validators: Validators = Validators()
    moved_to: str | None = None

    @classmethod
    def of(cls, capture: Capture, site_id: str) -> Self:
        """The visit that brought a page of the archive."""
        headers = capture.headers
        known = Validators(headers.get("etag"), headers.get("last-modified"), capture.digest)
        return cls(capture.url, site_id, capture.fetched_at, "fetched", stored=True, validators=known)


@dataclass(frozen=True, slots=True)
class SeenCount:
    """A denominator: how many articles a site showed us, by the day we first saw them and the day the site gives."""

    site_id: str
    seen_day: dt.date
    hint_day: dt.date | None
    """Day of publication as the feed or sitemap says; None where it says none (never filled from another source)."""
    seen: int
    wanted: int
    stored: int


class CrawlState:
    """Opens (or makes) the crawl tables in a SQLite file. Raises StateError for a file of another version or kind.

    Close it when done, or use it as a context manager. All times in and out are aware.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode = WAL")
            self._check_version()
        except sqlite3.DatabaseError as error:
            raise StateError(f"{path} cannot be used as crawl state: {error}") from error

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_version(self) -> None:
        with self._change():
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'crawl_meta'").fetchone():
                for statement in _TABLES.split(";\n"):
                    self._db.execute(statement)
                self._db.execute("INSERT INTO crawl_meta VALUES ('version', ?)", (str(STATE_VERSION),))
            for statement in _LATER_TABLES.split(";\n"):
                self._db.execute(statement)
        found = self._db.execute("SELECT value FROM crawl_meta WHERE name = 'version'").fetchone()
        if found is None or found[0] != str(STATE_VERSION):
            raise StateError(
                f"{self.path} holds crawl state of version {found[0] if found else 'unknown'}, this program knows "
                f"version {STATE_VERSION}; use the version of thidua that made it, or start a new workspace"
            )

    @contextmanager
    def _change(self, *, on_disk: bool = False) -> Iterator[None]:
        """One short transaction: all of it or nothing.

        Every transaction outlives a kill. One that is brought to the disk (`on_disk`) outlives a loss of power too, and
        all before it do; that costs some milliseconds.
        """
        self._db.execute(f"PRAGMA synchronous = {'FULL' if on_disk else 'NORMAL'}")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # -- runs ----------------------------------------------------------------------------------------------------

    def begin_run(self, run_id: str, site_ids: Sequence[str], now: dt.datetime) -> dt.datetime:
        """Note that a run begins, and with which sites. Returns since when a page counts as visited *by this run*.

        That is `now`, or, when the runs before were killed before they had finished with all their sites, the start of
        the first of them: this run takes up their work.
        """
        marks = ", ".join("?" * len(site_ids))
        runs = self._db.execute(
            f"""
            SELECT min(started_at) AS started, count(*) = count(finished_at) AS whole FROM crawl_runs
            WHERE run_id IN (SELECT run_id FROM crawl_runs WHERE site_id IN ({marks}))
            GROUP BY run_id ORDER BY started DESC
            """,
            tuple(site_ids),
        ).fetchall()
        since = now
        for run in itertools.takewhile(lambda run: not run["whole"], runs):
            since = _time(run["started"])
        with self._change(on_disk=True):
            self._db.executemany(
                "INSERT OR REPLACE INTO crawl_runs (run_id, site_id, started_at) VALUES (?, ?, ?)",
                [(run_id, site_id, _text(now)) for site_id in site_ids],
            )
            self._db.execute(
                f"DELETE FROM crawl_reading WHERE noted_at < ? AND site_id IN ({marks})",
                (_text(max(since, now - TAKE_UP_WITHIN)), *site_ids),
            )
        return since

    def finish_site(
        self,
        run_id: str,
        site_id: str,
        now: dt.datetime,
        *,
        requests: int,
        seen: int,
        new: int,
        start_outcomes: Mapping[str, int],
        article_outcomes: Mapping[str, int],
        gave_up: str | None,
    ) -> None:
        """Note that a run has done what it could for a site, and what came of it."""
        stages = (("start", start_outcomes), ("article", article_outcomes))
        with self._change(on_disk=True):
            self._db.execute("DELETE FROM crawl_reading WHERE site_id = ?", (site_id,))
            self._db.execute(
                "UPDATE crawl_runs SET finished_at = ?, requests = ?, seen = ?, new = ?, gave_up = ?"
                " WHERE run_id = ? AND site_id = ?",
                (_text(now), requests, seen, new, gave_up, run_id, site_id),
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO crawl_outcomes VALUES (?, ?, ?, ?, ?)",
                [
                    (run_id, site_id, stage, outcome, count)
                    for stage, outcomes in stages
                    for outcome, count in outcomes.items()
                ],
            )

    # -- discovery -----------------------------------------------------------------------------------------------

    def record_found(
        self, site_id: str, found: Iterable[Found], now: dt.datetime, timezone: str, *, since: dt.datetime | None = None
    ) -> set[str]:
        """Add articles to the frontier, or their new hints to the known ones. Returns those that are new.

        New are those never seen before `since`, the beginning of the run (default: `now`).
        """
        zone = ZoneInfo(timezone)
        distinct = {item.url: item for item in found}
        new = set()
        with self._change():
            for item in distinct.values():
                known = self._db.execute("SELECT first_seen FROM crawl_urls WHERE url = ?", (item.url,)).fetchone()
                if known is None or known["first_seen"] >= _text(since or now):
                    new.add(item.url)
                self._db.execute(
                    """
                    INSERT INTO crawl_urls (url, site_id, kind, via, first_seen, last_seen, seen_day, hint_title,
                        hint_summary, hint_published, hint_modified, hint_day, wanted)
                    VALUES (:url, :site_id, :kind, :via, :now, :now, :today, :title,
                        :summary, :published, :modified, :day, :wanted)
                    ON CONFLICT (url) DO UPDATE SET
                        last_seen = excluded.last_seen,
                        hint_title = coalesce(hint_title, excluded.hint_title),
                        hint_summary = coalesce(hint_summary, excluded.hint_summary),
                        hint_published = coalesce(hint_published, excluded.hint_published),
                        hint_day = coalesce(hint_day, excluded.hint_day),
                        hint_modified = coalesce(excluded.hint_modified, hint_modified),
                        wanted = max(wanted, excluded.wanted)
                    """,
                    {
                        "url": item.url,
                        "site_id": site_id,
                        "kind": item.kind,
                        "via": item.via,
                        "now": _text(now),
                        "today": now.astimezone(zone).date().isoformat(),
                        "title": item.title,
                        "summary": item.summary,
                        "published": _text(item.published) if item.published else None,
                        "modified": _text(item.modified) if item.modified else None,
                        "day": item.published.astimezone(zone).date().isoformat() if item.published else None,
                        "wanted": int(item.wanted),
                    },
                )
                if item.listed is not None:
                    self._db.execute(
                        "INSERT INTO crawl_days VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE"
                        " SET first = excluded.first, last = excluded.last WHERE excluded.first = excluded.last",
                        (item.url, item.listed.first.isoformat(), item.listed.last.isoformat()),
                    )
        return new

    def days(self, urls: Iterable[str]) -> dict[str, Days]:
        """When articles appeared, as far as feeds, sitemaps, listings or addresses said."""
        found = {}
        for url in urls:
            row = self._db.execute(
                "SELECT coalesce(hint_day, first) AS first, coalesce(hint_day, last) AS last"
                " FROM crawl_urls LEFT JOIN crawl_days USING (url) WHERE url = ?",
                (url,),
            ).fetchone()
            if row is not None and row["first"] is not None:
                found[url] = Days(dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"]))
        return found

    def validators(self, url: str) -> Validators | None:
        """What to send along with a request for a start point; None when it was never read to its end."""
        row = self._db.execute(
            "SELECT etag, last_modified, digest FROM crawl_urls WHERE url = ? AND checked_at IS NOT NULL", (url,)
        ).fetchone()
        return Validators(**row) if row else None

    def record_read(
        self, site_id: str, pages: Mapping[str, Validators], kind: Kind, now: dt.datetime, timezone: str
    ) -> None:
        """Note that a start point was read to its end (with the sitemaps it names, with its further pages).

        Only then may the next run be told "unchanged" and leave the rest unread.
        """
        today = now.astimezone(ZoneInfo(timezone)).date().isoformat()
        with self._change():
            self._db.executemany(
                """
                INSERT INTO crawl_urls (url, site_id, kind, first_seen, last_seen, seen_day, wanted, etag,
                    last_modified, digest, checked_at, outcome)
                VALUES (:url, :site_id, :kind, :now, :now, :today, 1, :etag, :last_modified, :digest, :now, 'read')
                ON CONFLICT (url) DO UPDATE SET last_seen = :now, checked_at = :now, etag = :etag,
                    last_modified = :last_modified, digest = :digest, outcome = 'read'
                """,
                [
                    {
                        "url": url,
                        "site_id": site_id,
                        "kind": kind,
                        "now": _text(now),
                        "today": today,
                        "etag": page.etag,
                        "last_modified": page.last_modified,
                        "digest": page.digest,
                    }
                    for url, page in pages.items()
                ],
            )

    def reading(self, url: str) -> Reading | None:
        """How far this run, or the killed one whose work it takes up, came with a start point; None: not asked yet."""
        row = self._db.execute("SELECT * FROM crawl_reading WHERE url = ?", (url,)).fetchone()
        if row is None:
            return None
        validators = Validators(row["etag"], row["last_modified"], row["digest"])
        return Reading(row["outcome"], _time(row["noted_at"]), validators)

    def note_reading(
        self,
        site_id: str,
        url: str,
        outcome: str,
        now: dt.datetime,
        *,
        validators: Validators | None = None,
        names: Sequence[str] = (),
    ) -> None:
        """Note how far a run came with a start point, and which further sitemaps it `names`."""
        known = validators or Validators()
        with self._change():
            self._db.execute(
                """
                INSERT INTO crawl_reading (url, site_id, noted_at, outcome, etag, last_modified, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET outcome = excluded.outcome,
                    noted_at = excluded.noted_at, etag = coalesce(excluded.etag, etag),
                    last_modified = coalesce(excluded.last_modified, last_modified),
                    digest = coalesce(excluded.digest, digest)
                """,
                (url, site_id, _text(now), outcome, known.etag, known.last_modified, known.digest),
            )
            self._db.executemany(
                "INSERT INTO crawl_reading (url, site_id, named_by, noted_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (url) DO NOTHING",
                [(name, site_id, url, _text(now)) for name in names],
            )

    def named_sitemaps(self, url: str) -> list[str]:
        """The sitemaps that a sitemap named when this run read it, in the order they are to be asked for."""
        rows = self._db.execute("SELECT url FROM crawl_reading WHERE named_by = ? ORDER BY rowid", (url,))
        return [row["url"] for row in rows]

    # -- articles ------------------------------------------------------------------------------------------------

    def due_articles(
        self,
        site_id: str,
        now: dt.datetime,
        *,
        revisit_before: dt.datetime | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        limit: int | None = None,
    ) -> list[DueArticle]:
        """Articles to fetch now: those never fetched first, the newest of them first; then those due for a revisit.

        With `revisit_before`, known articles are given whether due or not when their last visit was before it (sample
        sites, which have no intervals). `since` and `until` (both included) leave out articles whose hint gives
        another day (that of a feed or sitemap, else that of a listing or of the address); articles without any hint
        are given.
        """
        rows = self._db.execute(
            """
            SELECT url, etag, last_modified, digest, stored_at FROM crawl_urls
            LEFT JOIN crawl_days USING (url)
            WHERE site_id = :site_id AND kind = 'article' AND wanted = 1
              AND (due IS NULL OR due <= :now OR (hint_modified > checked_at AND checked_at < :told_before)
                   OR (checked_at < :revisit_before AND outcome <> 'redirected'))
              AND coalesce(hint_day, last, :since) >= :since AND coalesce(hint_day, first, :until) <= :until
            ORDER BY stored_at IS NOT NULL, coalesce(hint_published, first_seen) DESC, crawl_urls.rowid
            LIMIT :limit
            """,
            {
                "site_id": site_id,
                "now": _text(now),
                "told_before": _text(now - TOLD_CHANGED_INTERVAL),
                "revisit_before": _text(revisit_before) if revisit_before else None,
                "since": since.isoformat() if since else "0000",
                "until": until.isoformat() if until else "9999",
                "limit": -1 if limit is None else limit,
            },
        )
        return [
            DueArticle(
                url=row["url"],
                validators=Validators(row["etag"], row["last_modified"], row["digest"]),
                stored=row["stored_at"] is not None,
            )
            for row in rows
        ]

    def digest(self, url: str) -> str | None:
        """Digest of the page of `url` that was stored last; None when none is."""
        row = self._db.execute("SELECT digest FROM crawl_urls WHERE url = ?", (url,)).fetchone()
        return row["digest"] if row else None

    def record_visits(self, visits: Iterable[Visit], timezones: Mapping[str, str]) -> None:
        """Note what came of visits, in one transaction. `timezones` gives each site's (default: Vietnam's)."""
        visits = list(visits)
        with self._change(on_disk=any(visit.stored for visit in visits)):
            for visit in visits:
                self._record_visit(visit, timezones.get(visit.site_id, VIETNAM_TIME))

    def record_imports(
        self, imports: Iterable[tuple[Visit, str]], timezones: Mapping[str, str], now: dt.datetime
    ) -> None:
        """Note pages taken over from other archives, each with the id of the record it came from.

        A page is due again as if it was visited `now`, so that it is not fetched again at once. Where a later page of
        the address is known, that one stays what is known.
        """
        with self._change(on_disk=True):
            for visit, record_id in imports:
                self._db.execute(
                    "INSERT INTO crawl_imports VALUES (?, ?, ?) ON CONFLICT (record_id) DO NOTHING",
                    (record_id, visit.url, visit.site_id),
                )
                row = self._db.execute("SELECT checked_at FROM crawl_urls WHERE url = ?", (visit.url,)).fetchone()
                if row is None or (row["checked_at"] or "") < _text(visit.at):
                    self._record_visit(visit, timezones.get(visit.site_id, VIETNAM_TIME), now)

    def is_imported(self, record_id: str) -> bool:
        """Whether this record of another archive was taken over before."""
        return bool(self._db.execute("SELECT 1 FROM crawl_imports WHERE record_id = ?", (record_id,)).fetchone())

    def is_stored(self, url: str) -> bool:
        """Whether a page of `url` lies in the archive."""
        row = self._db.execute("SELECT stored_at FROM crawl_urls WHERE url = ?", (url,)).fetchone()
        return row is not None and row["stored_at"] is not None

    def reconcile(
        self, captures: Iterable[Capture], timezones: Mapping[str, str], now: dt.datetime | None = None
    ) -> int:
        """Catch up with pages that a killed run or import archived but could not note. Returns how many there were.

        `now` is when an imported page counts as visited (default: the present).
        """
        missed = []
        imported: list[tuple[Visit, str]] = []
        for capture in captures:
            if capture.site_id is None:
                continue
            if capture.refers_to is not None:
                if not self.is_imported(capture.refers_to):
                    imported.append((Visit.of(capture, capture.site_id), capture.refers_to))
                continue
            row = self._db.execute("SELECT checked_at FROM crawl_urls WHERE url = ?", (capture.url,)).fetchone()
            if row is None or (row["checked_at"] or "") < _text(capture.fetched_at):
                missed.append(Visit.of(capture, capture.site_id))
        self.record_visits(missed, timezones)
        if imported:
            self.record_imports(imported, timezones, now or dt.datetime.now(dt.UTC))
        return len(missed) + len(imported)

    def _record_visit(self, visit: Visit, timezone: str, now: dt.datetime | None = None) -> None:
        at = _text(visit.at)
        self._db.execute(
            "INSERT INTO crawl_urls (url, site_id, kind, first_seen, last_seen, seen_day, wanted)"
            " VALUES (?, ?, 'article', ?, ?, ?, 1) ON CONFLICT (url) DO NOTHING",
            (visit.url, visit.site_id, at, at, visit.at.astimezone(ZoneInfo(timezone)).date().isoformat()),
        )
        row = self._db.execute("SELECT * FROM crawl_urls WHERE url = ?", (visit.url,)).fetchone()
        well = visit.stored or visit.outcome == "unchanged"
        unchanged = row["unchanged"] + 1 if visit.outcome == "unchanged" else 0
        failures = 0 if well else row["failures"] + 1
        due = next_visit(
            now=now or visit.at,
            known_since=_time(row["hint_published"] or row["first_seen"]),
            outcome=visit.outcome,
            unchanged=unchanged,
            failures=failures,
        )
        seen = visit.validators
        self._db.execute(
            """
            UPDATE crawl_urls SET checked_at = :at, outcome = :outcome, moved_to = :moved_to, unchanged = :unchanged,
                failures = :failures, due = :due, stored_at = CASE WHEN :stored THEN :at ELSE stored_at END,
                etag = CASE WHEN :stored THEN :etag ELSE coalesce(:etag, etag) END,
                last_modified = CASE WHEN :stored THEN :last_modified ELSE coalesce(:last_modified, last_modified) END,
                digest = CASE WHEN :stored THEN :digest ELSE digest END
            WHERE url = :url
            """,
            {
                "url": visit.url,
                "at": at,
                "outcome": visit.outcome,
                "moved_to": visit.moved_to,
                "unchanged": unchanged,
                "failures": failures,
                "due": _text(due),
                "stored": int(visit.stored),
                "etag": seen.etag,
                "last_modified": seen.last_modified,
                "digest": seen.digest,
            },
        )

    # -- what others read ----------------------------------------------------------------------------------------

    def seen_counts(self) -> list[SeenCount]:
        """Denominators: all articles seen, fetched or not, by site and day; mere redirects do not count."""
        rows = self._db.execute(
            """
            SELECT site_id, seen_day, hint_day, count(*) AS seen, sum(wanted) AS wanted,
                count(stored_at) AS stored
            FROM crawl_urls WHERE kind = 'article' AND outcome IS NOT 'redirected'
            GROUP BY site_id, seen_day, hint_day ORDER BY site_id, seen_day, hint_day
            """
        )
        return [
            SeenCount(
                site_id=row["site_id"],
                seen_day=dt.date.fromisoformat(row["seen_day"]),
                hint_day=dt.date.fromisoformat(row["hint_day"]) if row["hint_day"] else None,
                seen=row["seen"],
                wanted=row["wanted"],
                stored=row["stored"],
            )
            for row in rows
        ]


def _text(time: dt.datetime) -> str:
    """Times as they are stored: UTC with microseconds and always the same length, so that text order is time order."""
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
