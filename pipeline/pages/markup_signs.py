"""Signs that text is HTML or Markdown, each of which plain text may show by chance, and not several together."""

import re
from typing import Final

__all__ = ["is_html", "is_markdown"]

_BLOCK: Final = (
    "html|head|body|title|meta|link|script|style|div|p|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|section|"
    "article|main|header|footer|nav|aside|figure|form|details|summary|blockquote|pre|span|a|img|br|hr|button|b|i|em|"
    "strong|font|center|input|label|noscript|template|iframe|svg|math|object"
)
_PREAMBLE: Final = re.compile(r"(?:\s|\ufeff|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_DOCUMENT: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)(?=[\s/>]|$)", re.IGNORECASE)
_ANY_ELEMENT: Final = re.compile(rf"</?(?:{_BLOCK})(?=[\s/>])|<!--|<!doctype", re.IGNORECASE)
# An element where elements stand: at the beginning of a line, after another, or closing one at the end of its text.
_PLACED: Final = re.compile(
    rf"(?:^[ \t]*|>[ \t]*)</?(?:{_BLOCK})(?:\s[^<>]*)?/?>|</(?:{_BLOCK})\s*>(?=[ \t]*(?:$|<))",
    re.IGNORECASE | re.MULTILINE,
)

_FENCE: Final = "---"
_KEY: Final = re.compile(r"[A-Za-z_][\w .-]*:(?:\s|$)")
_LONGEST_FRONT_MATTER: Final = 200
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+[^\s#]")
_MARKDOWN_SIGNS: Final = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # a heading under a line of = or -
        r"(?:\A|\n[ \t]*\n)[^\s|#>*+-][^\n]{0,200}\n(?:={3,}|-{3,})[ \t]*(?=\n[ \t]*\n|\n[^\s=-]|\n?\Z)",
        # bold
        r"(?<![\w*\\])\*\*(?=[^\s*])[^*\n]{1,500}?(?<=[^\s*])\*\*(?![\w*])",
        # a link or a picture: to an address, a path or a fragment
        r"!?(?<!\w)\[[^\[\]\n]{0,500}\]\(<?(?:https?:|mailto:|/|\.|#|[\w%-]+[/.#])[^)\n]{0,2000}\)",
        # a reference's definition
        r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]+<?(?:https?:|/|#)\S",
        # a fence
        r"^ {0,3}(?:```|~~~)[ \t]*+(?:[\w+#.-]++[ \t]*+)?$",
        # the line below a table's head
        r"^ {0,3}\|?[ \t]*+:?-{2,}:?[ \t]*+(?:\|[ \t]*+:?-{2,}:?[ \t]*+)+(?:\|[ \t]*+)?$",
    )
)
_BOLD_LINE: Final = re.compile(r"^\*\*[^\s*][^*\n]{0,200}(?<=\S)\*\*[ \t]*$", re.MULTILINE)
_BOLD_HEADINGS: Final = 3  # lines that are bold as a whole, from which a page has headings
# Signs that count only where the name or the transport says Markdown. Lists are not among them: the text reader
# knows them as well, and more kinds of bullets.
_WEAK_SIGNS: Final = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"(?<![\w*\\])[*_](?=[^\s*_])[^*_\n]{1,200}(?<=[^\s*_])[*_](?![\w*])",
        r"^ {0,3}#[ \t]+\S",
        r"`[^`\n]+`",
        r"^>[ \t]",
        r"\\[\\`*_{}\[\]()#+.!|-]",
    )
)


def is_html(text: str, *, said: bool) -> bool:
    """Return whether `text` is HTML; `said`: its name or transport says so, which tips the scales but is no proof.

    A page that begins as a document is. One that was cut begins anywhere: there elements must stand where elements
    stand, all over the text; a sample of code in an extraction stands in one place.
    """
    start = text[_preamble_end(text) :]
    if _DOCUMENT.match(start):
        return True
    lines = [line for line in text.split("\n") if line.strip()]
    placed = [bool(_PLACED.search(line)) for line in lines]
    count = sum(placed)
    if not count:
        return False
    share = count / len(lines)
    if said or _ANY_ELEMENT.match(start):
        return share >= 0.15 or (count >= 3 and _longest_gap(placed) <= 0.5)
    return share >= 0.5 or (count >= 3 and share >= 0.1 and _longest_gap(placed) <= 0.35)


def is_markdown(text: str, *, said: bool) -> bool:
    """Return whether `text` is Markdown: two different signs, or one where its name or transport says so.

    Bullets and numbers are no signs, for text extractions have them, nor is a single `# line`: code has comments.
    """
    lines = text.split("\n")
    levels = _heading_levels(lines)
    signs = 2 if _has_front_matter(lines) else 0
    if levels:
        signs += 2 if len(levels) > 1 and max(levels) > 1 else 1
    signs += sum(1 for sign in _MARKDOWN_SIGNS if sign.search(text))
    signs += len(_BOLD_LINE.findall(text)) >= _BOLD_HEADINGS
    return signs >= 2 or (said and (signs == 1 or any(sign.search(text) for sign in _WEAK_SIGNS)))


def _preamble_end(text: str) -> int:
    match = _PREAMBLE.match(text)
    return match.end() if match else 0


def _longest_gap(placed: list[bool]) -> float:
    """Return the longest run of lines without an element, as a share of all."""
    longest = run = 0
    for has_element in placed:
        run = 0 if has_element else run + 1
        longest = max(longest, run)
    return longest / len(placed)


def _heading_levels(lines: list[str]) -> list[int]:
    """Return the levels of `#` headings; of the first level only those between empty lines: others are comments."""
    levels = []
    for number, line in enumerate(lines):
        if not (heading := _HEADING.match(line)):
            continue
        level = len(heading[1])
        around = lines[max(number - 1, 0) : number] + lines[number + 1 : number + 2]
        if level > 1 or not any(near.strip() for near in around):
            levels.append(level)
    return levels


def _has_front_matter(lines: list[str]) -> bool:
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    inner = lines[first + 1 : first + _LONGEST_FRONT_MATTER]
    fenced = [line.rstrip() for line in inner]
    if lines[first].rstrip() != _FENCE or _FENCE not in fenced:
        return False
    return any(_KEY.match(line) for line in fenced[: fenced.index(_FENCE)])
