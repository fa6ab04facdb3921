"""The learned second opinion: a tiny training, the shipped model, what its opinion does, and that no text breaks it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import data
from nlp.fold import fold
from nlp.pipeline import STEPS, load, read
from nlp.reading import Reading
from nlp.tagger import find
from nlp.tagger.calibrate import RULE_ALONE, Calibration, Judged, calibrated, sureness
from nlp.tagger.features import features
from nlp.tagger.gate import learn, windows
from nlp.tagger.model import SHIPPED, Labelled, ModelError, Tagger, card_of, shipped
from nlp.tagger.model import load as load_model
from nlp.tagger.opinion import RULE, candidates, chances, opine
from nlp.tagger.resolve import unit_at
from nlp.tagger.samples import TrainingError, read_until_tagger, sample
from nlp.tagger.select import telling
from nlp.tagger.train import train
from nlp.values import Unit
from nlp.words import Words

NAMES = ["Thư quán Sao Mai", "Thư quán Hừng Đông", "Thư quán Sông Cầu", "Thư quán Núi Đèo"]
LINES = [
    "Hôm qua {} được trao phần thưởng vì thành tích trong năm.",
    "Bằng khen được trao cho {} tại buổi lễ ở hội trường lớn.",
    "Người của {} cảm ơn bạn bè đã gửi thư trong những ngày khó khăn.",
]


def article(number: int, name: str = "", lines: tuple[str, ...] = tuple(LINES)) -> dict[str, Any]:
    """A gold article of our own: a made-up kind of unit that no table holds."""
    name = name or NAMES[number % len(NAMES)]
    text = "\n".join([f"Tin số {number}", *(line.format(name) for line in lines)])
    starts = [i for i in range(len(text)) if text.startswith(name, i)]
    mentions = [{"label": "UNIT", "start": i, "end": i + len(name), "text": name, "canonical": name} for i in starts]
    return {"id": f"a{number:02}", "title": "", "text": text, "mentions": mentions, "awards": [], "doc": {}}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tagger, dict[str, Any]]:
    target = tmp_path_factory.mktemp("model") / "own.crfsuite"
    report = train((article(n) for n in range(20)), target)
    return load_model(target), json.loads(json.dumps(report.to_json()))


def reading_of(text: str) -> Reading:
    return read_until_tagger({"id": "x", "title": "", "text": text})


def test_training_tells_on_what_and_how_well(trained: tuple[Tagger, dict[str, Any]]) -> None:
    card = trained[1]
    assert card["trained_on"]["articles"] == 20
    assert card["trained_on"]["units"] == 60
    assert len(card["trained_on"]["digest"]) == 64
    lists, grammar, tagger = card["cross_validation"]["stages"]
    assert lists["figures"]["strict"]["f1"] <= grammar["figures"]["strict"]["f1"]
    assert tagger["figures"]["strict"]["r"] > 90
    assert card["least"] == 0.9


def test_a_name_that_no_rule_knows_is_added(trained: tuple[Tagger, dict[str, Any]]) -> None:
    text = "Bằng khen được trao cho Thư quán Trăng Khuyết tại buổi lễ."
    reading = reading_of(text)
    opine(reading, trained[0])
    (found,) = [m for m in reading.mentions if m.rule == RULE]
    assert text[found.start : found.end] == "Thư quán Trăng Khuyết"
    assert found.value == Unit("Thư quán Trăng Khuyết", None, "base")
    assert 0.9 <= found.confidence <= 1


def test_without_a_least_chance_nothing_is_added(trained: tuple[Tagger, dict[str, Any]]) -> None:
    reading = reading_of("Bằng khen được trao cho Thư quán Trăng Khuyết tại buổi lễ.")
    opine(reading, replace(trained[0], least=None))
    assert [m for m in reading.mentions if m.rule == RULE] == []


def test_the_same_articles_in_any_order_give_the_same_opinion(
    trained: tuple[Tagger, dict[str, Any]], tmp_path: Path
) -> None:
    target = tmp_path / "again.crfsuite"
    report = train((article(n) for n in reversed(range(20))), target)
    again, words = load_model(target), reading_of(article(3)["text"]).words
    assert report.card["trained_on"] == trained[1]["trained_on"]
    assert again.gate == trained[0].gate
    for mine, other in zip(
        trained[0].label(words, 0, len(words)).chances, again.label(words, 0, len(words)).chances, strict=True
    ):
        assert mine == pytest.approx(other, abs=1e-3)


@pytest.mark.parametrize(
    ("gold", "told"),
    [
        ([article(n) for n in range(3)], "3 gold articles; at least 10"),
        ([article(1) for _ in range(12)], "article a01: comes twice"),
        ([article(n) | {"mentions": []} for n in range(12)], "nothing to learn"),
        ([{"id": "a", "text": "x"}], "article a: mentions is missing"),
    ],
)
def test_gold_that_does_not_do_is_refused_in_words(gold: list[dict[str, Any]], told: str, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=told):
        train(gold, tmp_path / "m.crfsuite")
    assert not list(tmp_path.iterdir())


def test_the_shipped_model_is_small_and_its_card_tells_its_figures() -> None:
    card = json.loads(card_of(SHIPPED).read_text(encoding="utf-8"))
    assert SHIPPED.parent == data.MODELS
    assert SHIPPED.stat().st_size < 500_000
    assert card["trained_on"]["articles"] > 100
    before, after = (card["cross_validation"][name] for name in ("sure_before", "sure_after"))
    assert after["loss"] < before["loss"]
    assert after["order"] > before["order"]
    assert (card["least"] is None) == (card["cross_validation"]["gain"] < 0.5)


def test_chances_are_chances_and_a_plain_name_has_a_high_one() -> None:
    words = reading_of("Sáng nay, Chủ tịch UBND tỉnh Nam Định trao Bằng khen cho Sở Nội vụ.").words
    labelled = shipped().label(words, 0, len(words))
    assert len(labelled.chances) == len(words)
    for row in labelled.chances:
        assert sum(row) == pytest.approx(1, abs=1e-6)
    first = words.keys.index("ubnd")
    assert labelled.chance(first, first + 4) > 0.8
    assert labelled.chance(first, first + 2) < 0.2
    assert (first, first + 4) in labelled.spans()


def test_labels_are_cut_from_the_likeliest_of_each_word() -> None:
    begins, inside, outside = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)
    labelled = Labelled(5, [begins, inside, outside, begins, begins, inside])
    assert labelled.spans() == [(5, 7), (8, 9), (9, 11)]
    assert labelled.chance(5, 7) == pytest.approx(0.8)
    assert labelled.chance(9, 10) == pytest.approx(0.2)


def test_the_opinion_sets_confidence_and_nothing_else_of_the_rules_units() -> None:
    reading = reading_of("UBND tỉnh Nam Định và Công ty TNHH Hoa Sen (HSC) họp; HSC được khen.")
    before = [(m.start, m.end, m.value, m.rule) for m in reading.mentions]
    alias = [m.confidence for m in reading.mentions if m.rule == "unit.alias"]
    find(reading)
    assert [(m.start, m.end, m.value, m.rule) for m in reading.mentions] == before
    assert alias == [m.confidence for m in reading.mentions if m.rule == "unit.alias"]
    assert all(0 < m.confidence < 1 for m in reading.mentions)


def test_each_unit_is_weighed_once_whatever_the_windows() -> None:
    reading = reading_of("Các đơn vị: " + ", ".join(["Sở Nội vụ", "Bộ Y tế", "UBND tỉnh Nam Định"] * 30) + ".")
    weighed = chances(reading, shipped())
    assert len(weighed) == len({id(m) for m, _ in weighed}) == 90
    assert all(0 <= chance <= 1 for _, chance in weighed)


def test_features_do_not_depend_on_the_window() -> None:
    words = reading_of("Giám đốc Trung tâm Y tế huyện Lệ Thủy trao 12 giấy khen.").words
    whole = features(words, 0, len(words))
    assert features(words, 3, 7) == whole[3:7]
    assert features(words, 4, 4) == []


def test_the_gate_opens_at_learnt_heads_only() -> None:
    gate = learn((s.reading.words, s.labels) for s in (sample(article(n)) for n in range(4)))
    assert gate.heads == {"thư"}
    text = "Thư quán Sao Mai về; thư trong những ngày ấy; thư ngỏ Nguyễn."
    words = Words(text, fold(text))
    assert gate.opens_at(words, [False] * len(words))[0] == 0
    assert 0 not in gate.opens_at(words, [True] * len(words))
    assert words.keys.index("trong") - 1 not in gate.opens_at(words, [False] * len(words))
    assert windows([0, 5, 40], 45) == [(0, 15), (39, 45)]


def test_the_most_telling_features_are_kept() -> None:
    rows = [([["a", "c"], ["b", "c"]], ["B", "O"])] * 5
    assert telling(rows, most=2) == {"a", "b"}


def test_calibration_learns_whom_to_believe() -> None:
    judged = [Judged(0.9, 0.95, right=True)] * 60 + [Judged(0.9, 0.05, right=False)] * 20
    fitted = calibrated(judged)
    assert fitted.confidence(0.9, 0.95) > 0.9 > fitted.confidence(0.9, 0.5) > fitted.confidence(0.9, 0.05)
    assert calibrated(judged[:60]) == RULE_ALONE
    assert RULE_ALONE.confidence(0.83, 0.01) == 0.83
    assert 0 < Calibration(4.0, 0.0, 1.0).confidence(1.0, 0.0) < 1
    assert sureness([0.9, 0.8, 0.3], [True, True, False]).order == 1.0


def test_a_learned_unit_has_its_place_in_full_where_it_is_told_with_its_kind() -> None:
    reading = reading_of("UBND tỉnh Quảng Bình họp. Cảng vụ đường sông huyện Lệ Thủy dự.")
    first = reading.words.keys.index("cảng")
    value = unit_at(reading, first, first + 7)
    assert value.canonical == "Cảng vụ đường sông huyện Lệ Thủy, tỉnh Quảng Bình"
    assert value.province == "Quảng Bình"


def test_a_broken_model_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.json.*thidua train"):
        load_model(tmp_path / "none.crfsuite")
    shutil.copy(card_of(SHIPPED), tmp_path / "bad.json")
    with pytest.raises(ModelError, match=r"bad\.crfsuite.*thidua train"):
        load_model(tmp_path / "bad.crfsuite")


def test_each_step_can_be_left_out_to_see_what_it_contributes() -> None:
    assert "thidua_tagger" in load().pipe_names
    assert "thidua_tagger" not in load(["tagger"]).pipe_names
    assert load(exclude=()) is load()
    text = "UBND tỉnh Nam Định nhận Cờ thi đua của Chính phủ."
    whole, without = read(text), read(text, exclude=["tagger"])
    assert [m["text"] for m in whole._.mentions] == [m["text"] for m in without._.mentions]
    with pytest.raises(ValueError, match="no step 'taggr'; the steps are places, units, tagger"):
        load(["taggr"])
    assert list(STEPS).index("tagger") == list(STEPS).index("units") + 1


_PIECES = st.sampled_from(
    [
        "Đội ",
        "bay ",
        "Sao ",
        "Cụm thi đua ",
        "số 5",
        "Ban Chỉ đạo ",
        "huyện ",
        "Lệ Thủy",
        "\n",
        ", ",
        "(",
        "12 ",
        "UBND ",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=30).map("".join))
def test_no_text_breaks_it_and_the_same_text_reads_the_same(text: str) -> None:
    tagger = replace(shipped(), least=0.0)
    readings = [reading_of(text) for _ in range(2)]
    for reading in readings:
        opine(reading, tagger)
        assert all(0 <= m.start < m.end <= len(reading.text) for m in reading.mentions)
        assert all(0 <= c.chance <= 1 for c in candidates(reading, tagger))
    one, two = ([(m.start, m.end, m.rule, m.confidence) for m in r.mentions] for r in readings)
    assert one == two
