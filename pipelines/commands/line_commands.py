"""`crawl`, `parse` (of the workspace), `extract`, `assemble`, `publish`, `run`: the stages, singly and as a line."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.alerts import Channels
from pipelines.commands import say
from pipelines.commands.options import DONE, PARTLY
from pipelines.commands.profiles import chosen, known_profiles
from pipelines.engine import StageReport
from pipelines.errors import UsageError
from pipelines.runs import Run, recorded
from pipelines.watch import watched
from pipelines.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from crawler.report import CrawlReport
    from crawler.sites import Site


@dataclass(frozen=True)
class Settings:
    """What the shared options of these commands say."""

    workspace: Path
    json: bool
    workers: int | None = None
    own_profiles: Path | None = None
    alerts: Channels = field(default_factory=Channels)


@dataclass(frozen=True)
class Wanted:
    """What the options of `crawl` and `run` say to crawl."""

    ids: Sequence[str]
    sample: bool
    edition: int
    limit: int | None
    since: dt.date | None
    until: dt.date | None
    contact: str | None
    all_sites: bool = False


@contextmanager
def at_work(settings: Settings, command: str, *, create: bool = False) -> Iterator[tuple[Workspace, Run]]:
    """The workspace, locked, and the record of this run."""
    workspace = open_workspace(settings.workspace, create=create)
    with workspace.lock(command), recorded(workspace.state, command) as record:
        yield workspace, record


def crawl_command(settings: Settings, wanted: Wanted) -> int:
    """Fetch what is new from the wanted sites."""
    return watched(settings.workspace, settings.alerts, "crawl", partial(_crawl, settings, wanted), say.note)


def _crawl(settings: Settings, wanted: Wanted) -> int:
    from pipelines.stages import crawl

    with ExitStack() as stack:
        sites = _wanted_sites(settings, wanted, stack)
        workspace, record = stack.enter_context(at_work(settings, "crawl", create=True))
        bars = stack.enter_context(say.bars().running())
        report = crawl.run(workspace, _wish(sites, wanted), record, progress=bars.crawl)
        status = _crawl_status(report, record)
    if settings.json:
        say.as_json({"run_id": record.run_id, "outcome": record.outcome, **crawl.counts(report)})
    else:
        _tell_crawl(report, workspace)
    return status


def parse_command(settings: Settings) -> int:
    """Archive → articles."""
    from pipelines.stages import parse

    profiles = known_profiles(settings.own_profiles)
    with at_work(settings, "parse") as (workspace, record), say.bars().running() as bars:
        report = parse.run(workspace, profiles, workers=settings.workers, progress=bars.stage)
        _keep(record, report)
    return _tell_stage(settings, report)


def extract_command(settings: Settings) -> int:
    """Articles → mentions and records."""
    from pipelines.stages import extract

    with at_work(settings, "extract") as (workspace, record), say.bars().running() as bars:
        report = extract.run(workspace, workers=settings.workers, progress=bars.stage)
        _keep(record, report)
    return _tell_stage(settings, report)


def assemble_command(settings: Settings) -> int:
    """Parts → tables."""
    from pipelines.stages import assemble

    profiles = known_profiles(settings.own_profiles)
    with at_work(settings, "assemble") as (workspace, record):
        report = assemble.run(workspace, profiles)
        _keep(record, report)
    return _tell_stage(settings, report)


def publish_command(settings: Settings) -> int:
    """Tables → a release."""
    from pipelines.stages import assemble, publish

    with at_work(settings, "publish") as (workspace, record), say.bars().running() as bars:
        report, release = publish.run(workspace, progress=bars.stage)
        _keep(record, report)
    rows = (assemble.assembled(workspace.tables) or {})["rows"]
    if settings.json:
        say.as_json({**report.as_json(), "release": str(release), "tables": rows})
    else:
        _tell_release(release, rows, settings.workspace)
    return DONE


def run_command(settings: Settings, wanted: Wanted) -> int:
    """The whole line."""
    return watched(settings.workspace, settings.alerts, "run", partial(_run, settings, wanted), say.note)


def run_options(settings: Settings, wanted: Wanted) -> list[str]:
    """The options of `thidua run` that ask for the same, once it is made sure that they can be done."""
    with ExitStack() as stack:
        sites = _wanted_sites(settings, wanted, stack)
    if not wanted.contact and not wanted.sample:
        raise UsageError(f"{sites[0].id}: a real site is visited only by a crawler that says whose it is; --contact.")
    values = {
        "--limit": wanted.limit,
        "--contact": wanted.contact,
        "--workers": settings.workers,
        "--profiles": settings.own_profiles and settings.own_profiles.absolute(),
        "--alert-command": settings.alerts.command,
        "--alert-webhook": settings.alerts.webhook,
    }
    options = ["--sample"] if wanted.sample else ["--all"] if wanted.all_sites else []
    options += [word for site_id in wanted.ids for word in ("--site", site_id)]
    return options + [word for name, value in values.items() if value is not None for word in (name, str(value))]


def _run(settings: Settings, wanted: Wanted) -> int:
    from pipelines.line import run_line
    from pipelines.stages import assemble, crawl

    with ExitStack() as stack:
        sites = _wanted_sites(settings, wanted, stack)
        profiles = known_profiles(settings.own_profiles)
        workspace, record = stack.enter_context(at_work(settings, "run", create=True))
        bars = stack.enter_context(say.bars().running())
        report = run_line(
            workspace,
            _wish(sites, wanted),
            profiles,
            record,
            workers=settings.workers,
            progress=bars.stage,
            crawl_progress=bars.crawl,
            tell=lambda done: _tell_done(done, workspace),
        )
        status = _crawl_status(report.crawl, record)
        if report.failed:
            status, record.outcome = PARTLY, "partly"
    assert report.release is not None
    rows = (assemble.assembled(workspace.tables) or {})["rows"]
    if settings.json:
        say.as_json(
            {
                "run_id": record.run_id,
                "outcome": record.outcome,
                "crawl": crawl.counts(report.crawl),
                "stages": [stage.as_json() for stage in report.stages],
                "release": str(report.release),
                "tables": rows,
            }
        )
        return status
    _tell_release(report.release, rows, settings.workspace)
    return status


def _wanted_sites(settings: Settings, wanted: Wanted, stack: ExitStack) -> list["Site"]:
    if bool(wanted.sample) + bool(wanted.ids) + wanted.all_sites > 1:
        raise UsageError("give one of --sample, --site and --all, not several.")
    if wanted.sample:
        from crawler.sample import serve

        return stack.enter_context(serve(edition=wanted.edition)).sites
    if wanted.all_sites:
        known = known_profiles(settings.own_profiles, samples=False)
        return [site for site in known.values() if site.active]
    if not wanted.ids:
        raise UsageError(
            "say what to crawl: --site ID (again for more; `thidua sites list` shows them), --all, or --sample for the "
            "bundled sample sites, which need no network."
        )
    return chosen(wanted.ids, known_profiles(settings.own_profiles, samples=False))


def _wish(sites: Sequence["Site"], wanted: Wanted) -> Any:
    from pipelines.stages.crawl import CrawlWish

    return CrawlWish(sites, wanted.limit, wanted.since, wanted.until, wanted.contact)


def _crawl_status(report: "CrawlReport", record: Run) -> int:
    from pipelines.stages.crawl import troubled

    if troubled(report):
        record.outcome = "partly"
        return PARTLY
    return DONE


def _keep(record: Run, report: StageReport) -> None:
    from pipelines.line import counted

    record.counts[report.stage] = counted(report)
    if report.failed:
        record.outcome = "partly"


def _tell_done(done: "CrawlReport | StageReport", workspace: Workspace) -> None:
    if isinstance(done, StageReport):
        say.note(say.stage_line(done))
        say.failures(done)
    else:
        _tell_crawl(done, workspace)


def _tell_crawl(report: "CrawlReport", workspace: Workspace) -> None:
    from pipelines.stages.crawl import counts, troubled

    told = counts(report)
    outcomes = ", ".join(f"{name} {count}" for name, count in told["outcomes"].items()) or "nothing was due"
    say.note(
        f"crawl     {len(told['sites'])} sites, {told['requests']:,} requests, {told['seen']:,} articles seen; "
        f"of the articles asked for: {outcomes}"
    )
    if report.archive_file:
        say.note(f"          pages kept in {workspace.archive / report.archive_file.name}")
    for line in troubled(report):
        say.note(f"crawl: {line}")


def _tell_stage(settings: Settings, report: StageReport) -> int:
    if settings.json:
        say.as_json(report.as_json())
    else:
        say.note(say.stage_line(report))
        say.failures(report)
    return PARTLY if report.failed else DONE


def _tell_release(release: Path, rows: dict[str, int], workspace: Path) -> None:
    for line in say.release_lines(release, rows, workspace):
        print(line)
