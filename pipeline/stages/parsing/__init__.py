"""The stage `parse`: which pages are read, and the processes that read them."""

from pipeline.stages.parsing.cluster_pool import ClusterPool
from pipeline.stages.parsing.executor import NOT_PARSED, ProcessPool
from pipeline.stages.parsing.packing import finding_row, note_row, rejected, unpack
from pipeline.stages.parsing.parts import Executor, Outcome, Part
from pipeline.stages.parsing.reading import reject_key
from pipeline.stages.parsing.stage import file_signature, is_settled, parse

__all__ = [
    "NOT_PARSED",
    "ClusterPool",
    "Executor",
    "Outcome",
    "Part",
    "ProcessPool",
    "file_signature",
    "finding_row",
    "is_settled",
    "note_row",
    "parse",
    "reject_key",
    "rejected",
    "unpack",
]
