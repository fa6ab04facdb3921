"""A table as Parquet: typed columns, each with its title and description in the file's schema."""

from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pyarrow
import pyarrow.parquet

from pipelines.tables.columns import Kind, kind_of

_TYPES: dict[Kind, pyarrow.DataType] = {
    "text": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
}


def write_parquet(frame: pd.DataFrame, schema: pa.DataFrameSchema, target: Path) -> None:
    """Write a table. The same rows give the same bytes."""
    fields = [
        pyarrow.field(
            name,
            _TYPES[kind_of(column)],
            nullable=column.nullable,
            metadata={"title": column.title, "description": column.description},
        )
        for name, column in schema.columns.items()
    ]
    arrow = pyarrow.schema(fields, metadata={"title": schema.title, "description": schema.description})
    arrays = [_array(frame[field.name], field.type) for field in fields]
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=arrow), target, compression="zstd")


def read_parquet(source: Path) -> pd.DataFrame:
    """Read a table that `write_parquet` wrote, with days as text again."""
    table = pyarrow.parquet.read_table(source, partitioning=None)
    for index, field in enumerate(table.schema):
        if pyarrow.types.is_date(field.type):
            table = table.set_column(index, field.name, table.column(index).cast(pyarrow.string()))
    frame: pd.DataFrame = table.to_pandas(integer_object_nulls=True)
    return frame


def _array(values: pd.Series, kind: pyarrow.DataType) -> pyarrow.Array:
    plain = pyarrow.Array.from_pandas(values, type=pyarrow.string() if pyarrow.types.is_date(kind) else kind)
    return plain.cast(kind)
