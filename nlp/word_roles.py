"""Closed lists of words by the part that they play around names, from the table `word_roles`."""

from functools import cache

from nlp.fold import fold
from nlp.lexicon import table


@cache
def words_of(role: str) -> frozenset[str]:
    """Return the folded words of a role. Raises KeyError for a role that the table does not have."""
    return _roles()[role]


@cache
def _roles() -> dict[str, frozenset[str]]:
    roles: dict[str, set[str]] = {}
    for row in table("word_roles"):
        roles.setdefault(row["role"], set()).add(fold(row["word"]))
    return {role: frozenset(words) for role, words in roles.items()}
