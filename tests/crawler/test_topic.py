"""What the topic filter lets through: recall on headlines known to be on topic, reduction on the rest."""

import json
from pathlib import Path
from typing import Any

import pytest

import data
from crawler.topic import TopicFilter, main
from tests.shared import shared

JUDGE = TopicFilter.load()


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def taken(titles: list[str], leads: list[str] | None = None) -> float:
    told = zip(titles, leads or [""] * len(titles), strict=True)
    return sum(JUDGE.may_be_on_topic("", title, lead) for title, lead in told) / len(titles)


def test_recall_on_real_headlines() -> None:
    assert taken([row["title"] for row in rows(shared("gold", "dev.articles.jsonl"))]) >= 0.98


def test_the_sample_sites_are_told_apart_by_headline_and_lead() -> None:
    sample = rows(data.SAMPLE / "expected.jsonl")
    off = [row["page"]["title"] for row in sample if "off-topic" in row["traits"]]
    on = [row["page"] for row in sample if row["reading"]["awards"]]
    titles = [page["title"] for page in on]
    assert len(off) >= 5
    assert taken(off) <= 0.2
    assert taken(titles) >= 0.9  # a headline like "Ông K'Brơi đưa nước về bon" says nothing of its award
    assert taken(titles, [page["paragraphs"][0] for page in on]) >= 0.95


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Trường Tiểu học Hải Yến: 60 năm một chặng đường", True),
        ("Ba mươi năm vươn khơi", True),
        ("Phiên tòa xét xử vụ trộm xe máy", False),
        ("Giá cà phê hôm nay giảm nhẹ", False),
        ("Lịch cắt điện từ ngày 3 đến ngày 9", False),
    ],
)
def test_a_number_sign_stands_for_digits(title: str, wanted: bool) -> None:
    assert JUDGE.may_be_on_topic("", title) is wanted


def test_every_phrase_of_the_table_is_of_a_known_group_and_stands_once() -> None:
    lines = (data.LEXICON / "topic_words.csv").read_text(encoding="utf-8").splitlines()[1:]
    phrases = [line.split(",")[0] for line in lines]
    assert len(phrases) == len(set(phrases))
    assert {line.split(",")[1] for line in lines} == {"movement", "award", "report", "anniversary"}


def test_the_measure_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "titles.jsonl"
    file.write_text('{"title": "Trao bằng khen"}\n{"title": "Mưa to"}\n', encoding="utf-8")
    assert main([str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: 1 of 2 taken (50.0%)\n  left: Mưa to\n"
