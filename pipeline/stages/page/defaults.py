"""`[[defaults]]`: fields that pages below a path lack, given by the configuration."""

from collections.abc import Mapping
from typing import Any

from pipeline.config import Kind, Settings, fields_of, path_matches
from pipeline.layouts import unit_of
from pipeline.records import RichText

__all__ = ["given_fields"]


def given_fields(fields: Mapping[str, Any], path: str, settings: Settings, kind: Kind) -> dict[str, Any]:
    """Return what `[[defaults]]` gives for a page: the publisher in any case, other fields where the page lacks them.

    Fields that records of this kind do not have are left out. Of several rules that match, the last one wins, field by
    field.
    """
    given: dict[str, Any] = {}
    for rule in settings.defaults:
        if not path_matches(rule.path, path):
            continue
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
