"""The union of all kinds: how a record is written as JSON, read back, and described by a schema."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter

from pipeline.records.base import RecordBase
from pipeline.records.key_term import KeyTerm
from pipeline.records.study_guide import StudyGuide

__all__ = ["LABELLED", "Record", "dump_record", "load_record", "record_schema"]

# A further kind is a module of its own, and its name here and in the two lines below.
Record = Annotated[KeyTerm | StudyGuide, Field(discriminator="kind")]
# Kind -> its fields that are read behind a label.
LABELLED: Final[Mapping[str, tuple[str, ...]]] = {
    model.model_fields["kind"].default: tuple(model.labelled()) for model in (KeyTerm, StudyGuide)
}
_ADAPTER: Final[TypeAdapter[Record]] = TypeAdapter(Record)


def dump_record(record: RecordBase) -> str:
    """Return the record as one line of JSON, keys in the model's order, no ASCII escapes, no newline.

    >>> pipeline.dump_record(record)[:50]
    '{"schema_version":1,"kind":"key_term","id":"fiveab'
    """
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))


def load_record(data: str | bytes | Mapping[str, Any], *, trusted: bool = False) -> Record:
    """Return the record of a JSON line or mapping. `trusted` skips the sanitiser: only for what we wrote.

    >>> pipeline.load_record(pipeline.dump_record(record)) == record
    True

    Raises pydantic.ValidationError if it is no valid record.
    """
    context = {"trusted": trusted}
    if isinstance(data, str | bytes):
        return _ADAPTER.validate_json(data, context=context)
    return _ADAPTER.validate_python(data, context=context)


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one record."""
    return _ADAPTER.json_schema(mode="serialization")
