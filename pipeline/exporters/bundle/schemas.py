"""The JSON Schema of a course's file, made from the records' models: it can say nothing that they do not."""

from typing import Any, Final, Literal

from pipeline.records import SCHEMA_VERSION, Course, record_schema

__all__ = ["course_schema", "schema"]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema(what: Literal["course", "record"] = "course") -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a course's file in the bundle, or of one record.

    >>> pipeline.schema()["required"]
    ['schema_version', 'course', 'records']
    >>> pipeline.schema("record")["discriminator"]["propertyName"]
    'kind'
    """
    return course_schema() if what == "course" else record_schema()


def course_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `<course>.json`; its records are a union on `kind`."""
    record = record_schema()
    definitions = record.pop("$defs", {})
    course = Course.model_json_schema(mode="serialization")
    definitions.update(course.pop("$defs", {}))
    definitions["Course"] = course
    definitions["Record"] = record
    return {
        "$schema": _DIALECT,
        "title": "A course of study-guide records",
        "type": "object",
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "course": {"$ref": "#/$defs/Course"},
            "records": {"type": "array", "items": {"$ref": "#/$defs/Record"}},
        },
        "required": ["schema_version", "course", "records"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }
