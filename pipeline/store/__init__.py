"""Embedded state: page index, cached parses, artifact digests, cached chunks."""

from pipeline.store.artifacts import ArtifactIndex, WrittenArtifact
from pipeline.store.chunks import ChunkStore
from pipeline.store.database import StateDamagedError
from pipeline.store.entries import FindingRow, NoteRow, PageEntry, RecordRow
from pipeline.store.findings import FindingCount, FindingIndex, RejectCount
from pipeline.store.folder import StateFolder
from pipeline.store.names import NameIndex
from pipeline.store.pages import KnownFile, KnownPage, PageIndex, RecordKey, StoredRecord
from pipeline.store.seal import signature
from pipeline.store.state import State
from pipeline.store.survey import MarkedRecord, SurveyIndex

__all__ = [
    "ArtifactIndex",
    "ChunkStore",
    "FindingCount",
    "FindingIndex",
    "FindingRow",
    "KnownFile",
    "KnownPage",
    "MarkedRecord",
    "NameIndex",
    "NoteRow",
    "PageEntry",
    "PageIndex",
    "RecordKey",
    "RecordRow",
    "RejectCount",
    "State",
    "StateDamagedError",
    "StateFolder",
    "StoredRecord",
    "SurveyIndex",
    "WrittenArtifact",
    "signature",
]
