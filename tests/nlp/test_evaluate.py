"""The project's own measures: what they count, and that they agree with the guide's reference scorer."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nlp.annotate import annotate
from nlp.evaluate import GoldError, changes, score, table
from tests.shared import shared

TEXT = "UBND tỉnh tặng Bằng khen cho Sở Nội vụ."


def article(*mentions: tuple[str, str, dict[str, Any]], awards: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    marked = [
        {"label": label, "text": text, "start": TEXT.index(text), "end": TEXT.index(text) + len(text), **values}
        for label, text, values in mentions
    ]
    return {"id": "a", "text": TEXT, "mentions": marked, "awards": awards or [], "doc": {"province": "Nam Định"}}


COMMITTEE = ("UNIT", "UBND tỉnh", {"canonical": "Ủy ban nhân dân tỉnh Nam Định"})
OFFICE = ("UNIT", "Sở Nội vụ", {"canonical": "Sở Nội vụ tỉnh Nam Định"})


def test_a_perfect_reading_scores_100() -> None:
    figures = score([article(COMMITTEE, OFFICE)], [article(COMMITTEE, OFFICE)]).figures
    assert figures["strict/ALL"].f1 == figures["value/UNIT"].f1 == 100


def test_a_missed_and_a_spurious_value() -> None:
    wrong = ("UNIT", "Sở Nội vụ", {"canonical": "Sở Nội vụ tỉnh Hà Nam"})
    scores = score([article(COMMITTEE, OFFICE)], [article(COMMITTEE, wrong)])
    assert scores.figures["strict/UNIT"].f1 == 100
    assert scores.figures["value/UNIT"].f1 == 50
    assert scores.missed["a"]["UNIT"] == {"sở nội vụ tỉnh nam định"}
    assert scores.spurious["a"]["UNIT"] == {"sở nội vụ tỉnh hà nam"}


def test_an_abbreviation_is_the_same_value() -> None:
    short = ("UNIT", "UBND tỉnh", {"canonical": "UBND tỉnh Nam Định"})
    assert score([article(COMMITTEE)], [article(short)]).figures["value/UNIT"].f1 == 100


def test_an_article_without_prediction_is_all_missed() -> None:
    scores = score([article(COMMITTEE)], [])
    assert scores.not_predicted == ["a"]
    assert scores.figures["strict/ALL"].recall == 0


def test_changes_tell_gains_and_losses() -> None:
    gold = [article(COMMITTEE, OFFICE)]
    before, after = score(gold, [article(COMMITTEE)]), score(gold, [article(OFFICE)])
    assert {(c.kind, c.value, c.how) for c in changes(before, after)} == {
        ("gain", "sở nội vụ tỉnh nam định", "was missed"),
        ("loss", "ủy ban nhân dân tỉnh nam định", "is missed now"),
    }


def test_another_text_is_refused() -> None:
    moved = article(COMMITTEE)
    moved["mentions"][0]["start"] += 1
    with pytest.raises(GoldError, match="article a: mention 'UBND tỉnh' is not the text at"):
        score([article(COMMITTEE)], [moved])


def test_a_doubled_id_is_refused() -> None:
    with pytest.raises(GoldError, match="article a: comes twice"):
        score([article(), article()], [])


def test_agrees_with_the_reference_scorer(tmp_path: Path) -> None:
    gold_file, reference = shared("gold", "dev.jsonl"), shared("gold", "score.py")
    gold = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
    predicted = list(annotate({**a, "published": a.get("published") or None} for a in gold))
    file = tmp_path / "predicted.jsonl"
    file.write_text("".join(json.dumps(a) + "\n" for a in predicted), encoding="utf-8")
    command = [sys.executable, str(reference), str(gold_file), str(file), "--json"]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    mine = score(gold, predicted)
    assert {name: f.to_json() for name, f in mine.figures.items()} == answer["figures"]
    assert table(mine).count("\n") == len(answer["figures"]) + 1
