"""The parts of a div page: headings, facts, questions, related terms, other courses."""

from __future__ import annotations

import re

from .model import (
    QUESTIONS,
    Truth,
    escape,
    facts_heading,
    slug,
    subjects_heading,
)
from .shell import ICON, Soup

__all__ = ["also_found", "facts", "heading", "marked", "questions", "related"]


def heading(soup: Soup, text: str, kind: str, level: int = 2) -> str:
    """Return a heading; `mixed` uses a real heading at level 2 and a div below it."""
    inner = escape(text)
    if kind == "nested":
        return soup.div(soup.div(soup.span(inner)))
    if kind == "role":
        return soup.div(inner, extra=f'role="heading" aria-level="{level}"')
    if kind == "strong":
        return f"<p><strong>{inner}</strong></p>"
    if kind == "span":
        return soup.div(soup.span(inner), "<br>")
    if kind == "mixed" and level == 2:
        return soup.tag("h2", soup.span(inner))
    return soup.div(inner)


def marked(soup: Soup, text: str, term: str, mark: str) -> str:
    """Return `text` escaped, the term in it emphasised inline (which breaks no word)."""
    inner = escape(text)
    if mark == "none":
        return inner
    pattern = re.compile(rf"(?<!\w){re.escape(escape(term))}", re.IGNORECASE)
    left, right = ("<b>", "</b>") if mark == "bold" else (f'<span class="{soup.css()}">', "</span>")
    return pattern.sub(lambda match: f"{left}{match[0]}{right}", inner)


def _facts_heading(soup: Soup, count: int, kind: str, style: str) -> str:
    number, words = facts_heading(count).split(" ", 1)
    if kind == "split":
        return soup.div(soup.div(number), heading(soup, words, style))
    if kind == "comment":  # React puts a comment between two text nodes
        return soup.div(f"{number}<!-- --> {words}")
    return heading(soup, f"{number} {words}", style)


def facts(soup: Soup, truth: Truth, kind: str, count: str, style: str, mark: str) -> str:
    """Return the facts: `number`, `dot` ("1."), `badge` (number last), or no number at all."""
    if not truth["facts"]:
        return ""
    rows = []
    for number, fact in enumerate(truth["facts"], 1):
        text = marked(soup, fact, truth["term"], mark)
        rows.append(
            {
                "number": soup.div(soup.div(str(number)), soup.div(text)),
                "dot": soup.div(soup.span(f"{number}."), " ", soup.span(text)),
                "badge": soup.div(
                    soup.div(soup.span(str(number)), extra='aria-hidden="true"'),
                    soup.div(soup.div(text)),
                ),
                "none": soup.div(soup.div(text)),
            }[kind]
        )
    return soup.div(
        _facts_heading(soup, len(truth["facts"]), count, style),
        soup.div(*rows),
    )


def questions(soup: Soup, truth: Truth, kind: str, style: str) -> str:
    """Return the questions.

    `button` and `region`: an accordion, the answer hidden; `hidden`: the same by style;
    `labelled`: "Question 1" and "Answer" above the texts; `show`: a "Show answer" button between;
    `pair`: two divs in a div; `siblings`: question, answer, question, answer in one div.
    """
    if not truth["questions"]:
        return ""
    rows = []
    for number, question in enumerate(truth["questions"], 1):
        asked, told = escape(question["question"]), escape(question["answer"])
        controls = f'aria-expanded="false" aria-controls="answer-{number}"'
        panel = f'id="answer-{number}"'
        rows.append(
            {
                "button": soup.div(
                    soup.tag("button", soup.span(asked), ICON, extra=controls),
                    soup.div(soup.div(told), extra=f"{panel} hidden"),
                ),
                "region": soup.div(
                    soup.div(soup.div(asked), ICON, extra=f'role="button" {controls}'),
                    soup.div(soup.tag("p", told), extra=f'{panel} role="region" aria-hidden="true"'),
                ),
                "hidden": soup.div(soup.div(asked), soup.div(told, extra='style="display:none;height:0"')),
                "labelled": soup.div(
                    soup.div(soup.div(f"Question {number}"), soup.div(asked)),
                    soup.div(soup.div("Answer"), soup.div(told)),
                ),
                "show": soup.div(soup.div(asked), soup.button("Show answer", extra=controls), soup.div(told)),
                "pair": soup.div(soup.div(asked), soup.div(told)),
                "siblings": soup.div(asked) + soup.div(told),
            }[kind]
        )
    return soup.div(heading(soup, QUESTIONS, style), soup.div(*rows))


def related(soup: Soup, truth: Truth, kind: str, style: str) -> str:
    """Return the related terms: `card`, `link` (a link round the card), `inline`, `columns`."""
    if not truth["related"]:
        return ""
    rows = []
    for item in truth["related"]:
        term, text = escape(item["term"]), escape(item["definition"])
        href = f"/key-terms/{slug(truth['course'])}/{slug(item['term'])}"
        rows.append(
            {
                "card": soup.div(soup.link(term, href), soup.div(text)),
                "link": soup.tag("a", soup.div(term), soup.div(text), extra=f'href="{href}"'),
                "inline": soup.div(soup.tag("a", term, extra=f'href="{href}"'), f": {text}"),
                "columns": soup.div(soup.div(soup.tag("b", term)), soup.div(soup.div(soup.span(text)))),
            }[kind]
        )
    words = "Related Terms" if soup.look % 2 else "Related terms"
    return soup.div(heading(soup, words, style), soup.div(*rows))


def also_found(soup: Soup, truth: Truth, kind: str, style: str, *, curly: bool) -> str:
    """Return the other courses: `list` and `chips` (links), `comma` (spans with commas between)."""
    left, right = ("“", "”") if curly else ("&quot;", "&quot;")
    term = escape(truth["term"])
    words = soup.div(f"{left}<!-- -->{term}<!-- -->{right} also found in:")
    if not truth["also_found_in"]:
        return soup.div(words)
    count = heading(soup, subjects_heading(len(truth["also_found_in"])), style, 3)
    links = [
        soup.link(escape(course), f"/key-terms/{slug(course)}/{slug(truth['term'])}")
        for course in truth["also_found_in"]
    ]
    if kind == "comma":
        spans = [f"<span>{escape(course)}</span>" for course in truth["also_found_in"]]
        return soup.div(words, count, soup.div(", ".join(spans)))
    rows = [soup.div(link) for link in links] if kind == "list" else links
    return soup.div(words, count, soup.div(*rows))
