"""What looks at a build, begins one or tidies it, beside the stages."""

from pipeline.stages.inspecting.beginning import begin
from pipeline.stages.inspecting.checking import Checked, CheckedLayout, check
from pipeline.stages.inspecting.cleaning import clean
from pipeline.stages.inspecting.diffing import Diff, diff, diff_anki
from pipeline.stages.inspecting.finding import heading, near_names, read_records
from pipeline.stages.inspecting.lock_by_hand import join_notes, look_at_lock, prune_lock, renew_notes
from pipeline.stages.inspecting.staleness import Status, status
from pipeline.stages.inspecting.suggesting import suggest
from pipeline.stages.inspecting.tracing import trace
from pipeline.stages.inspecting.trying import TriedPage, TriedRecord, try_layout

__all__ = [
    "Checked",
    "CheckedLayout",
    "Diff",
    "Status",
    "TriedPage",
    "TriedRecord",
    "begin",
    "check",
    "clean",
    "diff",
    "diff_anki",
    "heading",
    "join_notes",
    "look_at_lock",
    "near_names",
    "prune_lock",
    "read_records",
    "renew_notes",
    "status",
    "suggest",
    "trace",
    "try_layout",
]
