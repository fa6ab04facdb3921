"""Nothing broken is released: types, keys, references, dates and offsets, checked at every assembly."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from pipelines.errors import TableError
from pipelines.tables.columns import key_of, refers

_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One cell that may not be released."""

    table: str
    row: str
    column: str
    what: str
    article: str | None

    def __str__(self) -> str:
        where = f"{self.table}, row {self.row}, column {self.column}"
        return f"{where}: {self.what}" + (f" (article {self.article})" if self.article else "")


def check_tables(tables: Mapping[str, pd.DataFrame], schemas: Mapping[str, pa.DataFrameSchema]) -> None:
    """Raise TableError, which names table, row, column and article of the first problems, when there are any."""
    problems = [problem for name, schema in schemas.items() for problem in table_problems(tables[name], schema)]
    for name, schema in schemas.items():
        problems += reference_problems(tables, name, schema)
    if not problems:
        problems = offset_problems(tables)
    if problems:
        lines = [f"  {problem}" for problem in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            lines.append(f"  ... and {len(problems) - _SHOWN} more")
        raise TableError(
            f"{len(problems)} values may not be released; the last tables and the last release stand as they were:\n"
            + "\n".join(lines)
            + "\nMend the rule, the lexicon or the profile behind them and run `thidua run` or `thidua assemble` again."
        )


def table_problems(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> list[Problem]:
    """What the schema says against a table, its key included."""
    problems = []
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        problems += [_problem(frame, schema, case) for case in errors.failure_cases.to_dict("records")]
    key = key_of(schema)
    twice = frame.index[frame.duplicated(key, keep="first")]
    return problems + [_at(frame, schema, index, ", ".join(key), "the key stands in two rows") for index in twice]


def reference_problems(tables: Mapping[str, pd.DataFrame], name: str, schema: pa.DataFrameSchema) -> list[Problem]:
    """Keys of a table that are in no row of the table they refer to."""
    frame = tables[name]
    problems = []
    for column, there, key in refers(schema):
        broken = frame[column].notna() & ~frame[column].isin(tables[there][key])
        for index in frame.index[broken]:
            what = f"{frame.at[index, column]!r} is in no row of {there}.{key}"
            problems.append(_at(frame, schema, index, column, what))
    return problems


def offset_problems(tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Mentions whose text is not what stands at their place in the article."""
    mentions = tables["mentions"]
    texts = dict(zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True))
    columns = (mentions["mention_id"], mentions["article_id"], mentions["start"], mentions["end"], mentions["text"])
    return [
        Problem("mentions", mention, "text", f"{words!r} is not what stands at {start}:{end} of the article", article)
        for mention, article, start, end, words in zip(*columns, strict=True)
        if texts[article][start:end] != words
    ]


def _problem(frame: pd.DataFrame, schema: pa.DataFrameSchema, case: Mapping[str, object]) -> Problem:
    check = str(case["check"])
    what = {"not_nullable": "is empty"}.get(check, f"{case['failure_case']!r}: {check}")
    column = str(case["column"])
    if case["index"] is None or pd.isna(case["index"]):  # type: ignore[call-overload]
        return Problem(str(schema.name), "-", column, what, None)
    return _at(frame, schema, case["index"], column, what)


def _at(frame: pd.DataFrame, schema: pa.DataFrameSchema, index: object, column: str, what: str) -> Problem:
    row = frame.loc[index]  # type: ignore[call-overload]
    article = row["article_id"] if "article_id" in frame.columns else None
    key = ", ".join(str(row[name]) for name in key_of(schema))
    return Problem(str(schema.name), key, column, what, None if pd.isna(article) else str(article))
