"""A table as CSV: UTF-8 with BOM (Excel then reads Vietnamese right), commas, quotes where needed, LF line ends."""

from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from pipelines.publish.cells import csv_cell
from pipelines.tables.columns import kind_of

ENCODING = "utf-8-sig"


def write_csv(frame: pd.DataFrame, schema: pa.DataFrameSchema, target: Path) -> None:
    """Write a table. Text that begins like a formula gets an apostrophe before it; numbers stay so; null is empty."""
    safe = {}
    for name, column in schema.columns.items():
        values = frame[name]
        if kind_of(column) == "text":
            values = values.map(csv_cell, na_action="ignore")
        elif kind_of(column) == "boolean":
            values = values.map({True: "true", False: "false"}, na_action="ignore")
        safe[name] = values
    pd.DataFrame(safe).to_csv(target, index=False, encoding=ENCODING, lineterminator="\n")
