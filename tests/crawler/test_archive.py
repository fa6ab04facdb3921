import datetime as dt
import gzip
import re
import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.archive import OPEN_SUFFIX, ArchiveError, ArchiveWriter, Capture, body_digest, read_captures, salvage

WHEN = dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def add_page(writer: ArchiveWriter, number: int, body: bytes) -> None:
    writer.add(
        url=f"http://baomau.example/tin-{number}.html",
        site_id="baomau",
        status=200,
        headers=[("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", f'"{number}"')],
        body=body,
        fetched_at=WHEN,
    )


def test_a_page_comes_back_as_it_went_in(tmp_path: Path) -> None:
    path = tmp_path / "run.warc.gz"
    body = "<p>Thi đua yêu nước</p>".encode()
    with ArchiveWriter(path) as writer:
        add_page(writer, 1, body)
        assert not path.exists()
    [capture] = read_captures(path)
    assert capture == Capture(
        url="http://baomau.example/tin-1.html",
        site_id="baomau",
        fetched_at=dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC),
        status=200,
        headers={"content-type": "text/html; charset=utf-8", "etag": '"1"', "content-length": str(len(body))},
        body=body,
        record_id=capture.record_id,
        digest=body_digest(body),
        outcome="fetched",
    )
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_never_added_to(tmp_path: Path) -> None:
    path = tmp_path / "run.warc.gz"
    with ArchiveWriter(path) as writer:
        add_page(writer, 1, b"one")
    with pytest.raises(ArchiveError, match="never added to"):
        ArchiveWriter(path)


def test_a_run_without_pages_leaves_no_file(tmp_path: Path) -> None:
    ArchiveWriter(tmp_path / "run.warc.gz").close()
    assert list(tmp_path.iterdir()) == []


def test_salvage_leaves_the_file_of_a_living_run_alone(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path / "run.warc.gz") as writer:
        add_page(writer, 1, b"one")
        assert salvage(tmp_path) == []
        add_page(writer, 2, b"two")
    assert len(list(read_captures(tmp_path / "run.warc.gz"))) == 2


BODIES = [f"trang số {number} ".encode() * (1 + number * 40) for number in range(4)]


def test_pages_of_a_torn_file_are_taken_up_before_it_is_closed(
    tmp_path: Path, whole_file: tuple[bytes, list[int]]
) -> None:
    def killed(file: Path) -> None:
        raise KeyboardInterrupt

    open_file = tmp_path / f"run.warc.gz{OPEN_SUFFIX}"
    open_file.write_bytes(whole_file[0][:-1])
    with pytest.raises(KeyboardInterrupt):
        salvage(tmp_path, take_up=killed)
    assert list(tmp_path.iterdir()) == [open_file]
    bodies: list[bytes] = []
    salvage(tmp_path, take_up=lambda file: bodies.extend(capture.body for capture in read_captures(file)))
    assert bodies == BODIES[:3]
    assert list(tmp_path.iterdir()) == [tmp_path / "run.warc.gz"]


@pytest.fixture(scope="module")
def whole_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[int]]:
    """An archive file, and how long it was after each page."""
    path = tmp_path_factory.mktemp("whole") / "run.warc.gz"
    sizes = []
    with ArchiveWriter(path) as writer:
        for number, body in enumerate(BODIES):
            add_page(writer, number, body)
            sizes.append(path.with_name(path.name + OPEN_SUFFIX).stat().st_size)
    return path.read_bytes(), sizes


@settings(max_examples=150, deadline=None)
@given(part=st.floats(0, 1), tail=st.sampled_from([b"", b"\0" * 100, b"\x1f\x8b\x08garbage"]))
def test_a_file_cut_at_any_byte_keeps_every_whole_page(
    whole_file: tuple[bytes, list[int]], part: float, tail: bytes
) -> None:
    content, sizes = whole_file
    cut = round(part * len(content))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"run.warc.gz{OPEN_SUFFIX}").write_bytes(content[:cut] + tail)
        files = salvage(folder)
        assert sorted(folder.iterdir()) == files
        kept = [capture.body for file in files for capture in read_captures(file)]
    left = content[:cut] + tail  # zeros may happen to be what was cut off
    assert kept == [body for body, size in zip(BODIES, sizes, strict=True) if left.startswith(content[:size])]


def test_a_torn_foreign_file_yields_what_is_whole_and_then_says_so(
    tmp_path: Path, whole_file: tuple[bytes, list[int]]
) -> None:
    path = tmp_path / "foreign.warc.gz"
    path.write_bytes(whole_file[0] + b"not a warc record at all\r\n")
    bodies = []
    with pytest.raises(ArchiveError, match=r"foreign\.warc\.gz: broken near byte"):
        for capture in read_captures(path):
            bodies.append(capture.body)  # noqa: PERF401 - what came before the error is wanted
    assert bodies == BODIES


@settings(max_examples=150, deadline=None)
@given(part=st.floats(0, 1), packed=st.booleans())
def test_a_closed_file_cut_at_any_byte_but_a_record_s_end_is_told(
    whole_file: tuple[bytes, list[int]], part: float, packed: bool
) -> None:
    content, sizes = whole_file
    file = content if packed else gzip.decompress(content)
    ends = sizes if packed else [len(gzip.decompress(content[:size])) for size in sizes]
    cut = round(part * len(file))
    bodies = []
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "cut.warc.gz"
        path.write_bytes(file[:cut])
        try:
            for capture in read_captures(path):
                bodies.append(capture.body)  # noqa: PERF401 - what came before the error is wanted
        except ArchiveError as error:
            told = re.search(r"cut\.warc\.gz: broken near byte (\d+): ", str(error))
            assert told is not None
            assert int(told[1]) <= cut
        else:
            after = 0 if packed else 4  # the empty lines after a record hold nothing
            assert cut < 2 or any(end - after <= cut <= end for end in [len_of_description(file, packed), *ends])
    assert bodies == [body for body, end in zip(BODIES, ends, strict=True) if end - (0 if packed else 4) <= cut]


def len_of_description(file: bytes, packed: bool) -> int:
    """Where the first record (the file's own description) ends."""
    if not packed:
        return file.index(b"\r\n\r\nWARC/") + 4
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    unpack.decompress(file)
    return len(file) - len(unpack.unused_data)


def test_a_flipped_byte_is_told_with_the_record_it_stands_in(
    tmp_path: Path, whole_file: tuple[bytes, list[int]]
) -> None:
    content, sizes = whole_file
    path = tmp_path / "run.warc.gz"
    path.write_bytes(content[: sizes[1] + 60] + bytes([content[sizes[1] + 60] ^ 0x55]) + content[sizes[1] + 61 :])
    captures = read_captures(path)
    assert [next(captures).body for _ in range(2)] == BODIES[:2]
    with pytest.raises(ArchiveError, match=f"broken near byte {sizes[1]}: "):
        next(captures)


def test_a_full_disk_breaks_nothing_that_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = ArchiveWriter(tmp_path / "run.warc.gz")
    add_page(writer, 1, b"one")
    real = writer._file

    class FullDisk:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def write(self, data: bytes) -> int:
            real.write(bytes(data)[:10])
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "_file", FullDisk())
    for _ in range(2):
        with pytest.raises(ArchiveError, match="No space left on device"):
            add_page(writer, 2, b"two")
    monkeypatch.setattr(writer, "_file", real)
    writer.close()
    assert salvage(tmp_path) == [tmp_path / "run.warc.gz"]
    assert [capture.body for capture in read_captures(tmp_path / "run.warc.gz")] == [b"one"]
