"""Markdown as crawlers write it: html2text, markdownify, Pandoc, readers with a header, GitHub."""

from __future__ import annotations

from dataclasses import dataclass, replace

import html2text
import trafilatura

from .markdown_writer import Writer, clean
from .model import (
    CLASS_LINE,
    CTA,
    DEFINITION,
    QUESTIONS,
    TAGLINES,
    Truth,
    congrats,
    dice,
    facts_heading,
    found_heading,
    page_title,
    page_url,
    slug,
    subjects_heading,
    without_notices,
)
from .reading import lost, text_of_markdown
from .render_baseline import form_a, form_c

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "markdown"
VARIANTS = 17


@dataclass(frozen=True)
class Style:
    """How one variant writes; `tool` names a real tool over form a or c instead."""

    tool: str = ""
    heading: str = "atx"  # atx, closed, setext, bold
    bullet: str = "-"
    numbers: str = "."
    tight: bool = True
    questions: str = "nested"  # nested, bold, heading, details, numbered, labelled
    related: str = "paragraph"  # paragraph, list, deflist, table, heading
    front: str = "none"  # none, yaml, reader, toml
    links: bool = False
    escape: str = "needed"  # needed, all
    footer: bool = True
    eol: str = "\n"
    shell: bool = False


STYLES = (
    Style(tool="a", links=True),
    Style(),
    Style(front="yaml", bullet="*", links=True, related="list"),
    Style(heading="setext", bullet="*", questions="bold", tight=False),
    Style(heading="bold", bullet="+", questions="bold", related="list"),
    Style(front="reader", heading="setext", bullet="*", links=True, shell=True, escape="all"),
    Style(tool="c"),
    Style(tool="wide-a"),
    Style(related="deflist", questions="heading", heading="closed", eol="\r\n"),
    Style(front="yaml", questions="details", related="table"),
    Style(escape="all", bullet="*", numbers=")", questions="numbered", shell=True, links=True),
    Style(tool="bare-a", footer=True),
    Style(front="toml", questions="labelled", related="heading", tight=False),
    Style(heading="bold", bullet="-", numbers=")", questions="nested", footer=False, eol="\r\n"),
    Style(tool="plus-c", links=True),
    Style(bullet="+", questions="details", related="table", heading="setext", escape="all"),
    Style(tool="trafilatura", footer=False),
)


def render(truth: Truth, *, variant: int) -> bytes:
    """Return `STYLES[variant]` (later variants mix those without a tool).

    Tools: html2text over form a (0, wrapped at 78; 7 unwrapped; 11 without links and emphasis)
    and over form c (6 wrapped, 14 with "+" bullets, unwrapped); trafilatura's Markdown (16). Where
    a tool loses a field or leaves a character unescaped that Markdown reads as mark-up, variant 1
    stands in. 13 and 16 lose the footer.
    """
    style = _style(variant)
    if style.tool:
        page = _by_tool(truth, style)
        if not lost(expected(truth, variant=variant), text_of_markdown(page)):
            return page.encode()
        style = replace(STYLES[1], footer=style.footer)
    page = _front(truth, style) + _write(truth, style)
    return page.replace("\n", style.eol).encode()


def expected(truth: Truth, *, variant: int) -> Truth:
    """Return `truth`, without notices where the footer is lost."""
    return truth if _style(variant).footer else without_notices(truth)


def name(variant: int) -> str:
    """Return the file name."""
    return f"markdown-{variant}.md"


def _style(variant: int) -> Style:
    if variant < len(STYLES):
        return STYLES[variant]
    rng = dice(GENERATION, variant)
    written = [style for style in STYLES if not style.tool]
    fields = {key: getattr(rng.choice(written), key) for key in Style.__dataclass_fields__}
    return Style(**fields)


def _by_tool(truth: Truth, style: Style) -> str:
    if style.tool == "trafilatura":
        page = form_a(truth).replace("<body>", "<body><article>")
        page = page.replace("<footer>", "</article><footer>")
        return trafilatura.extract(page, output_format="markdown") or ""
    tool = html2text.HTML2Text(baseurl=page_url(truth), bodywidth=78)
    if style.tool != "a":
        tool.body_width = 78 if style.tool == "c" else 0
    tool.ignore_links = tool.ignore_emphasis = style.tool == "bare-a"
    tool.unicode_snob = True
    if style.tool == "plus-c":
        tool.ul_item_mark = "+"
    return tool.handle(form_c(truth) if style.tool.endswith("c") else form_a(truth))


def _front(truth: Truth, style: Style) -> str:
    title, url = page_title(truth), page_url(truth)
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return {
        "none": "",
        "yaml": f'---\ntitle: "{quoted}"\nurl: {url}\ndate: 2024-09-03\n---\n\n',
        "toml": f'+++\ntitle = "{quoted}"\nurl = "{url}"\n+++\n\n',
        "reader": f"Title: {title}\n\nURL Source: {url}\n\nMarkdown Content:\n",
    }[style.front]


def _write(truth: Truth, style: Style) -> str:
    w = Writer(style.heading, style.bullet, style.numbers, style.tight, style.escape)
    if style.shell:
        w.block("[![Fiveable](https://library.fiveable.me/logo.png)](https://library.fiveable.me/)")
        w.block("[Skip to content](#main)")
    w.block(TAGLINES[0])
    w.heading(2, TAGLINES[1])
    w.heading(1, w.text(truth["term"]))
    w.block(CLASS_LINE)
    course = w.text(truth["course"])
    w.heading(3, f"[{course}](/{slug(truth['course'])})" if style.links else course)
    w.heading(2, DEFINITION)
    w.block(w.text(truth["definition"]))
    w.block(congrats(f"**{clean(truth['term'])}**" if style.links else w.text(truth["term"])))
    w.block(CTA)
    if truth["facts"]:
        w.heading(2, facts_heading(len(truth["facts"])))
        w.numbered([w.text(fact) for fact in truth["facts"]])
    _questions(w, truth, style)
    _related(w, truth, style)
    w.heading(2, w.text(found_heading(truth["term"])))
    if truth["also_found_in"]:
        w.heading(3, subjects_heading(len(truth["also_found_in"])))
        courses = [w.text(course) for course in truth["also_found_in"]]
        base = "https://library.fiveable.me/key-terms/"
        links = [f"[{c}]({base}{slug(c)})" for c in courses]
        w.bulleted(links if style.links else courses)
    if style.footer:
        for notice in truth["notices"]:
            w.block(w.text(notice))
    return w.result()


def _questions(w: Writer, truth: Truth, style: Style) -> None:
    if not truth["questions"]:
        return
    w.heading(2, QUESTIONS)
    pairs = [(w.text(q["question"]), w.text(q["answer"])) for q in truth["questions"]]
    if style.questions == "nested":
        w.nested(pairs)
    elif style.questions == "numbered":
        w.nested(pairs, numbered=True)
    for number, (asked, told) in enumerate(pairs, 1):
        if style.questions == "bold":
            w.block(f"**{clean(truth['questions'][number - 1]['question'])}**")
            w.block(told)
        elif style.questions == "heading":
            w.heading(3, asked)
            w.block(told)
        elif style.questions == "labelled":
            w.block(f"**Q:** {asked}")
            w.block(f"**A:** {told}")
        elif style.questions == "details":
            w.block(f"<details>\n<summary>{w.html(truth['questions'][number - 1]['question'])}")
            w.join("</summary>")
            w.block(told)
            w.block("</details>")


def _related(w: Writer, truth: Truth, style: Style) -> None:
    if not truth["related"]:
        return
    w.heading(2, "Related terms")
    rows = []
    for item in truth["related"]:
        term = w.text(item["term"])
        if style.links:
            address = f"/key-terms/{slug(truth['course'])}/{slug(item['term'])}"
            term = f"[**{clean(item['term'])}**]({address})"
        rows.append((term, w.text(item["definition"])))
    if style.related == "list":
        w.bulleted([f"{term}: {told}" for term, told in rows])
    elif style.related == "table":
        w.table(("Term", "Definition"), rows)
    for term, told in rows:
        if style.related == "paragraph":
            w.block(f"{term}: {told}")
        elif style.related == "deflist":
            w.block(f"{term}\n:   {told}")
        elif style.related == "heading":
            w.heading(3, term)
            w.block(told)
