"""Hand-written emulations of text extractors: trafilatura, lynx, w3m, a browser's innerText."""

from __future__ import annotations

from .layout_text import wrap
from .model import (
    CLASS_LINE,
    CTA,
    DEFINITION,
    QUESTIONS,
    TAGLINES,
    Truth,
    congrats,
    facts_heading,
    found_heading,
    page_url,
    slug,
    subjects_heading,
)

__all__ = ["bare", "browser", "inner_text", "trafila"]


def _pairs(truth: Truth) -> list[str]:
    """Return questions and answers in turn."""
    return [text for q in truth["questions"] for text in (q["question"], q["answer"])]


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *lines] if lines else []


def trafila(truth: Truth, *, bullet: str = "-", class_line: bool = False, footer: bool = False) -> str:
    """Return what trafilatura gives for real pages: no taglines, term and "Definition" lost."""
    courses = [f"{bullet} {course}" for course in truth["also_found_in"]]
    lines = [CLASS_LINE] if class_line else []
    lines += [truth["course"], truth["definition"], congrats(truth["term"])]
    facts = [f"{bullet} {fact}" for fact in truth["facts"]]
    lines += _section(facts_heading(len(facts)), facts)
    lines += _section(QUESTIONS, [f"{bullet} {text}" for text in _pairs(truth)])
    lines += _section("Related terms", [f"{r['term']}: {r['definition']}" for r in truth["related"]])
    lines.append(found_heading(truth["term"]))
    lines += _section(subjects_heading(len(courses)), courses)
    return "\n".join(lines + (truth["notices"] if footer else []))


def bare(truth: Truth, *, numbers: bool = False, footer: bool = False) -> str:
    """Return lines without any bullet: sections are told by headings, pairs by their order."""
    facts = [f"{number}. {fact}" if numbers else fact for number, fact in enumerate(truth["facts"], 1)]
    lines = [TAGLINES[0], TAGLINES[1]] if numbers else []
    lines += [truth["course"], truth["definition"], congrats(truth["term"])]
    lines += _section(facts_heading(len(facts)), facts)
    lines += _section(QUESTIONS, _pairs(truth))
    lines += _section("Related terms", [f"{r['term']}: {r['definition']}" for r in truth["related"]])
    lines.append(found_heading(truth["term"], curly=True))
    courses = truth["also_found_in"]
    lines += _section(subjects_heading(len(courses)), courses)
    return "\n".join(lines + (truth["notices"] if footer else [])) + "\n"


def inner_text(truth: Truth, *, blank: bool) -> str:
    """Return a browser's `innerText` of form a: no bullets, list items on adjacent lines."""
    blocks = [*TAGLINES, truth["term"], CLASS_LINE, truth["course"], DEFINITION]
    blocks += [truth["definition"], congrats(truth["term"]), CTA]
    blocks += _section(facts_heading(len(truth["facts"])), _joined(truth["facts"]))
    blocks += _section(QUESTIONS, _joined(_pairs(truth)))
    related = [f"{r['term']}: {r['definition']}" for r in truth["related"]]
    blocks += _section("Related terms", related)
    blocks.append(found_heading(truth["term"]))
    courses = truth["also_found_in"]
    blocks += _section(subjects_heading(len(courses)), _joined(courses))
    return ("\n\n" if blank else "\n").join(blocks + truth["notices"])


def _joined(lines: list[str]) -> list[str]:
    return ["\n".join(lines)] if lines else []


def browser(truth: Truth, program: str) -> str:
    """Return what `lynx -dump` or `w3m -dump` prints for form a, wrapped at 79 columns."""
    lynx = program == "lynx"
    links: list[str] = []
    edge = "   " if lynx else ""

    def link(text: str, address: str) -> str:
        links.append(address)
        return f"[{len(links)}]{text}" if lynx else text

    def plain(text: str) -> str:
        return wrap(text, 79, first=edge, rest=edge, guard=True)

    def head(text: str) -> str:
        return text

    def item(mark: str, depth: int, text: str) -> str:
        first = f"{' ' * (5 + 4 * (depth - 1) if lynx else 1 + 3 * (depth - 1))}{mark} "
        return wrap(text, 79, first=first, rest=" " * len(first))

    site = "https://library.fiveable.me"
    course = link(truth["course"], f"{site}/{slug(truth['course'])}")
    blocks = [plain(TAGLINES[0]), head(TAGLINES[1]), head(truth["term"]), plain(CLASS_LINE)]
    blocks += [f"{edge}{course}" if lynx else course, head(DEFINITION), plain(truth["definition"])]
    blocks += [plain(congrats(truth["term"])), plain(f"(BUTTON) {CTA}" if lynx else f"[{CTA}]")]
    if truth["facts"]:
        blocks.append(head(facts_heading(len(truth["facts"]))))
        rows = [item(f"{number}.", 1, fact) for number, fact in enumerate(truth["facts"], 1)]
        blocks.append("\n".join(rows))
    if truth["questions"]:
        blocks.append(head(QUESTIONS))
        outer, inner = ("*", "+") if lynx else ("•", "□")
        rows = [f"{item(outer, 1, q['question'])}\n{item(inner, 2, q['answer'])}" for q in truth["questions"]]
        blocks.append("\n".join(rows))
    if truth["related"]:
        blocks.append(head("Related terms"))
        for r in truth["related"]:
            term = link(r["term"], f"{page_url(truth)}/../{slug(r['term'])}")
            blocks.append(plain(f"{term}: {r['definition']}"))
    blocks.append(head(found_heading(truth["term"])))
    if truth["also_found_in"]:
        blocks.append(head(subjects_heading(len(truth["also_found_in"]))))
        mark = "*" if lynx else "•"
        rows = [item(mark, 1, link(c, f"{site}/{slug(c)}")) for c in truth["also_found_in"]]
        blocks.append("\n".join(rows))
    blocks += [plain(notice) for notice in truth["notices"]]
    if lynx:
        references = [f"   {number}. {address}" for number, address in enumerate(links, 1)]
        blocks.append("References")
        blocks.append("\n".join(references))
    return "\n\n".join(blocks) + "\n"
