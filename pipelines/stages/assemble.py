"""Parts → tables: the newest version of each article; its mentions and records linked, merged, counted, checked."""

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from pipelines import keys, runs
from pipelines.engine import StageReport
from pipelines.errors import PipelineError
from pipelines.stages.extract import DOCUMENTS, MENTIONS, RECORDS
from pipelines.stages.parse import ARTICLES
from pipelines.storage import (
    digest,
    file_digest,
    fingerprint,
    parts,
    read_table,
    remove_leftovers,
    rules_of,
    written_beside,
)
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    from crawler.sites import Site
    from crawler.state import SeenCount

DONE = "assembled.json"
"""Written last into the folder of tables: what they were made of and by which rules. Without it they are not whole."""

Frames = dict[str, pd.DataFrame]

_CODE = Path(__file__).parent.parent / "tables"


def run(workspace: Workspace, sites: Mapping[str, "Site"]) -> StageReport:
    """Make the tables anew when anything that they are made of has changed.

    Raises TableError (the tables of before stand) when a row breaks the schemas, PipelineError when there is no
    article.
    """
    remove_leftovers(workspace.tables)
    seen = _seen(workspace.state)
    crawls = runs.crawls(workspace.state)
    made_of = _made_of(workspace, seen, crawls, sites)
    standing = assembled(workspace.tables)
    if standing and standing["made_of"] == made_of:
        return StageReport("assemble", parts_standing=len(standing["rows"]), rows=Counter(standing["rows"]))
    tables = assemble(read_parts(workspace), seen, crawls, sites)
    rows = {name: len(frame) for name, frame in tables.items()}
    _write(workspace.tables, tables, {"made_of": made_of, "rows": rows, **_provenance(workspace), "runs": crawls})
    return StageReport("assemble", parts_done=len(tables), rows=Counter(rows))


def assembled(folder: Path) -> dict[str, Any] | None:
    """What the tables in `folder` were made of, by which rules, and their rows; None when they are not whole."""
    mark = folder / DONE
    if not mark.is_file():
        return None
    found: dict[str, Any] = json.loads(mark.read_text(encoding="utf-8"))
    return found


def code_fingerprint() -> str:
    """Changes with the rules by which tables are made and checked."""
    files = [*sorted(_CODE.rglob("*.py")), Path(__file__), Path(keys.__file__)]
    return fingerprint(*(path.read_text(encoding="utf-8") for path in files))


def read_parts(workspace: Workspace) -> Frames:
    """All finished parts of the stages before, as frames: articles, documents, mentions, records."""
    return {
        "articles": _frame(workspace.articles, ARTICLES),
        "documents": _frame(workspace.documents, DOCUMENTS),
        "mentions": _frame(workspace.mentions, MENTIONS),
        "records": _frame(workspace.records, RECORDS),
    }


def _frame(folder: Path, schema: pa.Schema) -> pd.DataFrame:
    """The rows of a folder's parts, with the part's name: two parts may have read the same version of an article."""
    tables = []
    for part in parts(folder):
        rows = read_table([part], schema)
        tables.append(rows.append_column("part", pa.array([part.name] * len(rows), pa.string())))
    empty = schema.empty_table().append_column("part", pa.array([], pa.string()))
    frame: pd.DataFrame = pa.concat_tables([empty, *tables]).to_pandas()
    return frame


def assemble(
    made: Frames, seen: Sequence["SeenCount"], crawls: Sequence[Mapping[str, Any]], profiles: Mapping[str, "Site"]
) -> Frames:
    """The released tables, in their order, checked. `made`: as `read_parts` gives it."""
    from pipelines.tables import awards as award_tables
    from pipelines.tables import entities, sources, versions
    from pipelines.tables.check import check_tables
    from pipelines.tables.columns import conform
    from pipelines.tables.schemas import TABLES

    pages = versions.number_versions(made["articles"])
    articles = versions.newest(pages)
    if articles.empty:
        raise PipelineError(
            "there is no article in this workspace yet, so there are no tables to make. `thidua run --sample` crawls "
            "the bundled sample sites; `thidua run --site ID` a real one."
        )
    articles = _articles(articles, made["documents"])
    mentions = _mentions(_of_newest(made["mentions"], articles))
    records = _of_newest(made["records"], articles)

    tables: Frames = {}
    for kind in entities.ENTITY_KINDS:
        table, links = entities.entities(mentions, articles, kind)
        tables |= {kind.table: table, f"article_{kind.table}": links}
    awards = award_tables.awards(records, mentions, articles)
    events, event_links = award_tables.award_events(awards)
    for name, rows in (("mentions", mentions), ("award_records", awards)):
        articles[name] = articles["article_id"].map(rows["article_id"].value_counts()).fillna(0)
    tables |= {
        "articles": articles,
        "mentions": mentions,
        "awards": awards,
        "award_events": events,
        "article_award_events": event_links,
        "pages": pages,
        "sources": sources.sources(pages, seen),
        "runs": sources.runs(crawls),
    }
    tables["sites"] = sources.sites([*pages["site_id"], *tables["sources"]["site_id"]], profiles)
    typed = {name: conform(tables[name], schema) for name, schema in TABLES.items()}
    check_tables(typed, TABLES)
    return typed


def _articles(articles: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    from pipelines.tables.stories import same_stories
    from pipelines.tables.versions import published_on

    read = documents.rename(columns={"part": "read_in"}).sort_values("read_in", kind="stable")
    read = read.drop_duplicates(["article_id", "content_id"])
    articles = articles.drop(columns=["url", "outcome", "reason"]).rename(columns={"article_url": "url"})
    articles = articles.merge(read, on=["article_id", "content_id"], how="left")
    articles["read"] = articles["outcome"] == "read"
    for name in ("event_types", "years"):
        articles[name] = [";".join(values) if values is not None else None for values in _lists(articles[name])]
    articles["published_on"] = published_on(articles["published_at"])
    # the earliest telling leads its story; an undated one only where none has a date
    articles = articles.sort_values(["published_on", "published_at", "article_id"], na_position="last")
    articles = articles.reset_index(drop=True)
    leaders = same_stories(articles["text"].tolist())
    articles["story_id"] = articles["article_id"].to_numpy()[leaders]
    return articles


def _mentions(mentions: pd.DataFrame) -> pd.DataFrame:
    from pipelines.tables.entities import value_line

    places = zip(mentions["article_id"], mentions["label"], mentions["start"], mentions["end"], strict=True)
    values = zip(mentions["label"], mentions["attributes"], mentions["text"], strict=True)
    return mentions.assign(
        mention_id=[keys.mention_id(*place) for place in places],
        value=[value_line(label, json.loads(attributes)) or text for label, attributes, text in values],
    )


def _of_newest(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The rows that were read from the newest version of each article, in the part that `articles` name (`read_in`)."""
    return rows.merge(
        articles[["article_id", "content_id", "read_in"]].rename(columns={"read_in": "part"}),
        on=["article_id", "content_id", "part"],
    )


def _lists(column: pd.Series) -> list[Any]:
    return [value if isinstance(value, Sequence) or hasattr(value, "tolist") else None for value in column]


def _seen(state: Path) -> list["SeenCount"]:
    from crawler.state import CrawlState

    with CrawlState(state) as crawl:
        return crawl.seen_counts()


def _made_of(
    workspace: Workspace,
    seen: Sequence["SeenCount"],
    crawls: Sequence[Mapping[str, Any]],
    profiles: Mapping[str, "Site"],
) -> str:
    known = sorted((s.id, s.name, s.kind, s.family, s.province, s.province_now) for s in profiles.values())
    told = json.dumps([list(map(str, seen)), list(crawls), known])
    articles = (f"{part.name}:{digest(part)}" for part in parts(workspace.articles))
    read = (
        f"{folder.name}/{part.name}"
        for folder in (workspace.documents, workspace.mentions, workspace.records)
        for part in parts(folder)
    )
    return fingerprint(code_fingerprint(), unicodedata.normalize("NFC", told), *articles, *read)


def _provenance(workspace: Workspace) -> dict[str, Any]:
    """The rules and the inputs of the tables, for the manifest of a release."""
    made = {
        "crawler.page": workspace.articles,
        "nlp": workspace.mentions,
    }
    rules = {room: sorted({rules_of(part) for part in parts(folder)}) for room, folder in made.items()}
    return {
        "rules": {**rules, "pipelines.tables": [code_fingerprint()]},
        "inputs": {
            "archive": [
                {"file": path.name, "bytes": path.stat().st_size, "sha256": file_digest(path)}
                for path in sorted(workspace.archive.glob("*.warc.gz"))
            ],
            "parts": {folder.name: [part.name for part in parts(folder)] for folder in made.values()},
        },
    }


def _write(folder: Path, tables: Frames, told: Mapping[str, Any]) -> None:
    from pipelines.publish.parquet import write_parquet
    from pipelines.tables.schemas import TABLES

    (folder / DONE).unlink(missing_ok=True)
    for name, schema in TABLES.items():
        with written_beside(folder / f"{name}.parquet") as beside:
            write_parquet(tables[name], schema, beside)
    with written_beside(folder / DONE) as beside:
        beside.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
