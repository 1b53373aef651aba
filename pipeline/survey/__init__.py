"""What finished records tell of how they were read: each by itself, and the pages of a folder by each other."""

from pipeline.survey.candidate import Candidate
from pipeline.survey.duplicates import duplicates
from pipeline.survey.headings import unknown_headings
from pipeline.survey.looks import Doubt, doubts_of
from pipeline.survey.marks import SurveyRow, marks_of
from pipeline.survey.neighbours import TextOf, neighbours
from pipeline.survey.texts import texts_of

__all__ = [
    "Candidate",
    "Doubt",
    "SurveyRow",
    "TextOf",
    "doubts_of",
    "duplicates",
    "marks_of",
    "neighbours",
    "texts_of",
    "unknown_headings",
]
