"""`thidua import`: pages that others fetched (WARC and WET files, Common Crawl) come into the archive like our own."""

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.commands import say
from pipelines.commands.line_commands import Settings, at_work
from pipelines.commands.options import DONE, NOTHING, PARTLY
from pipelines.commands.profiles import chosen, known_profiles
from pipelines.errors import InputError, PipelineError

_SHOWN = 10
"""Hosts without a profile that a summary names."""


def import_command(settings: Settings, places: Sequence[Path], site: str | None, *, every_page: bool) -> int:
    """Take over the pages of `places` (files or folders). `site`: whose they all are, whatever their host."""
    from crawler.imports import files_of, import_files
    from crawler.lock import CrawlLockedError

    missing = [str(place) for place in places if not place.exists()]
    if missing:
        raise InputError(f"{', '.join(missing)}: no such file or folder")
    profiles = known_profiles(settings.own_profiles)
    if site:
        chosen([site], profiles)
    files = list(files_of(places))
    if not files:
        raise InputError(f"{', '.join(map(str, places))}: holds no WARC or WET file")
    with at_work(settings, "import", create=True) as (workspace, record):
        try:
            report = import_files(
                files,
                profiles.values(),
                archive=workspace.archive,
                state=workspace.state,
                run_id=record.run_id,
                site_id=site,
                every_page=every_page,
            )
        except CrawlLockedError as error:
            raise PipelineError(str(error)) from error
        record.counts["import"] = {"pages": report.imported, "left_out": report.left_out, "sites": report.sites}
    for file in report.broken:
        say.note(f"{file.path}: not read to its end: {file.error}; what stood before is imported")
    if settings.json:
        say.as_json(report.model_dump(mode="json") | {"imported": report.imported, "left_out": report.left_out})
    else:
        print(f"import    {len(files)} files: {report.imported:,} pages of {len(report.sites)} sites")
        _tell("left out by reason", report.left_out)
        _tell("pages of hosts without a profile", report.unknown_hosts)
        print("          `thidua parse` and the stages after it now read them")
    if not report.imported:
        return NOTHING
    return PARTLY if report.broken else DONE


def index_command(
    files: Sequence[Path], own: Path | None, since: dt.date | None, until: dt.date | None, output: Path | None
) -> int:
    """Write as CSV which ranges of Common Crawl files hold articles of our sites; a download tool fetches them."""
    from crawler.index_extract import read_index, write_ranges

    extract = read_index(files, known_profiles(own, samples=False).values(), since=since, until=until)
    for error in extract.errors:
        say.note(error)
    if output:
        with output.open("w", encoding="utf-8", newline="") as target:
            count = write_ranges(extract.ranges, target)
    else:
        count = write_ranges(extract.ranges, sys.stdout)
    say.note(f"{count:,} ranges of articles")
    if extract.left_out:
        say.note("left out by reason: " + ", ".join(f"{name} {n}" for name, n in extract.left_out.most_common()))
    return DONE if count else NOTHING


def _tell(what: str, counts: Mapping[str, int]) -> None:
    if counts:
        told = sorted(counts.items(), key=lambda item: -item[1])
        more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
        print(f"          {what}: " + ", ".join(f"{name} {count:,}" for name, count in told[:_SHOWN]) + more)
