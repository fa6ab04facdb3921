"""`thidua annotate`: one line out for each line in, and every broken line named by its number."""

import io
import json
from typing import Any

import pytest

from pipelines.commands.annotate import BrokenLineError, annotate_lines, read_article
from pipelines.commands.options import DONE, NOTHING, PARTLY


def shout(article: dict[str, Any]) -> dict[str, Any]:
    """A reader of its own: fails on one text, else gives the text back in capitals."""
    if article["text"] == "poison":
        raise KeyError("poison")
    return {"id": article["id"], "text": article["text"].upper(), "mentions": [], "awards": []}


def annotated(lines: bytes) -> tuple[int, list[dict[str, Any]]]:
    out = io.BytesIO()
    status = annotate_lines(io.BytesIO(lines), out, shout)
    return status, [json.loads(line) for line in out.getvalue().decode().splitlines()]


def test_order_bom_crlf_and_empty_lines(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = annotated('\ufeff{"id":"a","text":"đ"}\r\n\r\n  \n{"id":"b","text":"x"}'.encode())
    assert status == DONE
    assert [(row["id"], row["text"]) for row in out] == [("a", "Đ"), ("b", "X")]
    assert capsys.readouterr().err == "2 articles annotated\n"


def test_a_broken_line_is_told_and_the_others_are_done(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = annotated(
        b'{"id":"a","text":"x"}\n{"id":"b"}\nno\n{"id":"c","text":"poison"}\n{"id":"d","text":"y"}\n'
    )
    assert status == PARTLY
    assert [row["id"] for row in out] == ["a", "b", None, "c", "d"]
    assert out[1] == {
        "id": "b",
        "error": "text is missing; the article's text is needed",
        "line": 2,
        "doc": {},
        "mentions": [],
        "awards": [],
    }
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("line 2: text is missing")
    assert told[1].startswith("line 3: is not JSON")
    assert told[2] == "line 4: the reader failed: KeyError: 'poison'"
    assert told[3] == "2 articles annotated, 3 lines broken"


def test_nothing_done_is_a_failure() -> None:
    assert annotated(b"")[0] == NOTHING
    assert annotated(b"{}\n")[0] == NOTHING


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"[1]", "holds a list; an object"),
        (b'"x"', "holds text"),
        (b'{"text":"x"}', "id is missing"),
        (b'{"id":7,"text":"x"}', "id is a number"),
        (b'{"id":"","text":"x"}', "id is empty"),
        (b'{"id":"a","text":" "}', "text is empty"),
        (b'{"id":"a","text":["x"]}', "text is a list"),
        (b'{"id":"a","text":"x","title":5}', "title is a number"),
        (b'{"id":"a","text":"x","published":{}}', "published is an object"),
        (b'{"id":"a","text":"\\ud800"}', "text holds half a surrogate pair"),
        (b'{"id":"\\udfff","text":"x"}', "id holds half a surrogate pair"),
        (b'{"id":"a","text":"x","n":NaN}', "NaN is no JSON value"),
        (b'{"id":"a","text":"\xff"}', "is not UTF-8 at byte 19"),
        (b'{"id":"a","text":', "is not JSON: Expecting value"),
        (b"[" * 100_000, "is nested too deeply"),
        (b"1" * 5000, "is not JSON"),
    ],
)
def test_what_is_wrong_with_a_line(line: bytes, said: str) -> None:
    with pytest.raises(BrokenLineError) as error:
        read_article(line)
    assert said in str(error.value)
