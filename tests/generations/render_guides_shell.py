"""Study guides of 2026 in an app shell: breadcrumb, unit line, furniture in the middle of the text."""

from __future__ import annotations

from .guides_model import GuideTruth, Practice, SectionTruth, guide_dice
from .model import escape, slug
from .render_baseline import ICON

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "guides-shell"
VARIANTS = 8


def name(variant: int) -> str:
    """Return the file name."""
    return f"guide-shell-{variant}.html"


def expected(truth: GuideTruth, *, variant: int) -> GuideTruth:
    """Return `truth`: nothing is lost."""
    del variant
    return truth


def render(truth: GuideTruth, *, variant: int) -> bytes:
    """Return the page. Even variants nest more, odd ones use other containers for words and questions."""
    rng = guide_dice(GENERATION, variant, truth)
    title = f"{truth['topic']} {truth['title']}"
    body = [_breadcrumb(truth, variant), _pill(truth, variant)]
    body.append(f'<img src="/qr.svg" alt="QR code for {escape(truth["course"])} practice questions">')
    body.append(_title(truth, variant))
    body.append(_byline(truth, variant))
    if truth["objectives"]:
        tag = ("h3", "h2", "h4", "h3")[variant % 4]
        words = (
            "Skills you&#x27;ll gain in this topic:",
            "Learning Objectives",
            "What you’ll learn",
            "Skills you'll gain in this topic",
        )[variant % 4]
        items = "".join(
            f"<li>{'<span>' if variant % 2 else ''}{escape(o)}{'</span>' if variant % 2 else ''}</li>"
            for o in truth["objectives"]
        )
        body.append(f"<{tag}>{words}</{tag}><ul>{items}</ul>")
    if variant % 4 == 3:
        links = "".join(f'<li><a href="#s{n}">{escape(s["heading"])}</a></li>' for n, s in enumerate(truth["sections"]))
        body.append(f"<div><p>On this page</p><ul>{links}</ul></div>")
    if truth["lead"]:
        body.append(f"<p>{escape(truth['lead'])}</p>")
    card = rng.randrange(1, len(truth["sections"]) + 1)
    for number, section in enumerate(truth["sections"], 1):
        body.append(_section(section, number, variant))
        if number == card:
            body.append(_card(variant))
    body.append(_questions(truth, variant))
    body.append(_vocabulary(truth, variant))
    if variant % 3 == 2:
        body.append("<p>Log in to export your vocabulary</p><p>Next topic: 3.6 Fitness</p>")
    content = "".join(body)
    if variant % 2 == 0:
        content = f"<div><div><section>{content}</section></div></div>"
    links = "".join(
        f'<li><a href="/s/{n}"><span>{ICON}</span><span>World Literature {n}</span></a></li>' for n in range(40)
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(truth["title"])} - '
        f"{escape(truth['course'])} | Fiveable</title></head><body>"
        f'<header class="sticky"><a href="/"><img src="logo.png" alt="Fiveable"></a><nav><ul>{links}</ul></nav>'
        "<button>Log in</button></header>"
        f'<div id="cookie">We use cookies. <button>Accept all</button></div><main><article>{content}</article></main>'
        '<footer><a href="/about">About us</a><a href="/privacy">Privacy</a>'
        + "".join(f"<p>{escape(notice)}</p>" for notice in truth["notices"])
        + f'</footer><script>window.x={{"t":"{title}"}}</script></body></html>'
    ).encode()


def _breadcrumb(truth: GuideTruth, variant: int) -> str:
    course, last = escape(truth["course"]), f"{truth['topic']} {escape(truth['title'])}"
    unit = f"Unit {truth['unit_number']} {'–:'[variant % 2]} {escape(truth['unit_title'] or '')}".replace(" :", ":")
    link = f'<a href="/{slug(truth["course"])}">{course}</a>'
    forms = (
        f'<nav aria-label="breadcrumb"><ol><li>{link}</li><li><a href="/u">{unit}</a></li><li>{last}</li></ol></nav>',
        f"<div>{link} <span>›</span> <a href='/u'>{unit}</a> <span>›</span> <span>{last}</span></div>",
        f"<nav><a href='/'>Home</a><span>/</span>{link}<span>/</span><a href='/u'>{unit}</a></nav>",
        f"<ul><li><a href='/'>Home</a></li><li>{link}</li><li><a href='/u'>{unit}</a></li></ul>",
    )
    return forms[variant % 4]


def _pill(truth: GuideTruth, variant: int) -> str:
    line = f"{escape(truth['course'])} Unit {truth['unit_number']} Review"
    return (
        f"<div class='pill'>🧬{line}</div>"
        if variant % 2
        else f"<div class='pill'><span>🧬</span><span>{line}</span></div>"
    )


def _title(truth: GuideTruth, variant: int) -> str:
    title = escape(truth["title"])
    forms = (
        f'<h1 class="t">{truth["topic"]} {title}</h1>',
        f"<h1><span>{truth['topic']}</span><span>{title}</span></h1>",
        f"<h1><strong>Topic {truth['topic']}: {title}</strong></h1>",
        f"<header><h1>🧬 {truth['topic']}: {title}</h1></header>",
    )
    return forms[variant % 4]


def _byline(truth: GuideTruth, variant: int) -> str:
    year, month = (truth["updated"] or "").split("-")
    months = {"06": "June", "09": "September"}
    date = f"Last updated {months[month]} {year}"
    who = f"Written by the {truth['authors'][0]}"
    joined = (
        f"<div>{who} • {date}</div>",
        f"<div><span>{who}</span><span>•</span><span>{date}</span></div>",
        f"<p>{who}</p><p>{date}</p>",
    )
    return joined[variant % 3] + "<div>Verified for the 2027 exam</div>"


def _card(variant: int) -> str:
    links = '<a href="/p">practice questions</a><a href="/c">cheatsheet</a><a href="/s">score calculator</a>'
    if variant % 2:
        links = "".join(f"<div>{link}</a></div>" for link in links.split("</a>")[:-1])
    return (
        f'<div class="card"><img src="/pep.png" alt="Pep mascot"><p>more resources to help you study</p>{links}</div>'
        f"<div {'role=dialog aria-hidden=true' if variant % 4 < 2 else ''}>"
        "<p>Upgrade your Fiveable account to print any study guide</p>"
        "<p>Download study guides as beautiful PDFs <a href='/e'>See example</a></p>"
        "<p>Mark up and annotate as you study</p></div>"
    )


def _section(section: SectionTruth, number: int, variant: int) -> str:
    parts = [f'<h2 id="s{number}">{escape(section["heading"])}</h2>']
    for kind, content in section["blocks"]:
        if isinstance(content, str):
            parts.append(f"<p>{escape(content)}</p>")
        else:
            parts.append(f"<{kind}>" + "".join(f"<li>{escape(item)}</li>" for item in content) + f"</{kind}>")
    return "<section>" + "".join(parts) + "</section>" if variant % 2 else "".join(parts)


def _vocabulary(truth: GuideTruth, variant: int) -> str:
    words = [
        (f'<a href="/key-terms/x/{slug(w["term"])}">{escape(w["term"])}</a>', escape(w["definition"]))
        for w in truth["vocabulary"]
    ]
    note = (
        "<p>The following words are mentioned explicitly in the College Board Course and Exam Description"
        " for this topic.</p>"
    )
    head = f"<h2>Key Terms to Review ({len(words)})</h2>"
    if variant % 4 == 0:
        rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in words)
        columns = "<thead><tr><th>Term</th><th>Definition</th></tr></thead>"
        return f"<h2>Vocabulary</h2>{note}<table>{columns}<tbody>{rows}</tbody></table>"
    if variant % 4 == 1:
        return head + "".join(f"<p><strong>{a}</strong>: {b}</p>" for a, b in words)
    if variant % 4 == 2:
        rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in words)
        return f"<h2>Vocabulary</h2><table><tr><td>Term</td><td>Definition</td></tr>{rows}</table>"
    return head + "<dl>" + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in words) + "</dl>"


def _questions(truth: GuideTruth, variant: int) -> str:
    if not truth["questions"]:
        return ""
    if any("choices" in question for question in truth["questions"]):
        return "<h2>Practice Questions</h2>" + "".join(
            _practice(q, n, variant) for n, q in enumerate(truth["questions"], 1)
        )
    made = []
    for question in truth["questions"]:
        asked, answer = escape(question["question"]), escape(question["answer"])
        forms = (
            f"<h3>{asked}</h3><p>{answer}</p>",
            f"<details><summary>{asked}</summary><p>{answer}</p></details>",
            f"<div><h3>{asked}</h3><div hidden><p>{answer}</p></div></div>",
            f"<p><strong>{asked}</strong></p><p>{answer}</p>",
        )
        made.append(forms[variant % 4])
    return "<h2>Frequently Asked Questions</h2>" + "".join(made)


def _practice(question: Practice, number: int, variant: int) -> str:
    choices = question.get("choices", [])
    letter = "ABCDEFGH"[choices.index(question["answer"])]
    asked, why = escape(question["question"]), escape(question.get("explanation", ""))
    if variant % 4 == 0:
        items = "".join(f"<li>{escape(c)}</li>" for c in choices)
        return f'<p>{number}. {asked}</p><ol type="A">{items}</ol><p>Answer: {letter}</p><p>Explanation: {why}</p>'
    if variant % 4 == 1:
        lines = "".join(f"<p>{'ABCD'[n]}. {escape(c)}</p>" for n, c in enumerate(choices))
        right = f"<p>Correct answer: ({letter}) {escape(question['answer'])}</p>"
        return f"<h3>{asked}</h3>{lines}<details><summary>Show answer</summary>{right}<p>{why}</p></details>"
    if variant % 4 == 2:
        lines = "<br>".join(f"({'ABCD'[n]}) {escape(c)}" for n, c in enumerate(choices))
        right = f"<p><b>Answer:</b> {escape(question['answer'])}</p>"
        return f"<div><p>{asked}</p><p>{lines}</p>{right}<p><b>Explanation:</b> {why}</p></div>"
    lines = "".join(f"<li>{'abcd'[n]}) {escape(c)}</li>" for n, c in enumerate(choices))
    return f"<li>{asked}<ul>{lines}</ul><p>Answer: {letter}. {why}</p></li>"
