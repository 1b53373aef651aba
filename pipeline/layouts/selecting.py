"""What of a page's markup is read: chosen by the layout that means the page, and by the system that made it."""

import re
from collections.abc import Sequence

from pipeline.blocks import PageHead, Pick, Selection
from pipeline.config import LayoutSpec, Shells, path_matches, split_attribute
from pipeline.layouts.extending import applied
from pipeline.layouts.known import ShellSpec, known_shells
from pipeline.layouts.reading import Origin

__all__ = ["barred", "meant_by", "selection_of", "with_shells"]

_TOGETHER = ("authors", "definition", "lead")  # fields that several elements may say together


def meant_by(origin: Origin, layouts: Sequence[LayoutSpec]) -> LayoutSpec | None:
    """Return the first of users' layouts that means a page, as it is applied; one that names no pages means all."""
    return next((spec for spec in applied(layouts) if not barred(spec, origin)), None)


def barred(spec: LayoutSpec, origin: Origin) -> str:
    """Return why a layout that names its pages by address, path or title does not mean this one; "" if it does."""
    if spec.path and not any(path_matches(pattern, origin.path) for pattern in spec.path):
        return "is only for paths of its `path`"
    for key, patterns, said in (("url", spec.url, origin.url), ("title", spec.title, origin.title)):
        if patterns and not any(re.search(pattern, said or "", re.IGNORECASE) for pattern in patterns):
            return f"is only for pages of its `{key}`: this page says {repr(said) if said else 'none'}"
    return ""


def selection_of(head: PageHead, path: str, layouts: Sequence[LayoutSpec], shells: Shells) -> Selection:
    """Return what of a page is to be read: as its layout says, and as the systems say whose signature it shows."""
    spec = meant_by(Origin(path, head.url, head.title), layouts)
    wanted = shells if spec is None or spec.shells is None else spec.shells
    systems = [
        shell
        for shell in known_shells()
        if (wanted == "auto" and any(head.shows(css) for css in shell.signature)) or shell.name in wanted
    ]
    own = dict(spec.select) if spec is not None else {}
    select: dict[str, str] = {}
    for field, css in ((field, css) for shell in systems for field, css in shell.select.items()):
        select[field] = f"{select[field]}, {css}" if field in select else css
    select |= own
    own_drop = tuple((css, css) for css in spec.drop) if spec is not None else ()
    return Selection(
        content=spec.content if spec is not None else (),
        drop=(
            *own_drop,
            *((name, css) for shell in systems for name, selectors in shell.drop.items() for css in selectors),
        ),
        picks=tuple(_pick(field, css) for field, css in select.items()),
        headings=tuple(
            (int(level), css) for shell in systems for level, found in shell.headings.items() for css in found
        ),
        notes=tuple(css for shell in systems for css in shell.notes),
        unwrapped=tuple(css for shell in systems for css in shell.unwrap),
        expected=(*(spec.content if spec is not None else ()), *(split_attribute(css)[0] for css in own.values())),
        systems=tuple(shell.name for shell in systems),
    )


def _pick(field: str, said: str) -> Pick:
    css, attribute = split_attribute(said)
    return Pick(field, css, attribute, every=field in _TOGETHER)


def with_shells(spec: LayoutSpec, systems: Sequence[str]) -> LayoutSpec:
    """Return a layout with what the page's publishing systems know of where else its fields stand, after its own."""
    evidence = dict(spec.evidence)
    for shell in _named(systems):
        for field, rules in shell.evidence.items():
            evidence[field] = (*evidence.get(field, ()), *rules)
    return spec.model_copy(update={"evidence": evidence}) if systems else spec


def _named(systems: Sequence[str]) -> list[ShellSpec]:
    return [shell for shell in known_shells() if shell.name in systems]
