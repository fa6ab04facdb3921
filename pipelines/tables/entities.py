"""Mentions → the things they name (units, directives, anniversaries, campaigns), each once, and links to articles."""

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class EntityKind:
    """How mentions of one label become a table: its name, its key, and the values taken over from the mentions."""

    label: str
    table: str
    key: str
    values: tuple[str, ...]


ENTITY_KINDS = (
    EntityKind("UNIT", "units", "unit_id", ("canonical", "province", "level")),
    EntityKind("DIRECTIVE", "directives", "directive_id", ("doc_type", "number", "code", "date", "issuer", "title")),
    EntityKind("ANNIVERSARY", "anniversaries", "anniversary_id", ("event", "nth", "event_date", "anniversary_date")),
    EntityKind("CAMPAIGN", "campaigns", "campaign_id", ("name", "launcher", "period")),
)

_LINE = {
    "UNIT": ("canonical",),
    "DIRECTIVE": ("doc_type", "code", "number", "title", "date"),
    "ANNIVERSARY": ("nth", "event"),
    "AWARD": ("award", "class", "authority"),
    "CAMPAIGN": ("name",),
}


def value_line(label: str, attributes: dict[str, Any]) -> str | None:
    """What a mention means, in one line: `Chỉ thị 34-CT/TW, 2014-04-07`, `75 năm Ngày Thương binh - Liệt sĩ`."""
    get = attributes.get
    if label == "DIRECTIVE":
        name = " ".join(str(part) for part in (get("doc_type"), get("code") or get("number") or get("title")) if part)
        return ", ".join(part for part in (name, get("date")) if part) or None
    if label == "ANNIVERSARY":
        return f"{get('nth')} năm {get('event')}" if get("nth") else get("event")
    if label == "AWARD":
        return ", ".join(str(part) for part in (get("award"), get("class"), get("authority")) if part) or None
    return get("canonical") or get("name")


def entities(mentions: pd.DataFrame, articles: pd.DataFrame, kind: EntityKind) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of one kind of entity, and its link table.

    `mentions` needs mention_id, article_id, label, start, end, entity, attributes (JSON); `articles` article_id,
    story_id, published_on. Of values that mentions tell differently, the one told most often is taken; of equals, the
    first in order.
    """
    told = mentions[mentions["label"] == kind.label].merge(
        articles[["article_id", "story_id", "published_on"]], on="article_id", how="left"
    )
    told = told.sort_values(["entity", "article_id", "start", "end"], kind="stable")
    values = pd.DataFrame(
        [[loaded.get(name) for name in kind.values] for loaded in map(json.loads, told["attributes"])],
        columns=list(kind.values),
        index=told.index,
        dtype="object",
    )
    grouped = told.groupby("entity", sort=True)
    table = pd.DataFrame(
        {
            "mentions": grouped.size(),
            "articles": grouped["article_id"].nunique(),
            "stories": grouped["story_id"].nunique(),
            "first_published": grouped["published_on"].min(),
            "last_published": grouped["published_on"].max(),
        }
    )
    for name in kind.values:
        table[name] = _most_told(told["entity"], values[name]).reindex(table.index)
    table = table.rename_axis(kind.key).reset_index()

    pairs = told.groupby(["article_id", "entity"], sort=True)
    links = pairs[["mention_id", "start", "end"]].first()
    links["mentions"] = pairs.size()
    return table, links.reset_index().rename(columns={"entity": kind.key})


def _most_told(entity: pd.Series, value: pd.Series) -> pd.Series:
    """For each entity, the value told most often (none where none is told)."""
    told = pd.DataFrame({"entity": entity, "value": value})[value.notna()]
    if told.empty:
        return pd.Series(dtype="object")
    counts = told.groupby(["entity", "value"], sort=True).size().rename("count").reset_index()
    counts = counts.sort_values(["entity", "count"], ascending=[True, False], kind="stable")
    return counts.drop_duplicates("entity").set_index("entity")["value"]
