"""The files of a release: each opens in its program, holds the same rows, and never runs as code."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import frictionless
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.publish import describe
from pipelines.publish.cells import CUT, EXCEL_MOST, FORMULA_STARTS, csv_cell, excel_cell
from pipelines.publish.csv_files import write_csv
from pipelines.publish.database import fold, write_database
from pipelines.publish.parquet import read_parquet, write_parquet
from pipelines.publish.workbook import write_workbook
from pipelines.stages.assemble import assemble
from pipelines.tables.columns import conform
from pipelines.tables.schemas import TABLES
from tests.pipelines.rows import LEAD, corpus

HOSTILE = '=HYPERLINK("http://x";"y")\t\'+\x0b\x1b ' + "rất dài " * 6000


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    made = corpus()
    made.article("https://mau.vn/hostile.html", HOSTILE, '"a",b\nđoạn hai; <script>alert(1)</script>')
    return assemble(made.frames(), [], [], {})


@pytest.fixture(scope="module")
def folder(frames: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("files")
    for name, schema in TABLES.items():
        write_parquet(frames[name], schema, place / f"{name}.parquet")
        write_csv(frames[name], schema, place / f"{name}.csv")
    write_database(frames, TABLES, place / "thidua.sqlite")
    write_workbook(frames, TABLES, place / "thidua.xlsx")
    rows = {name: len(frame) for name, frame in frames.items()}
    (place / "datapackage.json").write_text(describe.datapackage("1", TABLES, rows), encoding="utf-8")
    return place


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(f"file:{folder / 'thidua.sqlite'}?mode=ro", uri=True)
    yield db
    db.close()


def test_parquet_gives_the_tables_back(folder: Path, frames: dict[str, pd.DataFrame]) -> None:
    for name, schema in TABLES.items():
        back = conform(read_parquet(folder / f"{name}.parquet"), schema)
        pd.testing.assert_frame_equal(back, frames[name])
    days = pd.read_parquet(folder / "articles.parquet")["published_on"].dropna()
    assert [str(day) for day in days] == ["2024-03-01"] * 2


def test_csv_gives_the_tables_back_after_one_apostrophe(folder: Path, frames: dict[str, pd.DataFrame]) -> None:
    assert (folder / "articles.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle_id,")
    back = pd.read_csv(folder / "articles.csv", dtype="str", keep_default_na=False)
    assert [title.removeprefix("'") for title in back["title"]] == frames["articles"]["title"].tolist()
    assert back["title"].str.startswith("'=").sum() == 2
    assert pd.read_csv(folder / "awards.csv")["quantity"].dropna().tolist() == [1.0, 1.0]


def test_no_csv_cell_begins_like_a_formula(folder: Path) -> None:
    for name in TABLES:
        back = pd.read_csv(folder / f"{name}.csv", dtype="str", keep_default_na=False)
        assert not back.map(lambda cell: cell.startswith(FORMULA_STARTS)).to_numpy().any(), name


@given(st.text())
def test_one_apostrophe_taken_away_gives_any_text_back(text: str) -> None:
    cell = csv_cell(text)
    assert not cell.startswith(FORMULA_STARTS)
    assert cell.removeprefix("'") == text
    assert cell == text or cell == f"'{text}"


@given(st.text(alphabet=st.characters(), max_size=50), st.integers(0, 2000))
def test_excel_takes_every_cell(text: str, times: int) -> None:
    cell = excel_cell(text * times)
    assert len(cell.encode("utf-16-le")) // 2 <= EXCEL_MOST
    assert not openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(cell)


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])
    assert len(report.tasks) == len(TABLES)


def test_frictionless_sees_a_broken_reference(folder: Path, tmp_path: Path) -> None:
    for path in (*folder.glob("*.csv"), folder / "datapackage.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    units = tmp_path / "units.csv"
    units.write_text(units.read_text(encoding="utf-8").replace("unit/so-noi-vu", "unit/other"), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {error[0] for error in report.flatten(["type"])} == {"foreign-key"}


def test_the_workbook_is_readable_and_holds_no_formula(folder: Path, frames: dict[str, pd.DataFrame]) -> None:
    book = openpyxl.load_workbook(folder / "thidua.xlsx")
    assert book.sheetnames == ["about", *TABLES]
    for name in TABLES:
        sheet = book[name]
        assert sheet.max_row == len(frames[name]) + 1
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    header = [cell.value for cell in book["articles"][1]]
    titles = [row[header.index("title")] for row in book["articles"].iter_rows(min_row=2)]
    formulas = [cell for cell in titles if str(cell.value).startswith("=")]
    assert len(formulas) == 2
    assert all(cell.quotePrefix and cell.data_type == "s" for cell in formulas)
    long = max((str(cell.value) for cell in titles), key=len)
    assert len(long) == EXCEL_MOST
    assert long.endswith(CUT)
    days = [row[header.index("published_on")].value for row in book["articles"].iter_rows(min_row=2)]
    assert any(getattr(day, "year", None) == 2024 for day in days)


@pytest.mark.parametrize(
    "query", ["thi dua", "thi đua", "THI ĐUA", '"cong tac thi dua"', "công tac đua", "so noi vu ha nam"]
)
def test_search_finds_with_and_without_diacritics(database: sqlite3.Connection, query: str) -> None:
    sql = (
        "SELECT articles.article_id FROM articles_fts JOIN articles ON articles.rowid = articles_fts.rowid "
        "WHERE articles_fts MATCH ? ORDER BY rank"
    )
    found = {row[0].rpartition("-")[0] for row in database.execute(sql, [query])}
    assert {"bao-mau", "cong-mau"} <= found


def test_search_does_not_find_what_is_not_there(database: sqlite3.Connection) -> None:
    assert not database.execute("SELECT 1 FROM articles_fts WHERE articles_fts MATCH 'bong da'").fetchall()


def test_queries_of_the_readme_run(database: sqlite3.Connection) -> None:
    blocks = describe.readme("1", {"articles": 3}).split("```sql\n")[1:]
    rows = [database.execute(block.split("```")[0]).fetchall() for block in blocks]
    assert [bool(found) for found in rows] == [True, True]
    words = [row[-2] for row in rows[1]]
    assert words.count("Cờ thi đua của Chính phủ") == 2


def test_the_database_has_types_keys_indexes_and_comments(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    (sql,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'awards'").fetchone()
    assert "-- Award: The award's name, without class and authority." in sql
    assert 'FOREIGN KEY ("event_id") REFERENCES "award_events" ("event_id")' in sql
    types = {row[1]: row[2] for row in database.execute("PRAGMA table_info(awards)")}
    assert (types["quantity"], types["confidence"], types["award"]) == ("INTEGER", "REAL", "TEXT")
    indexes = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert {"awards_award", "mentions_article_id", "articles_published_on"} <= indexes


def test_datasette_can_detect_the_search(database: sqlite3.Connection) -> None:
    (sql,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'articles_fts'").fetchone()
    assert 'content="articles"' in sql


def test_fold_takes_marks_away() -> None:
    assert fold("Đẩy mạnh THI ĐUA, khen thưởng: Uỷ ban") == "day manh thi dua, khen thuong: uy ban"


def test_the_same_tables_give_the_same_bytes(folder: Path, frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_database(frames, TABLES, tmp_path / "thidua.sqlite")
    write_workbook(frames, TABLES, tmp_path / "thidua.xlsx")
    write_parquet(frames["articles"], TABLES["articles"], tmp_path / "articles.parquet")
    for name in ("thidua.sqlite", "thidua.xlsx", "articles.parquet"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_the_dictionary_tells_every_column_in_both_languages(frames: dict[str, pd.DataFrame]) -> None:
    text = describe.dictionary("1", TABLES, {name: len(frame) for name, frame in frames.items()})
    for name, schema in TABLES.items():
        assert f"\n## {name}\n" in text
        for column, declared in schema.columns.items():
            assert declared.title and declared.description, (name, column)
            assert declared.metadata["title_vi"] and declared.metadata["description_vi"], (name, column)
            assert declared.description.replace("|", "\\|") in text
            assert declared.metadata["description_vi"] in text


def test_the_package_names_both_languages_and_every_file() -> None:
    package = json.loads(describe.datapackage("7", TABLES, dict.fromkeys(TABLES, 0)))
    assert package["version"] == "7"
    assert [resource["path"] for resource in package["resources"]] == [f"{name}.csv" for name in TABLES]
    title = package["resources"][0]["schema"]["fields"][2]
    assert (title["title"], title["title_vi"]) == ("Title", "Tiêu đề")
    assert LEAD
