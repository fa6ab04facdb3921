"""`thidua evaluate`: how well a reading agrees with gold articles."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import data
from pipelines.commands.options import DONE
from pipelines.commands.say import as_json, note
from pipelines.errors import InputError, UsageError


def evaluate_files(
    gold: Path | None,
    predicted: Path | None,
    *,
    against: Path | None,
    save: Path | None,
    without: Sequence[str],
    json_out: bool,
) -> int:
    """Print the figures of `predicted` against `gold`; without `predicted`, the gold articles are read now.

    Without `gold`, the bundled sample articles are. `against`: an earlier prediction, to tell gains and losses;
    `save`: where to keep this one. `without`: steps of the reader to leave out, to see what they contribute.
    """
    from nlp.evaluate import GoldError, changes, score, table

    if predicted and without:
        raise UsageError("--without tells how to read now; leave out the annotated articles, or --without")
    wanted = read_lines(gold) if gold else _sample_readings()
    given = read_lines(predicted) if predicted else _read_now(wanted, without)
    try:
        scores = score(wanted, given)
        before = score(wanted, read_lines(against)) if against else None
    except GoldError as error:
        raise InputError(f"{gold} and {predicted or against or 'the reading'} cannot be compared: {error}") from error
    if save:
        save.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in given), encoding="utf-8")
    found = list(changes(before, scores)) if before else []
    if json_out:
        as_json(scores.to_json() | ({"changes": [asdict(change) for change in found]} if before else {}))
    else:
        print(table(scores))
    if before and not json_out:
        print(f"\n{sum(c.kind == 'gain' for c in found)} gains, {sum(c.kind == 'loss' for c in found)} losses")
        for change in found:
            print(f"{change.kind}  {change.article}  {change.label}  {change.value}  ({change.how})")
    if scores.not_predicted:
        missing = ", ".join(scores.not_predicted[:5])
        note(f"{len(scores.not_predicted)} gold articles are not in the prediction and count as missed: {missing}")
    return DONE


def _sample_readings() -> list[dict[str, Any]]:
    """The right readings of the sample articles, in the newest form of each."""
    from crawler.sites import load_sites

    sites = load_sites(data.SAMPLE / "sites")
    readings: dict[str, dict[str, Any]] = {}
    for row in read_lines(data.SAMPLE / "expected.jsonl", key="url"):
        known = {"published": row["page"]["published_at"], "source_province": sites[row["site"]].province}
        readings[row["id"]] = row["reading"] | known
    return list(readings.values())


def read_lines(path: Path, key: str = "id") -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, each with a text under `key`. Raises InputError that names the line."""
    articles = []
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                article = json.loads(line)
                if not isinstance(article, dict) or not isinstance(article.get(key), str):
                    raise InputError(f"{path}, line {number}: an object with a text {key} is needed")
                articles.append(article)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path}, line {number}: is not JSON: {error.msg}") from error
    if not articles:
        raise InputError(f"{path}: holds no article")
    return articles


def _read_now(gold: list[dict[str, Any]], without: Sequence[str]) -> list[dict[str, Any]]:
    from nlp.annotate import annotate
    from nlp.pipeline import STEPS

    unknown = next((name for name in without if name not in STEPS), None)
    if unknown is not None:
        raise UsageError(f"--without: no step {unknown!r}; the reader's steps are {', '.join(STEPS)}")
    fields = ("id", "title", "text", "published", "url", "source_province")
    known = ({name: article[name] for name in fields if name in article} for article in gold)
    return list(annotate(known, without))
