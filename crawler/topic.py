"""Which headlines are worth a visit: a word table, compared without case and diacritics.

Reading meaning is another room's work; this only spares a small server requests for the weather and the football. It
leans to too much: whatever has no words to judge by is fetched.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import data

TOPIC_WORDS = data.LEXICON / "topic_words.csv"

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, no marks, single spaces between words: "Thi đua - Khen thưởng" becomes "thi dua khen thuong"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", letters).strip()


class TopicFilter:
    """Says of a title, summary and address whether the article may be about emulation and commendation."""

    def __init__(self, phrases: Iterable[str]) -> None:
        folded = sorted({_pattern(phrase) for phrase in phrases} - {""}, key=len, reverse=True)
        if not folded:
            raise ValueError("a topic filter needs at least one phrase")
        self._any = re.compile(r"\b(?:" + "|".join(folded) + r")\b")

    @classmethod
    def load(cls, path: Path = TOPIC_WORDS) -> TopicFilter:
        """From a CSV with a column `phrase`. Raises ValueError that names the file when there is none."""
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if "phrase" not in (rows.fieldnames or []):
                raise ValueError(f"{path}: no column 'phrase' in its first line")
            return cls([row["phrase"] for row in rows])

    def may_be_on_topic(self, url: str, title: str | None = None, summary: str | None = None) -> bool:
        """True when a phrase stands in title, summary or address, or when there are no words to judge by."""
        slug = fold(unquote(urlsplit(url).path))
        told = fold(f"{title or ''} | {summary or ''}")
        judged = told or _has_words(slug)
        return not judged or self._any.search(f"{told} | {slug}") is not None


def main(files: Sequence[str]) -> int:
    """Say how many of the articles of JSON Lines files (`title`, perhaps `summary`) the filter takes, and which not."""
    if not files:
        sys.stderr.write("usage: python -m crawler.topic FILE.jsonl ...\n")
        return 2
    judge = TopicFilter.load()
    for file in files:
        rows = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines() if line.strip()]
        left = [row["title"] for row in rows if not judge.may_be_on_topic("", row["title"], row.get("summary"))]
        taken = len(rows) - len(left)
        sys.stdout.write(f"{file}: {taken} of {len(rows)} taken ({taken / max(len(rows), 1):.1%})\n")
        sys.stdout.writelines(f"  left: {title}\n" for title in left)
    return 0


def _pattern(phrase: str) -> str:
    """A phrase as a regular expression over folded text; `#` stands for one or more digits."""
    return r"\d+".join(re.escape(fold(part)) if part.strip() else "" for part in phrase.split("#"))


def _has_words(slug: str) -> bool:
    """Whether an address holds a headline ("so-noi-vu-tong-ket-...") rather than only names and numbers."""
    return sum(word.isalpha() for word in slug.split()) >= 5


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
