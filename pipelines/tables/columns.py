"""How a column of a released table is declared: its kind, its two names, what it means, what it may hold.

Everything that describes the dataset (pandera checks, datapackage.json, SQLite tables, the dictionary, Excel formats)
is made from these declarations.
"""

import calendar
import re
from typing import Literal

import pandas as pd
import pandera.pandas as pa

Kind = Literal["text", "integer", "number", "boolean", "date"]
"""What a column holds. A `date` is a whole day as `YYYY-MM-DD`; dates that may be partial are `text`."""

_DTYPES: dict[Kind, str] = {
    "text": "str",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "str",
}

_PARTIAL = re.compile(r"(?:(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|(?P<m>\d\d)-(?P<d>\d\d))")


def column(
    kind: Kind,
    title: tuple[str, str],
    about: tuple[str, str],
    *,
    null: bool = False,
    check: pa.Check | None = None,
    refers: str | None = None,
) -> pa.Column:
    """Declare a column. `title` and `about` are English and Vietnamese; `refers`: the `table.column` it is a key of."""
    checks = [check] if check else []
    if kind == "date":
        checks.append(WHOLE_DAY)
    return pa.Column(
        _DTYPES[kind],
        checks,
        nullable=null,
        title=title[0],
        description=about[0],
        metadata={"kind": kind, "title_vi": title[1], "description_vi": about[1], "refers": refers},
    )


def table(
    name: str,
    title: tuple[str, str],
    about: tuple[str, str],
    key: list[str],
    columns: dict[str, pa.Column],
) -> pa.DataFrameSchema:
    """Declare a table whose rows are told apart by `key`."""
    return pa.DataFrameSchema(
        columns,
        name=name,
        title=title[0],
        description=about[0],
        metadata={"title_vi": title[1], "description_vi": about[1], "key": key},
        strict=True,
        ordered=True,
    )


def kind_of(declared: pa.Column) -> Kind:
    """The kind that a column was declared with."""
    kind: Kind = (declared.metadata or {})["kind"]
    return kind


def key_of(schema: pa.DataFrameSchema) -> list[str]:
    """The columns of a table's key."""
    key: list[str] = (schema.metadata or {})["key"]
    return key


def refers(schema: pa.DataFrameSchema) -> list[tuple[str, str, str]]:
    """A table's foreign keys: column, table and column that it refers to."""
    found = []
    for name, declared in schema.columns.items():
        target = (declared.metadata or {})["refers"]
        if target:
            there, key = target.split(".")
            found.append((name, there, key))
    return found


def conform(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """`frame` with the schema's columns, in its order and types, sorted by its key; empty strings become null."""
    typed = {}
    for name, declared in schema.columns.items():
        dtype = _DTYPES[kind_of(declared)]
        values = frame[name]
        if dtype == "str":
            values = values.astype("object").where(values.notna(), None)
            values = pd.Series([None if v is None or v == "" else str(v) for v in values], index=frame.index)
        typed[name] = values.astype(dtype)
    result = pd.DataFrame(typed, columns=list(schema.columns))
    return result.sort_values(key_of(schema), kind="stable").reset_index(drop=True)


def is_possible_date(value: str) -> bool:
    """Whether a date as far as stated (`1945`, `2014-04`, `2014-04-07`, `08-19`) can be: there is no 30 February."""
    found = _PARTIAL.fullmatch(value)
    if not found:
        return False
    year = int(found["year"] or 2000)  # a leap year: 29 February is possible where no year is told
    month = found["month"] or found["m"]
    day = found["day"] or found["d"]
    if month is not None and not 1 <= int(month) <= 12:
        return False
    if not 1 <= year <= 9998:
        return False
    return day is None or 1 <= int(day) <= calendar.monthrange(year, int(month))[1]


def _whole_day(value: str) -> bool:
    return len(value) == 10 and is_possible_date(value) and 1900 <= int(value[:4]) <= 2100


WHOLE_DAY = pa.Check(
    _whole_day, element_wise=True, name="is a day from 1900 to 2100 as YYYY-MM-DD", error="no such day"
)
POSSIBLE_DATE = pa.Check(is_possible_date, element_wise=True, name="is a date as far as stated", error="no such date")
POSSIBLE_YEAR = pa.Check.in_range(1900, 2100, error="no possible year (1900 to 2100)")
AT_LEAST_ZERO = pa.Check.ge(0, error="a number from 0 up is needed")
AT_LEAST_ONE = pa.Check.ge(1, error="a number from 1 up is needed")
SHARE = pa.Check.in_range(0, 1, error="a number from 0 to 1 is needed")


def one_of(*values: str) -> pa.Check:
    """The column holds one of `values`."""
    return pa.Check.isin(values, error=f"one of {', '.join(values)} is needed")
