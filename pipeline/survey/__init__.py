"""What is told only by many pages together: causes, each a function from plain rows to findings."""

from pipeline.survey.candidate import Candidate
from pipeline.survey.duplicates import duplicates

__all__ = ["Candidate", "duplicates"]
