"""Where the field's gold data lies when a developer has it beside the checkout; tests that use it skip without it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def shared(*parts: str) -> Path:
    """Return a path of the gold data, or skip the test with a message that says what is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {'/'.join(parts)} beside the checkout: this test compares with gold data that is not shipped")
    return path
