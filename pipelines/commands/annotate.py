"""`thidua annotate`: articles as JSON lines in, annotated articles out, one line for each line read, in order."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from pipelines.commands.options import DONE, NOTHING, PARTLY
from pipelines.commands.say import note
from pipelines.errors import InputError
from pipelines.storage import written_beside

_BOM = b"\xef\xbb\xbf"

Annotate = Callable[[dict[str, Any]], dict[str, Any]]


class BrokenLineError(ValueError):
    """A line that holds no article; `str()` says what is wrong, `id` is the article's if it has one."""

    def __init__(self, message: str, article_id: str | None = None) -> None:
        super().__init__(message)
        self.id = article_id


def annotate_files(file: Path | None, output: Path | None) -> int:
    """Annotate a file (none or `-`: standard input) to another (none: standard output), which appears when it is whole.

    Returns the exit status.
    """
    with ExitStack() as stack:
        lines: BinaryIO = sys.stdin.buffer
        if file is not None and str(file) != "-":
            try:
                lines = stack.enter_context(file.open("rb"))
            except OSError as error:
                raise InputError(f"{file}: cannot be read: {error.strerror}") from error
        out: BinaryIO = sys.stdout.buffer
        if output is not None:
            beside = stack.enter_context(written_beside(output))
            out = stack.enter_context(beside.open("wb"))
        return annotate_lines(lines, out, _reader(), "line" if lines is sys.stdin.buffer else f"{file}, line")


def _reader() -> Annotate:
    from nlp.annotate import annotate

    list(annotate([{"id": "", "title": "", "text": ""}]))  # what is wrong with the reader itself is no article's fault

    def read(article: dict[str, Any]) -> dict[str, Any]:
        (annotated,) = annotate([article])
        return annotated

    return read


def annotate_lines(lines: Iterable[bytes], out: BinaryIO, annotate: Annotate, source: str = "line") -> int:
    """Write a line for each line read and return the exit status.

    A broken line is named on standard error and gives `{"id", "error", "line", "doc": {}, "mentions": [], "awards":
    []}`: who reads only mentions and awards finds none. Empty lines give nothing. `annotate` reads one article.
    """
    counted: Counter[str] = Counter()
    for number, line in enumerate(lines, 1):
        content = (line.removeprefix(_BOM) if number == 1 else line).strip()
        if not content:
            continue
        try:
            result = _annotated(content, annotate)
            counted["done"] += 1
        except BrokenLineError as error:
            note(f"{source} {number}: {error}")
            result = {"id": error.id, "error": str(error), "line": number, "doc": {}, "mentions": [], "awards": []}
            counted["broken"] += 1
        out.write(json.dumps(result, ensure_ascii=False).encode() + b"\n")
        out.flush()
    note(f"{counted['done']} articles annotated" + (f", {counted['broken']} lines broken" if counted["broken"] else ""))
    if not counted["done"]:
        return NOTHING
    return PARTLY if counted["broken"] else DONE


def read_article(line: bytes) -> dict[str, Any]:
    """The article in a line. Raises BrokenLineError that says what is wrong with it."""
    try:
        article = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BrokenLineError(f"is not UTF-8 at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise BrokenLineError(f"is not JSON: {error.msg} at character {error.colno}") from error
    except RecursionError as error:
        raise BrokenLineError("is nested too deeply") from error
    except ValueError as error:
        raise BrokenLineError(f"is not JSON: {error}") from error
    if not isinstance(article, dict):
        raise BrokenLineError(f"holds {_kind(article)}; an object with id, title and text is needed")
    known = article.get("id") if isinstance(article.get("id"), str) else None
    for name, value in article.items():
        if isinstance(value, str) and not _is_text(value):
            raise BrokenLineError(
                f"{name} holds half a surrogate pair, which is no character", known if name != "id" else None
            )
    if not known:
        raise BrokenLineError(f"id is {_kind(article.get('id'))}; a text that names the article is needed")
    if not isinstance(article.get("text"), str) or not article["text"].strip():
        raise BrokenLineError(f"text is {_kind(article.get('text'))}; the article's text is needed", known)
    for name in ("title", "published", "url", "source_province"):
        if not isinstance(article.get(name), str | None):
            raise BrokenLineError(f"{name} is {_kind(article[name])}; text or null is needed", known)
    return article


def _annotated(line: bytes, annotate: Annotate) -> dict[str, Any]:
    article = read_article(line)
    try:
        return annotate(article)
    except Exception as error:  # one article must not stop the others: it is named
        raise BrokenLineError(f"the reader failed: {type(error).__name__}: {error}", article["id"]) from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _kind(value: object) -> str:
    if value is None:
        return "missing"
    if isinstance(value, str) and not value.strip():
        return "empty"
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), "something else")
