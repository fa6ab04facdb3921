"""What may never be released stops the assembly, and the report names table, row, column and article."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import TableError
from pipelines.stages.assemble import assemble
from pipelines.tables.check import check_tables
from pipelines.tables.columns import conform, is_possible_date
from pipelines.tables.schemas import TABLES
from tests.pipelines.rows import corpus

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def whole() -> Tables:
    return assemble(corpus().frames(), [], [], {})


def impossible_date(tables: Tables) -> None:
    tables["directives"].loc[0, "date"] = "2014-02-30"


def impossible_day(tables: Tables) -> None:
    tables["articles"].loc[1, "published_on"] = "2024-13-01"


def duplicate_key(tables: Tables) -> None:
    tables["units"] = pd.concat([tables["units"], tables["units"].head(1)], ignore_index=True)


def broken_reference(tables: Tables) -> None:
    tables["awards"].loc[0, "event_id"] = "gone"


def broken_offset(tables: Tables) -> None:
    tables["mentions"].loc[0, "start"] += 1


def unknown_status(tables: Tables) -> None:
    tables["awards"].loc[0, "status"] = "given"


def empty_needed(tables: Tables) -> None:
    tables["mentions"].loc[0, "entity"] = None


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (impossible_date, r"directives, row directive/chi-thi/34-ct-tw, column date: '2014-02-30': no such date"),
        (impossible_day, r"articles, row bao-mau-\w+, column published_on: '2024-13-01': .* \(article bao-mau-"),
        (duplicate_key, r"units, row unit/chuyen-bien-hoa, column unit_id: the key stands in two rows"),
        (
            broken_reference,
            r"awards, row \w+, column event_id: 'gone' is in no row of award_events.event_id \(article ",
        ),
        (
            broken_offset,
            r"mentions, row .*, column text: .* is not what stands at \d+:\d+ of the article \(article bao",
        ),
        (unknown_status, r"awards, row \w+, column status: 'given': one of conferred, proposed, registered is needed"),
        (empty_needed, r"mentions, row .*, column entity: is empty \(article "),
    ],
)
def test_what_is_broken_is_named(whole: Tables, spoil: Callable[[Tables], None], said: str) -> None:
    tables = {name: frame.copy() for name, frame in whole.items()}
    spoil(tables)
    with pytest.raises(TableError, match=said):
        check_tables(tables, TABLES)


def test_whole_tables_pass_and_many_problems_are_counted(whole: Tables) -> None:
    check_tables(whole, TABLES)
    tables = dict(whole)
    many = pd.concat([whole["units"]] * 40, ignore_index=True)
    tables["units"] = many
    with pytest.raises(TableError, match=r"^78 values .*\n(.*\n){20}  \.\.\. and 58 more"):
        check_tables(tables, TABLES)


@pytest.mark.parametrize("value", ["1945", "2014-04", "2014-04-07", "08-19", "02-29", "2024-02-29"])
def test_dates_as_far_as_stated_are_possible(value: str) -> None:
    assert is_possible_date(value)


@pytest.mark.parametrize(
    "value", ["0000", "2023-02-29", "2014-13", "31-12", "04-31", "7/4/2014", "", "20140407", "2014-4-7"]
)
def test_impossible_dates_are_told(value: str) -> None:
    assert not is_possible_date(value)


@given(st.dates())
def test_every_day_is_possible(day: object) -> None:
    assert is_possible_date(str(day)) or str(day).startswith("9999")


def test_conform_types_sorts_and_empties() -> None:
    frame = pd.DataFrame(
        {
            "campaign_id": ["b", "a"],
            "name": ["B", "A"],
            "launcher": ["", None],
            "period": [2022, None],
            **{name: [1.0, 2.0] for name in ("mentions", "articles", "stories")},
            **{name: [None, "2024-01-01"] for name in ("first_published", "last_published")},
        }
    )
    typed = conform(frame, TABLES["campaigns"])
    assert typed["campaign_id"].tolist() == ["a", "b"]
    assert typed["launcher"].isna().all()
    assert str(typed["mentions"].dtype) == "Int64"
    assert typed["period"].tolist()[1] == "2022.0"
