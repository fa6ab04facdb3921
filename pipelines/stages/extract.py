"""Articles → mentions, award records and facts, read by `nlp`. One part of articles makes three parts of one name."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.engine import Partition, PartReport, Progress, StageReport, run_stage
from pipelines.storage import (
    PartWriter,
    digest,
    fingerprint,
    part_path,
    parts,
    read_rows,
    remove_leftovers,
    stem_of,
)
from pipelines.workspace import Workspace

DOCUMENTS = pa.schema(
    [
        ("article_id", pa.string()),
        ("content_id", pa.string()),
        ("outcome", pa.string()),  # read, failed
        ("reason", pa.string()),
        ("event_types", pa.list_(pa.string())),
        ("province", pa.string()),
        ("years", pa.list_(pa.string())),
    ]
)

MENTIONS = pa.schema(
    [
        ("article_id", pa.string()),
        ("content_id", pa.string()),
        ("mention", pa.string()),  # number in the article: m1, m2, ...
        ("label", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("text", pa.string()),
        ("entity", pa.string()),
        ("rule", pa.string()),
        ("confidence", pa.float64()),
        ("attributes", pa.string()),  # JSON: the values of the annotation guide
    ]
)

RECORDS = pa.schema(
    [
        ("article_id", pa.string()),
        ("content_id", pa.string()),
        ("mention", pa.string()),
        ("award", pa.string()),
        ("class", pa.string()),
        ("authority", pa.string()),
        ("level", pa.string()),
        ("status", pa.string()),
        ("recipient", pa.string()),
        ("recipient_kind", pa.string()),
        ("quantity", pa.int64()),
        ("year", pa.int64()),
        ("rule", pa.string()),
        ("confidence", pa.float64()),
    ]
)

_RULES = "extract 1"
_PLACE = {"id", "label", "start", "end", "text", "rule", "confidence", "entity"}
"""Fields of a mention that say where and how it was found; the others are its values."""

_INPUT = [
    "outcome",
    "article_id",
    "content_id",
    "article_url",
    "title",
    "text",
    "published_at",
    "source_province",
]


def run(workspace: Workspace, *, workers: int | None = None, progress: Progress | None = None) -> StageReport:
    """Read every part of articles that has not been read yet by the rules of today.

    A part is known by its rows, not by when it was made: pages parsed again to the same rows are not read again.
    """
    import nlp

    rules = nlp.fingerprint()
    for folder in (workspace.documents, workspace.mentions, workspace.records):
        remove_leftovers(folder)
    partitions = [
        Partition(source, part_path(workspace.mentions, stem_of(source), fingerprint(_RULES, rules, digest(source))))
        for source in parts(workspace.articles)
    ]
    report = run_stage("extract", partitions, process_partition, workers=workers, progress=progress)
    standing = {p.target.name for p in partitions}
    for folder in (workspace.mentions, workspace.documents, workspace.records):
        for part in parts(folder):
            if part.name not in standing:
                part.unlink()
    return report


def process_partition(source: Path, target: Path) -> PartReport:
    """Read the articles of one part. `target` is the part of mentions, which appears last: then all is done."""
    import nlp

    report = PartReport()
    rules = nlp.fingerprint()
    read = _reader()
    beside = target.parent.parent
    with (
        PartWriter(target, MENTIONS, rules) as mentions,
        PartWriter(beside / "records" / target.name, RECORDS, rules) as records,
        PartWriter(beside / "documents" / target.name, DOCUMENTS, rules) as documents,
    ):
        known: set[tuple[str, str]] = set()
        for row in read_rows(source, _INPUT):
            key = {"article_id": row["article_id"], "content_id": row["content_id"]}
            if row["outcome"] != "article" or (row["article_id"], row["content_id"]) in known:
                continue
            known.add((row["article_id"], row["content_id"]))
            try:
                reading = read(row)
            except Exception as error:  # noqa: BLE001 - one article must not stop the others; it is counted and named
                reason = f"error-{type(error).__name__}"
                report.rows["failed"] += 1
                report.fail(reason, f"{row['article_id']} ({row['article_url']}): {type(error).__name__}: {error}")
                documents.add(key | _no_facts() | {"outcome": "failed", "reason": reason})
                continue
            documents.add(key | _facts(reading["doc"]) | {"outcome": "read", "reason": None})
            for mention in reading["mentions"]:
                mentions.add(key | mention_columns(mention))
            for record in reading["awards"]:
                records.add(key | {name: record.get(name) for name in RECORDS.names if name not in key})
            report.rows["articles"] += 1
            report.rows["mentions"] += len(reading["mentions"])
            report.rows["records"] += len(reading["awards"])
    return report


def _reader() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What reads one row of articles. What is wrong with the reader itself (its lexicon, say) is raised here."""
    from nlp.annotate import annotate

    list(annotate([{"id": "", "title": "", "text": ""}]))

    def read(row: dict[str, Any]) -> dict[str, Any]:
        article = {
            "id": row["article_id"],
            "title": row["title"],
            "text": row["text"],
            "published": row["published_at"],
            "url": row["article_url"],
            "source_province": row["source_province"],
        }
        (reading,) = annotate([article])
        check_reading(reading, row["text"])
        return reading

    return read


def check_reading(reading: dict[str, Any], text: str) -> None:
    """Raise ValueError, which says where, for a reading that does not hold together: it would break the tables."""
    if reading["text"] != text:
        raise ValueError("the reader changed the text, so that its offsets do not hold in it")
    places, numbers = set(), set()
    for mention in reading["mentions"]:
        place = (mention["label"], mention["start"], mention["end"])
        if place in places or mention["id"] in numbers:
            raise ValueError(f"the reader gave {mention['label']} at {place[1]}:{place[2]} twice")
        if text[mention["start"] : mention["end"]] != mention["text"]:
            raise ValueError(f"the reader gave {mention['text']!r} at {place[1]}:{place[2]}, where it does not stand")
        places.add(place)
        numbers.add(mention["id"])
    for record in reading["awards"]:
        if record["mention"] not in numbers:
            raise ValueError(f"the reader gave an award record of {record['mention']!r}, which is no mention")


def mention_columns(mention: dict[str, Any]) -> dict[str, Any]:
    """A mention as the reader gives it, with its values gathered as JSON."""
    values = {name: value for name, value in mention.items() if name not in _PLACE}
    return {
        "mention": mention["id"],
        "label": mention["label"],
        "start": mention["start"],
        "end": mention["end"],
        "text": mention["text"],
        "entity": mention.get("entity"),
        "rule": mention.get("rule"),
        "confidence": mention.get("confidence"),
        "attributes": unicodedata.normalize("NFC", json.dumps(values, ensure_ascii=False, sort_keys=True)),
    }


def _facts(doc: dict[str, Any]) -> dict[str, Any]:
    return {
        "event_types": list(doc.get("event_types") or []),
        "province": doc.get("province"),
        "years": [str(year) for year in doc.get("years") or []],
    }


def _no_facts() -> dict[str, Any]:
    return {"event_types": [], "province": None, "years": []}
