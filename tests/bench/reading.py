"""What reading an article costs, as ratios within one run: `make bench`.

Reads the sample articles in turn with the reader, with `underthesea.word_tokenize` and with a bare spaCy pipeline, so
that a slow or busy machine slows all three alike; then reads one text of growing length, to show that cost grows with
the length of a text and no faster. CPU time of one process; medians over the rounds.
"""

import statistics
import time
from collections.abc import Callable

import spacy
from underthesea import word_tokenize

import data
from crawler.sample import marks
from crawler.sample.articles import load_articles
from nlp.pipeline import load, read

ROUNDS = 7
LENGTHS = (10_000, 100_000, 1_000_000)


def cpu_milliseconds(work: Callable[[str], object], texts: list[str]) -> float:
    """CPU milliseconds a text that `work` takes over `texts`."""
    start = time.process_time()
    for text in texts:
        work(text)
    return 1000 * (time.process_time() - start) / len(texts)


def main() -> None:
    texts = ["\n\n".join([a.title, *map(marks.strip, a.paragraphs)]) for a in load_articles(data.SAMPLE)]
    blank = spacy.blank("xx")
    contenders: dict[str, Callable[[str], object]] = {
        "thidua: mentions, values, records": read,
        "underthesea.word_tokenize": word_tokenize,
        "spaCy blank pipeline": blank,
    }
    load()
    for work in contenders.values():
        work(texts[0])
    rounds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, work in contenders.items():
            rounds[name].append(cpu_milliseconds(work, texts))
    reader, *others = contenders
    size = statistics.mean(map(len, texts))
    print(f"{len(texts)} articles of {size:.0f} characters on average, {ROUNDS} rounds, CPU time of one process\n")
    for name in contenders:
        print(f"{name:36}{statistics.median(rounds[name]):8.2f} ms an article")
    for name in others:
        ratios = [a / b for a, b in zip(rounds[reader], rounds[name], strict=True)]
        print(f"{'ratio to ' + name:36}{statistics.median(ratios):8.2f}")
    print("\ngrowth with the length of one text (1.0: the same cost a character as the shortest)")
    base = 0.0
    for length in LENGTHS:
        text = ("\n\n".join(texts) * (length // sum(map(len, texts)) + 1))[:length]
        cost = min(cpu_milliseconds(read, [text]) for _ in range(3)) / length
        base = base or cost
        print(f"{length:>12,} characters {cost * 1000:8.3f} ms a thousand {cost / base:8.2f}")


if __name__ == "__main__":
    main()
