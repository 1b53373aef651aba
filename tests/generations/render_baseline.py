"""Our own renderings of the three generations that we have: plain HTML, app shell, text."""

from __future__ import annotations

import json
from collections.abc import Callable

from .model import (
    CLASS_LINE,
    CTA,
    DEFINITION,
    QUESTIONS,
    TAGLINES,
    Truth,
    congrats,
    dice,
    escape,
    facts_heading,
    found_heading,
    page_title,
    page_url,
    slug,
    subjects_heading,
)

__all__ = ["GENERATION", "VARIANTS", "expected", "form_a", "form_c", "form_d", "name", "render"]

GENERATION = "baseline"
VARIANTS = 9
COURSES = ("AP Biology", "AP US History", "Linear Algebra", "Music Theory", "World Literature")
ICON = '<svg viewBox="0 0 20 20" fill="currentColor"><title>icon</title><path d="M3 3l4 4z"/></svg>'


def render(truth: Truth, *, variant: int) -> bytes:
    """Return form a, c or d (`variant % 3`).

    `variant // 3`: 0 as in the corpus; 1 as in the seed (call to action in the text, notices on
    two adjacent lines), indented HTML; 2 nothing under an empty "also found in" and curly quotes.
    """
    forms: tuple[Callable[[Truth, int], str], ...] = (form_a, form_c, form_d)
    return forms[variant % 3](truth, variant // 3 % 3).encode()


def expected(truth: Truth, *, variant: int) -> Truth:
    """Return `truth`: nothing is lost."""
    del variant
    return truth


def name(variant: int) -> str:
    """Return the file name."""
    return f"baseline-{variant}.{('html', 'htm', 'txt')[variant % 3]}"


def _head(truth: Truth, extra: str = "") -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(page_title(truth))}</title>"
        f'<link rel="canonical" href="{page_url(truth)}"/>{extra}</head><body>'
    )


def _footer(truth: Truth, flavour: int) -> str:
    if flavour == 1:
        return f"<footer><p>{'<br/>'.join(map(escape, truth['notices']))}</p></footer></body></html>"
    notices = "".join(f"<p>{escape(notice)}</p>" for notice in truth["notices"])
    return f"<footer>{notices}</footer></body></html>"


def form_a(truth: Truth, flavour: int = 0) -> str:
    """Return plain semantic HTML, as generation a has it."""
    term = escape(truth["term"])
    body = [
        f"<p>{TAGLINES[0]}</p><h2>{TAGLINES[1]}</h2><h1>{term}</h1><p>{CLASS_LINE}</p>",
        f'<h3><a href="/{slug(truth["course"])}">{escape(truth["course"])}</a></h3>',
        f"<h2>{DEFINITION}</h2><p>{escape(truth['definition'])}</p>",
        f"<p>{congrats(f'<strong>{term}</strong>')}</p><button>{CTA}</button>",
    ]
    if truth["facts"]:
        body.append(f"<h2>{facts_heading(len(truth['facts']))}</h2><ol>")
        body += [f"<li>{escape(fact)}</li>" for fact in truth["facts"]]
        body.append("</ol>")
    if truth["questions"]:
        body.append(f"<h2>{QUESTIONS}</h2><ul>")
        body += [f"<li>{escape(q['question'])}<ul><li>{escape(q['answer'])}</li></ul></li>" for q in truth["questions"]]
        body.append("</ul>")
    if truth["related"]:
        body.append("<h2>Related terms</h2>")
        body += [
            f'<p><a href="/key-terms/{slug(truth["course"])}/{slug(r["term"])}">'
            f"<strong>{escape(r['term'])}</strong></a>: {escape(r['definition'])}</p>"
            for r in truth["related"]
        ]
    body.append(f"<h2>{escape(found_heading(truth['term'], curly=flavour == 2))}</h2>")
    if truth["also_found_in"]:
        body.append(f"<h3>{subjects_heading(len(truth['also_found_in']))}</h3><ul>")
        body += [
            f'<li><a href="/key-terms/{slug(course)}/{slug(truth["term"])}">{escape(course)}</a></li>'
            for course in truth["also_found_in"]
        ]
        body.append("</ul>")
    return _head(truth) + ("\n" if flavour == 1 else "").join(body) + _footer(truth, flavour)


def form_c(truth: Truth, flavour: int = 0) -> str:
    """Return HTML in an app shell, as generation c has it (no taglines, no congratulation)."""
    rng = dice("form_c", flavour, truth)
    data = json.dumps({"props": {"pageProps": {"slug": slug(truth["term"]), "theme": "x" * 2000}}})
    links = "".join(
        f'<li class="px-2 py-1"><a href="/s/{number}"><span class="ico">{ICON}</span>'
        f"<span>{rng.choice(COURSES)} {number}</span></a></li>"
        for number in range(12)
    )
    body = [
        f'<header class="sticky top-0"><a href="/"><img src="./page_files/logo.png" alt="Fiveable">'
        f"</a><nav><ul>{links}</ul></nav><button>Log in</button><button>Cram Mode</button></header>"
        '<div id="cookie" class="fixed">We use cookies. <button>Accept all</button></div>'
        '<div id="__next"><main>',
        f'<section><h1 class="t"><span>{escape(truth["term"])}</span></h1><div><span>{CLASS_LINE}'
        f'</span><h2 class="c"><a href="/{slug(truth["course"])}">{escape(truth["course"])}</a></h2>'
        "</div></section>",
        f'<section id="definition"><h2>{DEFINITION}</h2><div>{escape(truth["definition"])}</div></section>',
    ]
    if truth["facts"]:
        words = facts_heading(len(truth["facts"])).split(" ", 1)
        items = "".join(f"<li><span>{escape(fact)}</span></li>\n" for fact in truth["facts"])
        body.append(f'<section id="facts"><h2><span>{words[0]}</span> {words[1]}</h2><ol>{items}</ol></section>')
    if truth["questions"]:
        items = "".join(
            f"<details><summary>{escape(q['question'])}</summary><p>{escape(q['answer'])}</p></details>"
            for q in truth["questions"]
        )
        body.append(f'<section id="questions"><h2>{QUESTIONS}</h2>{items}</section>')
    if truth["related"]:
        items = "".join(f"<dt>{escape(r['term'])}</dt><dd>{escape(r['definition'])}</dd>" for r in truth["related"])
        body.append(f'<section id="related"><h2>Related Terms</h2><dl>{items}</dl></section>')
    if truth["also_found_in"]:
        items = "".join(f"<li>{escape(course)}</li>" for course in truth["also_found_in"])
        body.append(
            f"<section><h2>{escape(found_heading(truth['term'], curly=flavour == 2))}</h2>"
            f"<h3>{subjects_heading(len(truth['also_found_in']))}</h3><ul>{items}</ul></section>"
        )
    script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
    text = ("\n  " if flavour == 1 else "").join(body) + "</main></div>"
    return _head(truth, script) + text + _footer(truth, flavour)


def form_d(truth: Truth, flavour: int = 0) -> str:
    """Return the text that resiliparse gives for form a, as generation d has it."""
    blocks = [*TAGLINES, truth["term"], CLASS_LINE, truth["course"], DEFINITION]
    blocks += [truth["definition"], congrats(truth["term"])]
    if flavour == 1:
        blocks.append(CTA)
    if truth["facts"]:
        blocks.append(facts_heading(len(truth["facts"])))
        facts = truth["facts"]
        blocks.append("\n".join(f"  {number}. {fact}" for number, fact in enumerate(facts, 1)))
    if truth["questions"]:
        blocks.append(QUESTIONS)
        pairs = [f"  • {q['question']}\n    • {q['answer']}" for q in truth["questions"]]
        blocks.append("\n".join(pairs))
    if truth["related"]:
        blocks.append("Related terms")
        blocks += [f"{r['term']}: {r['definition']}" for r in truth["related"]]
    blocks.append(found_heading(truth["term"], curly=flavour == 2))
    if truth["also_found_in"]:
        blocks.append(subjects_heading(len(truth["also_found_in"])))
        blocks.append("\n".join(f"  • {course}" for course in truth["also_found_in"]))
    blocks.append(("\n" if flavour == 1 else "\n\n").join(truth["notices"]))
    return "\n\n".join(blocks)
