"""`thidua parse FILE...`: exactly the promised fields, in order, for pages and for plain text."""

import json
from pathlib import Path

import pytest

from pipelines.commands.options import DONE, NOTHING, PARTLY
from pipelines.commands.page_files import parse_files
from tests.shared import shared

FIELDS = ["file", "title", "published_at", "published_raw", "published_source", "author", "source_credit", "text"]

PAGE = """<html><head><title>Tổng kết phong trào thi đua</title></head><body><div id="main"><h1>Tổng kết phong trào thi
đua</h1><p>Sáng nay, cơ quan tổ chức hội nghị tổng kết phong trào thi đua và trao thưởng cho nhiều tập thể, cá nhân có
thành tích xuất sắc trong lao động, sản xuất và công tác.</p><p>Hội nghị cũng ký giao ước thi đua năm tới với nhiều chỉ
tiêu cụ thể, thiết thực.</p></div></body></html>"""


def test_an_article_gives_its_fields_in_order(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    page = tmp_path / "trang mẫu.html"
    page.write_text(PAGE, encoding="utf-8")
    assert parse_files([page]) == DONE
    row = json.loads(capsysbinary.readouterr().out)
    assert list(row) == FIELDS
    assert row["file"] == str(page)
    assert "giao ước thi đua" in row["text"]
    assert row["published_at"] is None


def test_no_article_is_all_null_with_its_reason(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    page = tmp_path / "empty.html"
    page.write_bytes(b"")
    assert parse_files([page]) == DONE
    told = capsysbinary.readouterr()
    assert json.loads(told.out) == {"file": str(page)} | dict.fromkeys(FIELDS[1:])
    assert told.err.decode().startswith(f"{page}: no article: ")


def test_an_unreadable_file_is_named_and_the_others_are_done(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    assert parse_files([tmp_path / "none.html", tmp_path, page]) == PARTLY
    told = capsysbinary.readouterr()
    assert len(told.out.splitlines()) == 1
    assert b"none.html: cannot be read: No such file" in told.err
    assert parse_files([tmp_path / "none.html"]) == NOTHING


def test_the_seed_articles_are_found_as_expected(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    expected = json.loads(shared("seeds", "expected.json").read_text(encoding="utf-8"))
    gold_lines = shared("gold", "dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {article["id"]: article for article in map(json.loads, gold_lines)}
    assert parse_files([shared("seeds", seed["file"]) for seed in expected]) == DONE
    rows = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    for seed, row in zip(expected, rows, strict=True):
        assert {name: row[name] for name in ("title", "published_at", "author", "source_credit")} == {
            name: seed[name] for name in ("title", "published_at", "author", "source_credit")
        }
        missing = [m["text"] for m in gold[seed["gold"]]["mentions"] if m["text"] not in row["text"]]
        assert missing == [], seed["file"]
