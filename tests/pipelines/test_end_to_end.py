"""The whole line with the real command: sample sites over HTTP to a release; again, after a change, after a kill."""

import hashlib
import json
import shutil
import signal
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest

from crawler.archive import read_captures
from crawler.page import parse_page
from pipelines.tables.schemas import TABLES
from pipelines.workspace import open_workspace
from tests.pipelines.command import THIDUA, environment, inside, thidua


@dataclass(frozen=True)
class Line:
    """What three crawls of the sample sites left: two of the sites as they are, one of them some days later."""

    workspace: Path
    first: subprocess.CompletedProcess[str]
    first_release: str
    second: dict[str, Any]
    later: dict[str, dict[str, Any]]
    after_kill: str
    published: dict[str, Any]

    @property
    def release(self) -> Path:
        return self.workspace / "releases" / "latest"

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.release / f"{name}.parquet")


def asked(*arguments: str | Path) -> dict[str, Any]:
    """A command's result as JSON."""
    done = inside(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Line:
    workspace = tmp_path_factory.mktemp("line") / "ws"
    where = ("--workspace", workspace)
    first = thidua("run", "--sample", *where)
    assert first.returncode == 0, first.stderr
    first_release = pointed_at(workspace)
    second = asked("run", "--sample", *where)
    later = {"crawl": asked("crawl", "--sample", "--edition", "2", *where)}
    for command in ("parse", "extract", "assemble"):
        later[command] = asked(command, *where)
    kill_while_publishing(workspace)
    after_kill = pointed_at(workspace)
    check_sums(workspace / "releases" / "latest")
    published = asked("publish", *where)
    return Line(workspace, first, first_release, second, later, after_kill, published)


def pointed_at(workspace: Path) -> str:
    return (workspace / "releases" / "latest").readlink().name


def kill_while_publishing(workspace: Path) -> None:
    """Kill a publish as soon as its release has begun to grow."""
    with subprocess.Popen(
        [THIDUA, "publish", "-w", workspace], env=environment(), stderr=subprocess.DEVNULL
    ) as process:
        until = time.monotonic() + 60
        while not list(workspace.glob("releases/.making-*/*.csv")):
            assert process.poll() is None and time.monotonic() < until, "publish ended before it could be killed"
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    assert list(workspace.glob("releases/.making-*")), "nothing was left, so nothing was interrupted"


def check_sums(release: Path) -> None:
    for told in (release / "SHA256SUMS").read_text().splitlines():
        digest, name = told.split("  ")
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest, name


def test_a_run_says_what_the_release_holds_and_where_it_lies(line: Line) -> None:
    said = line.first.stdout
    assert f"Release {line.first_release}: " in said
    for noun in ("articles", "units", "directives", "anniversaries", "award records", "campaigns"):
        assert f" {noun}" in said
    assert str(line.workspace / "releases" / "latest") in said
    assert "Try next:" in said


def test_a_release_holds_every_promised_file_whole(line: Line) -> None:
    names = {path.name for path in line.release.iterdir()}
    tables = {f"{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")}
    others = {
        "thidua.xlsx",
        "thidua.sqlite",
        "datapackage.json",
        "dictionary.md",
        "manifest.json",
        "README.md",
        "SHA256SUMS",
    }
    assert names == tables | others
    check_sums(line.release)


def test_frictionless_finds_the_release_valid(line: Line) -> None:
    report = frictionless.validate(str(line.release / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])[:5]


def test_search_in_the_release_needs_no_diacritics(line: Line) -> None:
    with sqlite3.connect(f"file:{line.release / 'thidua.sqlite'}?mode=ro", uri=True) as db:
        counts = [
            db.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?", [query]).fetchone()[0]
            for query in ("thi dua", "thi đua")
        ]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert counts[0] == counts[1] > 20


def test_every_page_is_counted_by_outcome(line: Line) -> None:
    pages = line.table("pages")
    manifest = json.loads((line.release / "manifest.json").read_text(encoding="utf-8"))
    counted = manifest["pages_by_source_and_outcome"]
    assert sum(sum(site.values()) for site in counted.values()) == len(pages)
    assert len(counted) == 3
    assert manifest["version"] == pointed_at(line.workspace)
    assert {run["run_id"] for run in manifest["runs"]} == set(line.table("runs")["run_id"])
    for entry in manifest["inputs"]["archive"]:
        body = (line.workspace / "archive" / entry["file"]).read_bytes()
        assert hashlib.sha256(body).hexdigest() == entry["sha256"]


def test_the_sample_becomes_articles_with_versions_and_a_syndicated_copy(line: Line) -> None:
    articles = line.table("articles")
    assert len(articles) >= 45
    assert articles["site_id"].nunique() == 3
    assert articles["story_id"].nunique() < len(articles)
    assert (articles["versions"] == 2).any()
    assert articles["read"].all()


def test_a_changed_article_is_a_new_version_and_the_old_one_is_kept(line: Line) -> None:
    articles = line.table("articles")
    pages = line.table("pages")
    bodies = {
        capture.record_id: capture.body
        for path in (line.workspace / "archive").glob("*.warc.gz")
        for capture in read_captures(path)
    }
    changed = articles[articles["versions"] == 2]
    assert len(changed) > 0
    for article in changed.itertuples():
        told = pages[pages["article_id"] == article.article_id].sort_values("version")
        assert list(told["version"]) == [1, 2]
        assert told["fetched_at"].is_monotonic_increasing
        old, new = (parse_page(bodies[page_id]).article for page_id in told["page_id"])
        assert old is not None and new is not None
        assert (article.version, article.title) == (2, new.title)
        assert article.text.endswith(new.text)
        assert (old.title, old.text) != (new.title, new.text)


def test_mentions_stand_where_they_say(line: Line) -> None:
    texts = line.table("articles").set_index("article_id")["text"]
    mentions = line.table("mentions")
    assert len(mentions) > 50
    for row in mentions.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text


def test_a_second_run_fetches_and_redoes_nothing(line: Line) -> None:
    outcomes = line.second["crawl"]["outcomes"]
    assert outcomes.get("fetched", 0) == 0
    assert outcomes["unchanged"] > 40
    stages = {stage["stage"]: stage for stage in line.second["stages"]}
    assert (stages["parse"]["parts_done"], stages["extract"]["parts_done"]) == (0, 0)
    assert Path(line.second["release"]).name == line.first_release
    assert stages["publish"]["parts_standing"] == 1


def test_after_a_change_only_what_changed_is_fetched_and_read(line: Line) -> None:
    outcomes = line.later["crawl"]["outcomes"]
    assert 0 < outcomes["fetched"] < outcomes["fetched"] + outcomes["unchanged"]
    assert (line.later["parse"]["parts_done"], line.later["parse"]["parts_standing"]) == (1, 1)
    assert (line.later["extract"]["parts_done"], line.later["extract"]["parts_standing"]) == (1, 1)
    assert line.later["assemble"]["rows"]["articles"] >= line.second["tables"]["articles"]


def test_a_killed_publish_leaves_the_last_release_whole_and_the_next_one_is_made(line: Line) -> None:
    assert line.after_kill == line.first_release
    assert Path(line.published["release"]).name == pointed_at(line.workspace) != line.first_release
    assert not list((line.workspace / "releases").glob(".*"))


def test_two_processes_make_the_same_parts_as_one(line: Line, tmp_path: Path) -> None:
    other = open_workspace(tmp_path / "ws")
    for file in (line.workspace / "archive").glob("*.warc.gz"):
        shutil.copy(file, other.archive)
    for command in ("parse", "extract"):
        done = thidua(command, "--workers", "2", "--json", "-w", other.root)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["parts_done"] == 2
    for name in ("articles", "documents", "mentions", "records"):
        made = {path.name: path.read_bytes() for path in (other.root / name).iterdir()}
        assert made == {path.name: path.read_bytes() for path in (line.workspace / name).iterdir()}


def test_keys_are_the_same_in_another_workspace(line: Line, tmp_path: Path) -> None:
    other = tmp_path / "ws"
    asked("run", "--sample", "--edition", "2", "--workspace", other)
    for name in ("articles", "mentions", "units", "awards", "award_events"):
        key = list(TABLES[name].metadata["key"])
        there = pd.read_parquet(other / "releases" / "latest" / f"{name}.parquet")
        here = line.table(name)
        common = here if name != "articles" else here[here["article_id"].isin(there["article_id"])]
        if name == "articles":
            assert len(common) == len(there)
            pd.testing.assert_frame_equal(
                common.drop(columns=["version", "versions"]).reset_index(drop=True),
                there.drop(columns=["version", "versions"]).reset_index(drop=True),
            )
        else:
            assert set(map(tuple, there[key].to_numpy())) <= set(map(tuple, here[key].to_numpy()))
