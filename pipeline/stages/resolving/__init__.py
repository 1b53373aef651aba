"""The stage `resolve`: one record for each id, links, courses, and the identities of notes."""

from pipeline.stages.resolving.courses import CourseSum
from pipeline.stages.resolving.edition import EditionSource
from pipeline.stages.resolving.identities import IdentityCounts, identify
from pipeline.stages.resolving.linking import DEFINITION_DIFFERS
from pipeline.stages.resolving.lock import build_time, held_lock, load_lock, write_lock
from pipeline.stages.resolving.lost_lines import refusal_of_lock
from pipeline.stages.resolving.ownership import refuse_lock_of_others
from pipeline.stages.resolving.rejecting import failing_names
from pipeline.stages.resolving.stage import RECORDS, STAGE, Resolved, resolve, resolved_before, resolving_digest

__all__ = [
    "DEFINITION_DIFFERS",
    "RECORDS",
    "STAGE",
    "CourseSum",
    "EditionSource",
    "IdentityCounts",
    "Resolved",
    "build_time",
    "failing_names",
    "held_lock",
    "identify",
    "load_lock",
    "refusal_of_lock",
    "refuse_lock_of_others",
    "resolve",
    "resolved_before",
    "resolving_digest",
    "write_lock",
]
