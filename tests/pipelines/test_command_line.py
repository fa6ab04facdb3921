"""The command line: help for a newcomer, clear refusals, documented exit statuses."""

import datetime as dt
import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.archive import ArchiveWriter
from pipelines.workspace import open_workspace
from tests.pipelines.command import THIDUA, environment, inside, thidua

COMMANDS = [
    ("run",),
    ("crawl",),
    ("parse",),
    ("extract",),
    ("assemble",),
    ("publish",),
    ("annotate",),
    ("evaluate",),
    ("train",),
    ("schedule",),
    ("runs",),
    ("sites", "health"),
    ("sites", "list"),
    ("sites", "show"),
    ("sites", "check"),
]

PROFILE = """id = "{id}"
name = "Trang thử"
kind = "newspaper"
family = "flat-html"
province = "Hà Nam"
province_now = "Ninh Bình"
hosts = ["127.0.0.1:1"]
article_url = '/tin-\\d+'
download_delay = 0
sample = true

[start]
rss = ["http://127.0.0.1:1/rss"]
"""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_with_an_example(command: tuple[str, ...]) -> None:
    done = inside(*command, "--help")
    assert done.returncode == 0
    assert f"Example:  thidua {' '.join(command)}" in done.stdout.replace("Example: thidua", "Example:  thidua")


def test_help_names_the_exit_statuses() -> None:
    done = inside("--help")
    assert "0 done, 1 nothing could be done, 2 wrong usage, 3 done but some" in done.stdout
    for command in COMMANDS:
        assert command[0] in done.stdout


def test_no_site_says_what_to_give(tmp_path: Path) -> None:
    done = inside("run", "-w", tmp_path / "ws")
    assert done.returncode == 2
    assert "--site ID" in done.stderr and "--sample" in done.stderr
    assert not (tmp_path / "ws").exists()


def test_an_unknown_site_is_named(tmp_path: Path) -> None:
    done = inside("crawl", "--site", "khong-co", "-w", tmp_path / "ws")
    assert done.returncode == 2
    assert "no site profile is called khong-co" in done.stderr


def test_unknown_options_are_wrong_usage() -> None:
    assert inside("run", "--nope").returncode == 2


def test_a_crawl_without_a_single_request_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "trang-thu.toml").write_text(PROFILE.format(id="trang-thu"), encoding="utf-8")
    done = thidua("crawl", "--site", "trang-thu", "--profiles", tmp_path / "profiles", "-w", tmp_path / "ws")
    assert done.returncode == 1, done.stderr
    assert "not one request was made" in done.stderr
    assert "trang-thu" in done.stderr


def test_a_profile_with_an_error_names_file_line_and_key(tmp_path: Path) -> None:
    good, bad = tmp_path / "tot.toml", tmp_path / "sai.toml"
    good.write_text(PROFILE.format(id="tot"), encoding="utf-8")
    bad.write_text(PROFILE.format(id="sai").replace("flat-html", "shaerpoint"), encoding="utf-8")
    done = inside("sites", "check", tmp_path)
    assert done.returncode == 3
    assert "sai.toml:4: family: unknown family 'shaerpoint'" in done.stderr
    assert "2 profiles checked, 1 right, 1 with errors" in done.stdout
    assert inside("sites", "check", good).returncode == 0
    told = inside("sites", "check", bad, "--json")
    assert told.returncode == 1
    assert [(e["line"], e["key"]) for e in json.loads(told.stdout)["errors"]] == [(4, "family")]
    stopped = inside("run", "--site", "tot", "--profiles", tmp_path, "-w", tmp_path / "ws")
    assert stopped.returncode == 1
    assert "sai.toml:4: family" in stopped.stderr


def test_the_bundled_profiles_are_right_and_listed() -> None:
    assert inside("sites", "check").returncode == 0
    listed = json.loads(inside("sites", "list", "--json").stdout)["sites"]
    samples = [site["id"] for site in listed if site["verified"] == "sample"]
    assert len(samples) == 3
    assert samples[0] in inside("sites", "list").stdout
    shown = inside("sites", "show", samples[0])
    assert shown.returncode == 0
    assert "article_url" in shown.stdout


@pytest.mark.parametrize("command", ["parse", "extract", "assemble", "publish"])
def test_a_stage_without_workspace_says_how_to_make_one(tmp_path: Path, command: str) -> None:
    done = inside(command, "-w", tmp_path / "none")
    assert done.returncode == 1
    assert "no workspace here" in done.stderr
    assert not (tmp_path / "none").exists()


def test_stages_of_an_empty_workspace(tmp_path: Path) -> None:
    open_workspace(tmp_path)
    assert inside("parse", "-w", tmp_path).returncode == 0
    assert "there is no article in this workspace yet" in inside("assemble", "-w", tmp_path).stderr
    done = inside("publish", "-w", tmp_path)
    assert done.returncode == 1
    assert "no whole tables to publish" in done.stderr


def test_a_workspace_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "workspace.json").write_text('{"format": 2}')
    done = inside("parse", "-w", tmp_path)
    assert done.returncode == 1
    assert "is a workspace of format 2" in done.stderr


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with open_workspace(tmp_path).lock("run"):
        done = inside("parse", "-w", tmp_path)
    assert done.returncode == 1
    assert "another run is at work here: process" in done.stderr


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "ws")
    words = " ".join(f"thi đua {random.Random(n).getrandbits(400):x}" for n in range(2000))
    page = f"<html><body><h1>Tổng kết phong trào thi đua</h1><div><p>{words}</p></div></body></html>"
    with ArchiveWriter(workspace.archive / "one.warc.gz") as archive:
        at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
        archive.add(url="http://x.vn/1", site_id="x", status=200, headers=[], body=page.encode(), fetched_at=at)
    limit = 60_000
    small_disk = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); import pipelines.cli as c"
    )
    full = subprocess.run(
        [sys.executable, "-c", f"{small_disk}; c.main()", "parse", "-w", workspace.root],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert full.returncode == 1
    assert "the disk is full" in full.stderr and "Nothing that was finished is lost" in full.stderr
    assert "Traceback" not in full.stderr
    assert list(workspace.articles.iterdir()) == []
    assert inside("parse", "-w", workspace.root).returncode == 0
    assert len(list(workspace.articles.glob("*.parquet"))) == 1


def test_annotate_reads_lines_and_tells_broken_ones(tmp_path: Path) -> None:
    lines = '{"id":"a","text":"Sở Nội vụ tỉnh Hà Nam"}\nbroken\n{"id":"b","text":"Cờ thi đua"}\n'
    done = thidua("annotate", stdin=lines.encode())
    assert done.returncode == 3
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", None, "b"]
    assert "line 2: is not JSON" in done.stderr
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(lines.splitlines()[0], encoding="utf-8")
    assert thidua("annotate", source, "-o", target).returncode == 0
    assert json.loads(target.read_text(encoding="utf-8"))["text"] == "Sở Nội vụ tỉnh Hà Nam"
    assert thidua("annotate", tmp_path / "none.jsonl").returncode == 1


def test_annotate_ends_quietly_when_nobody_reads_on() -> None:
    lines = b'{"id":"a","text":"x"}\n' * 5000
    with subprocess.Popen(
        [THIDUA, "annotate"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        try:
            process.stdin.write(lines)
            process.stdin.close()
        except BrokenPipeError:
            pass
        said = process.stderr.read().decode()
        assert process.wait(timeout=60) == -signal.SIGPIPE
    assert "Traceback" not in said


def test_evaluate_prints_figures_and_refuses_what_is_no_gold(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    mention = {"id": "m1", "label": "CAMPAIGN", "start": 0, "end": 7, "text": "Dạy tốt", "name": "Dạy tốt"}
    article = {"id": "a", "title": "t", "text": "Dạy tốt", "doc": {"event_types": [], "province": None, "years": []}}
    gold.write_text(json.dumps(article | {"mentions": [mention], "awards": []}), encoding="utf-8")
    done = inside("evaluate", gold, gold, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["figures"]["value/ALL"]["f1"] == 100.0
    assert "value" in inside("evaluate", gold, gold).stdout
    for text, message in (
        (f"{json.dumps(article)}\n{{", "line 2: is not JSON"),
        ("{}", "line 1: an object with a text id"),
    ):
        gold.write_text(text, encoding="utf-8")
        broken = inside("evaluate", gold)
        assert broken.returncode == 1
        assert f"gold.jsonl, {message}" in broken.stderr


def test_evaluate_tells_what_a_change_won_and_lost(tmp_path: Path) -> None:
    mention = {"id": "m1", "label": "CAMPAIGN", "start": 0, "end": 7, "text": "Dạy tốt", "name": "Dạy tốt"}
    article = {"id": "a", "title": "t", "text": "Dạy tốt", "doc": {}, "awards": []}
    gold, before, now = (tmp_path / f"{name}.jsonl" for name in ("gold", "before", "now"))
    for path, mentions in ((gold, [mention]), (before, []), (now, [mention])):
        path.write_text(json.dumps(article | {"mentions": mentions}), encoding="utf-8")
    told = inside("evaluate", gold, now, "--against", before)
    assert "1 gains, 0 losses" in told.stdout
    assert "gain  a  CAMPAIGN  dạy tốt  (was missed)" in told.stdout
    saved = tmp_path / "saved.jsonl"
    assert inside("evaluate", gold, before, "--save", saved).returncode == 0
    answer = json.loads(inside("evaluate", gold, now, "--against", saved, "--json").stdout)
    assert [change["kind"] for change in answer["changes"]] == ["gain"]


def test_evaluate_without_gold_reads_the_sample_articles() -> None:
    figures = json.loads(inside("evaluate", "--json").stdout)["figures"]
    assert figures["strict/ALL"]["gold"] > 300
    assert figures["strict/ALL"]["f1"] > 80


def test_explain_shows_rule_and_sentence(tmp_path: Path) -> None:
    page = tmp_path / "tin.txt"
    page.write_text("Sở Nội vụ tỉnh Nam Định nhận Cờ thi đua của Chính phủ\n\n" + "Hội nghị diễn ra sáng nay. " * 20)
    told = inside("explain", page)
    assert told.returncode == 0
    assert "[Cờ thi đua của Chính phủ]" in told.stdout
    assert "authority: Chính phủ" in told.stdout
    assert json.loads(inside("explain", page, "--json").stdout)["id"] == "tin.txt"
    assert inside("explain", tmp_path / "none.txt").returncode == 1


def test_lexicon_check_names_file_line_and_column(tmp_path: Path) -> None:
    assert inside("lexicon", "check").returncode == 0
    (tmp_path / "surnames.csv").write_text("surname,use\nNguyễn,sure\nNguyễn,\n", encoding="utf-8")
    broken = inside("lexicon", "check", tmp_path)
    assert broken.returncode == 1
    assert "lexicon/surnames.csv:3: surname: 'Nguyễn' stands at line 2 already" in broken.stderr
