"""Tables are read with errors that tell a curator where to look."""

from datetime import date
from pathlib import Path

import pytest

from nlp.lexicon import LexiconError, table


def write(folder: Path, text: str) -> Path:
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return folder


def test_rows_and_cells(tmp_path: Path) -> None:
    (row,) = table("t", write(tmp_path, "id,names,since\na, x | y ,2014\n"))
    assert row["id"] == "a"
    assert row.items_of("names") == ("x", "y")
    assert row.day("since") == date(2014, 1, 1)
    assert row.day("since", end=True) == date(2014, 12, 31)


@pytest.mark.parametrize(("cell", "first", "last"), [("2024-02", 1, 29), ("2023-02", 1, 28), ("2023-12", 1, 31)])
def test_months_have_their_own_ends(tmp_path: Path, cell: str, first: int, last: int) -> None:
    (row,) = table("t", write(tmp_path, f"since\n{cell}\n"))
    begin, end = row.day("since"), row.day("since", end=True)
    assert begin is not None
    assert end is not None
    assert (begin.day, end.day) == (first, last)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("id,name\na\n", r"t\.csv:2: 1 cells where the header has 2 columns"),
        ("id\na\n\nb,c\n", r"t\.csv:4: 2 cells"),
    ],
)
def test_broken_tables_name_the_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        table("t", write(tmp_path, text))


def test_a_wrong_date_and_an_unknown_column_are_named(tmp_path: Path) -> None:
    (row,) = table("t", write(tmp_path, "since\n31/12/2020\n"))
    with pytest.raises(LexiconError, match=r"t\.csv:2: since: '31/12/2020' is no date"):
        row.day("since")
    with pytest.raises(LexiconError, match="no column 'until'"):
        row["until"]


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such table"):
        table("nothing", tmp_path)
