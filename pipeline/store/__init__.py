"""Embedded state: page index, cached parses, artifact digests, cached chunks."""

from pipeline.store.artifacts import ArtifactIndex, WrittenArtifact
from pipeline.store.chunks import ChunkStore
from pipeline.store.entries import NoteRow, PageEntry, RecordRow
from pipeline.store.folder import StateFolder
from pipeline.store.pages import KnownFile, KnownPage, PageIndex, StoredRecord
from pipeline.store.state import State, StateDamagedError

__all__ = [
    "ArtifactIndex",
    "ChunkStore",
    "KnownFile",
    "KnownPage",
    "NoteRow",
    "PageEntry",
    "PageIndex",
    "RecordRow",
    "State",
    "StateDamagedError",
    "StateFolder",
    "StoredRecord",
    "WrittenArtifact",
]
