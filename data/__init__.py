"""Knowledge that travels with the package: the lexicon, the site profiles and the bundled sample sites."""

from pathlib import Path

_HERE = Path(__file__).parent

LEXICON: Path = _HERE / "lexicon"
"""Tables of the field (CSV, one row a fact): awards, issuers, document types, provinces, organs, campaigns ..."""

SITES: Path = _HERE / "sites"
"""Site profiles (TOML, one file a site)."""

SAMPLE: Path = _HERE / "sample"
"""Three small sites written for this project, which `make run` serves on loopback and crawls."""

MODELS: Path = _HERE / "models"
"""Trained models, each with a card (JSON) that says on what it was trained and how well it does."""
