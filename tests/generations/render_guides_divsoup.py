"""Study guides without a heading's mark: divs with classes, lists of divs, names in boxes."""

from __future__ import annotations

from .guides_model import GuideTruth
from .model import escape

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "guides-divsoup"
VARIANTS = 4


def name(variant: int) -> str:
    """Return the file name."""
    return f"guide-soup-{variant}.html"


def expected(truth: GuideTruth, *, variant: int) -> GuideTruth:
    """Return `truth`: nothing is lost."""
    del variant
    return truth


def render(truth: GuideTruth, *, variant: int) -> bytes:
    """Return the page: 0 and 1 keep the first heading, 1 and 3 print the others bold, 2 and 3 mark only by class."""

    def head(text: str) -> str:
        if variant % 2:
            return f'<div class="b"><b>{escape(text)}</b></div>'
        return f'<div class="css-1h">{escape(text)}</div>'

    course, title = escape(truth["course"]), f"{truth['topic']} {escape(truth['title'])}"
    unit, who = f"Unit {truth['unit_number']} – {escape(truth['unit_title'] or '')}", escape(truth["authors"][0])
    months = {"06": "June", "09": "September"}
    year, month = (truth["updated"] or "").split("-")
    body = [
        f'<div class="bc"><span>{course}</span><span>›</span><span>{unit}</span></div>',
        f'<div class="pill">🧬{course} Unit {truth["unit_number"]} Review</div>',
        f"<h1>{title}</h1>" if variant < 2 else f'<div class="big">{title}</div>',
        f'<div class="by">Written by the {who}<span> • </span>Last updated {months[month]} {year}</div>',
    ]
    if truth["objectives"]:
        body.append(head("Skills you'll gain in this topic:"))
        body.append("<ul>" + "".join(f"<li><div>{escape(o)}</div></li>" for o in truth["objectives"]) + "</ul>")
    if truth["lead"]:
        body.append(f'<div class="p">{escape(truth["lead"])}</div>')
    for section in truth["sections"]:
        body.append(head(section["heading"]))
        for kind, content in section["blocks"]:
            if isinstance(content, str):
                body.append(f'<div class="p"><span>{escape(content)}</span></div>')
            else:
                body.append(
                    f"<{kind}>" + "".join(f"<li><div>{escape(item)}</div></li>" for item in content) + f"</{kind}>"
                )
        body.append('<div class="ad"><span>Upgrade your Fiveable account to print any study guide</span></div>')
    if any("choices" in question for question in truth["questions"]):
        body.append(head("Practice Questions"))
        for question in truth["questions"]:
            choices = question.get("choices", [])
            letter = "ABCD"[choices.index(question["answer"])]
            body.append(f'<div class="q">{escape(question["question"])}</div>')
            body += [
                f'<div class="c"><span>{"ABCD"[n]}</span><span>{escape(c)}</span></div>' for n, c in enumerate(choices)
            ]
            body.append(
                f'<div class="a">Correct answer: {letter}</div>'
                f'<div class="w">Explanation: {escape(question.get("explanation", ""))}</div>'
            )
    elif truth["questions"]:
        body.append(head("FAQs"))
        body += [
            f'<div class="f"><div class="q">{escape(q["question"])}</div>'
            f'<div class="an">{escape(q["answer"])}</div></div>'
            for q in truth["questions"]
        ]
    body.append(head(f"Key Terms to Review ({len(truth['vocabulary'])})"))
    body += [
        f'<div class="kt"><div class="t">{escape(w["term"])}</div><div class="d">{escape(w["definition"])}</div></div>'
        for w in truth["vocabulary"]
    ]
    notices = "".join(f'<div class="n">{escape(notice)}</div>' for notice in truth["notices"])
    return (
        f"<html><head><title>{escape(truth['title'])} | {course}</title></head><body><div><div>Log in</div>"
        f"<div>{''.join(body)}</div>"
        f'<div class="ft"><span>About us</span><span>Privacy</span></div>{notices}</div></body></html>'
    ).encode()
