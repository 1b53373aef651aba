"""Rejects, findings and failures in the formats that code hosts and CI servers read."""

from pipeline.report.formats.dispatch import FORMATS, formatted
from pipeline.report.formats.problem import Problem
from pipeline.report.formats.problems import problems_of

__all__ = ["FORMATS", "Problem", "formatted", "problems_of"]
