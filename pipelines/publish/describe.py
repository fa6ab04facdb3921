"""What a release says about itself: datapackage.json, the dictionary, the README; all made from the schemas."""

import json
from collections.abc import Mapping
from typing import Any

import pandera.pandas as pa

from pipelines.tables.columns import Kind, key_of, kind_of, refers

_FIELD_TYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
}

TITLE = "thidua: Vietnamese provincial news about emulation movements"
TITLE_VI = "thidua: tin tức địa phương Việt Nam về phong trào thi đua, khen thưởng"

LIMITS = (
    "What newspapers and portals report is not an official statistic: not every award is reported, and some are "
    "reported often. Count stories (story_id) or awardings (award_events) rather than articles where copies matter, "
    "and compare with sources.seen, the number of articles of any topic that were seen."
)
LIMITS_VI = (
    "Tin báo chí không phải số liệu thống kê chính thức: không phải lượt khen nào cũng được đưa tin, có lượt được đưa "
    "tin nhiều lần. Khi bài đăng lại ảnh hưởng đến kết quả, hãy đếm theo tin (story_id) hoặc lần khen (award_events) "
    "thay vì theo bài, và so với sources.seen là số bài thuộc mọi chủ đề đã thấy."
)


def datapackage(version: str, schemas: Mapping[str, pa.DataFrameSchema], rows: Mapping[str, int]) -> str:
    """The release as a Data Package (version 2): one resource a table, described by its CSV file."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "thidua",
        "title": TITLE,
        "description": f"{TITLE_VI}. {LIMITS}",
        "version": version,
        "keywords": ["thi đua", "khen thưởng", "emulation", "commendation", "Vietnam", "news"],
        "resources": [_resource(schema, rows[name]) for name, schema in schemas.items()],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(schema: pa.DataFrameSchema, rows: int) -> dict[str, Any]:
    return {
        "name": schema.name,
        "type": "table",
        "title": schema.title,
        "description": schema.description,
        "path": f"{schema.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": rows,
        "schema": {
            "fields": [_field(name, column, key_of(schema)) for name, column in schema.columns.items()],
            "missingValues": [""],
            "primaryKey": key_of(schema),
            "foreignKeys": [
                {
                    "fields": [name],
                    "reference": {"resource": "" if there == schema.name else there, "fields": [key]},
                }
                for name, there, key in refers(schema)
            ],
        },
    }


def _field(name: str, column: pa.Column, key: list[str]) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": name,
        "type": _FIELD_TYPES[kind_of(column)],
        "title": column.title,
        "description": column.description,
        "title_vi": (column.metadata or {})["title_vi"],
        "description_vi": (column.metadata or {})["description_vi"],
    }
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if key == [name]:
        constraints["unique"] = True
    if constraints:
        field["constraints"] = constraints
    return field


def dictionary(version: str, schemas: Mapping[str, pa.DataFrameSchema], rows: Mapping[str, int]) -> str:
    """The data dictionary as Markdown, Vietnamese first, English second."""
    lines = [
        f"# Từ điển dữ liệu · Data dictionary ({version})",
        "",
        "Được tạo từ lược đồ của chương trình. Made from the program's schemas.",
        "",
        "Kiểu · types: text, integer, number, boolean, date (YYYY-MM-DD). **Khóa · key** in đậm. "
        "Ô trống nghĩa là bài viết không nêu · an empty cell means that the article does not say.",
        "",
    ]
    for name, schema in schemas.items():
        meta = schema.metadata or {}
        lines += [
            f"## {name}",
            "",
            f"{meta['title_vi']} · {schema.title} ({rows[name]:,} dòng · rows)",
            "",
            f"{meta['description_vi']}",
            "",
            f"{schema.description}",
            "",
            "| Cột · Column | Kiểu · Type | Trống · Null | Ý nghĩa | Meaning | Khóa của · Refers to |",
            "|---|---|---|---|---|---|",
        ]
        keys, targets = key_of(schema), {own: f"{there}.{key}" for own, there, key in refers(schema)}
        for column_name, column in schema.columns.items():
            said = column.metadata or {}
            shown = f"**{column_name}**" if column_name in keys else column_name
            cells = (
                shown,
                kind_of(column),
                "có · yes" if column.nullable else "",
                f"{said['title_vi']}. {said['description_vi']}",
                f"{column.title}. {column.description}",
                targets.get(column_name, ""),
            )
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines)


def readme(version: str, rows: Mapping[str, int]) -> str:
    """What somebody reads who finds the folder without having seen the project."""
    counts = "\n".join(f"| {name} | {count:,} |" for name, count in rows.items())
    return f"""# {TITLE}

{TITLE_VI}

Release {version}. {LIMITS}

{LIMITS_VI}

| Table | Rows |
|---|---|
{counts}

What every table and column means stands in [dictionary.md](dictionary.md); how the release was made, from which pages
and by which versions, in [manifest.json](manifest.json).

## Which file for what

- `thidua.xlsx`: everything in one workbook, for Excel and LibreOffice. Cells hold at most 32,767 characters; longer
  texts are cut there, with a mark.
- `<table>.csv`: UTF-8 with BOM. A text that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or an apostrophe
  has one apostrophe before it, so that no spreadsheet takes it for a formula; take one leading apostrophe away to have
  it back.
- `<table>.parquet`: typed, for pandas, R, DuckDB.
- `thidua.sqlite`: all tables with keys and indexes, and full-text search.
- `datapackage.json`: the CSV files described for machines (Data Package 2.0); `frictionless validate datapackage.json`.

## Search

`articles_fts` finds text typed with or without diacritics: `thi dua` also finds `thi đua`.

```sql
SELECT article_id, articles.title, snippet(articles_fts, 1, '[', ']', ' … ', 12) AS found
FROM articles_fts JOIN articles ON articles.rowid = articles_fts.rowid
WHERE articles_fts MATCH '"thi dua" khen thuong' ORDER BY rank LIMIT 20;
```

Every fact can be checked: `start` and `end` count characters (Unicode code points, from 0) in `articles.text`.

```sql
SELECT awards.*, substr(articles.text, awards.start + 1, awards.end - awards.start) AS words, articles.url
FROM awards JOIN articles USING (article_id);
```
"""
