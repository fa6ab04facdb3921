"""How each site fares, judged by its own past: does it answer, does it still bring news, and as much as it used to?

Reads the crawl state and writes nothing. A site that goes on answering but names no new article any more (a moved feed,
a rebuilt portal) is the failure that no error shows; it is told by the site's own rhythm.
"""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["never", "well", "learning", "quiet", "failing", "down", "silent"]
"""`never` finished a run; `well`; `learning`: too little is known of its rhythm. Soft: `quiet` (less than usual),
`failing` (the last run failed). Hard: `down` (the last runs all failed), `silent` (answers, but names nothing new)."""

HARD: frozenset[State] = frozenset({"down", "silent"})
"""States that somebody must look at: waiting will not mend them."""

DOWN_AFTER = 3
"""Runs in a row without an answer that make `failing` into `down`: a server may be out for a day."""

WINDOW = dt.timedelta(days=7)
"""Seen and expected articles are counted over a week: sites rest on weekends."""
PAST_WINDOWS = 8
"""Weeks before the last one that make up the rhythm, as far as they are known."""
FEWEST_WINDOWS = 2
QUIET_SHARE = 0.34
"""A week with less than this share of the median week is `quiet`."""

SILENT_TIMES = 3
"""`silent` is who has named nothing new for so many times its usual longest pause (the 90th percentile)."""
SHORTEST_SILENCE = dt.timedelta(days=3)
"""A long weekend is no silence."""
FEWEST_PAUSES = 4

_ANSWERED = frozenset({"fetched", "unchanged", "empty"})


@dataclass(frozen=True, slots=True)
class SiteRun:
    """One run's visit to one site."""

    started_at: dt.datetime
    finished_at: dt.datetime | None
    """None: was killed, or still runs."""
    gave_up: str | None
    start_outcomes: dict[str, int]
    outcomes: dict[str, int]

    @property
    def answered(self) -> bool:
        """At least one start point was read."""
        return any(self.start_outcomes.get(outcome) for outcome in _ANSWERED)


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """A row of the health table. `reason` says in words why the state is what it is."""

    site_id: str
    state: State
    reason: str
    runs: int
    last_success: dt.datetime | None
    """End of the last run in which at least one of its start points was read."""
    last_new_article: dt.datetime | None
    seen: int
    """Articles that appeared in the week before the last success."""
    expected: float | None
    """Articles of its median week before that one; None while too little is known."""
    errors: dict[str, int]
    """What failed in the last run, by reason."""

    @property
    def hard(self) -> bool:
        return self.state in HARD


def read_health(state: Path, site_ids: Iterable[str] | None = None) -> list[SiteHealth]:
    """The health of `site_ids` (default: of all sites that a run ever began with), by id. `state`: the SQLite file."""
    with closing(sqlite3.connect(f"file:{state}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'crawl_runs'").fetchone():
            known: list[str] = []
        else:
            known = [row[0] for row in db.execute("SELECT DISTINCT site_id FROM crawl_runs")]
        wanted = sorted(known if site_ids is None else set(site_ids))
        return [judge(each, _runs(db, each), _arrivals(db, each)) if each in known else _never(each) for each in wanted]


def judge(site_id: str, runs: Sequence[SiteRun], arrivals: Sequence[dt.datetime]) -> SiteHealth:
    """What a site's history says of it. `runs`: oldest first; `arrivals`: when its articles appeared, oldest first.

    Silence is measured up to the last success, so a site that is not crawled any more is not called silent.
    """
    finished = [run for run in runs if run.finished_at is not None]
    good = [run for run in finished if run.answered]
    if not finished:
        return _never(site_id, len(runs))
    last = finished[-1]
    until = good[-1].finished_at if good else None
    seen, expected = _rhythm(arrivals, until) if until else (0, None)
    failed_in_a_row = len(list(itertools.takewhile(lambda run: not run.answered, reversed(finished))))
    state, reason = _state(last, failed_in_a_row, until, arrivals, seen, expected)
    errors: Counter[str] = Counter()
    for outcomes in (last.start_outcomes, last.outcomes):
        errors.update({name: count for name, count in outcomes.items() if name.startswith("failed:")})
    return SiteHealth(
        site_id=site_id,
        state=state,
        reason=reason,
        runs=len(runs),
        last_success=until,
        last_new_article=arrivals[-1] if arrivals else None,
        seen=seen,
        expected=expected,
        errors=dict(sorted(errors.items())),
    )


def _never(site_id: str, runs: int = 0) -> SiteHealth:
    return SiteHealth(site_id, "never", "no run has been through with it yet", runs, None, None, 0, None, {})


def _state(
    last: SiteRun,
    failed_in_a_row: int,
    until: dt.datetime | None,
    arrivals: Sequence[dt.datetime],
    seen: int,
    expected: float | None,
) -> tuple[State, str]:
    if failed_in_a_row:
        why = last.gave_up or ", ".join(sorted(last.start_outcomes)) or "no start point was asked"
        if failed_in_a_row >= DOWN_AFTER:
            return "down", f"the last {failed_in_a_row} runs could read none of its start points: {why}"
        return "failing", f"the last run could read none of its start points: {why}"
    assert until is not None
    pause = _usual_pause(arrivals)
    silence = until - arrivals[-1] if arrivals else None
    if silence is not None and pause is not None and silence > max(SILENT_TIMES * pause, SHORTEST_SILENCE):
        return "silent", (
            f"answers, but has named no new article for {_days(silence)}; it used to after {_days(pause)} at most"
        )
    if set(last.start_outcomes) <= {"empty"}:
        return "silent", "answers, but none of its start points names an article: it was rebuilt, or has moved"
    if last.gave_up:
        return "failing", f"the last run left it early: {last.gave_up}"
    if expected is None:
        return "learning", "too little is known of its rhythm yet"
    if seen < QUIET_SHARE * expected:
        return "quiet", f"{seen} new articles in a week, where {expected:g} are usual"
    return "well", "answers and names new articles as usual"


def _rhythm(arrivals: Sequence[dt.datetime], until: dt.datetime) -> tuple[int, float | None]:
    """Articles of the last week, and of the median week among those before it that lie after the first arrival."""
    if not arrivals:
        return 0, None
    weeks = [
        sum(until - WINDOW * (n + 1) < at <= until - WINDOW * n for at in arrivals) for n in range(PAST_WINDOWS + 1)
    ]
    known = int((until - arrivals[0]) / WINDOW)
    past = weeks[1 : known + 1]
    return weeks[0], statistics.median(past) if len(past) >= FEWEST_WINDOWS else None


def _usual_pause(arrivals: Sequence[dt.datetime]) -> dt.timedelta | None:
    """The pause between days with news that 9 of 10 do not exceed; None while there are too few."""
    days = sorted({at.date() for at in arrivals})
    pauses = sorted((later - earlier).days for earlier, later in itertools.pairwise(days))
    if len(pauses) < FEWEST_PAUSES:
        return None
    return dt.timedelta(days=pauses[min(int(0.9 * len(pauses)), len(pauses) - 1)])


def _days(span: dt.timedelta) -> str:
    count = max(span.days, 1)
    return "a day" if count == 1 else f"{count} days"


def _runs(db: sqlite3.Connection, site_id: str) -> list[SiteRun]:
    outcomes: dict[tuple[str, str], dict[str, int]] = {}
    for row in db.execute("SELECT run_id, stage, outcome, count FROM crawl_outcomes WHERE site_id = ?", (site_id,)):
        outcomes.setdefault((row["run_id"], row["stage"]), {})[row["outcome"]] = row["count"]
    rows = db.execute("SELECT * FROM crawl_runs WHERE site_id = ? ORDER BY started_at", (site_id,))
    return [
        SiteRun(
            started_at=dt.datetime.fromisoformat(row["started_at"]),
            finished_at=dt.datetime.fromisoformat(row["finished_at"]) if row["finished_at"] else None,
            gave_up=row["gave_up"],
            start_outcomes=outcomes.get((row["run_id"], "start"), {}),
            outcomes=outcomes.get((row["run_id"], "article"), {}),
        )
        for row in rows
    ]


def _arrivals(db: sqlite3.Connection, site_id: str) -> list[dt.datetime]:
    """When articles appeared: as the site dates them, else when we first saw them.

    What was seen undated on the very first day is the stock of years, not the news of that day, and is left out; so is
    what a site dates later than it was seen.
    """
    rows = db.execute(
        """
        SELECT min(coalesce(hint_published, first_seen), first_seen) AS at FROM crawl_urls
        WHERE site_id = :site AND kind = 'article' AND outcome IS NOT 'redirected'
          AND (hint_published IS NOT NULL
               OR seen_day > (SELECT min(seen_day) FROM crawl_urls WHERE site_id = :site AND kind = 'article'))
        ORDER BY at
        """,
        {"site": site_id},
    )
    return [dt.datetime.fromisoformat(row["at"]) for row in rows]
