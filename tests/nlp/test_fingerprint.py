"""The fingerprint is the same until a rule or a table changes."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def fingerprint(root: Path) -> str:
    code = "import nlp; print(nlp.fingerprint())"
    return subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout


def test_a_changed_rule_or_row_changes_it(tmp_path: Path) -> None:
    for room in ("nlp", "data"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "sample"))
    first = fingerprint(tmp_path)
    assert first == fingerprint(ROOT)
    (tmp_path / "nlp" / "units" / "new_rule.py").write_text("RULE = 1\n")
    second = fingerprint(tmp_path)
    with (tmp_path / "data" / "lexicon" / "provinces.csv").open("a") as file:
        file.write("\n")
    assert len({first, second, fingerprint(tmp_path)}) == 3
