"""Questions with their answers, with choices or without, told by structure first and by wording last."""

from pipeline.layouts.questions.answers import questions_of
from pipeline.layouts.questions.asking import asks
from pipeline.layouts.questions.draft import QuestionDraft
from pipeline.layouts.questions.practice import all_questions_of
from pipeline.layouts.questions.practice_answers import heads_key

__all__ = ["QuestionDraft", "all_questions_of", "asks", "heads_key", "questions_of"]
