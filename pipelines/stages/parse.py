"""Archive → articles: every captured page becomes one row, an article or the reason why it is none."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyarrow as pa

from pipelines import keys
from pipelines.engine import Partition, PartReport, Progress, StageReport, run_stage
from pipelines.storage import PartWriter, fingerprint, part_path, parts, remove_leftovers
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    from crawler.archive import Capture
    from crawler.page import Article, Parsed
    from crawler.sites import Site

ARTICLES = pa.schema(
    [
        ("page_id", pa.string()),  # id of the record in the archive
        ("archive", pa.string()),  # archive file that holds it
        ("site_id", pa.string()),
        ("url", pa.string()),  # as fetched
        ("fetched_at", pa.string()),  # ISO 8601
        ("status", pa.int32()),  # HTTP status
        ("page_digest", pa.string()),
        ("outcome", pa.string()),  # article, skipped, failed
        ("reason", pa.string()),  # why it is no article
        ("family", pa.string()),
        ("article_id", pa.string()),
        ("content_id", pa.string()),  # this version of the article
        ("article_url", pa.string()),  # canonical where stated
        ("title", pa.string()),
        ("text", pa.string()),  # NFC; begins with the title, as the reader wants it
        ("published_at", pa.string()),
        ("published_raw", pa.string()),
        ("published_source", pa.string()),
        ("author", pa.string()),
        ("source_credit", pa.string()),
        ("source_province", pa.string()),  # of the site
    ]
)

_RULES = "parse 1"
"""Raised when this stage makes other rows of the same parsed pages."""

_SUFFIX = ".warc.gz"


def run(
    workspace: Workspace,
    sites: Mapping[str, "Site"],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> StageReport:
    """Parse every archive file that has no part yet under the rules of today. `sites`: the known profiles, by id."""
    _close_archive(workspace, sites)
    made_with = stage_fingerprint(sites.values())
    remove_leftovers(workspace.articles)
    partitions = [
        Partition(source, part_path(workspace.articles, source.name.removesuffix(_SUFFIX), made_with))
        for source in sorted(workspace.archive.glob(f"*{_SUFFIX}"))
    ]
    report = run_stage(
        "parse", partitions, partial(process_partition, sites=dict(sites)), workers=workers, progress=progress
    )
    _remove_all_but(workspace.articles, {p.target for p in partitions})
    return report


def _close_archive(workspace: Workspace, sites: Mapping[str, "Site"]) -> None:
    """Close what a killed crawl left open, and note in the crawl state what it fetched, so that no crawl does again."""
    from crawler.archive import OPEN_SUFFIX, read_captures, salvage
    from crawler.state import CrawlState

    if not any(workspace.archive.glob(f"*{OPEN_SUFFIX}")):
        return
    timezones = {site.id: site.timezone for site in sites.values()}
    with CrawlState(workspace.state) as state:
        salvage(workspace.archive, take_up=lambda file: state.reconcile(read_captures(file), timezones))


def stage_fingerprint(sites: Iterable["Site"]) -> str:
    """Changes with the parsing rules and with what a profile says about pages; not with start points or delays."""
    from crawler import page

    profiles = sorted(
        site.model_dump_json(include={"id", "family", "selectors", "layout", "province", "timezone"}) for site in sites
    )
    return fingerprint(_RULES, page.fingerprint(), *profiles)


def process_partition(source: Path, target: Path, *, sites: Mapping[str, "Site"]) -> PartReport:
    """Parse the pages of one archive file into one part."""
    from crawler.archive import ArchiveError, read_captures
    from crawler.page import fingerprint as parsing_rules
    from crawler.page import parse_page
    from crawler.sites import find_site

    def parse(capture: "Capture", site: "Site | None") -> "Parsed":
        return parse_page(
            capture.body, url=capture.url, content_type=capture.content_type, site=site, fetched_at=capture.fetched_at
        )

    report = PartReport()
    with PartWriter(target, ARTICLES, parsing_rules()) as part:
        try:
            for capture in read_captures(source):
                site = sites.get(capture.site_id) if capture.site_id else find_site(sites.values(), capture.url)
                row = _row(capture, source.name, site, parse, report)
                report.rows[row["outcome"]] += 1
                part.add(row)
        except ArchiveError as error:  # what stands before the damage is kept, and the damage told
            report.fail("archive-broken", str(error))
    return report


def _row(
    capture: "Capture",
    archive: str,
    site: "Site | None",
    parse: Callable[["Capture", "Site | None"], "Parsed"],
    report: PartReport,
) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(ARTICLES.names)
    site_id = capture.site_id or (site.id if site else urlsplit(capture.url).hostname or "unknown")
    row |= {
        "page_id": capture.record_id,
        "archive": archive,
        "site_id": site_id,
        "url": capture.url,
        "fetched_at": capture.fetched_at.isoformat(timespec="seconds"),
        "status": capture.status,
        "page_digest": capture.digest,
        "source_province": _province(site),
    }
    if capture.status != 200:
        return _skip(row, f"http-{capture.status}", report)
    try:
        parsed = parse(capture, site)
    except Exception as error:  # noqa: BLE001 - one page must not stop the others; it is counted and named
        reason = f"error-{type(error).__name__}"
        report.fail(reason, f"{capture.url} ({archive}): {type(error).__name__}: {error}")
        return row | {"outcome": "failed", "reason": reason}
    row["family"] = parsed.family
    if parsed.article is None:
        return _skip(row, parsed.reason or "no-article", report)
    return row | {"outcome": "article"} | article_columns(site_id, capture.url, parsed.article)


def article_columns(site_id: str, url: str, article: "Article") -> dict[str, Any]:
    """What an article is in the dataset: its keys, its facts, and the text that all offsets count in."""
    address = keys.identifying_url(url, article.url)
    title = unicodedata.normalize("NFC", article.title)
    text = reading_text(title, unicodedata.normalize("NFC", article.text))
    facts = (article.published_at, article.author, article.source_credit)
    return {
        "article_id": keys.article_id(site_id, address),
        "content_id": keys.content_id(title, text, *facts),
        "article_url": address,
        "title": title,
        "text": text,
        "published_at": article.published_at,
        "published_raw": article.published_raw,
        "published_source": article.published_source,
        "author": article.author,
        "source_credit": article.source_credit,
    }


def reading_text(title: str, body: str) -> str:
    """The text that is read and released: the title, an empty line, the body; a body that begins with it stays."""
    return body if body.startswith(title) else f"{title}\n\n{body}"


def _skip(row: dict[str, Any], reason: str, report: PartReport) -> dict[str, Any]:
    report.skipped[reason] += 1
    return row | {"outcome": "skipped", "reason": reason}


def _province(site: "Site | None") -> str | None:
    if site is None or site.province == "Trung ương":
        return None
    return site.province


def _remove_all_but(folder: Path, standing: set[Path]) -> None:
    """Remove parts that other rules made, now that those of today stand."""
    for part in parts(folder):
        if part not in standing:
            part.unlink()
