"""Which layout a page has: the one whose words the page says; if none, which came nearest and what it lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from pipeline.blocks import Page
from pipeline.config import LayoutSpec
from pipeline.layouts.extending import applied, with_site_words
from pipeline.layouts.glossary import extract_glossary
from pipeline.layouts.key_term import extract_key_term, headline_of
from pipeline.layouts.known import builtin_layouts
from pipeline.layouts.reading import Compiled, Extraction, Origin, Reading, Shortfall, compiled, label_of
from pipeline.layouts.selecting import barred, with_shells
from pipeline.layouts.study_guide import extract_study_guide, names_itself, synonyms_told

__all__ = ["Fit", "extract", "is_landmark", "match"]

# How many different words of a layout a page must say, before it is one of its pages: one alone may be chance.
_SIGNS_NEEDED: Final = 2
_FEW_WORDS: Final = 4
_GUIDE_NAME: Final = "a guide's title"
_FRONT_TYPE: Final = "the front matter's type"
_EXTRACTORS: Final = {"key_term": extract_key_term, "study_guide": extract_study_guide}
# Where menus are: their words say nothing of the page.
_MENUS: Final = ("nav", "footer", "aside", "dialog")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a layout fits a page: which of its signs the page shows, and which it lacks."""

    spec: LayoutSpec
    reading: Reading
    shown: tuple[str, ...]
    missing: tuple[str, ...]


def is_landmark(line: str) -> bool:
    """Say whether a line of text begins something new in a built-in layout: a heading, furniture, a notice."""
    labels = (label_of(line, patterns) for patterns in _builtin_patterns())
    # A wrapped line may well be "review" alone, or end in "is also used in".
    return any(label is not None and (label.is_sure or _may_head(line)) for label in labels)


def _may_head(line: str) -> bool:
    return not line[:1].islower() and len(line.split()) <= _FEW_WORDS


@cache
def _builtin_patterns() -> tuple[Compiled, ...]:
    return tuple(compiled(_key_of(with_site_words(spec))) for spec in builtin_layouts())


def _key_of(spec: LayoutSpec) -> str:
    return spec.model_dump_json(by_alias=True)


def match(page: Page, origin: Origin, layouts: Sequence[LayoutSpec] = ()) -> Fit | Shortfall:
    """Return the layout of a page: users' `layouts` go first, in their order; then the best built-in one."""
    for spec in applied(layouts):
        if barred(spec, origin):
            continue
        fit = _fit(with_shells(spec, page.systems), page, compiled(_key_of(spec)))
        if fit.shown or spec.many != "no" or _names_its_pages(spec):
            return fit
    fits = [
        _fit(with_shells(spec, page.systems), page, patterns)
        for spec, patterns in zip(builtin_layouts(), _builtin_patterns(), strict=True)
    ]
    best = max(fits, key=lambda fit: len(fit.shown))
    if len(best.shown) < _SIGNS_NEEDED:
        fits = [_with_synonyms(fit) for fit in fits]
        best = max(fits, key=lambda fit: len(fit.shown))
    if len(best.shown) >= _SIGNS_NEEDED:
        return best
    headings = [block.text for block in best.reading.blocks if block.kind == "heading" or block.is_bold][:6]
    seen = (
        f"the page has headings: {', '.join(text[:60] for text in headings)}"
        if headings
        else "the page has no headings"
    )
    shown = ", ".join(best.shown).replace("_", " ")
    has = f"the page says {shown}, but" if best.shown else "the page has none of its headings and labels:"
    lacks = _either(best.missing).replace("_", " ")
    return Shortfall(
        "no-layout",
        f'no layout knows this page; the nearest is "{best.spec.name}": {has} neither {lacks}; {seen}'
        + "".join(_barred_fits(layouts, page, origin)),
    )


def _with_synonyms(fit: Fit) -> Fit:
    """Return a fit with the fields of a guide that less sure words head, where what stands below agrees."""
    if fit.spec.kind != "study_guide":
        return fit
    told = [name for name in dict.fromkeys(synonyms_told(fit.reading)) if name not in fit.shown]
    return replace(fit, shown=(*fit.shown, *told), missing=tuple(name for name in fit.missing if name not in told))


def _either(names: Sequence[str]) -> str:
    return " nor ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _names_its_pages(spec: LayoutSpec) -> bool:
    return bool(spec.url or spec.path or spec.title)


def _barred_fits(layouts: Sequence[LayoutSpec], page: Page, origin: Origin) -> Iterator[str]:
    """Yield a clause for each layout whose words the page says, but which does not mean it."""
    for spec in applied(layouts):
        why = barred(spec, origin)
        if why and (shown := _fit(spec, page, compiled(_key_of(spec))).shown):
            yield f'; "{spec.name}" knows its {", ".join(shown)}, but {why}'


def _fit(spec: LayoutSpec, page: Page, patterns: Compiled) -> Fit:
    reading = Reading.of(page, patterns)
    names = [
        label.name
        for index, label in enumerate(reading.labels)
        if label is not None
        and label.is_sure
        and (label.kind in ("heading", "label") or label.groups.get("term"))
        and not _is_menu_word(reading, index)
    ]
    if spec.kind == "study_guide" and names_itself(reading):
        names.append(_GUIDE_NAME)
    headline = headline_of(reading) if spec.kind == "key_term" else None
    own = [*(headline.signs if headline else ())]
    if page.front.get("type", "").replace("-", "_").replace(" ", "_").lower() == spec.kind:
        own.append(_FRONT_TYPE)
    names += own
    wanted = [name for name in (*spec.headings, *spec.labels) if name != "subjects"]
    wanted += [name for name, patterns in spec.boilerplate.items() if any("P<term>" in pattern for pattern in patterns)]
    wanted += [*([_GUIDE_NAME] if _GUIDE_NAME in names else []), *own]
    shown = tuple(dict.fromkeys(name for name in wanted if name in names))
    return Fit(spec, reading, shown, tuple(name for name in wanted if name not in names))


def _is_menu_word(reading: Reading, index: int) -> bool:
    """Say whether a block stands in a menu, or is a heading's word that menus have as well ("Key Terms").

    That is no sign of a layout. A label is one, though the site has it on all of its pages ("Bookmarked 4k • …").
    """
    block, label = reading.blocks[index], reading.labels[index]
    is_label = label is not None and label.kind == "label"
    return block.region in _MENUS or (
        block.kind != "heading" and not is_label and reading.shell_rule(index) is not None
    )


def extract(fit: Fit, origin: Origin) -> Extraction:
    """Return what the layout makes of its page."""
    if fit.spec.many != "no":
        return extract_glossary(fit.reading, fit.spec, origin)
    return _EXTRACTORS[fit.spec.kind](fit.reading, fit.spec, origin)
