"""What looks at a build, begins one or tidies it, beside the stages."""

from pipeline.stages.inspecting.beginning import begin
from pipeline.stages.inspecting.cleaning import clean
from pipeline.stages.inspecting.diff import FieldChange, NoteChange, diff_decks, word_diff
from pipeline.stages.inspecting.finding import heading, read_records
from pipeline.stages.inspecting.lock_by_hand import join_notes, look_at_lock, prune_lock, renew_notes
from pipeline.stages.inspecting.staleness import Status, status
from pipeline.stages.inspecting.suggesting import suggest
from pipeline.stages.inspecting.tracing import trace
from pipeline.stages.inspecting.trying import TriedPage, TriedRecord, try_layout

__all__ = [
    "FieldChange",
    "NoteChange",
    "Status",
    "TriedPage",
    "TriedRecord",
    "begin",
    "clean",
    "diff_decks",
    "heading",
    "join_notes",
    "look_at_lock",
    "prune_lock",
    "read_records",
    "renew_notes",
    "status",
    "suggest",
    "trace",
    "try_layout",
    "word_diff",
]
