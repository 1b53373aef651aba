"""Org, the notes of Emacs, as Markdown. Source: the Org syntax, orgmode.org."""

import re
from typing import Final

__all__ = ["is_org", "markdown_of_org"]

_KEYWORD: Final = re.compile(r"#\+(?P<name>[A-Za-z_]+):[ \t]*(?P<value>.*)")
_BLOCK: Final = re.compile(r"\s*#\+(?P<side>BEGIN|END)_(?P<name>\w+)", re.IGNORECASE)
_HEADING: Final = re.compile(r"(?P<stars>\*+)[ \t]++(?:(?:TODO|DONE)[ \t]++)?(?P<text>.*)")
_TAGS: Final = re.compile(r"(?<![ \t])[ \t]++:[\w:@]{2,}+(?<=:)$")
_DRAWER: Final = re.compile(r"[ \t]*:(?!END)[A-Za-z]+:[ \t]*", re.IGNORECASE)
_DRAWER_END: Final = re.compile(r"[ \t]*:END:[ \t]*", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[ \t]*(?:(?:CLOSED|SCHEDULED|DEADLINE):.*|# .*|#)")
_PAIR: Final = re.compile(r"([ \t]*[-+][ \t]++)(\S.*?)(?<![ \t])[ \t]++::(?:[ \t]++|$)")
_EDGE: Final = r"(?<![^\s({{'\"—–-]){0}(?=\S)([^{0}\n]+?)(?<=\S){0}(?![\w{0}])"
_MARKS: Final = (
    (re.compile(r"\[\[([^\[\]]+)\]\[([^\[\]]+)\]\]"), r"[\2](<\1>)"),
    (re.compile(r"\[\[([^\[\]]+)\]\]"), r"\1"),
    (re.compile(r"\[fn:[\w-]*\]"), ""),
    (re.compile(_EDGE.format("=")), r"`\1`"),
    (re.compile(_EDGE.format("~")), r"`\1`"),
    (re.compile(_EDGE.format("/")), r"_\1_"),
    (re.compile(_EDGE.format(r"\*")), r"**\1**"),
)


def is_org(text: str) -> bool:
    """Say whether a text is Org: it begins with one of its keywords, or its headlines have stars at two depths."""
    if re.match(r"\s*#\+(?:title|author|date|options|startup|filetags|property|language):", text, re.IGNORECASE):
        return True
    return re.search(r"^\* \S", text, re.MULTILINE) is not None and len(re.findall(r"^\*\* \S", text, re.MULTILINE)) > 1


def markdown_of_org(text: str) -> str:
    """Return Org as Markdown, its keywords as front matter; what only its program reads is left out."""
    fields: list[str] = []
    lines: list[str] = []
    code = drawer = False
    for line in text.split("\n"):
        block = _BLOCK.match(line)
        if block and block["name"].lower() in ("src", "example"):
            code = block["side"].lower() == "begin"
            lines.append("```")
        elif code:
            lines.append(line)
        elif drawer or _DRAWER.fullmatch(line):
            drawer = _DRAWER_END.fullmatch(line) is None
        elif (keyword := _KEYWORD.match(line)) is not None:
            fields.append(f"{keyword['name'].lower()}: {keyword['value']}")
        elif block is None and not _PLAIN.fullmatch(line):
            lines.append(_line(line))
    front = ["---", *fields, "---", ""] if fields else []
    return "\n".join([*front, *lines])


def _line(line: str) -> str:
    heading = _HEADING.fullmatch(line)
    if heading:
        text = _TAGS.sub("", heading["text"].rstrip(" \t"))
        return f"\n{'#' * min(len(heading['stars']), 6)} {_marked(text)}\n"
    if re.match(r"[ \t]*\|[-+]+\|?", line):
        return line.replace("+", "|")
    pair = _PAIR.match(line)
    if pair:
        return f"{pair[1]}**{_marked(pair[2])}**: {_marked(line[pair.end() :])}"
    return _marked(line)


def _marked(text: str) -> str:
    for pattern, markdown in _MARKS:
        text = pattern.sub(markdown, text)
    return text
