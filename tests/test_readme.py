"""What the README says is what the commands print.

`python -m tests.test_readme GOLD` writes the table of figures anew (make figures GOLD=...).
"""

import json
import re
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from nlp.annotate import annotate
from nlp.evaluate import score
from pipelines.cli import app
from tests.shared import shared

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_FIGURES = re.compile(r"(<!-- figures: begin -->\n)(.*?)(<!-- figures: end -->)", re.DOTALL)


def figures(gold: Path) -> str:
    """The README's table: what the reader of this checkout gives for the gold articles."""
    articles = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line]
    read = annotate({**a, "published": a.get("published") or None} for a in articles)
    lines = ["| measure | precision | recall | F1 | in gold |", "|---|---:|---:|---:|---:|"]
    for name, f in score(articles, read).figures.items():
        lines.append(f"| {name} | {f.precision:.1f} | {f.recall:.1f} | {f.f1:.1f} | {f.wanted} |")
    return "\n".join(lines) + "\n"


def test_the_figures_are_those_of_this_reader() -> None:
    stated = _FIGURES.search(README.read_text(encoding="utf-8"))
    assert stated is not None
    assert stated[2] == figures(shared("gold", "dev.jsonl")), "run: make figures GOLD=<the gold file>"


@pytest.mark.parametrize("page", [README, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", [README, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name)
def test_commands_and_options_exist(page: Path) -> None:
    group = get_command(app)
    for line in re.findall(r"^(?:.*\| )?thidua (.+?)(?:\s+#.*)?$", page.read_text(encoding="utf-8"), re.MULTILINE):
        words = line.split()
        command = group
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        assert command is not group, line
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, line


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z-]+)", README.read_text(encoding="utf-8"))) <= targets


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    README.write_text(_FIGURES.sub(lambda m: m[1] + figures(Path(sys.argv[1])) + m[3], text), encoding="utf-8")
