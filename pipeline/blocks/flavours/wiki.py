"""The sources of wikis and of AsciiDoc and Textile, as Markdown: headings, lists, pairs, tables, bold, links.

Sources: mediawiki.org/wiki/Help:Formatting, dokuwiki.org/wiki:syntax, docs.asciidoctor.org, textile-lang.com,
Jira's text formatting notation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["markdown_of_wiki"]

_Subs = Sequence[tuple[re.Pattern[str], str]]
_TABLE_ENDS: Final = re.compile(r"\|===|\|\}")
_ROW: Final = re.compile(r"[|^].*[|^]")
_LEAST_HEADINGS: Final = 2
_H1_OF_DOKUWIKI: Final = 6


def _subs(*pairs: tuple[str, str]) -> _Subs:
    return [(re.compile(pattern, re.MULTILINE), plain) for pattern, plain in pairs]


@dataclass(frozen=True, slots=True)
class _Markup:
    """How a markup writes what Markdown writes otherwise."""

    heading: re.Pattern[str]  # with groups `level` and `text`
    items: re.Pattern[str]  # with groups `signs` and `text`
    ordered: str  # the last of an item's signs, if the list counts
    subs: _Subs  # what is changed first, within lines or over them
    deeper: bool = False  # the more signs a heading has, the less deep it is
    indented: bool = False  # a list is as deep as it is set in


_BRACKETED: Final = r"(?P<level>={1,6})[ \t]*(?P<text>[^=\s](?:.*[^=\s])?)[ \t]*(?P=level)[ \t]*"
_BOLD: Final = r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*])\*(?![\w*])"
_PAIR: Final = r"- **\1**: "
_MEDIAWIKI: Final = _Markup(
    heading=re.compile(_BRACKETED),
    items=re.compile(r"(?P<signs>[*#]+)[ \t]+(?P<text>\S.*)"),
    ordered="#",
    subs=_subs(
        (r"<ref[^<>]*/>|<ref[^<>]*>(?:(?!</?ref).)*</ref>|\{\{[^{}]*\}\}|\[\[Category:[^\[\]]*\]\]|__[A-Z]{3,}__", ""),
        (r"^;[ \t]*+(\S.*?)(?<![ \t])(?:[ \t]*+\n:|[ \t]++:)[ \t]*+(?=\S)", _PAIR),
        (r"^([*#]+)(?=[^\s*#])", r"\1 "),
        (r"'''(.+?)'''", r"**\1**"),
        (r"''(.+?)''", r"_\1_"),
        (r"(?<!\[)\[(https?://[^\s\[\]]+) ([^\[\]\n]+)\](?!\])", r"[\2](<\1>)"),
    ),
)
_DOKUWIKI: Final = _Markup(
    heading=_MEDIAWIKI.heading,
    items=re.compile(r"(?P<signs>(?:[ ]{2}|\t)+[*-])[ \t]*(?P<text>\S.*)"),
    ordered="-",
    subs=_subs(
        (r"(?<![:\w])//(?=[^\s/])((?:[^/\n]|/(?!/))+)(?<=\S)//", r"_\1_"),
        (r"\(\((?:[^()\n]|\((?!\()|\)(?!\)))+\)\)", ""),
    ),
    deeper=True,
    indented=True,
)
_ASCIIDOC: Final = _Markup(
    heading=re.compile(r"(?P<level>={1,6})[ \t]+(?P<text>[^=\s].*)"),
    items=re.compile(r"(?P<signs>\*{1,5}|\.{1,5}|-)[ \t]+(?P<text>\S.*)"),
    ordered=".",
    subs=_subs(
        (r"^:[\w-]+!?:.*\n|^\[[\w#.%,= \"-]*\]\n|^//(?!/).*\n|^\+\n", ""),
        (r"^(\S[^\n]{0,100}?)::(?:[ \t]+|[ \t]*\n[ \t]*)(?=\S)", _PAIR),
        (_BOLD, r"**\1**"),
        (r"(?:link:|(?=https?://))([^\s\[]{1,2000})\[([^\[\]\n]*)\]", r"[\2](<\1>)"),
        (r"<<[^<>,\n]+,([^<>\n]+)>>", r"\1"),
    ),
)
_TEXTILE: Final = _Markup(
    heading=re.compile(r"h(?P<level>[1-6])(?:\([^()\n]*\))?\.[ \t]+(?P<text>\S.*)"),
    items=re.compile(r"(?P<signs>[*#-]+)[ \t]+(?P<text>\S.*)"),
    ordered="#",
    subs=_subs(
        (r"^(?:p|bq)\.[ \t]+", ""),
        (r"^\|\|([^|\n]+)\|([^|\n]+)\|$", _PAIR + r"\2"),
        (r"^-[ \t]++(\S.*?)(?<![ \t])[ \t]++:=[ \t]*+(?=\S)", _PAIR),
        (_BOLD, r"**\1**"),
        (r"\"([^\"\n]+)\":(https?://\S+)", r"[\1](<\2>)"),
    ),
)


def _markup_of(lines: Sequence[str]) -> _Markup | None:
    """Return the markup of which a text has headings at two depths, and of no other; None if there is none."""
    for markup in (_MEDIAWIKI, _ASCIIDOC, _TEXTILE):
        levels = [found["level"] for line in lines if (found := markup.heading.fullmatch(line))]
        if len(levels) >= _LEAST_HEADINGS and (len(set(levels)) > 1 or len(levels[0]) > 1):
            return _DOKUWIKI if markup is _MEDIAWIKI and len(levels[0]) > max(map(len, levels[1:])) else markup
    return None


def markdown_of_wiki(text: str) -> str | None:
    """Return such a source as Markdown, or None if the text is none."""
    markup = _markup_of(text.split("\n"))
    if markup is None:
        return None
    for pattern, plain in markup.subs:
        text = pattern.sub(plain, text)
    lines: list[str] = []
    table: list[list[str]] | None = None
    for line in text.split("\n"):
        if table is not None or line.startswith(("{|", "|===")) or _ROW.fullmatch(line):
            table = _rows(table, line)
            if not (_TABLE_ENDS.match(line) and len(table) > 1) and (line.strip() or markup is _ASCIIDOC):
                continue
            lines += _table(table)
            table = None
            continue
        lines.append(_line(line, markup))
    return "\n".join([*lines, *(_table(table) if table else [])])


def _line(line: str, markup: _Markup) -> str:
    if heading := markup.heading.fullmatch(line):
        level = int(heading["level"]) if heading["level"].isdigit() else len(heading["level"])
        signs = "#" * (max(1, _H1_OF_DOKUWIKI + 1 - level) if markup.deeper else level)
        return f"\n{signs} {heading['text'].rstrip()}\n"
    item = None if line.startswith("- **") else markup.items.fullmatch(line)
    if item is None:
        return line
    signs = item["signs"].expandtabs(2)
    depth = len(signs) // 2 if markup.indented else len(signs)
    return f"{'    ' * (depth - 1)}{'1.' if signs[-1] == markup.ordered else '-'}  {item['text']}"


def _rows(table: list[list[str]] | None, line: str) -> list[list[str]]:
    """Return a table's rows so far with a line more: `|-` or a blank line begins a row, bars and carets cells."""
    rows = table if table is not None else [[]]
    cells = [cell.strip() for cell in re.split(r"\|\||!!|[|^](?![|^])", line.strip().strip("|!^"))]
    if line.startswith(("{|", "|===", "|}", "|-")) or not line.strip():
        return [*rows, []] if rows[-1] else rows
    is_whole = _ROW.fullmatch(line) is not None or len(cells) > 1
    return [*rows[:-1], rows[-1] + cells, *([[]] if is_whole else [])]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table's rows as lines of Markdown."""
    filled = [row for row in rows if row]
    lines = [f"| {' | '.join(row)} |" for row in filled]
    return ["", *lines[:1], "|" + "---|" * len(filled[0]), *lines[1:], ""] if filled else []
