"""Stable ids for notes over edits: `cards.lock`."""

from pipeline.identity.refs import NoteIdentity, NoteRef

__all__ = ["NoteIdentity", "NoteRef"]
