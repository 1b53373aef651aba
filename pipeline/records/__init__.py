"""The waist of the hourglass: what a guide page means, as validated data, and nothing else."""

from pipeline.records.base import SCHEMA_VERSION, Course, Item, Labelled, Media, Question, RecordBase, Source
from pipeline.records.characters import without_controls
from pipeline.records.findings import FINDING_CODES, LEVELS, CodeMeaning, Finding, FindingCode, Level
from pipeline.records.formulas import formula_spans
from pipeline.records.ids import course_slug, item_keys, key_term_id, normalise, slug, study_guide_id
from pipeline.records.key_term import KeyTerm, NamedIn, RelatedTerm
from pipeline.records.rejects import ERROR_CODES, ERROR_HINTS, Reject
from pipeline.records.richtext import RichText, escape, plain_text, sanitise
from pipeline.records.safe_tex import safe_tex
from pipeline.records.study_guide import Section, StudyGuide, Unit, VocabularyItem
from pipeline.records.union import LABELLED, Record, dump_record, load_record, record_schema

__all__ = [
    "ERROR_CODES",
    "ERROR_HINTS",
    "FINDING_CODES",
    "LABELLED",
    "LEVELS",
    "SCHEMA_VERSION",
    "CodeMeaning",
    "Course",
    "Finding",
    "FindingCode",
    "Item",
    "KeyTerm",
    "Labelled",
    "Level",
    "Media",
    "NamedIn",
    "Question",
    "Record",
    "RecordBase",
    "Reject",
    "RelatedTerm",
    "RichText",
    "Section",
    "Source",
    "StudyGuide",
    "Unit",
    "VocabularyItem",
    "course_slug",
    "dump_record",
    "escape",
    "formula_spans",
    "item_keys",
    "key_term_id",
    "load_record",
    "normalise",
    "plain_text",
    "record_schema",
    "safe_tex",
    "sanitise",
    "slug",
    "study_guide_id",
    "without_controls",
]
