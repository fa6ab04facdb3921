"""`thidua train` and `thidua evaluate --without`: the learned second opinion from the command line."""

import json
from pathlib import Path

import pytest

from tests.nlp.test_tagger import article
from tests.pipelines.command import inside


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(article(n), ensure_ascii=False) + "\n" for n in range(12)), encoding="utf-8")
    return path


def test_training_prints_the_ablation_and_writes_model_and_card(gold: Path, tmp_path: Path) -> None:
    done = inside("train", gold, "-o", tmp_path / "new" / "units.crfsuite")
    assert done.returncode == 0, done.stderr
    for part in ("lists  ", "lists + grammar  ", "lists + grammar + tagger", "trained on 12 articles with 36 units"):
        assert part in done.stdout
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["units.crfsuite", "units.json"]


def test_training_as_json_gives_the_card_without_the_gate(gold: Path, tmp_path: Path) -> None:
    done = inside("train", gold, "-o", tmp_path / "units.crfsuite", "--json")
    assert json.loads(done.stdout)["trained_on"]["articles"] == 12
    assert "gate" not in json.loads(done.stdout)


def test_gold_that_does_not_do_and_a_wrong_name_are_told(gold: Path, tmp_path: Path) -> None:
    twice = inside("train", gold, gold, "-o", tmp_path / "units.crfsuite")
    assert twice.returncode == 1
    assert "article a00: comes twice in the gold; keep one" in twice.stderr
    wrong = inside("train", gold, "-o", tmp_path / "units.json")
    assert wrong.returncode == 2
    assert "name the model itself" in wrong.stderr


def test_a_step_can_be_left_out_of_an_evaluation(gold: Path) -> None:
    gold.write_text(json.dumps(article(1, "UBND tỉnh Nam Định"), ensure_ascii=False) + "\n", encoding="utf-8")
    shown = [inside("evaluate", gold, *left_out, "--json") for left_out in ((), ("--without", "units"))]
    assert [json.loads(done.stdout)["figures"]["strict/UNIT"]["r"] for done in shown] == [100.0, 0.0]
    wrong = inside("evaluate", gold, "--without", "unitz")
    assert wrong.returncode == 2
    assert "no step 'unitz'; the reader's steps are places, units, tagger" in wrong.stderr
    both = inside("evaluate", gold, gold, "--without", "tagger")
    assert both.returncode == 2
