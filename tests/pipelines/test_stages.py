"""Parse and extract: every page has an outcome, one bad page or article stops no other, nothing is done twice."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import OPEN_SUFFIX, ArchiveWriter, body_digest
from crawler.article import Article, Parsed
from crawler.state import CrawlState
from pipelines import storage
from pipelines.stages import extract, parse
from pipelines.stages.parse import reading_text
from pipelines.workspace import Workspace, open_workspace

AT = dt.datetime(2026, 3, 1, 2, 0, tzinfo=dt.UTC)
MENTION = {"id": "m1", "label": "UNIT", "start": 0, "end": 9, "text": "Sở Nội vụ"}
PAGES = {
    "https://mau.vn/1.html": "article:Một",
    "https://mau.vn/2.html": "listing:",
    "https://mau.vn/3.html": "poison:",
    "https://mau.vn/4.html": "article:Bốn",
    "https://mau.vn/5.html": "article:Một",
}


def fake_parse(body: bytes, *, url: str, **_: Any) -> Parsed:
    """A parser of its own: `<outcome>:<title>`."""
    outcome, _, title = body.decode().partition(":")
    if outcome == "poison":
        raise RecursionError("too deep")
    if outcome == "listing":
        return Parsed(None, "listing", "flat-html")
    article = Article(
        title=title,
        text="Thân bài có Sở Nội vụ.",
        published_at="2024-03-01",
        published_raw="01/03/2024",
        published_source="dateline",
        author=None,
        source_credit=None,
        url=None,
    )
    return Parsed(article, None, "flat-html")


def fake_annotate(articles: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A reader of its own: finds one unit, and fails on one title."""
    for article in articles:
        if article["title"] == "Bốn":
            raise ZeroDivisionError("four")
        found = re.search("Sở Nội vụ", article["text"])
        mention = {"id": "m1", "label": "UNIT", "text": "Sở Nội vụ", "canonical": "Sở Nội vụ", "entity": "unit/snv"}
        place = {"start": found.start(), "end": found.end(), "rule": "r", "confidence": 1.0} if found else {}
        record = {"mention": "m1", "award": "Bằng khen", "class": None, "status": "conferred", "quantity": 2}
        yield {
            "id": article["id"],
            "title": article["title"],
            "text": article["text"],
            "doc": {"event_types": ["review"], "province": None, "years": [2023, "2021-2025"]},
            "mentions": [mention | place] if found else [],
            "awards": [record] if found else [],
        }


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr("crawler.page.parse_page", fake_parse)
    monkeypatch.setattr("nlp.annotate.annotate", fake_annotate)
    made = open_workspace(tmp_path / "ws")
    write_archive(made, "one", PAGES)
    return made


def write_archive(workspace: Workspace, name: str, pages: dict[str, str]) -> None:
    with ArchiveWriter(workspace.archive / f"{name}.warc.gz") as archive:
        for url, body in pages.items():
            status = 404 if body.startswith("gone") else 200
            archive.add(url=url, site_id="bao-mau", fetched_at=AT, status=status, headers=[], body=body.encode())


def test_every_page_has_a_row_with_its_outcome(workspace: Workspace) -> None:
    write_archive(workspace, "two", {"https://mau.vn/6.html": "gone"})
    report = parse.run(workspace, {}, workers=1)
    assert report.rows == {"article": 3, "skipped": 2, "failed": 1}
    assert report.skipped == {"listing": 1, "http-404": 1}
    assert report.failed == {"error-RecursionError": 1}
    assert report.failures == ["https://mau.vn/3.html (one.warc.gz): RecursionError: too deep"]
    rows = [row for part in storage.parts(workspace.articles) for row in storage.read_rows(part)]
    assert len(rows) == len(PAGES) + 1
    first = rows[0]
    assert first["text"] == "Một\n\nThân bài có Sở Nội vụ."
    assert (first["published_at"], first["fetched_at"]) == ("2024-03-01", "2026-03-01T02:00:00+00:00")
    assert rows[4]["article_id"] != first["article_id"]


def test_a_second_parse_does_nothing_and_a_new_rule_does_all(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parse.run(workspace, {}, workers=1).parts_done == 1
    again = parse.run(workspace, {}, workers=1)
    assert (again.parts_done, again.parts_standing) == (0, 1)
    before = storage.parts(workspace.articles)
    monkeypatch.setattr("crawler.page.fingerprint", lambda: "other")
    assert parse.run(workspace, {}, workers=1).parts_done == 1
    after = storage.parts(workspace.articles)
    assert len(after) == 1
    assert before != after


def test_damage_in_an_archive_file_is_told_and_what_stands_before_it_kept(workspace: Workspace) -> None:
    file = workspace.archive / "one.warc.gz"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    report = parse.run(workspace, {}, workers=1)
    assert report.failed["archive-broken"] == 1
    assert 0 < report.rows.total() < len(PAGES)
    assert any("one.warc.gz" in failure for failure in report.failures)


def test_one_poisoned_article_is_named_and_the_others_are_read(workspace: Workspace) -> None:
    parse.run(workspace, {}, workers=1)
    report = extract.run(workspace, workers=1)
    assert report.rows == {"articles": 2, "failed": 1, "mentions": 2, "records": 2}
    assert report.failed == {"error-ZeroDivisionError": 1}
    assert "https://mau.vn/4.html" in report.failures[0]
    documents = [row for part in storage.parts(workspace.documents) for row in storage.read_rows(part)]
    assert [row["outcome"] for row in documents] == ["read", "failed", "read"]
    assert documents[0]["years"] == ["2023", "2021-2025"]
    (mention, _) = [row for part in storage.parts(workspace.mentions) for row in storage.read_rows(part)]
    assert (mention["start"], mention["attributes"]) == (17, '{"canonical": "Sở Nội vụ"}')
    assert extract.run(workspace, workers=1).parts_standing == 1


def test_pages_parsed_again_to_the_same_rows_are_not_read_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse.run(workspace, {}, workers=1)
    extract.run(workspace, workers=1)
    monkeypatch.setattr("nlp.fingerprint", lambda: "other")
    assert extract.run(workspace, workers=1).parts_done == 1
    assert len(storage.parts(workspace.mentions)) == len(storage.parts(workspace.records)) == 1


def test_a_reader_that_cannot_work_is_no_article_s_fault(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    parse.run(workspace, {}, workers=1)

    def broken(articles: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        raise OSError("lexicon/awards.csv: row 3: no class")
        yield articles

    monkeypatch.setattr("nlp.annotate.annotate", broken)
    with pytest.raises(OSError, match="row 3"):
        extract.run(workspace, workers=1)
    assert storage.parts(workspace.mentions) == []


def test_a_reader_that_changes_the_text_is_not_believed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    parse.run(workspace, {}, workers=1)

    def changes(articles: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for article in articles:
            yield {"text": article["text"].strip(".")}

    monkeypatch.setattr("nlp.annotate.annotate", changes)
    assert extract.run(workspace, workers=1).failed["error-ValueError"] == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "Tiêu đề"}, "changed the text"),
        ({"mentions": [MENTION, MENTION | {"id": "m2"}]}, "UNIT at 0:9 twice"),
        ({"mentions": [MENTION | {"start": 1}]}, "'Sở Nội vụ' at 1:9, where it does not stand"),
        ({"awards": [{"mention": "m7"}]}, "award record of 'm7'"),
    ],
)
def test_a_reading_that_does_not_hold_together_is_refused(change: dict[str, Any], said: str) -> None:
    text = "Sở Nội vụ"
    reading: dict[str, Any] = {"text": text, "mentions": [MENTION], "awards": [{"mention": "m1"}]}
    extract.check_reading(reading, text)
    with pytest.raises(ValueError, match=said):
        extract.check_reading(reading | change, text)


def test_the_text_that_is_read_begins_with_the_title() -> None:
    assert reading_text("Tiêu đề", "Thân bài") == "Tiêu đề\n\nThân bài"
    assert reading_text("Tiêu đề", "Tiêu đề\n\nThân bài") == "Tiêu đề\n\nThân bài"


def test_pages_of_a_killed_crawl_are_parsed_and_count_as_fetched(workspace: Workspace) -> None:
    write_archive(workspace, "killed", {"https://mau.vn/9.html": "article:Chín"})
    whole = workspace.archive / "killed.warc.gz"
    whole.rename(whole.with_name(whole.name + OPEN_SUFFIX))
    report = parse.run(workspace, {}, workers=1)
    assert report.parts_done == 2
    with CrawlState(workspace.state) as state:
        assert state.digest("https://mau.vn/9.html") == body_digest("article:Chín".encode())
