"""Questions with their answers, with choices or without, told by structure first and by wording last."""

from pipeline.layouts.questions.answers import QuestionDraft, questions_of
from pipeline.layouts.questions.asking import asks
from pipeline.layouts.questions.practice import OpenQuestions, practice_of
from pipeline.layouts.questions.practice_answers import heads_key
from pipeline.layouts.questions.practice_parts import Atom, PracticeDraft, piece_of

__all__ = [
    "Atom",
    "OpenQuestions",
    "PracticeDraft",
    "QuestionDraft",
    "asks",
    "heads_key",
    "piece_of",
    "practice_of",
    "questions_of",
]
