"""Lines and sentences cover the text and know their place."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.layout import Layout

TEXT = "Hội nghị tổng kết năm 2022\n\nSáng 24/2, Sở Nội vụ tổ chức hội nghị. Đồng chí A. Bình dự.\nLan Anh"


def test_sentences_do_not_cross_lines() -> None:
    layout = Layout(TEXT)
    sentences = [TEXT[s.start : s.end] for s in layout.sentences]
    assert sentences[0] == "Hội nghị tổng kết năm 2022"
    assert "Sáng 24/2, Sở Nội vụ tổ chức hội nghị." in sentences
    assert sentences[-1] == "Lan Anh"


def test_lookup_by_position() -> None:
    layout = Layout(TEXT)
    position = TEXT.index("Đồng chí")
    assert position in layout.sentence_at(position)
    line = layout.line_at(position)
    assert TEXT[line.start : line.end].startswith("Sáng 24/2")


@given(st.text(alphabet=st.sampled_from('aB đ.?!…,"\n ()1\u2026A')))
def test_every_visible_character_lies_in_one_sentence(text: str) -> None:
    layout = Layout(text)
    for position, character in enumerate(text):
        if not character.isspace():
            assert sum(position in s for s in layout.sentences) == 1
            assert position in layout.line_at(position)
