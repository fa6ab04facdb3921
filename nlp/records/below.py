"""Winners on lines of their own: a list with marks, a table flattened to lines, rows that end in an award."""

from dataclasses import replace

import regex

from nlp.reading import Reading
from nlp.records.lists import listed
from nlp.records.persons import NameBook
from nlp.records.recipient import Recipient

_HEADING_REST = regex.compile(r"[\p{L}\d\s,\"]*:")
_BARE_REST = regex.compile(r"[ \t]*(?:cho|gồm|năm \d{4})?[ \t]*[.:]?")
_MOST_HEADING_WORDS = 14
_ANNOUNCES = regex.compile(r"(?<!\w)(?:danh sách|gồm|như sau|sau đây|cụ thể|có tên)(?!\w)")
_MARK = regex.compile(r"[ \t]*(?:[-+•*·]|\d{1,3}[.)/]|[a-zđ]\))[ \t]*")
_NUMBER_CELL = regex.compile(r"[ \t]*\d{1,3}[.)]?[ \t]*")
_LONGEST_LIST = 500
_MOST_HEADERS = 2


def listed_below(reading: Reading, book: NameBook, end: int) -> list[Recipient]:
    """Return the winners listed on the lines below the award that ends at `end`, [] where no list follows."""
    first = _list_start(reading, end)
    if first is None:
        return []
    found: list[Recipient] = []
    others = 0
    position = first
    while position < len(reading.folded) and len(found) < _LONGEST_LIST:
        stop = _line_end(reading.folded, position)
        line = reading.folded[position:stop]
        if line.strip():
            mark = _MARK.match(reading.folded, position, stop)
            is_row = "|" in line
            names = _names(reading, book, mark.end() if mark else position, stop) if mark or is_row else []
            if names:
                found.append(replace(names[0], end=stop))
            elif not is_row or found or (others := others + 1) > _MOST_HEADERS:
                break
        position = stop + 1
    return found if len(found) > 1 or (found and reading.folded[first - 1 : first] == ":") else []


def row_holder(reading: Reading, book: NameBook, start: int) -> list[Recipient]:
    """Return who stands in the first cells of the table row in which the award at `start` stands."""
    line = reading.layout.line_at(start)
    bar = reading.text.rfind("|", line.start, start)
    if bar < 0:
        return []
    return [replace(r, end=start) for r in _names(reading, book, line.start, bar)]


def is_row(reading: Reading, start: int) -> bool:
    """Say whether `start` stands on a line of cells."""
    line = reading.layout.line_at(start)
    return reading.text.find("|", line.start, line.end) >= 0


def _names(reading: Reading, book: NameBook, start: int, stop: int) -> list[Recipient]:
    position = start
    while position < stop:
        cell_end = reading.folded.find("|", position, stop)
        cell_end = stop if cell_end < 0 else cell_end
        if not _NUMBER_CELL.fullmatch(reading.folded, position, cell_end):
            return [r for r in listed(reading, book, _first_letter(reading.folded, position), cell_end)[:1] if r.name]
        position = cell_end + 1
    return []


def _list_start(reading: Reading, end: int) -> int | None:
    """Return where the lines of a list begin: behind the award's own line, or behind one that announces them."""
    folded = reading.folded
    own_end = _line_end(folded, end)
    rest = folded[end:own_end].rstrip()
    if _HEADING_REST.fullmatch(rest) and len(rest.split()) <= _MOST_HEADING_WORDS:
        return own_end
    if own_end < len(folded) and _BARE_REST.fullmatch(rest):
        return own_end
    position = own_end
    while position < len(folded) and folded[position].isspace():
        position += 1
    stop = _line_end(folded, position)
    line = folded[position:stop].rstrip()
    if own_end < position and line.endswith(":") and len(line) < 160 and _ANNOUNCES.search(line):
        return stop
    return None


def _line_end(folded: str, position: int) -> int:
    stop = folded.find("\n", position)
    return len(folded) if stop < 0 else stop


def _first_letter(folded: str, position: int) -> int:
    while position < len(folded) and folded[position] == " ":
        position += 1
    return position
