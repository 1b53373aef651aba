"""Layouts as they are applied: with the words of those that they extend, and with those of any site."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from pydantic import TypeAdapter

from pipeline.config import BUILTIN_NAMES, INSTEAD, LayoutSpec, Region
from pipeline.layouts.known import builtin_layouts, site_words

__all__ = ["applied", "with_site_words"]

_COMMON_NOTICES: Final = "fiveable-key-term"  # the layout whose `notices` hold for other sites too
_WORDS: Final = ("headings", "labels", "synonyms", "boilerplate", "shell")
_LAYOUTS: Final = TypeAdapter(tuple[LayoutSpec, ...])

Words = Mapping[str, tuple[str, ...]]


def applied(layouts: Sequence[LayoutSpec]) -> tuple[LayoutSpec, ...]:
    """Return users' layouts with what they extend; their boilerplate holds for blocks of any length and place."""
    return _applied(_LAYOUTS.dump_json(tuple(layouts), by_alias=True)) if layouts else ()


@lru_cache(maxsize=8)
def _applied(layouts_key: bytes) -> tuple[LayoutSpec, ...]:
    layouts = _LAYOUTS.validate_json(layouts_key)
    by_name = {spec.name: spec for spec in layouts}
    return tuple(with_site_words(_with_base(spec, by_name)) for spec in layouts)


def _with_base(spec: LayoutSpec, by_name: Mapping[str, LayoutSpec]) -> LayoutSpec:
    own = {
        name: Region.model_validate({"from": _new(words), "to": "block"}) for name, words in spec.boilerplate.items()
    }
    if spec.extends is None:
        return spec.model_copy(update={"regions": {**own, **spec.regions}})
    if spec.extends in BUILTIN_NAMES:
        kind = BUILTIN_NAMES[spec.extends]
        base = with_site_words(next(builtin for builtin in builtin_layouts() if builtin.kind == kind))
        base = base.model_copy(update={"publisher": None, "sites": {}})  # other sites' pages are not that site's
    else:
        base = _with_base(by_name[spec.extends], by_name)
    replaced = {name for name, words in spec.boilerplate.items() if words[:1] == (INSTEAD,)}
    regions = {name: region for name, region in base.regions.items() if name not in replaced}
    return spec.model_copy(
        update={name: _joined(getattr(base, name), getattr(spec, name)) for name in _WORDS}
        | {
            "kind": base.kind,
            "many": spec.many if spec.many != "no" else base.many,
            "publisher": spec.publisher or base.publisher,
            "course": spec.course or base.course,
            "unit": base.unit if spec.unit is None else spec.unit,
            "shells": base.shells if spec.shells is None else spec.shells,
            "sites": {**base.sites, **spec.sites},
            "notices": _list_joined(base.notices, spec.notices),
            "content": spec.content or base.content,
            "drop": (*base.drop, *spec.drop),
            "select": {**base.select, **spec.select},
            "regions": {**regions, **own, **spec.regions},
            "evidence": {
                field: (*spec.evidence.get(field, ()), *base.evidence.get(field, ()))
                for field in (*spec.evidence, *(field for field in base.evidence if field not in spec.evidence))
            },
        }
    )


def _joined(base: Words, own: Words) -> dict[str, tuple[str, ...]]:
    return {name: _list_joined(base.get(name, ()), own.get(name, ())) for name in (*base, *own)}


def _list_joined(base: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    return own[1:] if own[:1] == (INSTEAD,) else (*base, *own)


def _new(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if words[:1] == (INSTEAD,) else words


def with_site_words(spec: LayoutSpec) -> LayoutSpec:
    """Return a layout with the words that any site has around its pages: "Log in", cookie bars, footer links."""
    site = site_words()
    notices = next(builtin.notices for builtin in builtin_layouts() if builtin.name == _COMMON_NOTICES)
    return spec.model_copy(
        update={
            "boilerplate": {**site.boilerplate, **spec.boilerplate},
            "shell": {**site.shell, **spec.shell},
            "regions": {**site.regions, **spec.regions},
            "notices": spec.notices or notices,
        }
    )
