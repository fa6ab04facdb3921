"""Which certificates are trusted: the system's, and what profiles add for servers that send an incomplete chain."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterable
from pathlib import Path

import certifi

from crawler.sites import Site

_VARIABLE = "SSL_CERT_FILE"
"""OpenSSL's own variable, read when the first connection is made."""


def trust_certificates(sites: Iterable[Site], folder: Path) -> Path | None:
    """Make this process verify TLS with the system's certificates (certifi's where it has none) and the sites' own.

    Writes the bundle to `folder` and returns it; None when the system's own store is used as it is. An intermediate
    certificate in a `ca_file` trusts nobody new: chains must still end at a trusted root.
    """
    paths = ssl.get_default_verify_paths()
    system = os.environ.get(_VARIABLE) or paths.cafile
    added = sorted({site.ca_file for site in sites if site.ca_file is not None})
    if not added and (system or paths.capath):
        return None
    bundle = folder / "certificates.pem"
    parts = [Path(system or certifi.where()), *added]
    bundle.write_bytes(b"\n".join(part.read_bytes() for part in parts))
    os.environ[_VARIABLE] = str(bundle)
    return bundle
