"""Watches over a command that works in a workspace, and has it told when it failed or what it found of the sites."""

from collections.abc import Callable
from pathlib import Path

from pipelines import runs
from pipelines.alerts import WELL, AlertError, Channels, Condition, configured, site_conditions, tell_changes
from pipelines.workspace import Workspace

_RUN = "run"


def watched(root: Path, given: Channels, command: str, work: Callable[[], int], note: Callable[[str], None]) -> int:
    """Do `work` (which gives an exit status) and tell the channels of changes: a run killed before this one, this one's
    failure, sites that fell silent or came back. What `work` raises is raised; an alert that fails is noted, no more.
    """
    try:
        channels = configured(root, given)
    except AlertError as error:
        note(f"alert: {error}; this run tells nobody")
        channels = Channels()
    if not channels:
        return work()

    def tell(conditions: list[Condition]) -> None:
        workspace = Workspace(root)
        if workspace.state.exists():
            tell_changes(workspace.state, root, channels, conditions, note)

    killed = runs.killed_last(Workspace(root))
    if killed:
        text = f"the run {killed.run_id} (`thidua {killed.command}`) was killed; `thidua {command}` takes up its work"
        tell([Condition(_RUN, "killed", text)])
    try:
        status = work()
    except Exception as error:
        tell([Condition(_RUN, "failed", f"`thidua {command}` failed: {type(error).__name__}: {error}")])
        raise
    tell([Condition(_RUN, WELL, f"`thidua {command}` is done"), *_sites(Workspace(root))])
    return status


def _sites(workspace: Workspace) -> list[Condition]:
    """Conditions of the sites that the newest crawl visited."""
    from crawler.health import read_health

    crawls = runs.crawls(workspace.state)
    return site_conditions(read_health(workspace.state, crawls[-1]["sites"])) if crawls else []
