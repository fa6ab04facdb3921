"""A bound on the head of an answer: Twisted bounds each of its lines, Scrapy the body, but nobody the number of lines.

Without it a server that sends header lines without end fills the memory for as long as a download may take.
"""

from __future__ import annotations

from typing import Any

from twisted.web import _newclient

LARGEST_HEAD = 256 * 1024
"""Bytes of names and values of headers. Browsers refuse more than that, too."""

_COUNTED = "_thidua_head_bytes"


class HeadTooLargeError(ValueError):
    """The head of an answer is larger than LARGEST_HEAD."""


def bound_heads() -> None:
    """Have every parser of answers in this process give up a head that is too large. Call it once.

    Twisted has no setting for it, so its one method that every header passes is wrapped.
    """
    take = _newclient.HTTPParser.headerReceived

    def take_bounded(parser: Any, name: bytes, value: bytes) -> None:
        size = getattr(parser, _COUNTED, 0) + len(name) + len(value)
        if size > LARGEST_HEAD:
            raise HeadTooLargeError(f"more than {LARGEST_HEAD >> 10} KB of headers")
        setattr(parser, _COUNTED, size)
        take(parser, name, value)

    _newclient.HTTPParser.headerReceived = take_bounded
