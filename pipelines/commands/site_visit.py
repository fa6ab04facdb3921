"""`thidua sites check --live`: what the sites themselves say to our profiles."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.commands.options import DONE, NOTHING, PARTLY
from pipelines.commands.profiles import chosen, known_profiles
from pipelines.commands.say import as_json, note

if TYPE_CHECKING:
    from crawler.check import SiteCheck
    from crawler.sites import Site


def visit_sites(wanted: Sequence[Path], contact: str | None, *, json_out: bool) -> int:
    """Visit sites politely, one after the other, with a handful of requests each. `wanted`: ids or profile files."""
    from crawler.check import check_site

    checks = []
    for site in _sites(wanted):
        note(f"{site.id}: visiting")
        checks.append(check_site(site, contact=contact))
        if not json_out:
            _tell(checks[-1])
    if json_out:
        as_json({"checks": [check.model_dump(mode="json") | {"ok": check.ok} for check in checks]})
    sound = sum(check.ok for check in checks)
    note(f"{len(checks)} sites visited, {sound} as their profile says")
    return DONE if sound == len(checks) else PARTLY if sound else NOTHING


def _sites(wanted: Sequence[Path]) -> list["Site"]:
    from crawler.sites import load_site

    profiles = known_profiles()
    if not wanted:
        return [site for site in profiles.values() if not site.sample and site.active]
    return [load_site(path) if path.is_file() else chosen([str(path)], profiles)[0] for path in wanted]


def _tell(check: "SiteCheck") -> None:
    print(f"{check.site_id}: " + ("as its profile says" if check.ok else "; ".join(check.problems)))
    for start in check.starts:
        print(f"  {start.kind:<8} {start.url}  {start.outcome}, {start.articles} articles")
    if check.page:
        page = check.page
        read = page.reason or f"{page.title!r}, {page.published_at or 'no date'}, {page.characters} characters"
        print(f"  article  {page.url}  {page.outcome}: {read}")
