"""Copies of one text share a story; different texts do not."""

import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.tables.stories import SAME, same_stories, shingles, similarity

WORDS = [f"từ{number}" for number in range(400)]


def text(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def test_copies_are_found_through_cuts_case_and_unicode_forms() -> None:
    original = text(1)
    texts = [
        original,
        text(2),
        "Theo báo bạn. " + original,
        unicodedata.normalize("NFD", original).upper(),
        original.rsplit(" ", 15)[0],
        text(3),
    ]
    assert same_stories(texts) == [0, 1, 0, 0, 0, 5]


def test_tone_marks_placed_otherwise_are_the_same_words() -> None:
    old, new = "Uỷ ban hoà giải thuỷ lợi xã", "Ủy ban hòa giải thủy lợi xã"
    assert similarity(shingles(old), shingles(new)) == 1.0


def test_another_text_of_the_same_event_is_no_copy() -> None:
    original = text(4)
    words = original.split(" ")
    words[::6] = ["khác"] * len(words[::6])
    other = " ".join(words)
    assert similarity(shingles(original), shingles(other)) < SAME
    assert same_stories([original, other]) == [0, 1]


def test_empty_and_short_texts_are_alone_unless_equal() -> None:
    assert same_stories(["", "", "thi đua", "Thi đua", "khen thưởng", "…"]) == [0, 1, 2, 2, 4, 5]


def test_copies_of_copies_belong_together_and_many_copies_are_quick() -> None:
    assert same_stories([text(5)] * 300) == [0] * 300


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=8), st.randoms())
def test_stories_do_not_depend_on_order(seeds: list[int], chance: random.Random) -> None:
    turned = list(seeds)
    chance.shuffle(turned)

    def groups(order: list[int]) -> set[tuple[int, ...]]:
        leaders = same_stories([text(seed, 60) for seed in order])
        return {tuple(sorted(order[i] for i, leader in enumerate(leaders) if leader == one)) for one in set(leaders)}

    assert groups(seeds) == groups(turned)


def test_similarity_of_nothing_is_none() -> None:
    assert similarity(shingles(""), shingles("")) == 0.0
