"""Parts: whole or not there, known by their rows."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines import storage
from pipelines.errors import no_room

SCHEMA = pa.schema([("word", pa.string()), ("number", pa.int64())])

FILLS_THE_DISK = """
import os, resource, signal, sys
from pathlib import Path
import pyarrow as pa
from pipelines import storage
from pipelines.errors import no_room
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
schema = pa.schema([("word", pa.string())])
try:
    storage.write_rows(Path(sys.argv[1]), schema, ({"word": os.urandom(50).hex()} for _ in range(20_000)))
except OSError as error:
    sys.exit(7 if no_room(error) else 8)
"""


def rows(count: int = 3) -> list[dict[str, object]]:
    return [{"word": f"thi đua {number}", "number": number} for number in range(count)]


def test_rows_come_back_in_order_in_many_batches(tmp_path: Path) -> None:
    part = storage.part_path(tmp_path / "articles", "20260301-ab", "f1")
    storage.write_rows(part, SCHEMA, rows(storage.ROWS * 2 + 5))
    assert list(storage.read_rows(part)) == rows(storage.ROWS * 2 + 5)
    assert storage.stem_of(part) == "20260301-ab"
    assert storage.parts(part.parent) == [part]
    assert storage.read_table([part], SCHEMA).num_rows == storage.ROWS * 2 + 5


def test_no_part_is_an_empty_table_with_columns() -> None:
    assert storage.read_table([], SCHEMA).schema == SCHEMA


def test_a_part_is_known_by_its_rows(tmp_path: Path) -> None:
    for name, count in (("one", 3), ("two", 3), ("three", 4)):
        storage.write_rows(tmp_path / f"{name}.parquet", SCHEMA, rows(count))
    one, two, three = (storage.digest(tmp_path / f"{name}.parquet") for name in ("one", "two", "three"))
    assert one == two != three
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_an_error_leaves_nothing_and_the_old_part_stands(tmp_path: Path) -> None:
    target = tmp_path / "part.parquet"
    storage.write_rows(target, SCHEMA, rows(1))

    def broken() -> object:
        yield from rows(storage.ROWS + 1)
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError, match="the source broke"):
        storage.write_rows(target, SCHEMA, broken())  # type: ignore[arg-type]
    assert list(storage.read_rows(target)) == rows(1)
    assert [path.name for path in tmp_path.iterdir()] == ["part.parquet"]


def test_what_a_kill_left_is_no_part_and_is_removed(tmp_path: Path) -> None:
    torn = tmp_path / ".part.parquet.123.tmp"
    torn.write_bytes(b"PAR1 torn")
    assert storage.parts(tmp_path) == []
    storage.remove_leftovers(tmp_path)
    assert not torn.exists()


def test_a_full_disk_is_told_as_one_and_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FILLS_THE_DISK, str(tmp_path / "part.parquet")], check=False)
    assert done.returncode == 7
    assert list(tmp_path.iterdir()) == []


def test_only_errors_of_room_are_told_as_such() -> None:
    assert no_room(OSError(28, "No space left on device"))
    assert not no_room(OSError(13, "Permission denied"))
    assert not no_room(ValueError("x"))


def test_written_beside_keeps_the_old_file_when_it_fails(tmp_path: Path) -> None:
    target = tmp_path / "file.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError), storage.written_beside(target) as beside:
        beside.write_text("new")
        raise RuntimeError
    assert target.read_text() == "old"
    with storage.written_beside(target) as beside:
        beside.write_text("new")
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]
