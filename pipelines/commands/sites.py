"""`thidua sites`: which sites are known, how one is described, and whether profiles are right."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import data
from pipelines.commands.options import DONE, NOTHING, PARTLY
from pipelines.commands.profiles import chosen, known_profiles
from pipelines.commands.say import as_json, note

if TYPE_CHECKING:
    from crawler.sites import Site


def list_sites(own: Path | None, *, json_out: bool) -> int:
    """Print a line a site."""
    profiles = known_profiles(own)
    if json_out:
        as_json({"sites": [_row(site) for site in profiles.values()]})
        return DONE
    rows = [("ID", "NAME", "PROVINCE", "TODAY", "KIND", "FAMILY", "VERIFIED")]
    rows += [tuple(_row(site)[name] for name in _COLUMNS) for site in profiles.values()]
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return DONE


_COLUMNS = ("id", "name", "province", "province_now", "kind", "family", "verified")


def _row(site: "Site") -> dict[str, Any]:
    row = {name: getattr(site, name) for name in _COLUMNS}
    return row | {"verified": "sample" if site.sample else "yes" if site.verified else "no"}


def show_site(site_id: str, own: Path | None, *, json_out: bool) -> int:
    """Print all that the profile of a site says."""
    (site,) = chosen([site_id], known_profiles(own))
    values = site.model_dump(mode="json", exclude_defaults=True, exclude={"profile"})
    if json_out:
        as_json(values)
        return DONE
    for name, value in values.items():
        print(f"{name:<15} {_shown(value)}")
    if site.profile:
        print(f"{'profile':<15} {site.profile}")
    return DONE


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n                ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_shown(item)}" for name, item in value.items() if item not in ([], None))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def check_profiles(paths: Sequence[Path], *, json_out: bool) -> int:
    """Check profiles (files or folders; the bundled ones where none is given) without a network; name every error."""
    from crawler.sites import SiteError, load_site

    files = [file for path in paths or (data.SITES, data.SAMPLE / "sites") for file in _profiles(path)]
    errors: list[SiteError] = []
    bad = 0
    for file in files:
        try:
            load_site(file)
        except SiteError as error:
            bad += 1
            errors += [error, *error.others]
    if json_out:
        told = [{"file": str(e.file), "line": e.line, "key": e.key, "message": e.message} for e in errors]
        as_json({"checked": len(files), "right": len(files) - bad, "errors": told})
    else:
        for each in errors:
            note(str(each))
        print(f"{len(files)} profiles checked, {len(files) - bad} right" + (f", {bad} with errors" if bad else ""))
    if not files or bad == len(files):
        return NOTHING
    return PARTLY if bad else DONE


def _profiles(path: Path) -> list[Path]:
    return sorted(path.glob("*.toml")) if path.is_dir() else [path]
