"""From rows to tables: versions, stories, entities, awardings, denominators."""

import datetime as dt

import pytest

from crawler.state import SeenCount
from pipelines.errors import PipelineError
from pipelines.stages.assemble import assemble
from pipelines.tables.awards import event_id
from pipelines.tables.entities import value_line
from pipelines.tables.schemas import TABLES
from tests.pipelines.rows import LEAD, Corpus, corpus


def test_every_table_of_the_schemas_is_made_with_its_columns() -> None:
    tables = assemble(corpus().frames(), [], [], {})
    assert list(tables) == list(TABLES)
    for name, schema in TABLES.items():
        assert list(tables[name].columns) == list(schema.columns)
    filled = {name for name, frame in tables.items() if len(frame)}
    assert filled == set(TABLES) - {"runs"}


def test_the_order_of_rows_and_parts_does_not_matter() -> None:
    made = corpus().frames()
    turned = {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in made.items()}
    straight, other = (assemble(frames, [], [], {}) for frames in (made, turned))
    for name in TABLES:
        assert straight[name].equals(other[name]), name


def test_no_article_says_what_to_do() -> None:
    made = Corpus()
    made.page("https://mau.vn/")
    with pytest.raises(PipelineError, match="thidua run --sample"):
        assemble(made.frames(), [], [], {})


def test_a_changed_article_is_one_row_with_its_newest_text() -> None:
    made = Corpus()
    url = "https://mau.vn/1.html"
    for day, body in ((1, LEAD), (2, LEAD), (3, LEAD + " Bổ sung."), (4, LEAD), (5, LEAD)):
        article = made.article(url, body=body, fetched_at=f"2026-03-0{day}T00:00:00+00:00", part=f"{day}.parquet")
        made.mention(article, "UNIT", "Sở Nội vụ tỉnh Hà Nam", "unit/snv", canonical="Sở Nội vụ tỉnh Hà Nam")
    tables = assemble(made.frames(), [], [], {})
    (row,) = tables["articles"].to_dict("records")
    assert (row["version"], row["versions"]) == (3, 3)
    assert row["text"].endswith(LEAD)
    pages = tables["pages"].sort_values("fetched_at")
    assert pages["version"].tolist() == [1, 1, 2, 3, 3]


def test_an_article_read_in_two_parts_is_counted_once() -> None:
    made = Corpus()
    for part in ("one-1.parquet", "two-1.parquet"):
        article = made.article("https://mau.vn/1.html", part=part)
        made.mentions_before = len(made.mentions)  # type: ignore[attr-defined]
        number = made.mention(article, "AWARD", "Cờ thi đua của Chính phủ", "award/co", award="Cờ thi đua")
        made.mentions[-1]["mention"] = "m1"
        assert number
        made.record(article, "m1")
        made.record(article, "m1")
    tables = assemble(made.frames(), [], [], {})
    assert len(tables["mentions"]) == 1
    assert len(tables["awards"]) == 2  # the article itself gives two equal records
    assert tables["awards"]["award_id"].is_unique
    assert tables["articles"]["award_records"].tolist() == [2]


def test_an_article_that_could_not_be_read_stays_and_says_so() -> None:
    made = corpus()
    made.documents[-1] |= {"outcome": "failed", "reason": "error-ValueError"}
    read = assemble(made.frames(), [], [], {})["articles"]["read"]
    assert read.tolist().count(False) == 1


def test_entities_are_counted_by_mentions_articles_and_stories() -> None:
    tables = assemble(corpus().frames(), [], [], {})
    unit = tables["units"].set_index("unit_id").loc["unit/so-noi-vu"]
    assert (unit["mentions"], unit["articles"], unit["stories"]) == (2, 2, 1)
    assert (unit["canonical"], unit["level"], unit["first_published"]) == (
        "Sở Nội vụ tỉnh Hà Nam",
        "province",
        "2024-03-01",
    )
    links = tables["article_units"]
    assert set(links["mention_id"]) <= set(tables["mentions"]["mention_id"])


def test_of_values_told_differently_the_most_told_is_taken() -> None:
    made = Corpus()
    for number, level in enumerate(("province", None, "district", "province")):
        article = made.article(f"https://mau.vn/{number}.html", body=f"{LEAD} {number}")
        made.mention(article, "UNIT", "Sở Nội vụ", "unit/snv", canonical="Sở Nội vụ", level=level)
    assert assemble(made.frames(), [], [], {})["units"]["level"].tolist() == ["province"]


def test_an_awarding_told_twice_is_one_event_with_both_articles() -> None:
    tables = assemble(corpus().frames(), [], [], {})
    event = tables["award_events"].dropna(subset="recipient").iloc[0]
    assert (event["records"], event["articles"], event["stories"]) == (2, 2, 1)
    awards = tables["awards"][tables["awards"]["event_id"] == event["event_id"]]
    assert awards["recipient_unit"].tolist() == ["unit/chuyen-bien-hoa"] * 2
    assert len(tables["article_award_events"]) == 3


RECORD = {
    "award": "Bằng khen",
    "award_class": None,
    "authority": "Thủ tướng Chính phủ",
    "status": "conferred",
    "recipient": "Nguyễn Văn A",
    "year": 2023,
    "recipient_kind": "individual",
    "quantity": 1,
    "story_id": "one",
}


def test_a_named_awarding_is_one_over_stories_and_a_number_only_within_its_story() -> None:
    assert event_id(RECORD) == event_id(RECORD | {"story_id": "two", "quantity": None})
    assert event_id(RECORD) != event_id(RECORD | {"year": 2022})
    assert event_id(RECORD) != event_id(RECORD | {"status": "proposed"})
    number = RECORD | {"recipient": None, "quantity": 12}
    assert event_id(number) == event_id(number | {"quantity": 12.0})
    assert event_id(number) != event_id(number | {"story_id": "two"})


def test_denominators_are_by_day_seen_and_by_day_dated() -> None:
    day, dated = dt.date(2026, 3, 1), dt.date(2026, 2, 27)
    seen = [SeenCount("bao-mau", day, dated, 30, 4, 3), SeenCount("bao-mau", day, None, 10, 1, 1)]
    sources = assemble(corpus().frames(), seen, [], {})["sources"].set_index(["site_id", "day"])
    today = sources.loc[("bao-mau", "2026-03-01")]
    assert (today["seen"], today["on_topic"], today["fetched"], today["articles"], today["skipped"]) == (40, 5, 3, 2, 1)
    assert sources.loc[("bao-mau", "2026-02-27")]["dated"] == 30


@pytest.mark.parametrize(
    ("label", "values", "line"),
    [
        (
            "DIRECTIVE",
            {"doc_type": "Chỉ thị", "code": "34-CT/TW", "number": "34", "date": "2014-04-07"},
            "Chỉ thị 34-CT/TW, 2014-04-07",
        ),
        ("DIRECTIVE", {"doc_type": "Luật", "title": "Thi đua, khen thưởng"}, "Luật Thi đua, khen thưởng"),
        ("ANNIVERSARY", {"event": "Quốc khánh", "nth": 77}, "77 năm Quốc khánh"),
        ("ANNIVERSARY", {"event": "Quốc khánh", "nth": None}, "Quốc khánh"),
        (
            "AWARD",
            {"award": "Huân chương Lao động", "class": "hạng Ba", "authority": None},
            "Huân chương Lao động, hạng Ba",
        ),
        ("CAMPAIGN", {"name": "Dạy tốt - Học tốt"}, "Dạy tốt - Học tốt"),
        ("UNIT", {}, None),
    ],
)
def test_a_value_in_one_line(label: str, values: dict[str, object], line: str | None) -> None:
    assert value_line(label, values) == line
