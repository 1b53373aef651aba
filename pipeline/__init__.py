'''Guidepress: study-guide pages in; Anki decks, printed handouts and JSON bundles out.

One page, from its bytes to a record:

>>> import pipeline
>>> page = b"""<h1>osmosis</h1> <p>from class:</p> <h3>Kitchen Science</h3>
... <h2>Definition</h2> <p>Water moves towards the sugar.</p>"""
>>> [record] = pipeline.parse_bytes(page).records
>>> record.term.text, record.course.title, record.definition.html
('osmosis', 'Kitchen Science', 'Water moves towards the sugar.')

A folder of pages, to all that is made of them, as `guidepress all` does it:

>>> from pathlib import Path
>>> Path("raw").mkdir()
>>> _ = Path("raw/osmosis.html").write_bytes(page)
>>> settings = pipeline.load_settings()
>>> pipeline.run(settings, pipeline.Plan(export=("json",))).exit_code
0
>>> [record.id for record in pipeline.read_records(settings.build)]
['fiveable/kitchen-science/osmosis']

What a user can put right is raised as a `UserError`, which says where and what to do. `import pipeline` loads nothing
else: each name is looked up in its room when it is first asked for.
'''

import importlib
from typing import Any, Final

# Every public name and the room that has it. `__init__.pyi` tells type checkers the same, and a test compares them.
_ROOMS: Final = {
    "parse_bytes": "pipeline.stages.page",
    "load_settings": "pipeline.config",
    "run": "pipeline.stages.build",
    "read_records": "pipeline.stages.inspecting",
    "load_record": "pipeline.records",
    "dump_record": "pipeline.records",
    "schema": "pipeline.exporters.bundle",
    "load_exporters": "pipeline.stages.exporting",
    "ParseOutcome": "pipeline.stages.page",
    "Reject": "pipeline.records",
    "Finding": "pipeline.records",
    "Settings": "pipeline.config",
    "Plan": "pipeline.stages.build",
    "RunResult": "pipeline.stages.build",
    "Progress": "pipeline.stages.progress",
    "Record": "pipeline.records",
    "RecordBase": "pipeline.records",
    "KeyTerm": "pipeline.records",
    "StudyGuide": "pipeline.records",
    "RichText": "pipeline.records",
    "Course": "pipeline.records",
    "Item": "pipeline.records",
    "Question": "pipeline.records",
    "RelatedTerm": "pipeline.records",
    "NamedIn": "pipeline.records",
    "Unit": "pipeline.records",
    "Section": "pipeline.records",
    "VocabularyItem": "pipeline.records",
    "Media": "pipeline.records",
    "Source": "pipeline.records",
    "Exporter": "pipeline.exporters",
    "Edition": "pipeline.exporters",
    "CourseEdition": "pipeline.exporters",
    "Artifact": "pipeline.exporters",
    "UserError": "pipeline.config",
    "ConfigError": "pipeline.config",
    "SurroundingsError": "pipeline.config",
    "NotOnePageError": "pipeline.stages.page",
    "ExportError": "pipeline.exporters",
}
__all__: Final = list(_ROOMS)
__version__: Final = "0.2.0"  # the only place: pyproject.toml takes it from here


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
