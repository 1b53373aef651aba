"""What a settings file says that no key forbids and that still cannot be meant: fields, groups and names in layouts."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.config.layouts.fields import BUILTIN_NAMES, Kind, LayoutPart, fields_of
from pipeline.config.layouts.spec import LayoutSpec

__all__ = ["Mistake", "kind_of", "layout_mistakes", "nearest"]

_PARTS: tuple[LayoutPart, ...] = ("headings", "labels", "synonyms", "evidence", "select")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at one place of the settings, as pydantic tells places: names, and numbers within arrays."""

    location: tuple[int | str, ...]
    message: str
    hint: str


def nearest(name: str, known: Sequence[str]) -> str:
    """Return a hint that names the known name nearest to this one; else all of them."""
    near = difflib.get_close_matches(name, known, 1, cutoff=0.55)
    return f"did you mean `{near[0]}`?" if near else f"known here: {', '.join(known)}"


def layout_mistakes(layouts: Sequence[LayoutSpec]) -> Iterator[Mistake]:
    """Yield what is wrong with users' layouts, each seen beside the others."""
    names = [spec.name for spec in layouts]
    for number, spec in enumerate(layouts):
        place = ("layouts", number)
        if spec.name in names[:number]:
            yield Mistake((*place, "name"), f"two layouts are called `{spec.name}`", "give each a name of its own")
        kind = kind_of(spec, layouts)
        if isinstance(kind, Mistake):
            yield Mistake((*place, "extends"), kind.message, kind.hint)
            continue
        if "kind" in spec.model_fields_set and spec.extends is not None and spec.kind != kind:
            message = f"`{spec.name}` is of kind {spec.kind}, but extends one of kind {kind}"
            yield Mistake((*place, "kind"), message, "leave `kind` out: it comes with the layout that is extended")
        yield from _unknown_fields(spec, kind, place)
        yield from _groups_missing(spec, place)


def kind_of(spec: LayoutSpec, layouts: Iterable[LayoutSpec]) -> Kind | Mistake:
    """Return a layout's kind, that of what it extends in the end; or why it has none."""
    by_name = {other.name: other for other in layouts}
    seen: list[str] = []
    while spec.extends is not None and spec.extends not in BUILTIN_NAMES:
        seen.append(spec.name)
        if spec.extends in seen:
            return Mistake((), f"layouts extend one another in a circle: {' → '.join([*seen, spec.extends])}", "")
        if spec.extends not in by_name:
            known = [*BUILTIN_NAMES, *(name for name in by_name if name not in seen)]
            return Mistake((), f"there is no layout `{spec.extends}` to extend", nearest(spec.extends, known))
        spec = by_name[spec.extends]
    return spec.kind if spec.extends is None else BUILTIN_NAMES[spec.extends]


def _unknown_fields(spec: LayoutSpec, kind: Kind, place: tuple[int | str, ...]) -> Iterator[Mistake]:
    for part in _PARTS:
        table: Mapping[str, object] = getattr(spec, part)
        known = fields_of(kind, part)
        for name in table:
            if name not in known:
                message = f"unknown field `{name}` in `{part}` of a {kind} layout"
                yield Mistake((*place, part, name), message, nearest(name, known))


def _groups_missing(spec: LayoutSpec, place: tuple[int | str, ...]) -> Iterator[Mistake]:
    for field, rules in spec.evidence.items():
        for number, rule in enumerate(rules):
            if "value" not in re.compile(rule.pattern).groupindex:
                yield Mistake(
                    (*place, "evidence", field, number, "pattern"),
                    f"a pattern of `evidence.{field}` needs a group named `value`",
                    "write `(?P<value>…)` around what is the field",
                )
    for pattern in spec.labels.get("license", ()):
        if pattern != "!" and "value" not in re.compile(pattern).groupindex:
            yield Mistake(
                (*place, "labels", "license"),
                "a pattern of `labels.license` needs a group named `value`",
                "write `(?P<value>…)` around what is the field",
            )
