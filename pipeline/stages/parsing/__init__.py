"""The stage `parse`: which pages are read, and the processes that read them."""

from pipeline.stages.parsing.executor import Executor, ProcessPool
from pipeline.stages.parsing.packing import finding_row, note_row, unpack
from pipeline.stages.parsing.stage import file_signature, is_settled, page_key, parse, reject_key, same_assets

__all__ = [
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
