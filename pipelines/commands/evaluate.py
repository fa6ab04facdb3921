"""`thidua evaluate`: how well a reading agrees with gold articles."""

import json
from pathlib import Path
from typing import Any

from pipelines.commands.options import DONE
from pipelines.commands.say import as_json, note
from pipelines.errors import InputError


def evaluate_files(gold: Path, predicted: Path | None, *, json_out: bool) -> int:
    """Print the figures of `predicted` against `gold`; without `predicted`, the gold articles are read now."""
    from nlp.evaluate import GoldError, score, table

    wanted = read_lines(gold)
    given = read_lines(predicted) if predicted else _read_now(wanted)
    try:
        scores = score(wanted, given)
    except GoldError as error:
        raise InputError(f"{gold} and {predicted or 'the reading'} cannot be compared: {error}") from error
    if json_out:
        as_json(scores.to_json())
    else:
        print(table(scores))
    if scores.not_predicted:
        missing = ", ".join(scores.not_predicted[:5])
        note(f"{len(scores.not_predicted)} gold articles are not in the prediction and count as missed: {missing}")
    return DONE


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The articles of a JSON Lines file. Raises InputError that names the line."""
    articles = []
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                article = json.loads(line)
                if not isinstance(article, dict) or not isinstance(article.get("id"), str | None):
                    raise InputError(f"{path}, line {number}: an object with a text id is needed")
                articles.append(article)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path}, line {number}: is not JSON: {error.msg}") from error
    if not articles:
        raise InputError(f"{path}: holds no article")
    return articles


def _read_now(gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from nlp.annotate import annotate

    fields = ("id", "title", "text", "published", "url", "source_province")
    return list(annotate({name: article[name] for name in fields if name in article} for article in gold))
