from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.decode import decode, is_binary

TEXT = "<p>Đại hội điển hình tiên tiến ngành Nội vụ, khen thưởng những tập thể xuất sắc</p>"


def windows_1258(text: str) -> bytes:
    """Letters with breve, circumflex or horn are one byte, the tone follows as another."""
    out = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
        out += unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + "".join(tones)
    return out.encode("cp1258")


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (TEXT.encode(), None),
        (TEXT.encode(), "text/html; charset=iso-8859-1"),
        (TEXT.encode(), "text/html; charset=windows-1258"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=windows-1252"),
        (unicodedata.normalize("NFD", TEXT).encode(), None),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode("utf-16-le"), None),
        (TEXT.encode("utf-16-be"), "text/html"),
        (windows_1258(TEXT), "text/html; charset=windows-1258"),
        (windows_1258(TEXT), "text/html; charset=iso-8859-1"),
        (windows_1258(TEXT), "text/html; charset=utf-8"),
        (windows_1258(TEXT), "text/html; charset=no-such-thing"),
        (windows_1258('<meta charset="windows-1258">' + TEXT), None),
    ],
)
def test_whatever_the_header_says(body: bytes, header: str | None) -> None:
    assert decode(body, header).endswith(TEXT)


def test_a_page_cut_inside_a_letter_stays_utf_8() -> None:
    cut = (TEXT * 5).encode() + "ữ".encode()[:2]
    assert decode(cut, None).startswith(TEXT)


def test_line_ends_and_declaration() -> None:
    assert decode(b'<?xml version="1.0" encoding="latin-1"?>a\r\nb\rc') == "a\nb\nc"


@pytest.mark.parametrize("body", [b"%PDF-1.7 ...", b"PK\x03\x04....", b"\x89PNG\r\n", b"abc\x00\x01\x02def" * 3])
def test_what_is_no_page(body: bytes) -> None:
    assert is_binary(body)


def test_a_page_sent_as_something_else_is_still_a_page() -> None:
    assert not is_binary(b"<!DOCTYPE html><html></html>", "application/octet-stream")
    assert is_binary(b"\x01\x02", "application/octet-stream")


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html", "text/html; charset=utf-7", "text/html; charset=idna", "x"]),
)
def test_never_raises(body: bytes, header: str | None) -> None:
    text = decode(body, header)
    assert unicodedata.is_normalized("NFC", text)
    is_binary(body, header)
