r"""TeX that a browser's typesetter may be given: no command in it makes links, styles or scripts out of a page's words.

MathJax and KaTeX (in Anki, Moodle and browsers) turn `\href{javascript:…}{x}` into a link, `\style` and `\class` into
attributes and, in old versions, `\unicode{<img …>}` into markup (CVE-2018-1999024). What these commands decorate stays.
"""

import re
from html import unescape
from typing import Final

__all__ = ["safe_tex"]

# Where a typesetter would look: delimiters, and environments, which need none.
_MAY_BE_MATH: Final = re.compile(r"\\[(\[]|\$\$|\\begin\b")
_LINKS: Final = frozenset(("href", "url"))
_COMMAND: Final = re.compile(
    r"\\(href|url|unicode|style|class|cssId|htmlClass|htmlId|htmlStyle|htmlData|require|includegraphics|data)"
    r"(?![A-Za-z])\s*(?:\[[^\]]*\]\s*)?"
)
_SAFE_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)[^\\#]*|[^:\\#]*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"x?[0-9a-fA-F]{1,6}")
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_TEX_SIGN: Final = re.compile(r"[\\${}]")
_LONGEST: Final = 1000  # characters of an argument
# An empty group: the letters on both sides of what is dropped must not become another command.
_NOTHING: Final = "{}"
# What is not typeset, and shows its TeX as it stands.
_VERBATIM: Final = re.compile(r"(<(code|pre)>.*?</\2>)", re.DOTALL)


def safe_tex(fragment: str) -> str:
    """Return a sanitised HTML fragment without those commands of TeX that would become markup; text stays as it is."""
    if "\\" not in fragment or not _MAY_BE_MATH.search(fragment) or not _COMMAND.search(fragment):
        return fragment
    # `split` gives text, verbatim element, its tag's name, text…
    parts = _VERBATIM.split(fragment)
    parts[::3] = [_without_commands(text) for text in parts[::3]]
    del parts[2::3]
    return "".join(parts)


def _without_commands(text: str) -> str:
    kept: list[str] = []
    at = 0
    while match := _COMMAND.search(text, at):
        end = _group_end(text, match.end())
        argument = text[match.end() + 1 : end - 1] if end is not None else ""
        kept.append(text[at : match.start()])
        kept.append(_instead(match[1], argument, text[match.start() : end]) if end is not None else _NOTHING)
        at = end if end is not None else match.end()
    kept.append(text[at:])
    return "".join(kept)


def _instead(command: str, argument: str, whole: str) -> str:
    """Return what stands for a command with its first argument."""
    address = "".join(unescape(argument).split())
    if command in _LINKS and _SAFE_ADDRESS.fullmatch(address):
        return whole
    if command == "unicode" and _NUMBER.fullmatch(address):
        return whole
    return f"\\text{{{_TEX_SIGN.sub('', argument)}}}" if command == "url" else _NOTHING


def _group_end(text: str, start: int) -> int | None:
    """Return the offset behind the group in braces that begins at `start`; None if none does, or if it has no end."""
    if text[start : start + 1] != "{":
        return None
    depth = 0
    for match in _BRACE.finditer(text, start, start + _LONGEST):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return None
