"""All tables as one Excel workbook: a sheet a table, frozen and filtered header, days as days, text as text."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pipelines.publish.cells import FORMULA_STARTS, excel_cell
from pipelines.tables.columns import Kind, kind_of

MOST_ROWS = 1_048_575
"""Rows below the header that a sheet of Excel can hold."""

_EPOCH = dt.datetime(1980, 1, 1)
_WIDTHS: dict[Kind, int] = {"text": 24, "integer": 11, "number": 11, "boolean": 9, "date": 12}
_WIDE = {"title": 60, "text": 60, "url": 40, "canonical": 48, "name": 48, "value": 48, "recipient": 40}
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def write_workbook(frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, pa.DataFrameSchema], target: Path) -> None:
    """Write the workbook. The first sheet says what the others hold; the same tables give the same bytes."""
    book = Workbook(write_only=True)
    _about(book.create_sheet("about"), frames, schemas)
    for name, schema in schemas.items():
        sheet = book.create_sheet(name)
        kinds = {column: kind_of(declared) for column, declared in schema.columns.items()}
        _lay_out(sheet, list(kinds), [_WIDE.get(column, _WIDTHS[kind]) for column, kind in kinds.items()])
        frame = frames[name].head(MOST_ROWS)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(kinds))}{len(frame) + 1}"
        columns = [_values(sheet, frame[column], kind) for column, kind in kinds.items()]
        for row in zip(*columns, strict=True):
            sheet.append(row)
    book.save(target)
    book.close()
    _without_clock(target)


def _about(
    sheet: WriteOnlyWorksheet, frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, pa.DataFrameSchema]
) -> None:
    _lay_out(sheet, ["table", "rows", "what it holds", "nội dung"], [22, 10, 90, 90])
    for name, schema in schemas.items():
        vi = (schema.metadata or {})["description_vi"]
        rows = len(frames[name])
        cut = (
            f" Only the first {MOST_ROWS:,} rows fit into a sheet; the other files hold all."
            if rows > MOST_ROWS
            else ""
        )
        sheet.append([name, rows, str(schema.description) + cut, vi])


def _lay_out(sheet: WriteOnlyWorksheet, names: list[str], widths: list[int]) -> None:
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width  # type: ignore[attr-defined]
    header = []
    for name in names:
        cell = WriteOnlyCell(sheet, value=name)
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)


def _values(sheet: WriteOnlyWorksheet, values: pd.Series, kind: Kind) -> Iterator[object]:
    for value in values:
        if pd.isna(value):
            yield None
        elif kind == "date":
            yield dt.date.fromisoformat(value)
        elif kind == "text":
            yield _text(sheet, excel_cell(value))
        else:
            yield value.item() if hasattr(value, "item") else value


def _text(sheet: WriteOnlyWorksheet, text: str) -> object:
    if not text.startswith(FORMULA_STARTS):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # typed as text, whatever it begins with
    cell.quotePrefix = True  # and stays text when somebody edits it
    return cell


def _without_clock(target: Path) -> None:
    """Take the time of writing out of the file, so that the same tables give the same bytes."""
    beside = target.with_name(f".{target.name}.clockless")
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            plain = zipfile.ZipInfo(entry.filename, date_time=_EPOCH.timetuple()[:6])
            plain.compress_type = zipfile.ZIP_DEFLATED
            with old.open(entry) as source, new.open(plain, "w") as sink:
                if entry.filename == "docProps/core.xml":
                    sink.write(_TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", source.read()))
                else:
                    while chunk := source.read(1 << 20):
                        sink.write(chunk)
    beside.replace(target)
