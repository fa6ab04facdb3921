"""A recipient of an award: a named unit or person, or a kind with a number."""

from dataclasses import dataclass, replace

from nlp.values import RecipientKind


@dataclass(frozen=True, slots=True)
class Recipient:
    """A named recipient (quantity 1), or a kind with a number (None where not told). `end`: where its words end."""

    name: str | None
    kind: RecipientKind | None
    quantity: int | None
    end: int = 0


def without_number(recipient: Recipient) -> Recipient:
    """Return a counted recipient without its number, which was told for several awards together."""
    return replace(recipient, quantity=None) if recipient.name is None else recipient
