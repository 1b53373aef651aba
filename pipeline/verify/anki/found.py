"""What comparing decks finds, and how it names what it found."""

from typing import Final

__all__ = ["Found", "short"]

Found = tuple[str, str | None]  # what differs, and the record it is of

_SHOWN: Final = 80


def short(value: object) -> str:
    """Return a value as a message shows it."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
