"""All tables as one SQLite database: typed, with keys and indexes, and a full-text index that needs no diacritics.

`articles.fold` is title and text without marks (`đ` is `d`): SQLite's own `remove_diacritics` knows no `đ`, so that
without this column `thi dua` would not find `thi đua`. A query is taken as it is typed:

    SELECT article_id, title FROM articles_fts JOIN articles ON articles.rowid = articles_fts.rowid
    WHERE articles_fts MATCH 'thi dua' ORDER BY rank
"""

import sqlite3
import unicodedata
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from pipelines.tables.columns import Kind, key_of, kind_of, refers

_TYPES: dict[Kind, str] = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}

INDEXED = {
    "articles": ("published_on", "province", "story_id"),
    "mentions": ("label", "entity"),
    "awards": ("award", "year", "authority", "status"),
    "award_events": ("award", "year"),
    "pages": ("outcome", "article_id"),
}
"""Columns that people filter and group by; the columns of foreign keys are indexed besides."""

_SEARCH = """
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, text, fold, content="articles", tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
"""


def fold(text: str) -> str:
    """Lower case, without Vietnamese marks: `Thi đua` becomes `thi dua`."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def write_database(frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, pa.DataFrameSchema], target: Path) -> None:
    """Write the database. The same tables and the same SQLite give the same bytes."""
    with closing(sqlite3.connect(target)) as db:
        # a file that is not whole is thrown away with its folder, so it needs no journal of its own
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
        for name, schema in schemas.items():
            db.execute(create_statement(schema))
            _fill(db, frames[name], schema)
        for name, schema in schemas.items():
            for column in dict.fromkeys((*INDEXED.get(name, ()), *(own for own, _, _ in refers(schema)))):
                if column != key_of(schema)[0]:
                    db.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')
        db.executescript(_SEARCH)
        db.commit()
        db.execute("ANALYZE")
        db.commit()


def create_statement(schema: pa.DataFrameSchema) -> str:
    """The CREATE TABLE of a table, with titles and descriptions as comments, as `.schema` shows them."""
    lines = []
    for name, column in schema.columns.items():
        needed = "" if column.nullable else " NOT NULL"
        said = f"{column.title}: {column.description}"
        lines.append((f'"{name}" {_TYPES[kind_of(column)]}{needed}', said))
    if schema.name == "articles":
        lines.append(
            ('"fold" TEXT NOT NULL', "For search without diacritics: title and text in lower case without marks.")
        )
    keys = ", ".join(f'"{name}"' for name in key_of(schema))
    lines.append((f"PRIMARY KEY ({keys})", ""))
    lines += [(f'FOREIGN KEY ("{name}") REFERENCES "{there}" ("{key}")', "") for name, there, key in refers(schema)]
    body = []
    for number, (definition, said) in enumerate(lines):
        comma = "," if number < len(lines) - 1 else ""
        body.append(f"    {definition}{comma}" + (f"  -- {said}" if said else ""))
    about = f"-- {schema.title}: {schema.description}"
    return f'CREATE TABLE "{schema.name}" (\n    {about}\n' + "\n".join(body) + "\n)"


def _fill(db: sqlite3.Connection, frame: pd.DataFrame, schema: pa.DataFrameSchema) -> None:
    columns = list(schema.columns)
    plain = frame[columns].astype("object").where(frame[columns].notna(), None)
    rows = plain.itertuples(index=False, name=None)
    marks = ", ".join("?" * len(columns))
    if schema.name == "articles":
        text = columns.index("text")
        rows = ((*row, fold(row[text])) for row in rows)
        marks += ", ?"
    db.executemany(f'INSERT INTO "{schema.name}" VALUES ({marks})', rows)
