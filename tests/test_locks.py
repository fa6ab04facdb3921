"""The requirement locks pin everything by hash and name no registry."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = [block for block in text.replace("\\\n", " ").splitlines() if block and not block.startswith("#")]
    assert len(pins) > 50
    for pin in pins:
        assert "==" in pin
        assert "--hash=sha256:" in pin
    assert "://" not in text
    assert "index-url" not in text
