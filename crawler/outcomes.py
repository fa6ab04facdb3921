"""By which word a request that brought no page is counted."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from crawler.gate import PrivateAddressError, Refused

_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (PrivateAddressError, "private_address"),
    (CannotResolveHostError, "failed:dns"),
    (DownloadTimeoutError, "failed:timeout"),
    (DownloadConnectionRefusedError, "failed:connection"),
    (ResponseDataLossError, "failed:truncated"),
    (DownloadCancelledError, "failed:too_large"),
    (UnsupportedURLSchemeError, "offsite"),
    (DownloadFailedError, "failed:connection"),
    (ConnectionDone, "failed:connection"),
    (ConnectionLost, "failed:connection"),
    (ConnectError, "failed:connection"),
)

EXPECTED = (IgnoreRequest, OSError, *dict(_REASONS))
"""What the downloader may raise for a reason that lies outside this program."""


def reason_of(error: BaseException) -> str:
    """The outcome an exception of the downloader is counted by."""
    if isinstance(error, Refused):
        return error.reason
    if isinstance(error, IgnoreRequest):
        return "failed:redirects" if "redirect" in str(error) else "failed:too_large"
    told = f"{error!r} {error}"
    if "PrivateAddressError" in told:
        return "private_address"
    if "HeadTooLargeError" in told:
        return "failed:too_large"
    if "SSL" in told or "certificate" in told.lower():
        return "failed:tls"
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), "failed:connection")
