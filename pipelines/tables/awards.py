"""Award records → awards and award events: one awarding once, however many articles tell it."""

from collections.abc import Hashable, Mapping

import pandas as pd

from pipelines.keys import short_hash

_VALUES = [
    "award",
    "award_class",
    "authority",
    "level",
    "status",
    "recipient",
    "recipient_kind",
    "quantity",
    "year",
]


def awards(records: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row a record, with keys, its place, its recipient's unit and the key of its awarding.

    `records`: article_id, mention (`m3`), the values, rule, confidence; `mentions`: mention_id, article_id, mention,
    label, start, end, entity, value; `articles`: article_id, story_id.
    """
    places = mentions[["article_id", "mention", "mention_id", "start", "end"]]
    rows = records.rename(columns={"class": "award_class"}).merge(places, on=["article_id", "mention"], how="left")
    rows = rows.merge(articles[["article_id", "story_id"]], on="article_id", how="left")
    rows["recipient_unit"] = _recipient_units(rows, mentions)
    plain = rows.astype("object").where(rows.notna(), None)
    rows["event_id"] = [event_id(row) for row in plain.to_dict("records")]
    values = [
        short_hash(row["article_id"], row["start"], row["end"], *(_plain(row[name]) for name in _VALUES))
        for row in plain.to_dict("records")
    ]
    # a list may give the same award to two people of one name: the second of equals is a row of its own
    rows["award_id"] = values
    nth = rows.groupby("award_id").cumcount()
    rows["award_id"] = [key if n == 0 else f"{key}-{n + 1}" for key, n in zip(values, nth, strict=True)]
    return rows


def event_id(row: Mapping[Hashable, object]) -> str:
    """The key of the awarding that a record tells of.

    A named recipient and a year make it one awarding in whatever story it is told; without them, two records are the
    same only within one story (counts of different ceremonies look alike).
    """
    values = [_plain(row[name]) for name in ("award", "award_class", "authority", "status", "recipient", "year")]
    if row["recipient"] is None or row["year"] is None:
        values += [row["story_id"], _plain(row["recipient_kind"]), _plain(row["quantity"])]
    return short_hash("award event", *values)


def award_events(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of awardings and the link table of articles that tell them. Input: `awards`."""
    ordered = rows.sort_values(["event_id", "article_id", "start", "award_id"], kind="stable")
    grouped = ordered.groupby("event_id", sort=True)
    events = grouped[_VALUES].first()
    events["records"] = grouped.size()
    events["articles"] = grouped["article_id"].nunique()
    events["stories"] = grouped["story_id"].nunique()
    pairs = ordered.groupby(["article_id", "event_id"], sort=True)
    links = pairs[["mention_id", "start", "end"]].first()
    links["records"] = pairs.size()
    return events.reset_index(), links.reset_index()


def _recipient_units(rows: pd.DataFrame, mentions: pd.DataFrame) -> pd.Series:
    """The unit that the article itself names by the recipient's canonical name; null for people and for numbers."""
    units = mentions[mentions["label"] == "UNIT"].drop_duplicates(["article_id", "value"])
    named = rows[["article_id", "recipient"]].merge(
        units[["article_id", "value", "entity"]],
        left_on=["article_id", "recipient"],
        right_on=["article_id", "value"],
        how="left",
    )
    return pd.Series(named["entity"].to_numpy(), index=rows.index)


def _plain(value: object) -> object:
    """A value as it goes into a key: whole numbers are numbers, whatever pandas made of them."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
