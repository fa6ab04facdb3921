"""The wheel holds all that the command needs: code, lexicon, site profiles and sample sites."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.glob("thidua-*.whl")
    return path


def test_knowledge_travels_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("lexicon", "models", "sites", "sample"):
        files = [p for p in (ROOT / "data" / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        assert files
        assert {p.relative_to(ROOT).as_posix() for p in files} <= held
    assert not [name for name in held if name.startswith("tests/")]


def test_the_installed_command_reads_a_text(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    article = {"id": "a1", "title": "", "text": "Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị."}
    code = "import pipelines, sys; from pipelines.cli import main; print(pipelines.__file__, file=sys.stderr); main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "annotate"],
        input=json.dumps(article),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
    )
    assert str(site) in done.stderr
    (line,) = done.stdout.splitlines()
    assert [m["code"] for m in json.loads(line)["mentions"] if m["label"] == "DIRECTIVE"] == ["34-CT/TW"]
