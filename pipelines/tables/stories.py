"""Which articles are copies of one text: near-duplicates by the words they share.

Two articles are copies when the Jaccard similarity of their word 5-grams is at least `SAME` (Broder, "On the
resemblance and containment of documents", 1997). Candidates come from MinHash signatures in bands, so that the work
grows with the articles, not with their pairs; every candidate is then compared exactly. The hash functions are fixed:
the same articles give the same stories on every machine.
"""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import regex

SAME = 0.8
"""Least similarity of copies. Copies that newspapers take over are cut and retitled, seldom rewritten."""

WORDS = 5
_BANDS, _ROWS = 20, 4
"""Pairs of similarity 0.8 become candidates with probability 1 - (1 - 0.8^4)^20 = 0.99998; of 0.3, with 0.15."""

Hashes = npt.NDArray[np.uint64]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_generator = np.random.Generator(np.random.PCG64(20_220_615))
_FACTORS: Hashes = _generator.integers(1, 2**63, _BANDS * _ROWS, dtype=np.uint64) | np.uint64(1)
_OFFSETS: Hashes = _generator.integers(0, 2**63, _BANDS * _ROWS, dtype=np.uint64)


def same_stories(texts: Sequence[str]) -> list[int]:
    """For each text, the smallest index among the texts that it is a copy of (its own where it is none).

    Copies of copies belong together.
    """
    grams = [shingles(text) for text in texts]
    leader = list(range(len(texts)))

    def find(item: int) -> int:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    for one, other in _candidates(grams):
        a, b = find(one), find(other)
        if a != b and similarity(grams[one], grams[other]) >= SAME:
            leader[max(a, b)] = min(a, b)
    return [find(item) for item in range(len(texts))]


def shingles(text: str) -> Hashes:
    """Hashes of the word 5-grams of a text, sorted, each once; case, punctuation and tone-mark placement aside.

    A text of fewer words is one gram of all its words; a text without words has none.
    """
    words = np.array([_word_hash(word) for word in _WORD.findall(text)], dtype=np.uint64)
    if words.size == 0:
        return words
    width = min(WORDS, words.size)
    grams = np.zeros(words.size - width + 1, dtype=np.uint64)
    for place in range(width):
        grams = grams * np.uint64(0x9E3779B97F4A7C15) + words[place : place + grams.size]
    return np.unique(grams)


def similarity(one: Hashes, other: Hashes) -> float:
    """Jaccard similarity of two sets of hashes."""
    shared = np.intersect1d(one, other, assume_unique=True).size
    union = one.size + other.size - shared
    return shared / union if union else 0.0


def _candidates(grams: Sequence[Hashes]) -> Iterator[tuple[int, int]]:
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for index, gram in enumerate(grams):
        if gram.size:
            for band, key in enumerate(_band_keys(gram)):
                buckets[band, key].append(index)
    for members in buckets.values():
        # each with the first: transitive, and a text that a hundred sites copy costs a hundred comparisons
        for other in members[1:]:
            yield members[0], other
        yield from pairwise(members[1:])


def _band_keys(gram: Hashes) -> Iterable[bytes]:
    signature = ((gram * _FACTORS[:, None] + _OFFSETS[:, None]) >> np.uint64(11)).min(axis=1)
    return [band.tobytes() for band in signature.reshape(_BANDS, _ROWS)]


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    plain = unicodedata.normalize("NFC", word).casefold()
    # the same letters and the same tone wherever its mark stands: hòa and hoà
    letters = "".join(sorted(unicodedata.normalize("NFD", plain)))
    return int.from_bytes(hashlib.blake2b(letters.encode(), digest_size=8).digest())
