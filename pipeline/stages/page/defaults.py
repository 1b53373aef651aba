"""`[[defaults]]`: fields that pages below a path lack, given by the configuration."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.config import DefaultsRule, Kind, Settings, fields_of, path_matches
from pipeline.layouts import unit_of
from pipeline.records import RichText

__all__ = ["given_fields", "given_names"]


def given_fields(fields: Mapping[str, Any], path: str, settings: Settings, kind: Kind) -> dict[str, Any]:
    """Return what `[[defaults]]` gives for a page: the publisher in any case, other fields where the page lacks them.

    Fields that records of this kind do not have are left out. Of several rules that match, the last one wins, field by
    field.
    """
    given: dict[str, Any] = {}
    for rule in _rules(path, settings):
        if rule.publisher is not None:
            given["publisher"] = rule.publisher
        if rule.id_prefix is not None:
            given["id_prefix"] = rule.id_prefix
        if rule.course is not None and not fields.get("course"):
            given["course"] = {"title": rule.course, "url": None}
        for name in ("term", "title"):
            if getattr(rule, name) is not None and not fields.get(name):
                given[name] = RichText.plain(getattr(rule, name))
        if rule.unit is not None and not fields.get("unit"):
            given["unit"] = unit_of(str(rule.unit))
        for name in ("language", "license"):
            if getattr(rule, name) is not None and not fields.get(name):
                given[name] = getattr(rule, name)
    return {name: value for name, value in given.items() if name in (*fields_of(kind, "select"), "id_prefix")}


def given_names(path: str, settings: Settings) -> dict[str, str]:
    """Return the names that `[[defaults]]` gives for a page: layouts believe them rather than what they would guess."""
    rules = list(_rules(path, settings))
    fields = ("course", "term", "title", "unit")
    names = {name: [getattr(rule, name) for rule in rules if getattr(rule, name)] for name in fields}
    return {name: str(found[-1]) for name, found in names.items() if found}


def _rules(path: str, settings: Settings) -> Iterator[DefaultsRule]:
    return (rule for rule in settings.defaults if path_matches(rule.path, path))
