"""Every settings key by its dotted name: what the reference page, the sample file and spelling hints are made from."""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from pipeline.config.settings import Settings

__all__ = ["Key", "default_of", "keys", "model_of", "names_of", "table_of", "type_name"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the settings file."""

    table: str  # dotted; "" at the top, `<name>` where names are free
    repeated: bool  # whether that is an array of tables
    optional: bool  # whether that is, or is in, a table that need not be there: an array's, or one of a free name
    name: str
    field: FieldInfo

    @property
    def dotted(self) -> str:
        """Return the key as one says it: `limits.seconds`."""
        return f"{self.table}.{self.name}" if self.table else self.name


def model_of(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """Return the model that a field's type holds, if any, and whether there may be several of it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and origin is None and issubclass(annotation, BaseModel):
        return annotation, False
    if origin in {tuple, list}:
        model, _ = model_of(arguments[0])
        return model, model is not None
    if origin is dict:
        return model_of(arguments[1])
    if origin in {Union, types.UnionType, Annotated}:
        for argument in arguments:
            model, repeated = model_of(argument)
            if model:
                return model, repeated
    return None, False


def keys(
    model: type[BaseModel] = Settings, table: str = "", *, repeated: bool = False, optional: bool = False
) -> Iterator[Key]:
    """Yield the keys of `model` (all settings, if none is given): a table's own first, then those of its tables."""
    nested = []
    for name, field in model.model_fields.items():
        inner, several = model_of(field.annotation)
        shown = field.alias or name
        if inner is None:
            yield Key(table, repeated, optional, shown, field)
        else:
            free = get_origin(field.annotation) is dict
            deeper = ".".join(part for part in (table, shown, "<name>" if free else "") if part)
            nested.append((inner, deeper, several, optional or several or free))
    for inner, deeper, several, inner_optional in nested:
        yield from keys(inner, deeper, repeated=several, optional=inner_optional)


def names_of(model: type[BaseModel]) -> list[str]:
    """Return the keys of a table, its own and those of its tables, as a settings file has them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def table_of(location: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model at `location` (of a pydantic error, without its last part), as deep as it is known."""
    model: type[BaseModel] = Settings
    for part in location:
        if isinstance(part, str) and part in model.model_fields:
            inner, _ = model_of(model.model_fields[part].annotation)
            if inner is not None:
                model = inner
    return model


def type_name(annotation: Any) -> str:
    """Return a type in the words of a settings file: `"A4"` or `"Letter"`, whole number, list of text."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f'"{choice}"' if isinstance(choice, str) else str(choice) for choice in arguments)
    if origin is Annotated:
        return type_name(arguments[0])
    if origin in {tuple, list, frozenset, set}:
        return f"list of {type_name(arguments[0])}"
    if origin is dict:
        return f"table of {type_name(arguments[1])}"
    if origin in {Union, types.UnionType}:
        return " or ".join(type_name(argument) for argument in arguments if argument is not type(None))
    names = {"bool": "true or false", "int": "whole number", "float": "number", "str": "text", "Path": "path"}
    name = getattr(annotation, "__name__", str(annotation))
    return names.get(name, name)


def default_of(field: FieldInfo) -> Any:
    """Return a field's default as plain data; None if there is none."""
    value = field.get_default(call_default_factory=True)
    if value is PydanticUndefined:
        return None
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value
