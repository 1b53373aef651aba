"""Marks within the lines of Markdown's flavours: links between notes, highlights, small letters, gaps of cards."""

import re
from typing import Final

from pipeline.blocks.verbatim import CodeSpans

__all__ = ["without_inline_marks"]

_PICTURE: Final = re.compile(r"!\[\[([^\[\]|\n]+\.(?:png|jpe?g|gif|svg|webp))(?:\|[^\[\]\n]*)?\]\]", re.IGNORECASE)
# `[[page]]`, `[[page|shown]]`, `[[page#part]]`; lists of lists of numbers are none.
_LINK: Final = re.compile(
    r"!?\[\[(?=[^\W_])(?!\d+[,\]])(?P<page>[^\[\]|#\n]+)(?:#\^?(?P<part>[^\[\]|\n]*))?(?:\|(?P<shown>[^\[\]\n]+))?\]\]"
)
_SUBS: Final = (
    (re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]+?)(?<=\S)==(?![=\w])"), r"\1"),
    (re.compile(r"(?<!\^)\^\^(?=[^\s^])([^^\n]+?)(?<=\S)\^\^(?!\^)"), r"\1"),
    (re.compile(r"(?<=[\w)])\^([\w+−-]{1,8})\^(?!\^)"), r"<sup>\1</sup>"),
    (re.compile(r"(?<=[\w)])~([\w+−-]{1,8})~(?!~)"), r"<sub>\1</sub>"),
    (re.compile(r"\{\{c\d{1,2}::((?:[^{}\n:]|:(?!:))*)(?:::[^{}\n]*)?\}\}"), r"\1"),
    (re.compile(r"[ \t]?\[-?@[\w:][^\[\]\n]{0,80}\]"), ""),
)


def without_inline_marks(body: str) -> str:
    """Return Markdown in which such marks are what a reader of the page sees; code stays as it is."""
    parts, at = [], 0
    for start, end in CodeSpans(body):
        parts += [_plain(body[at:start]), body[start:end]]
        at = end
    return "".join([*parts, _plain(body[at:])])


def _plain(text: str) -> str:
    if "[[" in text:
        text = _LINK.sub(_shown, _PICTURE.sub(r"![](<\1>)", text))
    for pattern, plain in _SUBS:
        text = pattern.sub(plain, text)
    return text


def _shown(link: re.Match[str]) -> str:
    parts = (part.strip() for part in (link["page"], link["part"]) if part)
    return (link["shown"] or " > ".join(parts)).strip()
