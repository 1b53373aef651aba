"""Decks read back: every note is what the records and the lock say, and everything that they say is there."""

from pipeline.verify.anki.check import verify

__all__ = ["verify"]
