"""Lines that flavours of Markdown add: containers, callouts, footnotes, comments, what a program fills in."""

import re
from collections.abc import Iterable
from itertools import repeat
from typing import Final

from pipeline.blocks.model import Cut
from pipeline.blocks.verbatim import CodeSpans, comments

__all__ = ["without_line_marks"]

# Name of the cut -> what is taken out. Sources: Pandoc, Obsidian, GitHub, MkDocs, Jekyll, Hugo, kramdown, Logseq.
_CUTS: Final = {
    "footnote": re.compile(r"^\[\^[^\]\s]{1,40}\]:[ \t]*(?:.*(?:\n[ \t]{2,}\S.*)*)\n?", re.MULTILINE),
    "abbreviation": re.compile(r"^\*\[[^\]\n]{1,40}\]:.*$", re.MULTILINE),
    "property of a block": re.compile(
        r"^[ \t]+(?:[a-z]+[.-][a-z.-]+|id|collapsed|heading|background-color):: \S.*\n?", re.MULTILINE
    ),
    "place of a table of contents": re.compile(
        r"^[ \t]*(?:\[TOC\]|\[\[_?toc_?\]\]|\{:toc\})[ \t]*$", re.MULTILINE | re.IGNORECASE
    ),
    "shortcode": re.compile(r"\{%.{1,200}?%\}|\{\{[<%].{1,200}?[%>]\}\}"),
    "tags": re.compile(r"^(?:#[A-Za-z][\w/-]*[ \t]*)+$|(?<=[.!?])(?:[ \t]+#[A-Za-z][\w/-]*)+[ \t]*$", re.MULTILINE),
    "name of a block": re.compile(r"(?<=\S)[ \t]+\^[a-z0-9][a-z0-9-]{2,20}[ \t]*$", re.MULTILINE),
}
_COMMENT: Final = re.compile(r"%%[^%\n]+%%")  # of Obsidian
_KEPT: Final = re.compile("\ue000(\\d+)\ue001")
_SPAN: Final = re.compile(r"\[([^\[\]\n]+)\]\{[.#][A-Za-z][^{}\n]*\}")
_ATTRIBUTES: Final = re.compile(r"(?<!\\)\{:?[ ]*[.#][A-Za-z][^{}\n]*\}")
# `::: tip Title`, `:::note[Title]`, `::: {.note}`; what has no title ends a container, or begins one without.
_CONTAINER: Final = re.compile(
    r"^(?P<in>[ \t]*+):{3}:*+[ \t]*+(?:\{[^{}\n]*\}|[\w-]++)?[ \t]*+"
    r"(?:\[(?P<said>[^\]\n]*)\]|(?P<title>[^:{}\[\]\n]*+))?(?:\{[^{}\n]*\})?[ \t]*+(?::++[ \t]*+)?$",
    re.MULTILINE,
)
_CALLOUT: Final = re.compile(
    r"^(?P<in>[ \t]*>[> \t]*)\[!\w[\w-]*(?:\|[^\]\n]*)?\][+-]?[ \t]*(?P<title>.*)$", re.MULTILINE
)
# `!!! note "Title"` and the lines below it that are set in.
_ADMONITION: Final = re.compile(
    r"^(?P<in>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]++[\w-][^\"\n]*+(?:\"(?P<title>[^\"\n]*)\"[ \t]*+)?\n"
    r"(?P<body>(?:(?:(?P=in)(?:[ ]{4}|\t)[ \t]*+[^ \t\n].*|[ \t]*+)(?:\n|\Z))*)",
    re.MULTILINE,
)


def without_line_marks(body: str) -> tuple[str, list[Cut]]:
    """Return Markdown without what its flavours add in lines; titles stay as bold lines, what nobody reads is cut."""
    cuts = []
    codes = [body[start:end] for start, end in CodeSpans(body)]

    def code(found: re.Match[str]) -> str:
        return codes[int(found[1])]

    body = _replaced(body, CodeSpans(body), [f"\ue000{number}\ue001" for number in range(len(codes))])
    body = _COMMENT.sub("", _replaced(body, comments(body), repeat("")))
    for name, pattern in _CUTS.items():
        found = [match[0].strip() for match in pattern.finditer(body)]
        if found:
            body = pattern.sub("", body)
            cuts.append(Cut(name, _KEPT.sub(code, " ".join(" ".join(found).split()))))
    body = _ATTRIBUTES.sub("", _SPAN.sub(r"\1", body)) if "{" in body else body
    if ":::" in body:
        body = _CONTAINER.sub(_titled, body)
    if "[!" in body:
        body = _CALLOUT.sub(_titled_quotation, body)
    if "!!!" in body or "???" in body:
        body = _ADMONITION.sub(_admonished, body)
    return _KEPT.sub(code, body), cuts


def _replaced(body: str, spans: Iterable[tuple[int, int]], texts: Iterable[str]) -> str:
    parts, at = [], 0
    for (start, end), text in zip(spans, texts, strict=False):
        parts += [body[at:start], text]
        at = end
    return "".join([*parts, body[at:]])


def _titled(found: re.Match[str]) -> str:
    title = (found["said"] or found["title"] or "").strip()
    return f"\n{found['in']}**{title}**\n" if title else ""


def _titled_quotation(found: re.Match[str]) -> str:
    title = found["title"].strip()
    return f"{found['in']}**{title}**\n{found['in']}" if title else found["in"]


def _admonished(found: re.Match[str]) -> str:
    title = (found["title"] or "").strip()
    body = re.sub(rf"^{found['in']}(?:[ ]{{4}}|\t)", found["in"], found["body"], flags=re.MULTILINE)
    return (f"{found['in']}**{title}**\n\n" if title else "") + body
