"""`thidua train`: the reader's learned second opinion, made anew from gold articles."""

from collections.abc import Sequence
from pathlib import Path

from pipelines.commands.evaluate import read_lines
from pipelines.commands.options import DONE
from pipelines.commands.say import as_json
from pipelines.errors import InputError, UsageError


def train_model(gold: Sequence[Path], target: Path, *, json_out: bool) -> int:
    """Train the tagger of units on the articles of `gold`, write it to `target`, print its cross-validated figures."""
    from nlp.annotate import ArticleError
    from nlp.tagger.model import card_of
    from nlp.tagger.samples import TrainingError
    from nlp.tagger.train import train

    if card_of(target) == target:
        raise UsageError(f"{target}: the card of a model has this name; name the model itself, e.g. units.crfsuite")
    articles = [article for path in gold for article in read_lines(path)]
    try:
        report = train(articles, target)
    except (TrainingError, ArticleError) as error:
        raise InputError(f"{', '.join(map(str, gold))}: {error}") from error
    if json_out:
        as_json(report.to_json())
        return DONE
    held = report.card["trained_on"]
    print(report.figures.table())
    print(f"\ntrained on {held['articles']} articles with {held['units']:,} units in {held['words']:,} words")
    print(f"{target}, {target.stat().st_size:,} bytes, and its card {card_of(target)}")
    print(_verdict(report.card["least"]))
    return DONE


def _verdict(least: float | None) -> str:
    if least is None:
        return "adding units does not pay on these articles: this model only sets how sure the units of the rules are"
    return f"adding units pays on these articles: this model adds those of a chance of {least} and more"
