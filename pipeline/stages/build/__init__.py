"""A run on one build folder: the stages in their order, and what they did."""

from pipeline.stages.build.result import FindingGroup, RunResult
from pipeline.stages.build.plan import Plan, edition_source, run
from pipeline.stages.build.unused import unused_rules
from pipeline.stages.build.usable import refuse_unusable

__all__ = ["FindingGroup", "Plan", "RunResult", "edition_source", "refuse_unusable", "run", "unused_rules"]
