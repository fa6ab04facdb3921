"""What the README says is what the commands print.

`python -m tests.test_readme [GOLD]` writes the tables of figures anew (make figures GOLD=...).
"""

import json
import re
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines.cli import app
from tests.pipelines.command import inside
from tests.shared import shared

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_FIGURES = re.compile(r"(<!-- (\w+): begin -->\n)(.*?)(<!-- \2: end -->)", re.DOTALL)


def figures(*arguments: str) -> str:
    """The table of `thidua evaluate` as Markdown, without the overlap measure."""
    answer = json.loads(inside("evaluate", *arguments, "--json").stdout)
    lines = ["| measure | precision | recall | F1 | in gold |", "|---|---:|---:|---:|---:|"]
    for name, f in answer["figures"].items():
        if not name.startswith("overlap/"):
            lines.append(f"| {name} | {f['p']:.1f} | {f['r']:.1f} | {f['f1']:.1f} | {f['gold']} |")
    return "\n".join(lines) + "\n"


def stated(name: str) -> str:
    """What the README states in the block of that name."""
    return next(block[3] for block in _FIGURES.finditer(README.read_text(encoding="utf-8")) if block[2] == name)


def test_the_figures_of_the_sample_articles_are_those_of_this_reader() -> None:
    assert stated("sample") == figures(), "run: make figures"


def test_the_figures_of_the_gold_articles_are_those_of_this_reader() -> None:
    assert stated("gold") == figures(str(shared("gold", "dev.jsonl"))), "run: make figures GOLD=<the gold file>"


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
    tables = {"sample": figures()} | ({"gold": figures(sys.argv[1])} if len(sys.argv) > 1 else {})
    text = README.read_text(encoding="utf-8")
    text = _FIGURES.sub(lambda block: f"{block[1]}{tables.get(block[2], block[3])}{block[4]}", text)
    README.write_text(text, encoding="utf-8")
