"""Print the reference of `report.json`, made from its model; it is kept as `docs/report.md`."""

import inspect
import sys
import types
from collections.abc import Iterator
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from pipeline.records import Finding
from pipeline.report import REPORT_VERSION, DiffReport, ErrorReport, Report

_HEAD: Final = f"""# The report for programs

<!-- Made from the report's model by `make docs`: edit the descriptions there. -->

`build/report.json` tells what a run did; `--json` prints the same object. Its schema is version {REPORT_VERSION}
(`schema_version`): a key that is added keeps the version, one that is removed or has another type raises it. The JSON
Schema is [report.schema.json](report.schema.json); `guidepress schema report` prints it.

`--json` prints one object whatever a command ends with. Where it could not do its work (exit codes 1, 2 and 130) that
is [the error](#error), whose schema is [error.schema.json](error.schema.json) (`guidepress schema error`); a person
reads the same on the error stream. `findings.jsonl` and `rejects.jsonl` hold what the lists of the report cut short.
`guidepress diff --json` prints [a comparison](#comparison): [diff.schema.json](diff.schema.json)
(`guidepress schema diff`)."""


def reference() -> str:
    """Return the reference page: Markdown, a table for each object."""
    parts = [_HEAD, *_section(Report, "Report"), *_section(DiffReport, "Comparison"), *_section(ErrorReport, "Error")]
    return "\n\n".join(parts) + "\n"


def _section(model: type[BaseModel], title: str) -> Iterator[str]:
    yield f"## {title}"
    told = [model]
    for one in told:
        told += [part for part in _parts(one) if part not in told and part is not Finding]
        if one is not model:
            yield f"### `{one.__name__}`"
        yield inspect.cleandoc(one.__doc__ or "")
        rows = [f"| `{name}` | {_type(field.annotation)} | {field.description or ''} |" for name, field in _fields(one)]
        yield "\n".join(["| key | type | meaning |", "|---|---|---|", *rows])


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    yield from model.model_fields.items()


def _parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for _, field in _fields(model):
        yield from _models(field.annotation)


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    if inspect.isclass(kind) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from _models(part)


def _type(kind: Any) -> str:
    arguments = get_args(kind)
    match get_origin(kind):
        case None if kind is type(None):
            return "null"
        case None if kind is Finding:
            return "[finding](findings.md)"
        case None:
            names = {"str": "text", "int": "whole number", "float": "number"}
            return names.get(kind.__name__, f"[`{kind.__name__}`](#{kind.__name__.lower()})")
        case origin if origin in {Union, types.UnionType}:
            return " or ".join(_type(part) for part in arguments)
        case origin if origin is Literal:
            return " or ".join(f"`{value}`" for value in arguments)
        case origin if origin is tuple:
            return f"list of {_type(arguments[0])}"
        case _:
            return f"object: name to {_type(arguments[1])}"


if __name__ == "__main__":
    sys.stdout.write(reference())
