"""Cells that are safe to open: text from the web never becomes a formula of somebody's spreadsheet."""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which spreadsheet programs take a cell of a CSV file for a formula (OWASP, "CSV Injection")."""

EXCEL_MOST = 32_767
"""Characters that a cell of Excel can hold."""
CUT = " … [cut: the whole text is in articles.parquet, articles.csv and thidua.sqlite]"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def csv_cell(text: str) -> str:
    """`text` with an apostrophe before it when it begins like a formula, or with an apostrophe itself.

    Taking one leading apostrophe away gives the text back, always.
    """
    return f"'{text}" if text.startswith((*FORMULA_STARTS, "'")) else text


def excel_cell(text: str) -> str:
    """`text` as a cell of XLSX can hold it: without characters that XML forbids, cut where Excel would refuse it.

    Lengths count in UTF-16, as Excel counts.
    """
    text = _NOT_XML.sub("\ufffd", text)
    if len(text) * 2 <= EXCEL_MOST or _units(text) <= EXCEL_MOST:
        return text
    kept = text.encode("utf-16-le")[: (EXCEL_MOST - _units(CUT)) * 2].decode("utf-16-le", "ignore")
    return kept + CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
