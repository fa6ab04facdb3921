"""The same article in another typist's hands gives the same values."""

import re
import unicodedata
from collections.abc import Callable

import pytest

import data
from crawler.sample import marks
from crawler.sample.articles import load_articles
from nlp.evaluate import value_key
from nlp.pipeline import read

TEXTS = {a.id: "\n\n".join([a.title, *map(marks.strip, a.paragraphs)]) for a in load_articles(data.SAMPLE)}

_MARKS = "\u0300\u0301\u0309\u0303\u0323"
_NEW_TO_OLD = {
    unicodedata.normalize("NFC", a + mark + b): unicodedata.normalize("NFC", a + b + mark)
    for a, b in ("oa", "oe", "uy", "Uy", "Oa")
    for mark in _MARKS
}
_NEW = re.compile(rf"(?<![qQ])(?:{'|'.join(_NEW_TO_OLD)})(?!\w)")


def other_tone_marks(text: str) -> str:
    return _NEW.sub(lambda m: _NEW_TO_OLD[m[0]], text)


def zero_width(text: str) -> str:
    return re.sub(r"(?<=\w) (?=\w)", "\u200b \ufeff", text)


TYPISTS: dict[str, Callable[[str], str]] = {
    "decomposed": lambda t: unicodedata.normalize("NFD", t),
    "other tone marks": other_tone_marks,
    "zero-width characters": zero_width,
    "no-break spaces": lambda t: t.replace(" ", "\u00a0"),
    "doubled spaces": lambda t: t.replace(" ", "  "),
    "straight quotes": lambda t: t.translate({ord("“"): '"', ord("”"): '"'}),
    "en dashes": lambda t: t.replace(" - ", " – "),
    "spaces at line ends": lambda t: t.replace("\n", " \n"),
    "carriage returns": lambda t: t.replace("\n", "\r\n"),
}


def values(text: str) -> set[tuple[str, str]]:
    return {(m["label"], value_key({**m, "text": " ".join(m["text"].split())})) for m in read(text)._.mentions}


@pytest.mark.parametrize("typist", TYPISTS)
def test_values_do_not_depend_on_the_typist(typist: str) -> None:
    lost = {}
    for name, text in TEXTS.items():
        difference = values(text) ^ values(TYPISTS[typist](text))
        if difference:
            lost[name] = difference
    assert not lost
