"""What type checkers know of `pipeline`: the names that its `__getattr__` finds."""

from pipeline.config import (
    ConfigError,
    Settings,
    SurroundingsError,
    UserError,
    load_settings,
)
from pipeline.exporters import (
    Artifact,
    CourseEdition,
    Edition,
    Exporter,
    ExportError,
)
from pipeline.exporters.bundle import schema
from pipeline.records import (
    Course,
    Finding,
    Item,
    KeyTerm,
    Media,
    NamedIn,
    Question,
    Record,
    RecordBase,
    Reject,
    RelatedTerm,
    RichText,
    Section,
    Source,
    StudyGuide,
    Unit,
    VocabularyItem,
    dump_record,
    load_record,
)
from pipeline.stages.build import Plan, RunResult, run
from pipeline.stages.exporting import load_exporters
from pipeline.stages.inspecting import read_records
from pipeline.stages.page import NotOnePageError, ParseOutcome, parse_bytes
from pipeline.stages.progress import Progress

__version__: str
__all__ = [
    "Artifact",
    "ConfigError",
    "Course",
    "CourseEdition",
    "Edition",
    "ExportError",
    "Exporter",
    "Finding",
    "Item",
    "KeyTerm",
    "Media",
    "NamedIn",
    "NotOnePageError",
    "ParseOutcome",
    "Plan",
    "Progress",
    "Question",
    "Record",
    "RecordBase",
    "Reject",
    "RelatedTerm",
    "RichText",
    "RunResult",
    "Section",
    "Settings",
    "Source",
    "StudyGuide",
    "SurroundingsError",
    "Unit",
    "UserError",
    "VocabularyItem",
    "dump_record",
    "load_exporters",
    "load_record",
    "load_settings",
    "parse_bytes",
    "read_records",
    "run",
    "schema",
]
