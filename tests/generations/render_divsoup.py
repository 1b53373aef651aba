"""Div soup in a site shell: no semantic tag where a div or a span will do."""

from __future__ import annotations

from dataclasses import dataclass

from .divsoup_parts import also_found, facts, heading, marked, questions, related
from .model import (
    CLASS_LINE,
    CTA,
    DEFINITION,
    TAGLINES,
    Truth,
    congrats,
    dice,
    escape,
    page_url,
    slug,
)
from .shell import Soup, document, shell

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "divsoup"
VARIANTS = 12


@dataclass(frozen=True)
class Style:
    """How one variant draws each part of a page; the values are explained where they are used."""

    shell: str
    heading: str
    count: str
    facts: str
    questions: str
    related: str
    found: str
    course: str
    furniture: str
    crumbs: str
    mark: str = "none"


STYLES = (
    Style("bare", "div", "whole", "number", "pair", "card", "list", "lines", "full", "none"),
    Style("app", "div", "split", "number", "button", "card", "chips", "lines", "full", "none"),
    Style("app", "nested", "split", "badge", "hidden", "link", "list", "same", "full", ">"),
    Style("rich", "role", "comment", "none", "region", "inline", "chips", "lines", "full", "/"),
    Style("rich", "strong", "split", "dot", "labelled", "card", "list", "one", "cta", "›"),
    Style("modal", "nested", "comment", "number", "siblings", "columns", "chips", "lines", "share", ">",
          "span"),
    Style("app", "div", "split", "none", "show", "inline", "list", "same", "none", "none", "bold"),
    Style("rich", "mixed", "split", "number", "button", "link", "chips", "sticky", "share", "crumb"),
    Style("bare", "span", "whole", "badge", "labelled", "columns", "comma", "lines", "full", "none"),
    Style("modal", "role", "split", "number", "region", "card", "chips", "one", "cta", "›", "span"),
    Style("app", "span", "comment", "dot", "siblings", "inline", "list", "lines", "none", "/"),
    Style("rich", "strong", "whole", "none", "hidden", "columns", "chips", "sticky", "full", ">",
          "bold"),
)  # fmt: skip


def render(truth: Truth, *, variant: int) -> bytes:
    """Return a React-like page; `STYLES[variant]` says how, later variants mix the styles.

    Furniture: `none` drops taglines, congratulation and call to action; `cta` keeps the latter
    two; `share` adds share and save buttons. An empty "also found in" stands only where the
    furniture is `full`.
    """
    style = _style(variant)
    soup = Soup(dice(GENERATION, variant, truth), variant)
    parts = [_crumbs(soup, truth, style.crumbs)]
    if style.furniture == "full":
        parts.append(soup.div(*(soup.div(line) for line in TAGLINES)))
    parts += [_top(soup, truth, style), _definition(soup, truth, style)]
    parts.append(facts(soup, truth, style.facts, style.count, style.heading, style.mark))
    if style.shell == "rich":
        parts.append(soup.div(soup.div("Advertisement"), soup.div(extra='id="ad-slot-2"')))
    parts.append(questions(soup, truth, style.questions, style.heading))
    parts.append(related(soup, truth, style.related, style.heading))
    if truth["also_found_in"] or style.furniture == "full":
        parts.append(also_found(soup, truth, style.found, style.heading, curly=variant % 2 == 1))
    content = ("\n" if variant % 4 == 3 else "").join(parts)
    return document(truth, shell(soup, truth, content, style.shell)).encode()


def expected(truth: Truth, *, variant: int) -> Truth:
    """Return `truth`: nothing is lost."""
    del variant
    return truth


def name(variant: int) -> str:
    """Return the file name."""
    return f"divsoup-{variant}.html"


def _style(variant: int) -> Style:
    if variant < len(STYLES):
        return STYLES[variant]
    rng = dice(GENERATION, variant)
    fields = {key: getattr(rng.choice(STYLES), key) for key in Style.__dataclass_fields__}
    return Style(**fields)


def _crumbs(soup: Soup, truth: Truth, kind: str) -> str:
    if kind == "none":
        return ""
    links = [
        soup.link("Key Terms", "/key-terms"),
        soup.link(escape(truth["course"]), f"/{slug(truth['course'])}"),
        soup.span(escape(truth["term"])),
    ]
    if kind == "crumb":
        items = [soup.div(link, extra='itemprop="itemListElement"') for link in links]
        return soup.div(*items, extra='aria-label="Breadcrumb" role="navigation"')
    return soup.div(soup.span(escape(kind)).join(links))


def _top(soup: Soup, truth: Truth, style: Style) -> str:
    term, course = escape(truth["term"]), escape(truth["course"])
    href = f"/{slug(truth['course'])}"
    lines = {
        "lines": [soup.div(CLASS_LINE), soup.div(soup.link(course, href))],
        "same": [soup.div(soup.span(CLASS_LINE), " ", soup.link(course, href))],
        "one": [soup.div(f"{CLASS_LINE} {course}")],
        "sticky": [soup.div(f"<span>{CLASS_LINE}</span>", f'<a href="{href}">{course}</a>')],
    }[style.course]
    parts = [soup.div(soup.span(term), extra='role="heading" aria-level="1"'), *lines]
    if style.heading in ("div", "nested", "mixed"):
        parts[0] = soup.div(soup.div(term))
    if style.course == "sticky":
        bar = soup.div(soup.span(term), soup.button("Save"), extra='style="position: sticky"')
        parts.insert(0, bar)
    if style.furniture == "share":
        href = f"https://example.org/share?u={page_url(truth)}"
        parts.append(soup.div(soup.link("Share", href), soup.button("Copy link")))
    return soup.div(*parts)


def _definition(soup: Soup, truth: Truth, style: Style) -> str:
    text = marked(soup, truth["definition"], truth["term"], style.mark)
    parts = [heading(soup, DEFINITION, style.heading), soup.div(soup.div(text))]
    if style.furniture in ("full", "cta", "share"):
        bold = soup.span(escape(truth["term"]))
        parts.append(soup.div(congrats(bold)))
        parts.append(soup.button(CTA))
    return soup.div(*parts)
