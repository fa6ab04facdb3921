"""Crossing mentions are settled in favour of the surer one; nesting is left alone."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.settle import without_crossings
from nlp.values import Campaign, Mention, Unit


def unit(start: int, end: int, confidence: float = 0.9) -> Mention:
    return Mention(start, end, Unit("Sở Nội vụ"), "test", confidence)


def test_nested_mentions_stay() -> None:
    outer, inner, same = unit(0, 20), unit(5, 10), Mention(0, 20, Campaign("x"), "test", 0.5)
    assert set(map(id, without_crossings([inner, outer, same]))) == {id(outer), id(inner), id(same)}


def test_the_surer_stays_whichever_comes_first() -> None:
    weak, sure = unit(0, 10, 0.5), unit(5, 15, 0.9)
    assert without_crossings([weak, sure]) == [sure]
    weak, sure = unit(5, 15, 0.5), unit(0, 10, 0.9)
    assert without_crossings([weak, sure]) == [sure]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from([0.5, 0.8, 0.9]))))
def test_nothing_crosses_and_nothing_sound_is_lost(spans: list[tuple[int, int, float]]) -> None:
    mentions = [unit(start, start + size, confidence) for start, size, confidence in spans]
    kept = without_crossings(mentions)

    def cross(a: Mention, b: Mention) -> bool:
        return a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end

    assert not any(cross(a, b) for a in kept for b in kept)
    for lost in (m for m in mentions if m not in kept):
        assert any(cross(lost, other) for other in mentions)
