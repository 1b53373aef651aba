"""The stage `resolve`: one record for each id, links, courses, and the identities of notes."""

from pipeline.stages.resolving.courses import CourseSum
from pipeline.stages.resolving.edition import EditionSource, course_editions
from pipeline.stages.resolving.identities import IdentityCounts, identify
from pipeline.stages.resolving.linking import DEFINITION_DIFFERS
from pipeline.stages.resolving.lock import load_lock, write_lock
from pipeline.stages.resolving.stage import RECORDS, Resolved, resolve, resolved_before

__all__ = [
    "DEFINITION_DIFFERS",
    "RECORDS",
    "CourseSum",
    "EditionSource",
    "IdentityCounts",
    "Resolved",
    "course_editions",
    "identify",
    "load_lock",
    "resolve",
    "resolved_before",
    "write_lock",
]
