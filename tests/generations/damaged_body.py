"""Bodies of damaged pages: three forms in which nothing that may stay open is closed."""

from __future__ import annotations

from collections.abc import Callable

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
    slug,
    subjects_heading,
)

__all__ = ["soup_a", "soup_c", "soup_table"]

Text = Callable[[str], str]


def _strong(text: str, *, misnest: bool) -> str:
    return f"<b><i>{text}</b></i>" if misnest else f"<b>{text}</b>"


def _legal(truth: Truth, text: Text) -> str:
    return "".join(f"<p class=legal align=center>{text(notice)}\n" for notice in truth["notices"])


def soup_a(truth: Truth, *, text: Text, stray: bool, misnest: bool, font: bool) -> str:
    """Return the plain form: open `p` and `li`, headings closed (or text would run together)."""
    extra = "</div>" if stray else ""
    left, right = ("<font face=Arial size=2>", "</font>") if font else ("", "")
    term, course = text(truth["term"]), text(truth["course"])
    parts = [
        f"<p>{TAGLINES[0]}\n<h2>{TAGLINES[1]}</h2>{extra}\n<h1>{left}{term}{right}</h1>\n",
        f"<p>{CLASS_LINE}\n<h3><a href=/{slug(truth['course'])}>{course}</a></h3>\n",
        f"<h2>{DEFINITION}</h2>\n<p>{left}{text(truth['definition'])}{right}\n",
        f"<p>{congrats(_strong(term, misnest=misnest))}{extra}\n<p><button>{CTA}</button>\n",
    ]
    if truth["facts"]:
        parts.append(f"<h2>{facts_heading(len(truth['facts']))}</h2>\n<ol>\n")
        parts += [f"<li>{left}{text(fact)}{right}\n" for fact in truth["facts"]]
        parts.append(f"</ol>{extra}\n")
    if truth["questions"]:
        parts.append(f"<h2>{QUESTIONS}</h2>\n<ul>\n")
        for question in truth["questions"]:
            parts.append(f"<li>{text(question['question'])}\n<ul><li>{text(question['answer'])}")
            parts.append("\n</ul>\n")
        parts.append("</ul>\n")
    if truth["related"]:
        parts.append(f"<h2>Related terms</h2>{extra}{extra}\n")
        parts += [
            f"<p>{_strong(text(item['term']), misnest=misnest)}: {left}{text(item['definition'])}{right}\n"
            for item in truth["related"]
        ]
    parts.append(f"<h2>{found_heading(term)}</h2>\n")
    if truth["also_found_in"]:
        parts.append(f"<h3>{subjects_heading(len(truth['also_found_in']))}</h3>\n<ul>\n")
        parts += [f"<li><a href=/x>{text(course)}</a>\n" for course in truth["also_found_in"]]
        parts.append("</ul>\n")
    return "".join(parts) + extra + _legal(truth, text)


def soup_c(truth: Truth, *, text: Text, stray: bool, misnest: bool, font: bool) -> str:
    """Return the app form: `dt`, `dd`, `li`, `p`, `section` never closed, `details` closed."""
    extra = "</div></span>" if stray else ""
    left, right = ("<font color=navy>", "</font>") if font else ("", "")
    parts = [
        "<header><a href=/><img src=logo.gif alt=Fiveable></a><nav><ul><li><a href=/s/1>AP Biology"
        "</a><li><a href=/s/2>Music Theory</a></ul></nav><button>Log in</button></header>\n",
        f"<main><section><h1><span>{text(truth['term'])}</span></h1><div>{CLASS_LINE}\n<h2><a"
        f" href=/c>{text(truth['course'])}</a></h2></div>{extra}\n",
        f"<section><h2>{DEFINITION}</h2><div>{_text_or_bold(truth, text, misnest=misnest)}</div>\n",
    ]
    if truth["facts"]:
        number, words = facts_heading(len(truth["facts"])).split(" ", 1)
        parts.append(f"<section><h2><span>{number}</span> {words}</h2><ol>\n")
        parts += [f"<li><p>{left}{text(fact)}{right}\n" for fact in truth["facts"]]
        parts.append(f"</ol>{extra}\n")
    if truth["questions"]:
        parts.append(f"<section><h2>{QUESTIONS}</h2>\n")
        parts += [
            f"<details><summary>{text(q['question'])}</summary><p>{text(q['answer'])}</details>\n"
            for q in truth["questions"]
        ]
    if truth["related"]:
        parts.append("<section><h2>Related Terms</h2><dl>\n")
        parts += [
            f"<dt>{text(item['term'])}\n<dd>{left}{text(item['definition'])}{right}\n" for item in truth["related"]
        ]
        parts.append("</dl>\n")
    if truth["also_found_in"]:
        parts.append(f"<section><h2>{found_heading(text(truth['term']))}</h2>\n")
        parts.append(f"<h3>{subjects_heading(len(truth['also_found_in']))}</h3><ul>\n")
        parts += [f"<li>{text(course)}\n" for course in truth["also_found_in"]]
        parts.append("</ul>\n")
    return "".join(parts) + "<footer>" + _legal(truth, text)


def _text_or_bold(truth: Truth, text: Text, *, misnest: bool) -> str:
    words, _, rest = truth["definition"].partition(" ")
    if misnest and rest:
        return f"<b><i>{text(words)}</b></i> {text(rest)}"
    return text(truth["definition"])


def soup_table(truth: Truth, *, text: Text, stray: bool, misnest: bool, font: bool) -> str:
    """Return a page laid out in a table, headings as bold fonts, items after line breaks."""
    extra = "</div>" if stray else ""
    size = "<font size=+1>" if font else "<font>"
    term = text(truth["term"])

    def title(words: str) -> str:
        return f"<p>{size}{_strong(words, misnest=misnest)}</font><br>\n"

    parts = [
        "<center><table width=100% border=0><tr><td valign=top><a href=/>Home</a><br><a href=/l>Log in</a><td>\n",
        f"<p>{TAGLINES[0]}<br>\n{TAGLINES[1]}\n<h1>{term}</h1>\n<p>{CLASS_LINE}<br>",
        f"<a href=/c>{text(truth['course'])}</a>\n{title(DEFINITION)}{text(truth['definition'])}\n",
        f"<p>{congrats(term)}{extra and '</font></span>'}\n",
    ]
    if truth["facts"]:
        parts.append(title(facts_heading(len(truth["facts"]))))
        parts += [f"{n}. {text(fact)}<br>\n" for n, fact in enumerate(truth["facts"], 1)]
    if truth["questions"]:
        parts.append(title(QUESTIONS) + "<dl>\n")
        parts += [f"<dt>{text(q['question'])}\n<dd>{text(q['answer'])}\n" for q in truth["questions"]]
        parts.append("</dl>\n")
    if truth["related"]:
        parts.append(title("Related terms") + "<table border=1>\n")
        parts += [
            f"<tr><td>{_strong(text(r['term']), misnest=misnest)}<td>{text(r['definition'])}\n"
            for r in truth["related"]
        ]
        parts.append("</table>\n")
    parts.append(title(found_heading(term)))
    if truth["also_found_in"]:
        parts.append(f"{subjects_heading(len(truth['also_found_in']))}<br>\n")
        parts += [f"&#149; {text(course)}<br>\n" for course in truth["also_found_in"]]
    return "".join(parts) + "</table></center>\n" + _legal(truth, text)
