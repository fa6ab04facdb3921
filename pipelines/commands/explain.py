"""`thidua explain`: every mention of an article with its sentence, values, rule and confidence."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.commands.options import DONE, NOTHING
from pipelines.commands.say import as_json, note
from pipelines.errors import InputError

_TOLD = ("id", "label", "start", "end", "text", "rule", "confidence", "entity")
_MARGIN = 60
"""Characters shown on either side of a mention."""


def explain_file(path: Path, province: str | None, *, json_out: bool) -> int:
    """Read a saved page or text and print what the reader made of it, and why. `province`: of the publisher."""
    from crawler.page import parse_page
    from nlp.annotate import annotate_one

    try:
        parsed = parse_page(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if parsed.article is None:
        note(f"{path}: holds no article: {parsed.reason}")
        return NOTHING
    article = parsed.article
    text = article.text if article.text.startswith(article.title) else f"{article.title}\n\n{article.text}"
    item = {"id": path.name, "title": article.title, "text": text, "published": article.published_at}
    read = annotate_one({**item, "source_province": province})
    if json_out:
        as_json(read)
        return DONE
    print(article.title)
    facts = read["doc"]
    print(f"  {', '.join(facts['event_types']) or 'no event'}; {facts['province'] or 'no province'}; {facts['years']}")
    for mention in read["mentions"]:
        print(f"\n{mention['label']}  {_context(read['text'], mention)}")
        print(f"  {_values(mention)}")
        print(f"  rule {mention['rule']}, confidence {mention['confidence']:.2f}, {mention['entity']}")
    for record in read["awards"]:
        told = {name: value for name, value in record.items() if value is not None and name not in _TOLD}
        print(f"\nRECORD  of {record['mention']}  rule {record['rule']}, confidence {record['confidence']:.2f}")
        print("  " + "; ".join(f"{name}: {value}" for name, value in told.items() if name != "mention"))
    return DONE


def _context(text: str, mention: Mapping[str, Any]) -> str:
    start, end = mention["start"], mention["end"]
    before, after = text[max(0, start - _MARGIN) : start], text[end : end + _MARGIN]
    return f"{mention['id']}  …{before}[{text[start:end]}]{after}…".replace("\n", " ")


def _values(mention: Mapping[str, Any]) -> str:
    told = {name: value for name, value in mention.items() if name not in _TOLD and value is not None}
    return "; ".join(f"{name}: {value}" for name, value in told.items())
