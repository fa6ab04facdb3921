"""How well a reading agrees with a gold one: the measures of the annotation guide, and what a change won or lost.

Measures, each with precision, recall and F1:

- `strict`: mentions whose label, start and end are all right;
- `overlap`: mentions whose label is right and whose spans share characters, paired one to one, best overlap first;
- `value`: the set of normalised values of an article, which is what lands in the dataset. A UNIT counts by its
  canonical name; a DIRECTIVE by type, number (else title) and date; an ANNIVERSARY by ordinal and dates (else its
  event); an AWARD by name, class and authority; a CAMPAIGN by name;
- `records`: award records by award, class, status, recipient, quantity, with and without the authority;
- `doc`: event types and years as sets, the province as one value an article.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LABELS = ("UNIT", "DIRECTIVE", "ANNIVERSARY", "AWARD", "CAMPAIGN")

# Only what the guide calls the same value: the reader's own fold (nlp.fold.key) forgives more, and would flatter it.
_SAME_WORD = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "lđlđ": "liên đoàn lao động",
    "tt&tt": "thông tin và truyền thông",
    "tp": "thành phố",
    "tp.": "thành phố",
    "cp": "chính phủ",
    "uỷ": "ủy",
    "hoà": "hòa",
    "hoá": "hóa",
    "toà": "tòa",
    "khoẻ": "khỏe",
    "thuỷ": "thủy",
    "luỹ": "lũy",
    "quí": "quý",
}


class GoldError(ValueError):
    """Gold and predicted articles cannot be compared. The message names the article and what is wrong."""


@dataclass(slots=True)
class Figures:
    """Counts of one measure: `right` of `given`, of `wanted` in the gold."""

    right: int = 0
    wanted: int = 0
    given: int = 0

    def add(self, right: int, wanted: int, given: int) -> None:
        self.right += right
        self.wanted += wanted
        self.given += given

    @property
    def precision(self) -> float:
        """In percent; 100 when nothing was wanted and nothing given."""
        if self.given:
            return 100 * self.right / self.given
        return 0.0 if self.wanted else 100.0

    @property
    def recall(self) -> float:
        """In percent."""
        return 100 * self.right / self.wanted if self.wanted else 100.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_json(self) -> dict[str, float | int]:
        return {
            "p": round(self.precision, 1),
            "r": round(self.recall, 1),
            "f1": round(self.f1, 1),
            "gold": self.wanted,
            "given": self.given,
        }


@dataclass(slots=True)
class Scores:
    """The figures of a comparison, and per article and label which values were missed or spurious."""

    articles: int
    not_predicted: list[str]
    figures: dict[str, Figures]
    missed: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    spurious: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "articles": self.articles,
            "not_predicted": self.not_predicted,
            "figures": {name: f.to_json() for name, f in self.figures.items()},
        }


def normalise(value: object) -> str | None:
    """Return a value as it is compared: NFC, case, quotes, spaces, dashes and common abbreviations aside."""
    if value is None or value == "":
        return None
    text = unicodedata.normalize("NFC", str(value)).casefold()
    text = re.sub(r"[“”\"'‘’«»]", "", text)
    text = re.sub(r"\s*[-–—]\s*", "-", text)
    text = re.sub(r"\s+", " ", text).strip(" .,;:")
    return " ".join(_SAME_WORD.get(word, word) for word in text.split(" "))


def value_key(mention: Mapping[str, Any]) -> str:
    """Return the value under which a mention counts in the dataset, as one comparable string."""

    def of(name: str) -> str | None:
        return normalise(mention.get(name))

    text = normalise(mention["text"])
    match mention["label"]:
        case "UNIT":
            key: object = of("canonical") or text
        case "DIRECTIVE":
            number = (of("number") or "").lstrip("0")
            key = (of("doc_type"), number or of("title") or text, of("date"))
        case "ANNIVERSARY":
            when = (of("nth"), of("event_date"), of("anniversary_date"))
            key = when if any(when) else (of("event") or text or "").removeprefix("ngày ")
        case "AWARD":
            key = (of("award") or text, of("class"), of("authority"))
        case _:
            key = of("name") or text
    return str(key)


def score(gold: Iterable[Mapping[str, Any]], predicted: Iterable[Mapping[str, Any]]) -> Scores:
    """Compare predicted articles with gold ones, paired by `id`; a gold article without a prediction is all missed.

    Both in the form of the annotation guide. Raises GoldError where a predicted mention's text is not the gold text at
    its offsets, or an id comes twice in the gold.
    """
    wanted: dict[str, Mapping[str, Any]] = {}
    for article in gold:
        if article["id"] in wanted:
            raise GoldError(f"article {article['id']}: comes twice in the gold; keep one")
        wanted[article["id"]] = article
    given = {article["id"]: article for article in predicted}
    scores = Scores(len(wanted), sorted(set(wanted) - set(given)), {})
    nothing: Mapping[str, Any] = {"mentions": [], "awards": [], "doc": {}}
    for name, article in wanted.items():
        _score_article(scores, article, given.get(name, nothing))
    return scores


def _score_article(scores: Scores, gold: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    for mention in given["mentions"]:
        if gold["text"][mention["start"] : mention["end"]] != mention["text"]:
            raise GoldError(
                f"article {gold['id']}: mention {mention['text']!r} is not the text at "
                f"{mention['start']}:{mention['end']}; both files must hold the same text"
            )

    def tally(measure: str, names: Sequence[str], right: int, wanted: int, got: int) -> None:
        for name in names:
            scores.figures.setdefault(f"{measure}/{name}", Figures()).add(right, wanted, got)

    missed = scores.missed.setdefault(gold["id"], {})
    spurious = scores.spurious.setdefault(gold["id"], {})
    for label in LABELS:
        want = [m for m in gold["mentions"] if m["label"] == label]
        got = [m for m in given["mentions"] if m["label"] == label]
        names = (label, "ALL")
        spans = [Counter((m["start"], m["end"]) for m in ms) for ms in (want, got)]
        tally("strict", names, (spans[0] & spans[1]).total(), len(want), len(got))
        tally("overlap", names, _overlaps(want, got), len(want), len(got))
        values = [{value_key(m) for m in ms} for ms in (want, got)]
        tally("value", names, len(values[0] & values[1]), len(values[0]), len(values[1]))
        missed[label], spurious[label] = values[0] - values[1], values[1] - values[0]
    for name, fields in (("full", (*_RECORD_FIELDS, "authority")), ("no authority", _RECORD_FIELDS)):
        want_records, got_records = (
            Counter(tuple(normalise(r.get(f)) for f in fields) for r in a.get("awards", [])) for a in (gold, given)
        )
        right = want_records & got_records
        tally("records", (name,), right.total(), want_records.total(), got_records.total())
    for name in ("event_types", "years"):
        facts = [set(map(str, a.get("doc", {}).get(name) or [])) for a in (gold, given)]
        tally("doc", (name,), len(facts[0] & facts[1]), len(facts[0]), len(facts[1]))
    provinces = [normalise(a.get("doc", {}).get("province")) for a in (gold, given)]
    tally("doc", ("province",), int(provinces[0] == provinces[1]), 1, 1)


_RECORD_FIELDS = ("award", "class", "status", "recipient", "quantity")


def _overlaps(want: Sequence[Mapping[str, Any]], got: Sequence[Mapping[str, Any]]) -> int:
    pairs = []
    for i, w in enumerate(want):
        for j, g in enumerate(got):
            shared = min(w["end"], g["end"]) - max(w["start"], g["start"])
            if shared > 0:
                pairs.append((shared / (max(w["end"], g["end"]) - min(w["start"], g["start"])), i, j))
    taken_want: set[int] = set()
    taken_got: set[int] = set()
    for _, i, j in sorted(pairs, reverse=True):
        if i not in taken_want and j not in taken_got:
            taken_want.add(i)
            taken_got.add(j)
    return len(taken_want)


@dataclass(frozen=True, slots=True)
class Change:
    """A value of one article that another run of the reader had right or wrong: `kind` is "gain" or "loss"."""

    article: str
    label: str
    kind: str
    value: str
    how: str


def changes(before: Scores, after: Scores) -> Iterator[Change]:
    """Yield, article by article, what a run of the reader won and lost against an earlier one on the same gold."""
    kinds = (("missed", "was missed", "is missed now"), ("spurious", "was spurious", "is spurious now"))
    for article in sorted(set(before.missed) & set(after.missed)):
        for label in LABELS:
            for name, was, now in kinds:
                old = getattr(before, name)[article][label]
                new = getattr(after, name)[article][label]
                for value in sorted(old - new):
                    yield Change(article, label, "gain", value, was)
                for value in sorted(new - old):
                    yield Change(article, label, "loss", value, now)


def table(scores: Scores) -> str:
    """Return the figures as an aligned text table."""
    lines = [f"{scores.articles} gold articles, {len(scores.not_predicted)} not predicted"]
    lines.append(f"{'':26}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'given':>7}")
    for name, f in scores.figures.items():
        lines.append(f"{name:26}{f.precision:7.1f}{f.recall:7.1f}{f.f1:7.1f}{f.wanted:7}{f.given:7}")
    return "\n".join(lines)
