"""The stage `parse`: which pages are read, and the processes that read them."""

from pipeline.stages.parsing.cluster_pool import ClusterPool
from pipeline.stages.parsing.executor import ProcessPool
from pipeline.stages.parsing.packing import finding_row, note_row, unpack
from pipeline.stages.parsing.parts import Executor
from pipeline.stages.parsing.reading import page_key, reject_key, same_assets
from pipeline.stages.parsing.stage import file_signature, is_settled, parse

__all__ = [
    "ClusterPool",
    "Executor",
    "ProcessPool",
    "file_signature",
    "finding_row",
    "is_settled",
    "note_row",
    "page_key",
    "parse",
    "reject_key",
    "same_assets",
    "unpack",
]
