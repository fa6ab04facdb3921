"""Articles in, annotated articles out, in the JSON form of the annotation guide."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from nlp.dates import read_day
from nlp.fold import nfc
from nlp.pipeline import read
from nlp.reading import Source


class ArticleError(ValueError):
    """An article cannot be read because of its form. The message names the field and what it should hold."""


def annotate(articles: Iterable[Mapping[str, Any]], exclude: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield each article with its mentions, award records and facts, in order.

    In: `{"id", "title", "text", "published"?, "url"?, "source_province"?}`. Out: `id, title, text` (both NFC; offsets
    are characters of this text), `doc`, `mentions`, `awards`. `exclude`: steps of `nlp.pipeline.STEPS` to leave out.
    Raises ArticleError for an article of another form.
    """
    left_out = tuple(exclude)
    for item in articles:
        yield annotate_one(item, left_out)


def annotate_one(item: Mapping[str, Any], exclude: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return one annotated article; see `annotate`."""
    source = source_of(item)
    text = nfc(item["text"])
    doc = read(text, source, exclude)
    return {
        "id": item["id"],
        "title": source.title,
        "text": text,
        "doc": doc._.facts,
        "mentions": doc._.mentions,
        "awards": doc._.records,
    }


def source_of(item: Mapping[str, Any]) -> Source:
    """Return what an article says of itself besides its text. Raises ArticleError where a field is of another kind."""
    for name in ("id", "text"):
        if not isinstance(item.get(name), str):
            raise ArticleError(f"field {name!r} is {_kind(item.get(name))}; a string is needed")
    for name in ("title", "published", "url", "source_province"):
        if not isinstance(item.get(name), str | None):
            raise ArticleError(f"field {name!r} is {_kind(item.get(name))}; a string or null is needed")
    return Source(
        id=item["id"],
        title=nfc(item.get("title") or ""),
        published=_published(item.get("published")),
        url=item.get("url"),
        province=item.get("source_province") or None,
    )


def _published(value: str | None) -> date | None:
    return read_day(value) if value else None


def _kind(value: Any) -> str:
    return "missing" if value is None else f"a {type(value).__name__}"
