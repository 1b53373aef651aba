"""Markdown as crawlers write it: markdown-it makes HTML of it, and the HTML reader reads that."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape as html_escape
from html import unescape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from pipeline.blocks.flavours import without_inline_marks, without_line_marks
from pipeline.blocks.html.reader import read_html
from pipeline.blocks.math import protect_math, restore_math
from pipeline.blocks.model import Cut, Page
from pipeline.blocks.signs import begins_answer, begins_question
from pipeline.blocks.verbatim import fenced
from pipeline.config import Limits
from pipeline.records import escape

__all__ = ["read_markdown"]

# Markup that crawlers leave in Markdown on purpose; any other `<` is a character of the text.
_KEPT_MARKUP: Final = re.compile(
    r"</?(?:sub|sup|br|b|i|u|em|strong|p|div|span|table|thead|tbody|tr|t[dh]|details|summary|img|a|code|pre|h[1-6]|"
    r"ul|ol|li|dl|dt|dd|blockquote|aside|figure|figcaption|kbd|mark|small|hr|input)\b[^<>]*/?>",
    re.IGNORECASE,
)
_FRONT_MATTER: Final = re.compile(
    r"\s*(?:---|\+\+\+)[ \t]*\n(?P<fields>(?:[^\n]*\n){0,60}?)(?:---|\.\.\.|\+\+\+)[ \t]*(?:\n|\Z)"
)
# What a reader service prints above a page (`Title:`, `URL Source:`, `Markdown Content:`), blank lines between.
_READER_HEAD: Final = re.compile(
    r"(?P<fields>(?:(?:Title|URL Source|Published Time|Description|Warning):[^\n]*\n+)+)(?:Markdown Content:[ \t]*\n)?"
)
# An address that a wrapping writer broke in two.
_BROKEN_LINK: Final = re.compile(r"(\]\([^()\s]*)\n[ \t]*([^()\s]+\))")
# A word that a wrapping writer broke at its hyphen; "short- and long-run" is none.
_BROKEN_WORD: Final = re.compile(r"(\w-)\n[ \t]*(?=\w)(?!(?:and|or|to)\b)")
# What Pandoc writes behind a heading: `{#overview .unnumbered}`.
_ATTRIBUTES: Final = re.compile(r"^(#{1,6} [^\n]*?)(?:(?<![ \t])[ \t]++)?\{[#.][^{}\n]*\}[ \t]*+$", re.MULTILINE)
_TABLE_RULE: Final = re.compile(r"\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)+(?:\|[ \t]*+)?")
# `term: definition`, the term bold or not.
_TERM_LINE: Final = re.compile(
    r"(?:(?:\*\*|__)[^*_\n]{1,80}(?::(?:\*\*|__)|(?:\*\*|__)[ \t]*[:–—-])|[^\W\d_][^:.!?*|`\n]{0,60}:)[ \t]+\S.*"
)
_LONE_TERM: Final = re.compile(
    r"(?:\*\*|__)?[^\W\d_][^:.!?*|`\n]{0,60}:(?:\*\*|__)?[ \t]*|\*\*[^*\n]{1,80}\*\*[ \t]*+(?::[ \t]*+)?"
)
# How html2text writes `dt` and `dd`: a line, and below it, without a blank line, an indented one.
_INDENTED_DEFINITION: Final = re.compile(
    r"^(?![ \t]|[*+>#|:-]|\d+[.)] )([^\n]{1,120})\n {4,}(?=\S)([^\n]*)$", re.MULTILINE
)
# A definition list of Pandoc, PHP Markdown Extra and others: a line, and below it its definitions behind colons.
_DEFINITION: Final = r"[ ]{0,3}:[ \t]+\S[^\n]*(?:\n[ \t]+(?!:[ \t])\S[^\n]*)*"
_DEFINED: Final = re.compile(
    rf"^(?![ \t]|[*+>#|:-][ \t]|[>#|]|\d+[.)] )(?P<term>[^\n]{{1,200}})\n(?:[ \t]*\n)?(?P<told>{_DEFINITION}"
    rf"(?:\n(?:[ \t]*\n)?{_DEFINITION})*)$",
    re.MULTILINE,
)
# A heading that a writer wrapped as it wraps text: a blank line follows only below its second line.
_WRAPPED_HEADING: Final = re.compile(
    r"^(#{1,6}[ \t]+[^\n]{55,90}[^\s.?!:#])[ \t]*\n(?![ \t]|[#>*+|`~=<-]|\d+[.)])([^\n]{1,90})(?=\n[ \t]*\n|\n?\Z)",
    re.MULTILINE,
)
_HEADING_ABOVE_TEXT: Final = re.compile(r"^#{1,6}[ \t]+[^\n]{1,60}\n(?=\S)", re.MULTILINE)
_TASK: Final = re.compile(r"^(?P<sign>[ \t>]*(?:[*+-]|\d{1,3}[.)])[ \t]+)\[(?P<box>[ xX✓])\][ \t]+(?=\S)", re.MULTILINE)
_COLON: Final = re.compile(r"^[ ]{0,3}:[ \t]+", re.MULTILINE)
_MARKS: Final = " \t>*_"  # what may stand before the words of a line
# Characters of no text, and those of windows-1252 by its numbers: browsers know what is meant, Markdown does not.
_CONTROL: Final = re.compile(
    r"&#(?:0*(?:[1-8]|1[14-9]|2\d|3[01]|12[7-9]|1[345]\d)|[xX]0*(?:[1-8bBeEfF]|1[\da-fA-F]|7[fF]|[89][\da-fA-F]));"
)
_BULLET_SIGNS: Final = re.compile(r"^([ \t]*)[•◦▪●○‣·][ \t]+", re.MULTILINE)
# Bold with underscores: believed only in a page that has it at the beginning of some line.
_BOLD_UNDERSCORES: Final = re.compile(r"^[ \t>#*+-]{0,12}(?:\d{1,3}[.)] )?__\w", re.MULTILINE)


def read_markdown(source: str, *, limits: Limits, url: str | None = None, encoding: str = "utf-8") -> Page:
    """Return a Markdown page as blocks; a front matter's `title` and `url` are the page's."""
    body, fields = source, {}
    front = _FRONT_MATTER.match(source) or _READER_HEAD.match(source)
    if front:
        fields = _fields(front["fields"])
        body = source[front.end() :]
    body, cuts = _without_line_marks(body)
    body = _outside_code(_mended, body)
    protected, formulas = protect_math(body)
    protected = _outside_code(without_inline_marks, protected)
    parser = _parser(bold_underscores="**" not in body and bool(_BOLD_UNDERSCORES.search(body)))
    html = restore_math(parser.render(protected), [html_escape(formula, quote=True) for formula in formulas])
    address = fields.get("url") or fields.get("url source") or fields.get("canonical") or fields.get("source") or url
    page = read_html(html, limits=limits, url=address, encoding=encoding)
    return replace(
        page,
        title=fields.get("title") or page.title,
        url=page.url or address,
        front=fields,
        source=source,
        cuts=(*page.cuts, *cuts),
    )


def _without_line_marks(body: str) -> tuple[str, list[Cut]]:
    cuts: list[Cut] = []

    def without(part: str) -> str:
        plain, found = without_line_marks(part)
        cuts.extend(found)
        return plain

    return _outside_code(without, body), cuts


def _outside_code(change: Callable[[str], str], body: str) -> str:
    """Return Markdown with what is no fenced code changed."""
    return "".join(change(part) if place % 2 == 0 else part for place, part in enumerate(fenced(body)))


def _mended(body: str) -> str:
    """Return Markdown with what wrapping writers broke joined again, and with signs and definitions it knows."""
    body = _CONTROL.sub(lambda reference: unescape(reference[0]), body)
    body = _BROKEN_LINK.sub(r"\1\2", _BULLET_SIGNS.sub(r"\1* ", body))
    body = _INDENTED_DEFINITION.sub(r"\1\n\n\2\n", _BROKEN_WORD.sub(r"\1", body))
    if "](" not in body and not _HEADING_ABOVE_TEXT.search(body):
        body = _WRAPPED_HEADING.sub(r"\1 \2", body)
    body = _TASK.sub(_box, body)
    body = _DEFINED.sub(_definitions, body)
    return _turns_apart(_term_lines_apart(_tables_closed(_ATTRIBUTES.sub(r"\1", body))))


def _box(found: re.Match[str]) -> str:
    ticked = found["box"] in "xX✓"
    return f"{found['sign']}<input type='checkbox'{' checked' if ticked else ''} disabled> "


def _definitions(found: re.Match[str]) -> str:
    """Return an item of a definition list in HTML, which Markdown lets through."""
    told = [part.strip() for part in _COLON.split(found["told"]) if part.strip()]
    texts = [f"<dt>\n\n{found['term']}\n\n</dt>", *(f"<dd>\n\n{text}\n\n</dd>" for text in told)]
    return "\n".join(["", *texts, ""])


def _turns_apart(body: str) -> str:
    """Return Markdown with a blank line before each line that asks, or answers the one above, by its label or sign."""
    lines: list[str] = []
    for line in body.split("\n"):
        text, above = line.lstrip(_MARKS), lines[-1].strip(_MARKS) if lines else ""
        if above and line[:1] != "|" and (begins_answer(text, above) or begins_question(text)):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def _tables_closed(body: str) -> str:
    """Return Markdown with a blank line behind each table: html2text goes on right below it."""
    lines: list[str] = []
    border: str | None = None  # with what each row of the table begins
    for line in body.split("\n"):
        row = line.strip()
        if border is not None and not (row.startswith(border) and "|" in row):
            lines += [""] if row else []
            border = None
        if border is None and _TABLE_RULE.fullmatch(row):
            border = "|" if row.startswith("|") else ""
        lines.append(line)
    return "\n".join(lines)


def _term_lines_apart(body: str) -> str:
    """Return Markdown with a blank line between `term: definition` lines, where a paragraph is made of nothing else."""
    paragraphs = re.split(r"(\n[ \t]*\n)", body)
    for number, paragraph in enumerate(paragraphs):
        lines = paragraph.strip("\n").split("\n")
        is_list = len(lines) > 1 and _TERM_LINE.fullmatch(lines[0])
        if is_list and all(_TERM_LINE.fullmatch(line) or _LONE_TERM.fullmatch(line) for line in lines):
            paragraphs[number] = paragraph.replace("\n", "\n\n")
    return "".join(paragraphs)


def _fields(lines: str) -> dict[str, str]:
    """Return a front matter's `key: value` lines; anything deeper is left out."""
    fields = {}
    for line in lines.splitlines():
        key, colon, value = re.sub(r"^([\w-]+)\s*=", r"\1:", line).partition(":")
        if colon and re.fullmatch(r"[A-Za-z_][\w -]*", key):
            fields[key.lower()] = value.strip().strip("'\"")
    return fields


def _parser(*, bold_underscores: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    if not bold_underscores:
        parser.inline.ruler.before("emphasis", "underscores", _underscores)
    parser.add_render_rule("html_inline", _markup)
    parser.add_render_rule("html_block", _markup)
    return parser


def _underscores(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (a rule's signature in markdown-it)
    """Keep two or more underscores in a row as text: crawlers write bold with asterisks, so they belong to a name."""
    end = state.pos
    while end < state.posMax and state.src[end] == "_":
        end += 1
    if end - state.pos < 2:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _markup(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Write markup that Markdown lets through: what crawlers keep as it is, anything else as text."""
    content = tokens[index].content
    parts, last = [], 0
    for match in _KEPT_MARKUP.finditer(content):
        parts += [escape(content[last : match.start()]), match.group()]
        last = match.end()
    parts.append(escape(content[last:]))
    return "".join(parts)
