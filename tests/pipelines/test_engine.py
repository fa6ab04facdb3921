"""The engine: what is made does not depend on how many processes make it."""

from pathlib import Path

import pytest

from pipelines.engine import Partition, PartReport, StageReport, run_stage


def double(source: Path, target: Path) -> PartReport:
    """A stage of its own: doubles a number."""
    report = PartReport()
    text = source.read_text()
    if text == "bad":
        report.fail("no-number", f"{source.name}: bad")
    else:
        target.write_text(str(int(text) * 2))
        report.rows["numbers"] += 1
    return report


def breaks(source: Path, target: Path) -> PartReport:
    raise OSError(28, "No space left on device", str(target))


def partitions(folder: Path, values: list[str]) -> list[Partition]:
    folder.mkdir(exist_ok=True)
    for number, value in enumerate(values):
        (folder / f"{number}.in").write_text(value)
    return [Partition(folder / f"{number}.in", folder / f"{number}.out") for number in range(len(values))]


@pytest.mark.parametrize("workers", [1, 2])
def test_all_partitions_are_made_and_counted(tmp_path: Path, workers: int) -> None:
    told: list[tuple[str, int, int]] = []
    pieces = partitions(tmp_path, ["1", "bad", "3"])
    report = run_stage("double", pieces, double, workers=workers, progress=lambda *step: told.append(step))
    assert (report.parts_done, report.parts_standing) == (3, 0)
    assert report.rows == {"numbers": 2}
    assert report.failed == {"no-number": 1}
    assert report.failures == ["1.in: bad"]
    assert [(tmp_path / f"{number}.out").read_text() for number in (0, 2)] == ["2", "6"]
    assert told == [("double", 1, 3), ("double", 2, 3), ("double", 3, 3)]


def test_what_stands_is_not_made_again(tmp_path: Path) -> None:
    pieces = partitions(tmp_path, ["1", "2"])
    pieces[0].target.write_text("kept")
    report = run_stage("double", pieces, double, workers=1)
    assert (report.parts_done, report.parts_standing) == (1, 1)
    assert pieces[0].target.read_text() == "kept"


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_machine_is_raised(tmp_path: Path, workers: int) -> None:
    with pytest.raises(OSError, match="No space left"):
        run_stage("breaks", partitions(tmp_path, ["1", "2"]), breaks, workers=workers)


def test_a_report_names_only_the_first_failures() -> None:
    part = PartReport()
    for number in range(100):
        part.fail("odd", str(number))
    report = StageReport("stage")
    report.add(part)
    assert report.failed.total() == 100
    assert len(report.failures) == 20
    assert report.as_json()["failed"] == {"odd": 100}
