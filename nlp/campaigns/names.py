"""The movements of `data/lexicon/campaigns.csv`: their spellings, and the identity that all spellings share."""

from collections.abc import Iterator
from functools import cache

import regex

from nlp.fold import key, slug
from nlp.lexicon import table
from nlp.scan import Pattern

HIT = "campaign"
"""Kind of the hits whose `ref` is a campaign id."""

ANCHOR = "campaign.anchor"
"""Kind of the hits whose `ref` is the folded anchor word."""

_ANCHORS = (
    "phong trào", "cuộc vận động", "chủ đề", "đợt thi đua", "phát động thi đua", "đợt thi đua cao điểm",
    "phong trào thi đua", "chương trình", "thi đua đặc biệt", "tổ chức thi đua", "chuyên đề thi đua",
    "thi đua cao điểm",
)  # fmt: skip
_PERIOD = regex.compile(r"\s(?:giai đoạn|năm|nhiệm kì)\s[\d\s-]{4,12}$")


def patterns() -> Iterator[Pattern]:
    """Yield every spelling of every known movement, and the anchors before names."""
    for row in table("campaigns"):
        for text in (row["name"], *row.items_of("aliases")):
            yield Pattern(text, HIT, row["id"])
    for anchor in _ANCHORS:
        yield Pattern(anchor, ANCHOR, anchor)


@cache
def _identities() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table("campaigns"):
        for text in (row["name"], *row.items_of("aliases")):
            found.setdefault(_loose(text), row["id"])
    return found


def known_id(name: str) -> str | None:
    """Return the id of the movement with this name in any spelling, or None."""
    return _identities().get(_loose(name))


def identity(name: str) -> str:
    """Return the key under which all spellings of a movement come together: its id, else the name's own slug."""
    return slug((known_id(name) or name).replace("_", "-"))


def _loose(name: str) -> str:
    """Fold a name further: no period at its end, and joints (`-`, `,`, `và`) are one."""
    folded = _PERIOD.sub("", key(name))
    return " ".join(regex.sub(r"[,;-]|\bvà\b", " ", folded).split())
