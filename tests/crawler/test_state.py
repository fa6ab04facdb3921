import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.found import Found
from crawler.revisit import ARTICLE_INTERVALS, GONE_INTERVAL, RETRY_LONGEST, next_visit
from crawler.state import CrawlState, StateError, Validators, Visit

NOW = dt.datetime(2026, 11, 24, 18, 0, tzinfo=dt.UTC)  # 01:00 on the 25th in Vietnam
ZONE = "Asia/Ho_Chi_Minh"
ZONES = {"baomau": ZONE}


@pytest.fixture
def state(tmp_path: Path) -> Iterator[CrawlState]:
    with CrawlState(tmp_path / "state.sqlite") as opened:
        yield opened


def article(number: int, **hints: object) -> Found:
    return Found(url=f"http://baomau.example/tin-{number}.html", kind="article", via="feed", **hints)  # type: ignore[arg-type]


def due(state: CrawlState, now: dt.datetime = NOW, **options: object) -> list[str]:
    return [row.url[-6] for row in state.due_articles("baomau", now, **options)]  # type: ignore[arg-type]


def stored(number: int, at: dt.datetime = NOW) -> Visit:
    return Visit(
        article(number).url, "baomau", at, "fetched", stored=True, validators=Validators('"e"', None, "sha1:X")
    )


def test_all_articles_seen_count_fetched_or_not(state: CrawlState) -> None:
    day = dt.datetime(2026, 11, 20, 20, tzinfo=dt.UTC)
    found = [article(1, published=day), article(2, published=day, wanted=False), article(3), article(3)]
    assert state.record_found("baomau", found, NOW, ZONE) == {row.url for row in found}
    later = NOW + dt.timedelta(minutes=5)
    assert state.record_found("baomau", found, later, ZONE) == set()
    assert len(state.record_found("baomau", found, later, ZONE, since=NOW)) == 3  # as after a killed run
    state.record_visits([stored(1)], ZONES)
    first, second = state.seen_counts()
    assert (first.seen_day, first.hint_day) == (dt.date(2026, 11, 25), None)
    assert (first.seen, first.wanted, first.stored) == (1, 1, 0)
    assert second.hint_day == dt.date(2026, 11, 21)  # the day in Vietnam
    assert (second.seen, second.wanted, second.stored) == (2, 1, 1)


def test_new_articles_come_first_the_newest_of_them_before_the_rest(state: CrawlState) -> None:
    old, new = NOW - dt.timedelta(days=9), NOW - dt.timedelta(hours=1)
    state.record_found("baomau", [article(1, published=old), article(2, published=new), article(3)], NOW, ZONE)
    state.record_visits([stored(3, NOW - dt.timedelta(days=3))], ZONES)
    assert due(state) == ["2", "1", "3"]
    assert due(state, limit=1) == ["2"]
    assert due(state, since=dt.date(2026, 11, 20)) == ["2", "3"]
    assert due(state, until=dt.date(2026, 11, 20)) == ["1", "3"]


def test_an_article_is_due_again_after_its_interval_or_when_its_feed_says_it_changed(state: CrawlState) -> None:
    state.record_found("baomau", [article(1)], NOW, ZONE)
    state.record_visits([stored(1)], ZONES)
    soon = NOW + dt.timedelta(hours=8)
    assert due(state, soon) == []
    assert due(state, soon, revisit_before=soon) == ["1"]
    assert due(state, soon, revisit_before=NOW) == []
    assert due(state, NOW + dt.timedelta(hours=13)) == ["1"]
    state.record_found("baomau", [article(1, modified=NOW + dt.timedelta(hours=1))], soon, ZONE)
    assert due(state, NOW + dt.timedelta(hours=2)) == []  # not more often than TOLD_CHANGED_INTERVAL
    assert due(state, soon) == ["1"]


def test_a_redirecting_address_is_no_article_of_its_own(state: CrawlState) -> None:
    state.record_found("baomau", [article(1)], NOW, ZONE)
    moved = Visit(article(1).url, "baomau", NOW, "redirected", moved_to=article(2).url)
    state.record_visits([moved, stored(2)], ZONES)
    [count] = state.seen_counts()
    assert (count.seen, count.stored) == (1, 1)
    later = NOW + dt.timedelta(hours=1)
    assert due(state, later, revisit_before=later) == ["2"]


def test_unchanged_keeps_the_validators_of_the_page_we_have(state: CrawlState) -> None:
    state.record_visits([stored(1), Visit(article(1).url, "baomau", NOW, "unchanged")], ZONES)
    [row] = state.due_articles("baomau", NOW + dt.timedelta(days=9))
    assert (row.validators, row.stored) == (Validators('"e"', None, "sha1:X"), True)


def test_a_start_point_has_validators_only_once_it_was_read_to_its_end(state: CrawlState) -> None:
    url = "http://baomau.example/rss"
    assert state.validators(url) is None
    state.record_read("baomau", {url: Validators('"a"', None, "sha1:Y")}, "feed", NOW, ZONE)
    assert state.validators(url) == Validators('"a"', None, "sha1:Y")
    assert state.seen_counts() == []


def test_a_run_takes_up_the_work_of_killed_ones(state: CrawlState) -> None:
    def begin(run: str, minutes: int, *sites: str) -> int:
        since = state.begin_run(run, sites, NOW + dt.timedelta(minutes=minutes))
        return round((since - NOW).total_seconds() / 60)

    def finish(run: str, minutes: int, site: str) -> None:
        at = NOW + dt.timedelta(minutes=minutes)
        told = {"fetched": 1}
        state.finish_site(
            run, site, at, requests=1, seen=1, new=1, start_outcomes=told, article_outcomes=told, gave_up=None
        )

    assert begin("killed-1", 0, "a", "b") == 0
    finish("killed-1", 1, "a")  # killed before it was done with b
    assert begin("killed-2", 2, "a", "b") == 0
    assert begin("other", 3, "c") == 3
    assert begin("whole", 4, "a", "b") == 0
    finish("whole", 5, "a")
    finish("whole", 6, "b")
    assert begin("next", 7, "a", "b") == 7


def test_others_read_while_a_crawl_writes(state: CrawlState) -> None:
    state.record_found("baomau", [article(1)], NOW, ZONE)
    with state._change(), sqlite3.connect(state.path) as reader:
        assert reader.execute("SELECT count(*) FROM crawl_urls").fetchone() == (1,)


def test_a_state_of_another_version_or_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    CrawlState(path).close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE crawl_meta SET value = '99'")
    with pytest.raises(StateError, match=r"state\.sqlite holds crawl state of version 99"):
        CrawlState(path)
    broken = tmp_path / "broken.sqlite"
    broken.write_text("no database at all, but long enough to be looked at as one" * 20)
    with pytest.raises(StateError, match=r"broken\.sqlite cannot be used"):
        CrawlState(broken)


def test_revisits_grow_rarer() -> None:
    def wait(age_days: float, outcome: str = "fetched", unchanged: int = 0, failures: int = 0) -> dt.timedelta:
        known = NOW - dt.timedelta(days=age_days)
        due = next_visit(now=NOW, known_since=known, outcome=outcome, unchanged=unchanged, failures=failures)
        return due - NOW

    assert wait(0) == ARTICLE_INTERVALS[0][1]
    assert wait(0) < wait(5) < wait(20) < wait(400)
    assert wait(0, unchanged=2) == 4 * wait(0)
    assert wait(0, "failed:timeout", failures=1) == dt.timedelta(hours=1)
    assert wait(0, "failed:timeout", failures=99) == RETRY_LONGEST
    assert wait(0, "not_found", failures=1) == GONE_INTERVAL
