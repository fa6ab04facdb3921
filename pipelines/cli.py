"""The command `thidua`: what can be typed, and what each word means. What is done stands in `pipelines.commands`."""

import datetime as dt
import signal
import sqlite3
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from pipelines.alerts import Channels
from pipelines.commands.line_commands import Settings, Wanted, run_options
from pipelines.commands.options import (
    NOTHING,
    STATUS_HELP,
    USAGE,
    WORKSPACE,
    JsonOption,
    SitesOption,
    WorkersOption,
    WorkspaceOption,
)
from pipelines.errors import PipelineError, UsageError, no_room, no_room_message

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=f"""News about emulation movements (thi đua - khen thưởng) as a dataset.

The line goes from a site to a release: **crawl** keeps pages as they came, **parse** makes articles of them,
**extract** reads units, directives, anniversaries, awards and campaigns in them, **assemble** links and counts
them in tables, **publish** gives the tables out as Parquet, CSV, Excel and SQLite. **run** does all five.
Every step does only what is new, and can be broken off and begun again at any moment.

Begin with: `thidua run --sample`

{STATUS_HELP}""",
)
sites_app = typer.Typer(no_args_is_help=True, help="The sites that are known, one profile (TOML) a site.")
app.add_typer(sites_app, name="sites")
lexicon_app = typer.Typer(no_args_is_help=True, help="The tables that the reader knows the field by.")
app.add_typer(lexicon_app, name="lexicon")

SiteOption = Annotated[
    list[str] | None,
    typer.Option("--site", "-s", metavar="ID", help="Site to crawl; give it again for more.", show_default=False),
]
AllOption = Annotated[bool, typer.Option("--all", help="Crawl all sites that are active (`thidua sites list`).")]
SampleOption = Annotated[
    bool, typer.Option("--sample", help="Crawl the bundled sample sites, served on this machine; needs no network.")
]
EditionOption = Annotated[
    int,
    typer.Option("--edition", min=1, max=2, help="With --sample: 2 shows the sites as they are some days later."),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help="Most articles to fetch of each site.", show_default=False)
]
SinceOption = Annotated[
    dt.datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help="Only articles from this day on.", show_default=False),
]
UntilOption = Annotated[
    dt.datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="Only articles up to this day.", show_default=False),
]
ContactOption = Annotated[
    str | None,
    typer.Option(
        "--contact",
        envvar="THIDUA_CONTACT",
        help="Your mail address or web page, told to real sites so that they can reach you; they need one.",
        show_default=False,
    ),
]

AlertCommandOption = Annotated[
    str | None,
    typer.Option(
        "--alert-command",
        envvar="THIDUA_ALERT_COMMAND",
        help="Command to call once when a run fails or a site falls silent, and when that is mended; it gets JSON on "
        "standard input. Or in WORKSPACE/alerts.toml.",
        show_default=False,
    ),
]
AlertWebhookOption = Annotated[
    str | None,
    typer.Option(
        "--alert-webhook",
        envvar="THIDUA_ALERT_WEBHOOK",
        help="Web address that gets the same JSON by POST.",
        show_default=False,
    ),
]
Install = Literal["user", "system"]


@app.callback(invoke_without_command=True)
def _about(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if show_version:
        print(f"thidua {version('thidua')}")
        raise typer.Exit


@app.command()
def run(
    site: SiteOption = None,
    all_sites: AllOption = False,
    sample: SampleOption = False,
    edition: EditionOption = 1,
    limit: LimitOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    contact: ContactOption = None,
    alert_command: AlertCommandOption = None,
    alert_webhook: AlertWebhookOption = None,
    workspace: WorkspaceOption = WORKSPACE,
    workers: WorkersOption = None,
    profiles: SitesOption = None,
    json: JsonOption = False,
) -> None:
    """Do the whole line: crawl, parse, extract, assemble, publish.

    A second run fetches and redoes only what has changed. It ends by saying what the release holds and where it lies.

    Example:  thidua run --sample
    """
    from pipelines.commands.line_commands import run_command

    wanted = Wanted(site or (), sample, edition, limit, _day(since), _day(until), contact, all_sites)
    alerts = Channels(alert_command, alert_webhook)
    raise typer.Exit(run_command(Settings(workspace, json, workers, profiles, alerts), wanted))


@app.command()
def crawl(
    site: SiteOption = None,
    all_sites: AllOption = False,
    sample: SampleOption = False,
    edition: EditionOption = 1,
    limit: LimitOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    contact: ContactOption = None,
    alert_command: AlertCommandOption = None,
    alert_webhook: AlertWebhookOption = None,
    workspace: WorkspaceOption = WORKSPACE,
    profiles: SitesOption = None,
    json: JsonOption = False,
) -> None:
    """Fetch what is new on the sites and keep the pages as they came (WARC files in WORKSPACE/archive).

    Robots.txt is obeyed, and a site is asked one page at a time. A crawl that makes no request at all is a failure.

    Example:  thidua crawl --site baohatinh.vn --since 2025-01-01
    """
    from pipelines.commands.line_commands import crawl_command

    wanted = Wanted(site or (), sample, edition, limit, _day(since), _day(until), contact, all_sites)
    alerts = Channels(alert_command, alert_webhook)
    raise typer.Exit(crawl_command(Settings(workspace, json, None, profiles, alerts), wanted))


@app.command("import")
def import_(
    places: Annotated[list[Path], typer.Argument(metavar="PATH", help="WARC or WET files, or folders of them.")],
    site: Annotated[
        str | None,
        typer.Option("--site", "-s", metavar="ID", help="Whose pages they are; by default the address tells."),
    ] = None,
    every_page: Annotated[
        bool, typer.Option("--every-page", help="Also pages whose address is not that of an article.")
    ] = False,
    workspace: WorkspaceOption = WORKSPACE,
    profiles: SitesOption = None,
    json: JsonOption = False,
) -> None:
    """Take pages over from WARC files of other crawlers, so that the years before the first run are reachable.

    Pages come into the archive as if they had been fetched on the day that their record tells, and are not fetched
    again at once. What is left out is counted by reason; a broken file is read as far as it goes.

    Example:  thidua import CC-NEWS-20230101-00001.warc.gz
    """
    from pipelines.commands.import_pages import import_command

    raise typer.Exit(import_command(Settings(workspace, json, None, profiles), places, site, every_page=every_page))


@app.command("import-index")
def import_index(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Extracts of a Common Crawl index (CDXJ).")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write; none: standard output.", show_default=False)
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    profiles: SitesOption = None,
) -> None:
    """List which ranges of which Common Crawl files hold articles of the known sites, as CSV for a download tool.

    What the tool brings goes into `thidua import`.

    Example:  thidua import-index index-extract.cdxj.gz --since 2015-01-01 -o ranges.csv
    """
    from pipelines.commands.import_pages import index_command

    raise typer.Exit(index_command(files, profiles, _day(since), _day(until), output))


@app.command()
def parse(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Saved pages (HTML, or plain text); none: the workspace's archive."),
    ] = None,
    workspace: WorkspaceOption = WORKSPACE,
    workers: WorkersOption = None,
    profiles: SitesOption = None,
    json: JsonOption = False,
) -> None:
    """Make articles of pages: title, date, author, credited source, text.

    With FILE, without workspace or network: prints one JSON line a page with file, title, published_at, published_raw,
    published_source, author, source_credit and text; what a page does not print is null. Where the page is no article,
    all is null but file, and the reason goes to standard error.

    Without FILE: parses the pages of the workspace's archive that are new or whose rules have changed.

    Example:  thidua parse page.html saved.txt
    """
    if files:
        from pipelines.commands.page_files import parse_files

        _end_when_nobody_reads()
        raise typer.Exit(parse_files(files))
    from pipelines.commands.line_commands import parse_command

    raise typer.Exit(parse_command(Settings(workspace, json, workers, profiles)))


@app.command()
def extract(workspace: WorkspaceOption = WORKSPACE, workers: WorkersOption = None, json: JsonOption = False) -> None:
    """Read units, directives, anniversaries, awards and campaigns in the workspace's articles.

    Only articles that are new, or that the rules now read otherwise, are read.

    Example:  thidua extract --workers 4
    """
    from pipelines.commands.line_commands import extract_command

    raise typer.Exit(extract_command(Settings(workspace, json, workers)))


@app.command()
def assemble(workspace: WorkspaceOption = WORKSPACE, profiles: SitesOption = None, json: JsonOption = False) -> None:
    """Link, deduplicate and count what was read: the tables of the dataset, checked.

    A broken key, an impossible date or a reference to nothing stops it with a list that names table, row, column and
    article; the last release stays as it is.

    Example:  thidua assemble
    """
    from pipelines.commands.line_commands import assemble_command

    raise typer.Exit(assemble_command(Settings(workspace, json, None, profiles)))


@app.command()
def publish(workspace: WorkspaceOption = WORKSPACE, json: JsonOption = False) -> None:
    """Give the tables out as a release: Parquet, CSV, Excel, SQLite with search, and their description.

    A release appears whole in WORKSPACE/releases/<version>, and releases/latest then leads to it. The same tables are
    never published twice.

    Example:  thidua publish
    """
    from pipelines.commands.line_commands import publish_command

    raise typer.Exit(publish_command(Settings(workspace, json)))


@app.command()
def annotate(
    file: Annotated[Path | None, typer.Argument(help="JSON Lines of articles; none or -: standard input.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write; none: standard output.", show_default=False)
    ] = None,
) -> None:
    """Read articles from JSON lines and write them annotated, one line for each line read, in order.

    In: id, title, text and, where known, published, url, source_province. Out: id, title, text, doc (kinds of event,
    province, years), mentions (label, start, end, text and values), awards (records). Offsets count Unicode code points
    of the text that is written. Empty lines are passed over.

    A broken line is named on standard error by its number and gives a line with error, line, its id if it has one, and
    no mentions, so that whoever pairs lines or ids still can; the others are done, and the exit status is 3.

    Example:  thidua annotate < articles.jsonl > annotated.jsonl
    """
    from pipelines.commands.annotate import annotate_files

    _end_when_nobody_reads()
    raise typer.Exit(annotate_files(file, output))


@app.command()
def explain(
    article: Annotated[Path, typer.Argument(metavar="ARTICLE", help="A saved page (HTML) or a text.")],
    province: Annotated[
        str | None, typer.Option("--province", help="Province of the publisher, where known.", show_default=False)
    ] = None,
    json: JsonOption = False,
) -> None:
    """Show what the reader makes of one article, and why: each mention in its sentence with values, rule, confidence.

    Example:  thidua explain page.html
    """
    from pipelines.commands.explain import explain_file

    _end_when_nobody_reads()
    raise typer.Exit(explain_file(article, province, json_out=json))


@app.command()
def evaluate(
    gold: Annotated[
        Path | None,
        typer.Argument(
            help="Gold articles, JSON Lines in the form of the annotation guide; none: the sample articles."
        ),
    ] = None,
    predicted: Annotated[
        Path | None,
        typer.Argument(help="Annotated articles to compare; none: the gold articles' texts are read now."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="An earlier run to compare with: what was won and lost, article by article."),
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Where to keep this run's articles, for a later --against.")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without", metavar="STEP", help="Read without this step (tagger, link ...); give it again for more."
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Say how well annotated articles agree with gold ones: precision, recall and F1 of spans, values and records.

    Example:  thidua evaluate gold.jsonl --save before.jsonl
    Later:    thidua evaluate gold.jsonl --against before.jsonl
    """
    from pipelines.commands.evaluate import evaluate_files

    raise typer.Exit(evaluate_files(gold, predicted, against=against, save=save, without=without or (), json_out=json))


@app.command()
def train(
    gold: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD...", help="Gold articles, JSON Lines in the form of the annotation guide."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="MODEL", help="Where to write the model; its card goes beside it.")
    ],
    json: JsonOption = False,
) -> None:
    """Train the reader's second opinion on units from gold articles, and show what each part of the reader contributes.

    Prints the figures of units with tables only, with grammar, and with the tagger, by cross-validation over the
    articles. The reader uses the one in its package, data/models/units.crfsuite.

    Example:  thidua train gold.jsonl more.jsonl -o units.crfsuite
    """
    from pipelines.commands.train import train_model

    raise typer.Exit(train_model(gold, output, json_out=json))


@lexicon_app.command("check")
def lexicon_check(
    folder: Annotated[Path | None, typer.Argument(help="Folder of tables; none: the bundled ones.")] = None,
    json: JsonOption = False,
) -> None:
    """Find double rows, references to nothing, spellings that two rows claim and impossible dates.

    Every problem names file, line and column; the exit status is 1 when there is any.

    Example:  thidua lexicon check
    """
    from pipelines.commands.lexicon import check_lexicon

    raise typer.Exit(check_lexicon(folder, json_out=json))


@app.command()
def schedule(
    site: SiteOption = None,
    all_sites: AllOption = False,
    sample: SampleOption = False,
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at", metavar="HH:MM", help="Time of day in Vietnam, again for more; by default 05:30 and 17:30."
        ),
    ] = None,
    install: Annotated[
        Install | None,
        typer.Option("--install", help="Write and start a systemd timer, yours or the system's.", show_default=False),
    ] = None,
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Keep time in this terminal until it is interrupted (Ctrl-C).")
    ] = False,
    limit: LimitOption = None,
    contact: ContactOption = None,
    alert_command: AlertCommandOption = None,
    alert_webhook: AlertWebhookOption = None,
    workspace: WorkspaceOption = WORKSPACE,
    workers: WorkersOption = None,
    profiles: SitesOption = None,
) -> None:
    """Let `thidua run` begin by itself: print a systemd timer and cron lines, install the timer, or keep time here.

    A run that fails is told (`--alert-command`, `--alert-webhook`, `thidua runs`), and the next one begins as planned.
    A moment at which the machine was off is made up for (systemd; not cron).

    Example:  thidua schedule --site baohatinh.vn --contact you@example.org --install user
    """
    from pipelines.commands import schedule as commands

    wanted = Wanted(site or (), sample, 1, limit, None, None, contact, all_sites)
    settings = Settings(workspace, False, workers, profiles, Channels(alert_command, alert_webhook))
    wish = commands.Wish(workspace, at or ("05:30", "17:30"), run_options(settings, wanted))
    if install and foreground:
        raise UsageError("give either --install or --foreground, not both.")
    if foreground:
        raise typer.Exit(commands.foreground(wish))
    raise typer.Exit(commands.install(wish, install) if install else commands.print_schedule(wish))


@app.command()
def runs(
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="Runs to show, the newest first.")] = 20,
    workspace: WorkspaceOption = WORKSPACE,
    json: JsonOption = False,
) -> None:
    """List what ran in the workspace: when, which command, what came of it (done, partly, failed, killed).

    Example:  thidua runs -n 5
    """
    from pipelines.commands.history import list_runs

    raise typer.Exit(list_runs(workspace, most, json_out=json))


@sites_app.command("health")
def sites_health(
    site_id: Annotated[list[str] | None, typer.Argument(metavar="ID", help="Sites; none: all ever crawled.")] = None,
    workspace: WorkspaceOption = WORKSPACE,
    json: JsonOption = False,
) -> None:
    """Tell how each site fares: last success, last new article, articles in a week against its usual, errors, and why.

    States: well; learning (too little is known of its rhythm); quiet (less than usual) and failing (the last run
    failed), which may pass; down (run after run failed) and silent (answers, but names nothing new), marked !, which
    somebody must look at. The exit status is 3 when there is any of these.

    Example:  thidua sites health
    """
    from pipelines.commands.history import site_health

    raise typer.Exit(site_health(workspace, site_id or (), json_out=json))


@sites_app.command("list")
def sites_list(profiles: SitesOption = None, json: JsonOption = False) -> None:
    """List the known sites: id, name, province then and now, kind, family, whether verified.

    Example:  thidua sites list
    """
    from pipelines.commands.sites import list_sites

    raise typer.Exit(list_sites(profiles, json_out=json))


@sites_app.command("show")
def sites_show(
    site_id: Annotated[str, typer.Argument(metavar="ID")], profiles: SitesOption = None, json: JsonOption = False
) -> None:
    """Show all that the profile of a site says.

    Example:  thidua sites show baohatinh.vn
    """
    from pipelines.commands.sites import show_site

    raise typer.Exit(show_site(site_id, profiles, json_out=json))


@sites_app.command("check")
def sites_check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE|FOLDER|ID]", help="Profiles; none: the bundled ones. Ids go with --live."),
    ] = None,
    live: Annotated[
        bool, typer.Option("--live", help="Ask the sites themselves: robots, start points, one article parsed.")
    ] = False,
    contact: ContactOption = None,
    json: JsonOption = False,
) -> None:
    """Check profiles without a network; every error names file, line and key. With --live, visit the sites too.

    A visit makes a handful of requests, as politely as a crawl. What it finds is what a profile needs to be called
    verified: reachable, robots, which start points answer and name articles, an article parsed.

    Example:  thidua sites check my-sites/
    Example:  thidua sites check --live baohatinh.vn --contact you@example.org
    """
    if live:
        from pipelines.commands.site_visit import visit_sites

        raise typer.Exit(visit_sites(paths or (), contact, json_out=json))
    from pipelines.commands.sites import check_profiles

    raise typer.Exit(check_profiles(paths or (), json_out=json))


def main() -> None:
    """Run the command; an error that a user can mend is told in words, never as a traceback."""
    try:
        app()
    except UsageError as error:
        _fail(str(error), USAGE)
    except _told_errors() as error:
        if no_room(error):
            _fail(no_room_message(error))
        _fail(_all_of(error))
    except (OSError, sqlite3.OperationalError) as error:
        if no_room(error):
            _fail(no_room_message(error))
        if isinstance(error, OSError) and error.filename is not None:
            _fail(f"{error.filename}: {error.strerror}")
        raise


def _end_when_nobody_reads() -> None:
    """End as other filters do when whoever reads our output has enough (`thidua annotate ... | head`)."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)


_TOLD = {
    "crawler.sites": "SiteError",
    "crawler.state": "StateError",
    "crawler.archive": "ArchiveError",
    "crawler.sample": "SampleError",
    "crawler.fetch": "CrawlError",
    "nlp.lexicon": "LexiconError",
    "nlp.tagger.model": "ModelError",
}
"""Errors of the other rooms whose message is made for a user."""


def _told_errors() -> tuple[type[Exception], ...]:
    """Errors that are told in their own words; of modules that are loaded, since others cannot have raised any."""
    loaded = ((sys.modules.get(module), name) for module, name in _TOLD.items())
    return (PipelineError, *(getattr(module, name) for module, name in loaded if module))


def _all_of(error: Exception) -> str:
    """What an error says, with the further errors that were found with it, if any."""
    return "\n".join(str(each) for each in (error, *getattr(error, "others", ())))


def _fail(message: str, status: int = NOTHING) -> NoReturn:
    print(f"thidua: {message}", file=sys.stderr)
    sys.exit(status)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None
