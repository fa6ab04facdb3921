"""The check finds what a curator may get wrong, and says where."""

from pathlib import Path

import pytest

from nlp.lexicon_check import check

TABLES = {
    "provinces.csv": (
        "id,name,aliases,merged_into,valid_from,valid_to\nnd,Nam Định,,Ninh Bình,,2025-06-30\nnb,Ninh Bình,,,,\n"
    ),
    "districts.csv": "name,kind,province,valid_to\nHải Hậu,huyện,Nam Định,2025-06-30\n",
}


def problems(folder: Path, tables: dict[str, str]) -> list[str]:
    for name, text in {**TABLES, **tables}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(p) for p in check(folder) if "the reader needs it" not in p.message]


def test_sound_tables_have_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("name", "line", "problem"),
    [
        ("districts.csv", "Hải Hậu,huyện,Nam Định,", ":3: name: 'Hải Hậu huyện Nam Định' stands at line 2 already"),
        ("districts.csv", "Lạ,huyện,Nam Đinh,", ":3: province: 'Nam Đinh' is no name in lexicon/provinces.csv"),
        ("districts.csv", "Lạ,huyện,Nam Định,30/6/2025", ":3: valid_to: '30/6/2025' is no date"),
        ("provinces.csv", "x,Xứ Lạ,,,2026,2025", ":4: valid_to: ends 2025-12-31 before it begins 2026-01-01"),
        ("provinces.csv", ",,,,,", ":4: id: is empty; every row needs it"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, name: str, line: str, problem: str) -> None:
    found = problems(tmp_path, {name: TABLES[name] + line + "\n"})
    assert any(f"lexicon/{name}{problem}" in each for each in found), found


def test_two_rows_that_claim_a_spelling_are_named(tmp_path: Path) -> None:
    table = "id,name,aliases,event_date\na,Ngày Toàn thắng,30/4,1975-04-30\nb,Ngày Giải phóng,30/4|ngày toàn thắng,\n"
    assert problems(tmp_path, {"anniversaries.csv": table}) == [
        "lexicon/anniversaries.csv:3: aliases: '30/4' leads to line 2 (a) too",
        "lexicon/anniversaries.csv:3: aliases: 'ngày toàn thắng' leads to line 2 (a) too",
    ]


def test_a_table_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, {"surnames.csv": "surname,use\nNguyễn\n"})
    assert "surnames.csv:2: 1 cells where the header has 2 columns" in found


def test_the_shipped_lexicon_is_sound() -> None:
    assert [str(problem) for problem in check()] == []
