"""The reader as a spaCy pipeline: `load()` gives a `Language` whose components are the steps of reading, in order.

    nlp = load()
    doc = nlp("Sở Nội vụ tỉnh Nam Định được tặng Cờ thi đua của Chính phủ.")
    for span in doc.spans["thidua"]:
        print(span.label_, span._.start, span._.end, span._.value)

Extensions. `Doc._.records`: award records; `Doc._.facts`: event types, province, years; `Doc._.mentions`: every mention
with exact offsets (a mention may begin or end inside a token where a page has lost a space; its `Span` then covers the
whole token). `Span._.value`, `Span._.rule`, `Span._.confidence`, `Span._.entity`. All are plain JSON values, so that a
`DocBin` keeps them.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import get_words_and_spaces
from spacy.vocab import Vocab

from nlp import anniversaries, article, awards, campaigns, directives, link, places, records, settle, tagger, units
from nlp.fold import nfc
from nlp.reading import Reading, Source
from nlp.scan import Pattern, Scanner
from nlp.values import value_to_json

SPANS_KEY = "thidua"

Step = Callable[[Reading], None]

STEPS: dict[str, Step] = {
    "places": places.find,
    "units": units.find,
    "tagger": tagger.find,
    "directives": directives.find,
    "anniversaries": anniversaries.find,
    "campaigns": campaigns.find,
    "awards": awards.find,
    "settle": settle.find,
    "records": records.find,
    "article": article.find,
    "link": link.find,
}
"""The steps after the scan, in the order in which they build on each other."""

_VOCABULARIES: tuple[Callable[[], Iterable[Pattern]], ...] = (
    places.patterns,
    units.patterns,
    directives.patterns,
    anniversaries.patterns,
    campaigns.patterns,
    awards.patterns,
    records.patterns,
    article.patterns,
)

_TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}]*|\p{N}+|\n|[^\s\p{L}\p{N}]")


class SyllableTokenizer:
    """Splits text into syllables, numbers and single marks; `doc.text == text` for every text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = get_words_and_spaces(_TOKEN.findall(text), text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> "SyllableTokenizer":
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        return None

    def from_disk(self, _path: Any, **_: Any) -> "SyllableTokenizer":
        return self


@spacy.registry.tokenizers("thidua.syllables.v1")
def create_tokenizer() -> Callable[[Language], SyllableTokenizer]:
    """Return the tokenizer's factory, for a spaCy config."""
    return lambda language: SyllableTokenizer(language.vocab)


@lru_cache(maxsize=1)
def scanner() -> Scanner:
    """Return the scanner over all names and anchors of the lexicon, built once a process."""
    return Scanner(pattern for vocabulary in _VOCABULARIES for pattern in vocabulary())


def _register_extensions() -> None:
    for name in ("reading", "mentions", "records", "facts"):
        Doc.set_extension(name, default=None, force=True)
    for name in ("value", "rule", "confidence", "entity", "start", "end"):
        Span.set_extension(name, default=None, force=True)


@Language.component("thidua_scan")
def _scan(doc: Doc) -> Doc:
    reading: Reading = doc._.reading or Reading(doc.text, Source())
    reading.hits = scanner().scan(reading.text, reading.folded)
    doc._.reading = reading
    return doc


def _component(step: Step) -> Callable[[Doc], Doc]:
    def run(doc: Doc) -> Doc:
        step(doc._.reading)
        return doc

    return run


@Language.component("thidua_finish")
def _finish(doc: Doc) -> Doc:
    """Write what was found to the Doc as plain values and drop the working state."""
    reading: Reading = doc._.reading
    text = reading.given
    reading.mentions.sort(key=lambda m: (m.start, -m.end, m.label))
    numbers = {id(m): f"m{n}" for n, m in enumerate(reading.mentions, 1)}
    mentions, spans = [], []
    for mention in reading.mentions:
        start, end = reading.place(mention)
        value = value_to_json(mention.value)
        found = {"rule": mention.rule, "confidence": round(mention.confidence, 3), "entity": mention.entity}
        place = {"start": start, "end": end}
        mentions.append(
            {"id": numbers[id(mention)], "label": mention.label, **place, "text": text[start:end], **value, **found}
        )
        span = doc.char_span(start, end, label=mention.label, alignment_mode="expand")
        for name, held in {"value": value, **found, **place}.items():
            span._.set(name, held)
        spans.append(span)
    doc._.mentions = mentions
    doc.spans[SPANS_KEY] = spans
    doc._.records = [
        {
            "mention": numbers[id(r.mention)],
            **value_to_json(r.value),
            "status": r.status,
            "recipient": r.recipient,
            "recipient_kind": r.recipient_kind,
            "quantity": r.quantity,
            "year": r.year,
            "rule": r.rule,
            "confidence": round(r.confidence, 3),
        }
        for r in reading.records
    ]
    doc._.facts = reading.facts.to_json()
    doc._.reading = None
    return doc


_register_extensions()
for _name, _step in STEPS.items():
    Language.component(f"thidua_{_name}", func=_component(_step))


def load(exclude: Iterable[str] = ()) -> Language:
    """Return the reader, built once. Texts given to it must be NFC (`nlp.fold.nfc`); `read` sees to that.

    `exclude`: steps to leave out, to see what each contributes. Raises ValueError for a name that is no step.
    """
    left_out = tuple(sorted(set(exclude)))
    unknown = [name for name in left_out if name not in STEPS]
    if unknown:
        raise ValueError(f"no step {unknown[0]!r}; the steps are {', '.join(STEPS)}")
    return _build(left_out)


@lru_cache(maxsize=8)
def _build(left_out: tuple[str, ...]) -> Language:
    config = {"nlp": {"tokenizer": {"@tokenizers": "thidua.syllables.v1"}}}
    language = spacy.blank("xx", config=config)
    language.max_length = 50_000_000  # the guard is for parsers; every step here is linear and small
    for name in ("scan", *(step for step in STEPS if step not in left_out), "finish"):
        language.add_pipe(f"thidua_{name}")
    return language


def read(text: str, source: Source | None = None, exclude: Iterable[str] = ()) -> Doc:
    """Read one article: `text` in any Unicode form, with what is known of it. Returns the Doc of its NFC text.

    `exclude`: as in `load`.
    """
    language = load(exclude)
    text = nfc(text)
    doc = language.make_doc(text)
    doc._.reading = Reading(text, source or Source())
    return language(doc)
