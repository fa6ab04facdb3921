"""An HTML page as lines of text that know where they stand: the form in which all page rules read a page.

A line is what a reader sees as one: the text between two block boundaries or ``<br>``. Each carries its block
element, how much of
it is linked, and the roles that class names and tags give it (page_roles.csv: chrome, caption, date, author, title
...).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from lxml import etree
from lxml.cssselect import CSSSelector

from crawler.page_tables import rows

Element = Any
"""lxml.etree._Element (lxml carries no types; plain elements, since those of lxml.html cost a call for each that is
touched)."""

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
})  # fmt: skip
_DROPPED = (
    "script", "style", "noscript", "template", "select", "option", "textarea", "button", "svg", "iframe", "object",
    "canvas", "audio", "video", "map", "datalist", "applet", "embed",
)  # fmt: skip
_CHROME_TAGS = frozenset({"nav", "footer", "aside", "marquee"})
_SPLITTING = frozenset({"date", "author", "source", "clock", "caption"})
"""Roles of inline elements that stand as lines of their own: `<span class="date">` beside `<span class="author">`."""

_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,60}base64,[A-Za-z0-9+/=%\s]{100,}")
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD])
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HIDING = {
    "display:": "contains(@style,'display')",
    "display :": "contains(@style,'display')",
    "d-none": "contains(@class,'d-none')",
    "hidden": "@hidden or contains(@class,'hidden')",
}
"""What hides an element, by the words that must stand in the source before it is worth looking."""
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PIECES = etree.XPath("//body//text()[normalize-space()] | //body//br")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What lxml reads but does not take back."""
_CONTENT = etree.XPath("string()")
PROSE = 60
"""Characters from which an unlinked line counts as prose."""


@dataclass(slots=True, eq=False)
class Zone:
    """What the markup says about the place of a block."""

    roles: frozenset[str] = frozenset()
    """Roles of the block and of what it stands in, except `chrome`."""
    own: frozenset[str] = frozenset()
    """Roles of the block itself."""
    chrome: tuple[Element, ...] = ()
    """The elements around it that are marked as chrome or frame, outermost first."""
    heading: int = 0
    listed: bool = False


@dataclass(slots=True, eq=False)
class Line:
    """One line of a page. `linked` counts characters inside links; `index` is its place in `Dom.lines`."""

    text: str
    block: Element
    linked: int
    index: int
    zone: Zone
    bold: int = 0
    chrome: bool = False

    @property
    def prose(self) -> bool:
        """Running text: long enough and mostly unlinked."""
        return len(self.text) >= PROSE and self.linked * 3 < len(self.text)

    @property
    def is_link(self) -> bool:
        """Nothing but a link."""
        return self.linked * 10 >= len(self.text) * 8

    def has(self, *roles: str) -> bool:
        """Whether the line or what it stands in has one of the roles."""
        return not self.zone.roles.isdisjoint(roles)


@dataclass(slots=True)
class Dom:
    """A parsed page: `root` after removal of scripts and hidden parts, its `lines`, and `json_ld` as it stood in the
    scripts."""

    root: Element
    lines: list[Line]
    source: str
    json_ld: list[str] = field(default_factory=list)

    def select(self, selector: str) -> list[Element]:
        """Elements that a CSS selector names, in document order."""
        return select(self.root, selector, self.source)

    def within(self, element: Element) -> list[Line]:
        """The lines of an element, in order."""
        inside = set(element.iter())
        return [line for line in self.lines if line.block in inside]

    @staticmethod
    def holds(element: Element, block: Element) -> bool:
        """Whether `block` is `element` or stands in it."""
        return block is element or element in block.iterancestors()


def follows_picture(line: Line) -> bool:
    """Whether a line stands in the block of a picture or right after one, as captions without a mark of their own
    do."""
    block = line.block
    if block is None:
        return False
    if next(iter(block.iter("img")), None) is not None:
        return True
    for node in (block, block.getparent()):
        before = node.getprevious() if node is not None else None
        while before is not None and not (
            isinstance(before.tag, str) and (before.tag == "img" or len(before) or (before.text or "").strip())
        ):
            before = before.getprevious()
        if before is not None:
            return not clean(content_of(before)) and (
                before.tag == "img" or next(iter(before.iter("img")), None) is not None
            )
        if node is None or clean(node.text or "") or node.tag in {"body", "td"}:
            return False
    return False


def content_of(element: Element) -> str:
    """All text inside an element."""
    return str(_CONTENT(element))


def _drop(element: Element) -> None:
    """Take an element out and leave the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = _CONTROL.sub(" ", (before.tail or "") + element.tail)
        else:
            parent.text = _CONTROL.sub(" ", (parent.text or "") + element.tail)
    parent.remove(element)


def clean(text: str) -> str:
    """NFC, blanks of any kind to one space, invisible characters away."""
    return unicodedata.normalize("NFC", " ".join(text.translate(_INVISIBLE).split()))


@lru_cache(maxsize=50_000)
def roles_of(names: str) -> frozenset[str]:
    """Roles that class and id names (joined by blanks) give, by page_roles.csv."""
    if not names:
        return frozenset()
    found = set()
    for name in names.split():
        opened = _CAMEL.sub("-", name).casefold()
        for role, pattern in _role_patterns():
            if role not in found and pattern.search(opened):
                found.add(role)
    return frozenset(found)


@cache
def _role_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    grouped: dict[str, list[str]] = {}
    for row in rows("page_roles"):
        grouped.setdefault(row["role"], []).append(row["pattern"])
    return tuple((role, re.compile("|".join(patterns))) for role, patterns in grouped.items())


def parse(text: str, remove: Iterable[str] = ()) -> Dom | None:
    """Parse HTML without the elements that the CSS selectors of `remove` name. None when there is no element in it."""
    text = _DATA_URI.sub("data:,", text) if "base64," in text else text
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    if root is None:
        return None
    json_ld = [s.text for s in root.iter("script") if s.text and "ld+json" in (s.get("type") or "")]
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    _drop_hidden(root, text)
    for selector in remove:
        for element in select(root, selector, text):
            if element.getparent() is not None and not _holds_page(root, element):
                _drop(element)
    lines = _lines(root)
    _mark_chrome(lines)
    return Dom(root, lines, text, json_ld)


def _holds_page(root: Element, element: Element) -> bool:
    """A part that an unclosed tag has let swallow the page is not removed."""
    return len(content_of(element)) * 3 > len(content_of(root)) * 2


@lru_cache(maxsize=64)
def _xpath(expression: str) -> etree.XPath:
    return etree.XPath(expression)


def _drop_hidden(root: Element, source: str) -> None:
    whole = 0
    tests = sorted({test for word, test in _HIDING.items() if word in source})
    if not tests:
        return
    for element in _xpath(f"//*[{' or '.join(tests)}]")(root):
        names = set((element.get("class") or "").split())
        named = element.get("hidden") is not None or not names.isdisjoint({"hidden", "d-none"})
        if not named and not _NO_DISPLAY.search(element.get("style") or ""):
            continue
        if element.tag in {"html", "body", "form", "main", "article"} or element.getparent() is None:
            continue
        if any(":" in name or re.match(r"d-(?:sm|md|lg|xl|xxl)-(?!none)|visible", name) for name in names):
            continue
        whole = whole or len(content_of(root))
        if len(content_of(element)) * 3 < whole:
            _drop(element)


@lru_cache(maxsize=2000)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


@lru_cache(maxsize=2000)
def _words(selector: str) -> tuple[str, ...]:
    return tuple(name or value for name, value in re.findall(r"[.#]([\w-]+)|=[\"']([\w-]+)", selector))


def select(root: Element, selector: str, text: str | None = None) -> list[Element]:
    """Elements that a CSS selector names, in document order. `text` is the page's source: without the names of the
    selector
    in it there is nothing to look for, which saves most of the searching."""
    if text is not None and any(word not in text for word in _words(selector)):
        return []
    return list(_compiled(selector)(root))


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".strip()


def _lines(root: Element) -> list[Line]:
    lines: list[Line] = []
    zones: dict[Element, Zone] = {}
    block: Element = None
    parts: list[str] = []
    linked = bold = 0

    def flush() -> None:
        nonlocal parts, linked, bold
        if parts:
            text = clean("".join(parts))
            if text:
                lines.append(Line(text, block, min(linked, len(text)), len(lines), _zone(block, zones), bold))
        parts, linked, bold = [], 0, 0

    piece: Any
    for piece in _PIECES(root):
        owner = piece.getparent()
        if etree.iselement(piece):
            flush()
            continue
        if owner is None:
            continue
        breaks = False
        if piece.is_tail:
            breaks = owner.tag not in _INLINE and isinstance(owner.tag, str)
            owner = owner.getparent()
        in_link = in_bold = False
        node = owner
        while node is not None and (node.tag in _INLINE or (isinstance(node.tag, str) and ":" in node.tag)):
            if node.tag == "a" and node.get("href") is not None:
                in_link = True
            elif node.tag in {"b", "strong"}:
                in_bold = True
            if node.tag == "time":
                break
            if len(node.attrib) and not roles_of(_names(node)).isdisjoint(_SPLITTING):
                break
            node = node.getparent()
        if node is None:
            continue
        if breaks or node is not block:
            flush()
            block = node
        parts.append(piece)
        size = len(piece.strip())
        linked += size if in_link else 0
        bold += size if in_bold else 0
    flush()
    return lines


def _zone(block: Element, zones: dict[Element, Zone]) -> Zone:
    known = zones.get(block)
    if known is not None:
        return known
    parent = block.getparent()
    above = _zone(parent, zones) if parent is not None else Zone()
    tag = block.tag if isinstance(block.tag, str) else ""
    own = set(roles_of(_names(block))) if len(block.attrib) else set()
    if tag in _CHROME_TAGS:
        own.add("chrome")
    if tag == "figcaption":
        own.add("caption")
    if tag == "time":
        own.add("date")
    chrome = above.chrome
    if not own.isdisjoint({"chrome", "frame"}) and tag not in {"body", "html", "h1"}:
        chrome = (*chrome, block)
    own -= {"frame"}
    heading = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else above.heading
    zone = Zone(above.roles | (own - {"chrome"}), frozenset(own), chrome, heading, above.listed or tag == "li")
    zones[block] = zone
    return zone


def _is_chrome(element: Element) -> bool:
    return element.tag in _CHROME_TAGS or "chrome" in roles_of(_names(element))


def _mark_chrome(lines: Iterable[Line]) -> None:
    """Mark the lines in chrome (unless it holds 85 % of the prose, as by an unclosed tag). A frame's name on
    something that holds half of the page's prose, or any such name around the
    headline, is a name of the layout (`sidebar-1` as the main column, `tag-...` on the article of a WordPress
    theme)."""
    lines = list(lines)
    total = sum(len(line.text) for line in lines if line.prose)
    held: dict[Element, int] = {}
    main: set[Element] = set()
    hard = {element for line in lines for element in line.zone.chrome[-1:] if _is_chrome(element)}
    for line in lines:
        for element in line.zone.chrome:
            if line.prose:
                held[element] = held.get(element, 0) + len(line.text)
            if (
                line.zone.heading == 1
                and element.tag not in {"nav", "footer"}
                and len(line.text) >= 25
                and not line.is_link
            ):
                main.add(element)
    for line in lines:
        line.chrome = any(
            element not in main
            and held.get(element, 0) * (20 if element in hard else 40) <= total * (17 if element in hard else 20)
            and not (element is line.block and "title" in line.zone.own and not line.linked)
            for element in line.zone.chrome
        )
