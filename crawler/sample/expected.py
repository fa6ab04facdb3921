"""What each sample article must become: `python -m crawler.sample.expected` writes it to `data/sample/expected.jsonl`.

A line for each article of each edition, with
- `id` (of the source), `site`, `edition`, `url`, `family`, `traits`;
- `page`: what a parser must find: `title`, `published_at`, `author`, `source_credit`, `paragraphs` (every line of the
  text without the headline), `captions` (those of the paragraphs that stand below pictures);
- `reading`: what a reader must find in the text, which is the headline and the paragraphs with empty lines between:
  `id, title, text, doc, mentions, awards`, the form of the annotation guide.
"""

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import data
from crawler.sample import marks
from crawler.sample.articles import SampleArticle, SampleError
from crawler.sample.pages import render_web
from crawler.sites import load_sites

_KINDS = {"U": "UNIT", "D": "DIRECTIVE", "N": "ANNIVERSARY", "A": "AWARD", "C": "CAMPAIGN"}
_COLUMNS = {
    "U": ("canonical", "province", "level"),
    "D": ("doc_type", "number", "code", "date", "issuer", "title"),
    "N": ("event", "nth", "event_date", "anniversary_date"),
    "A": ("award", "class", "authority", "level"),
    "C": ("name", "launcher", "period"),
}
_RECORD = ("status", "recipient", "recipient_kind", "quantity", "year")
_TAKES_OWN_TEXT = {"U": "canonical", "C": "name"}

Values = dict[str, dict[str, list[Any]]]


def expected(folder: Path = data.SAMPLE) -> Iterator[dict[str, Any]]:
    """The expected answers of both editions, ordered by site and id; of edition 2 only what is new or changed.

    Raises SampleError where a mark has no values or a record names no mark.
    """
    sites = load_sites(folder / "sites")
    for edition in (1, 2):
        web = render_web(sites, folder, edition)
        articles = sorted(web.articles.values(), key=lambda article: (article.site, article.id))
        for article in articles:
            if article.edition == edition:
                yield _expected(article, web.addresses[article.id], sites[article.site].family, folder)


def reading(article: SampleArticle, folder: Path = data.SAMPLE) -> dict[str, Any]:
    """The article in the form of the annotation guide, offsets computed from the marks of its source."""
    tables = _tables(article, folder)
    text, found = marks.split("\n\n".join([article.title_marked, *article.paragraphs]))
    mentions: list[dict[str, Any]] = []
    numbered: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for number, mark in enumerate(found, start=1):
        name = f"m{number}"
        words = text[mark.start : mark.end]
        values = _values(mark, words, tables, article)
        mentions.append(
            {"id": name, "label": _KINDS[mark.label], "start": mark.start, "end": mark.end, "text": words} | values
        )
        if mark.label == "A":
            seen[mark.key] += 1
            numbered[f"{mark.key}@{seen[mark.key]}"] = name
    by_name = {mention["id"]: mention for mention in mentions}
    awards = []
    for key, *told in article.records:
        place = numbered.get(key if "@" in key else f"{key}@1")
        if place is None:
            raise SampleError(f"{article.id}.toml: a record names the award {key!r}, which is not marked")
        award = {column: by_name[place][column] for column in _COLUMNS["A"]}
        awards.append({"mention": place} | award | dict(zip(_RECORD, map(_null, told), strict=True)))
    doc = {"province": None} | (article.doc or {})
    return {
        "id": article.id,
        "title": article.title,
        "text": text,
        "doc": {key: doc[key] for key in ("event_types", "province", "years")},
        "mentions": mentions,
        "awards": awards,
    }


def _expected(article: SampleArticle, url: str, family: str, folder: Path) -> dict[str, Any]:
    captions = [line for block in article.blocks if block.kind == "image" for line in block.plain]
    return {
        "id": article.id,
        "site": article.site,
        "edition": article.edition,
        "url": url,
        "family": family,
        "traits": sorted(article.traits),
        "page": {
            "title": article.title,
            "published_at": article.published,
            "author": article.author,
            "source_credit": article.source_credit,
            "paragraphs": [marks.strip(line) for line in article.paragraphs],
            "captions": captions,
        },
        "reading": reading(article, folder),
    }


def _tables(article: SampleArticle, folder: Path) -> Values:
    """Values of marks by label and key: the article's own go before its site's, and those before the common ones."""
    tables: Values = {label: {} for label in _COLUMNS}
    for name in ("common", article.site):
        source = tomllib.loads((folder / "values" / f"{name}.toml").read_text(encoding="utf-8"))
        for label, rows in source.items():
            tables[label] |= rows
    for label, rows in article.values.items():
        tables[label] |= rows
    return tables


def _values(mark: marks.Mark, words: str, tables: Values, article: SampleArticle) -> dict[str, Any]:
    columns = _COLUMNS[mark.label]
    row = tables[mark.label].get(mark.key)
    if row is None and mark.label == "C":
        row = ["", "", ""]
    if row is None or len(row) != len(columns):
        what = "no values" if row is None else f"{len(row)} values for {len(columns)}"
        raise SampleError(f"{article.id}.toml: the mark [[{mark.label}.{mark.key}]] has {what}")
    values = dict(zip(columns, map(_null, row), strict=True))
    own = _TAKES_OWN_TEXT.get(mark.label)
    if own and values[own] is None:
        values[own] = words
    return values


def _null(value: Any) -> Any:
    """`""` and 0 stand for "not said" in the tables."""
    return value if value not in ("", 0) else None


def main() -> None:
    file = data.SAMPLE / "expected.jsonl"
    lines = [json.dumps(line, ensure_ascii=False) for line in expected()]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} expected answers in {file.name}\n")


if __name__ == "__main__":
    main()
