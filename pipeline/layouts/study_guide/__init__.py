"""The grammar of a study guide: head, sections, vocabulary and questions of one topic or unit."""

from pipeline.layouts.study_guide.grammar import extract_study_guide
from pipeline.layouts.study_guide.head import names_itself
from pipeline.layouts.study_guide.labels import synonyms_told

__all__ = ["extract_study_guide", "names_itself", "synonyms_told"]
