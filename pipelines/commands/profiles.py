"""Which site profiles a command works with: the bundled ones, the samples', and the user's own."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import data
from pipelines.errors import UsageError

if TYPE_CHECKING:
    from crawler.sites import Site


def known_profiles(own: Path | None = None, *, samples: bool = True) -> dict[str, "Site"]:
    """All profiles by id; a profile of the folder `own` goes before a bundled one of the same id.

    Raises crawler.sites.SiteError, which names file, line and key.
    """
    from crawler.sites import load_sites

    found = load_sites(data.SITES)
    if samples:
        found |= load_sites(data.SAMPLE / "sites")
    if own is not None:
        found |= load_sites(own)
    return found


def chosen(ids: Sequence[str], profiles: dict[str, "Site"]) -> list["Site"]:
    """The profiles called `ids`. Raises UsageError that says which ids there are instead."""
    import difflib

    unknown = [site_id for site_id in ids if site_id not in profiles]
    if unknown:
        near = difflib.get_close_matches(unknown[0], profiles, n=3, cutoff=0.4)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise UsageError(f"no site profile is called {', '.join(unknown)}.{hint} `thidua sites list` shows all.")
    return [profiles[site_id] for site_id in dict.fromkeys(ids)]
