"""Bytes of a page to Unicode text in NFC.

Order of trust: byte order mark, then UTF-8 that decodes without a fault (no other encoding of Vietnamese does so by
chance,
whatever the header says), then what the header or the page declares, then the likelier of the two Windows code pages.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"Rar!",
    b"7z\xbc\xaf",
)
_TEXT_TYPES = re.compile(r"^\s*(text/|application/(xhtml|xml|rss|json)|$)", re.IGNORECASE)
_UNSURE = {"cp1252", "iso8859-1", "latin-1", "ascii", "us-ascii"}
"""Declared by servers that never thought about it: checked against windows-1258 before they are believed."""
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
_FOREIGN = re.compile("[\x80-\x9f¡-¿ÐÑÒØÞßåæçñðþÿŒœ\u0300-\u036f]")
_XML_ENCODING = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)


def is_binary(body: bytes, content_type: str | None = None) -> bool:
    """True for bytes that are no text page: known file signatures, a media type that is no text, stray NUL bytes."""
    if body.startswith(_BINARY):
        return True
    if content_type and not _TEXT_TYPES.match(content_type) and not _looks_like_markup(body):
        return True
    head = body[:4096]
    return b"\x00" in head and _wide_encoding(body) is None


def decode(body: bytes | str, content_type: str | None = None) -> str:
    """The text of a page in NFC, line ends as ``\\n``, without the XML declaration. Faulty bytes become U+FFFD;
    never raises."""
    return unicodedata.normalize("NFC", decode_as_written(body, content_type))


def decode_as_written(body: bytes | str, content_type: str | None = None) -> str:
    """As `decode`, letters composed or not as the page has them: normalising the few lines of text later is cheaper."""
    text = body if isinstance(body, str) else _to_unicode(body, content_type)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").lstrip("\ufeff")
    return _XML_ENCODING.sub("", text, count=1)


def _to_unicode(body: bytes, content_type: str | None) -> str:
    marked, mark = read_bom(body)
    if marked and mark:
        return body[len(mark) :].decode(marked, errors="replace")
    wide = _wide_encoding(body)
    if wide:
        return body.decode(wide, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    if declared and _canonical(declared) == "utf-8":
        declared = None
        if _utf8_with_few_faults(body):
            return body.decode("utf-8", errors="replace")
    if declared and _canonical(declared) not in _UNSURE:
        return body.decode(_canonical(declared), errors="replace")
    if _utf8_with_few_faults(body):
        return body.decode("utf-8", errors="replace")
    candidates = [body.decode(name, errors="replace") for name in ("cp1258", "cp1252")]
    return max(candidates, key=_likeness)


def _canonical(name: str) -> str:
    try:
        found = codecs.lookup(name)
        b"a\x80".decode(found.name, errors="replace")
    except (LookupError, UnicodeError):
        return "utf-8"
    return found.name


def _utf8_with_few_faults(body: bytes) -> bool:
    """A page cut in the middle of a letter, or with one broken widget, is still UTF-8."""
    text = body.decode("utf-8", errors="replace")
    faults = text.count("\ufffd")
    return faults * 20 < sum(1 for letter in text if letter > "\x7f")


def _likeness(text: str) -> int:
    composed = unicodedata.normalize("NFC", text)
    return len(_VIETNAMESE.findall(composed)) - 3 * len(_FOREIGN.findall(composed)) - 3 * composed.count("\ufffd")


def _wide_encoding(body: bytes) -> str | None:
    """UTF-16 without a mark, seen by the zero byte beside nearly every ASCII letter of markup."""
    head = body[:2048]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    need = len(head) // 5
    if odd > need and even * 10 < odd:
        return "utf-16-le"
    if even > need and odd * 10 < even:
        return "utf-16-be"
    return None


def _looks_like_markup(body: bytes) -> bool:
    return b"<html" in body[:2048].lower() or b"<!doctype html" in body[:2048].lower()
