"""The health of a site, judged by its own past."""

import datetime as dt
from pathlib import Path

from crawler.found import Found
from crawler.health import SiteHealth, read_health
from crawler.state import CrawlState

FIRST_DAY = dt.datetime(2026, 9, 7, 5, 0, tzinfo=dt.UTC)


class Past:
    """A site's history: a run a day, with what it brought."""

    def __init__(self, folder: Path) -> None:
        self.state = CrawlState(folder / "state.sqlite")
        self.day = 0
        self.named = 0

    def runs(self, days: int, *, articles: int = 0, start: dict[str, int] | None = None, **told: object) -> None:
        for _ in range(days):
            now = FIRST_DAY + dt.timedelta(days=self.day)
            run_id = f"run-{self.day}"
            self.state.begin_run(run_id, ["baomau"], now)
            found = [
                Found(
                    url=f"http://baomau.example/{n}", kind="article", via="rss", published=now - dt.timedelta(hours=2)
                )
                for n in range(self.named, self.named + articles)
            ]
            self.state.record_found("baomau", found, now, "Asia/Ho_Chi_Minh")
            self.named += articles
            values: dict[str, object] = {"article_outcomes": {"fetched": articles}, "gave_up": None} | told
            self.state.finish_site(
                run_id,
                "baomau",
                now + dt.timedelta(minutes=5),
                requests=1,
                seen=articles,
                new=articles,
                start_outcomes={"fetched": 1} if start is None else start,
                **values,  # type: ignore[arg-type]
            )
            self.day += 1

    def health(self) -> SiteHealth:
        [row] = read_health(self.state.path)
        return row


def test_a_site_is_well_while_it_brings_what_it_used_to(tmp_path: Path) -> None:
    past = Past(tmp_path)
    past.runs(3, articles=4)
    assert past.health().state == "learning"
    past.runs(25, articles=4)
    row = past.health()
    assert (row.state, row.seen, row.expected, row.hard) == ("well", 28, 28, False)
    assert row.last_success == FIRST_DAY + dt.timedelta(days=27, minutes=5)
    assert row.last_new_article == FIRST_DAY + dt.timedelta(days=27, hours=-2)


def test_a_site_that_answers_but_names_nothing_new_is_silent_after_its_own_patience(tmp_path: Path) -> None:
    past = Past(tmp_path)
    past.runs(28, articles=4)
    past.runs(2, start={"unchanged": 1})
    assert past.health().state == "well"
    past.runs(1, start={"unchanged": 1})
    row = past.health()
    assert (row.state, row.hard) == ("silent", True)
    assert row.reason == "answers, but has named no new article for 3 days; it used to after a day at most"


def test_a_site_of_few_news_has_more_patience(tmp_path: Path) -> None:
    past = Past(tmp_path)
    for _ in range(6):
        past.runs(1, articles=1)
        past.runs(6)
    past.runs(10)
    assert past.health().state == "quiet"
    past.runs(6)
    assert past.health().state == "silent"


def test_start_points_without_any_article_are_a_rebuilt_site(tmp_path: Path) -> None:
    past = Past(tmp_path)
    past.runs(1, start={"empty": 2})
    row = past.health()
    assert (row.state, row.hard) == ("silent", True)
    assert "rebuilt" in row.reason


def test_less_than_usual_is_quiet(tmp_path: Path) -> None:
    past = Past(tmp_path)
    past.runs(28, articles=10)
    past.runs(7, articles=1)
    row = past.health()
    assert (row.state, row.hard) == ("quiet", False)
    assert row.reason == "7 new articles in a week, where 70 are usual"


def test_a_failure_is_soft_and_three_are_hard(tmp_path: Path) -> None:
    past = Past(tmp_path)
    past.runs(20, articles=1)
    dead = {"failed:timeout": 1, "failed:http-500": 2}
    past.runs(2, start=dead, gave_up="5 failures in a row", article_outcomes={"failed:timeout": 3})
    row = past.health()
    assert (row.state, row.hard, row.errors) == ("failing", False, {"failed:http-500": 2, "failed:timeout": 4})
    past.runs(1, start=dead)
    row = past.health()
    assert (row.state, row.hard) == ("down", True)
    assert row.reason == "the last 3 runs could read none of its start points: failed:http-500, failed:timeout"
    assert row.last_success == FIRST_DAY + dt.timedelta(days=19, minutes=5)
    past.runs(1, articles=1)
    assert past.health().state in {"well", "quiet"}


def test_a_site_left_early_is_failing_though_it_answers(tmp_path: Path) -> None:
    past = Past(tmp_path)
    past.runs(10, articles=1, gave_up="busy: asked us to come back in 86400 s")
    assert past.health().state == "failing"


def test_who_was_never_crawled_is_told_so(tmp_path: Path) -> None:
    state = CrawlState(tmp_path / "state.sqlite")
    state.begin_run("killed", ["baomau"], FIRST_DAY)
    assert [(row.site_id, row.state) for row in read_health(state.path, ["baomau", "khac"])] == [
        ("baomau", "never"),
        ("khac", "never"),
    ]


def test_the_stock_of_a_site_at_its_first_visit_is_no_rhythm(tmp_path: Path) -> None:
    past = Past(tmp_path)
    stock = [Found(url=f"http://baomau.example/cu-{n}", kind="article", via="list") for n in range(500)]
    past.state.record_found("baomau", stock, FIRST_DAY, "Asia/Ho_Chi_Minh")
    past.runs(28, articles=1)
    assert past.health().expected == 7
