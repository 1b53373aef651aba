"""Headings that lost their marks: told from paragraphs by several signs together, never by one alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from pipeline.blocks import Block, frames_of

__all__ = ["Neighbours", "Verdict", "is_title_case", "judge"]

_LONGEST: Final = 110  # characters
_MOST_WORDS: Final = 16
_PROSE: Final = 60  # characters from which a block can be what a heading stands over
_ENDS: Final = re.compile(r"[.,;:…=)]$|[.!?]\s*[”\"')\]]+$")
_ABBREVIATION: Final = re.compile(r"(?:\b[A-Z]\.){2,}$")  # "… in the U.S." ends no sentence
_CAPTION: Final = re.compile(r"(?:table|figure|fig\.?|image|photo|credit|source|note|step)\s*[\d:(.]", re.IGNORECASE)
_FORMULA: Final = re.compile(r"[=≈≤≥→⟶⇌]|\\[(\[]")
_SENTENCE: Final = re.compile(r"[.!?]\s+\S*[A-Z]")
# Words that begin small in a title: articles, conjunctions, prepositions. Words of less than four letters need no list.
_SMALL: Final = frozenset(
    "about above across after against along amid among around because before behind below beneath beside besides "
    "between beyond during except from inside into like near onto outside over past since than that their through "
    "throughout toward towards under underneath until upon versus what when where which while with within without your".split()
)
# No heading ends with these: the sentence goes on in something that was lost.
_OPEN_END: Final = frozenset("a an and are as at be by equals for from in is of on or so that the then to was were where with".split())


class Verdict(Enum):
    """What the signs say together."""

    HEADING = "heading"
    DOUBTFUL = "doubtful"  # they disagree: it stays a paragraph, and is reported
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around a block, furniture left out, and the habits of its page."""

    before: Block | None
    after: Block | None
    prints_bullets: bool  # lists have their signs: a line behind a colon is no list item that lost its own
    heading_shapes: frozenset[str] = frozenset()  # how the page marks up headings that are known by their words
    sentence_case: bool = False  # the page's other headings capitalise only their first word


def judge(block: Block, around: Neighbours) -> Verdict:
    """Return whether a block without a heading's mark is a heading.

    What rules it out: it is a list item, a cell or code; long (over 110 characters or 16 words); ends as sentences,
    clauses or lists do; holds two sentences, a formula or a caption's number; begins small; nothing follows it.
    Then three signs are asked, and a heading has all of them:

    - *wording*: its words begin with capitals, as a title's do (or only the first, where that is the page's habit);
    - *behind it*: prose that is longer than the line, or a list;
    - *before it*: prose that has come to its end, a list, or nothing. A line behind a colon, or behind another short
      line, may be an item of a list that lost its signs.

    A mark of its own (all bold, or the markup that the page's known headings have) stands in for wording and before.
    With two of three the signs disagree. A question in the words of a sentence counts as doubtful too: it may be
    a rhetorical one. Measured on 19 pages of text and 290 headings (four generations of topic pages, 2021 to 2026).
    """
    if not _is_possible(block) or around.after is None:
        return Verdict.PARAGRAPH
    worded = is_title_case(block.text) or (around.sentence_case and not block.text.endswith(("?", "!")))
    behind = _stands_over(block, around.after)
    before = around.before is None or _has_ended(around.before, prints_bullets=around.prints_bullets)
    if (block.is_bold or block.shape in around.heading_shapes) and behind:
        return Verdict.HEADING
    signs = worded + behind + before
    if signs == 3:
        return Verdict.HEADING
    return Verdict.DOUBTFUL if signs == 2 and (worded or behind) else Verdict.PARAGRAPH


def is_title_case(text: str) -> bool:
    """Say whether nearly all words of weight begin with a capital (or hold one: mRNA, iPhone)."""
    words = re.findall(r"[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*", text)
    weighty = [word for word in words if len(word) >= 4 and word.lower() not in _SMALL]
    if not weighty:
        return bool(words) and _is_capital(words[0])
    small = sum(1 for word in weighty if not _is_capital(word))
    return _is_capital(words[0]) and (small == 0 or (len(weighty) >= 4 and small == 1))


def _is_capital(word: str) -> bool:
    return any(char.isupper() for char in word)


def _is_possible(block: Block) -> bool:
    text = block.text
    words = text.split()
    return (
        block.kind in ("paragraph", "heading")
        and not _is_inside(block, ("li", "td", "th", "dd", "dt"))
        and 0 < len(text) <= _LONGEST
        and len(words) <= _MOST_WORDS
        and "\n" not in text
        and any(char.isalpha() for char in text)
        and (text.lstrip("“\"'‘¿¡([#&§")[:1].isupper() or text[:1].isdigit() or _is_capital(words[0]) or not text[0].isalnum())
        and (not _ENDS.search(text) or bool(_ABBREVIATION.search(text)) or _ends_in_brackets(text))
        and not _CAPTION.match(text)
        and not _FORMULA.search(text)
        and not _SENTENCE.search(_without_abbreviations(text))
        and words[-1].lower() not in _OPEN_END
    )


def _ends_in_brackets(text: str) -> bool:
    """Say whether a line ends with a word in brackets, as in "Gross Domestic Product (GDP)", not with a remark."""
    return bool(re.search(r"[^.!?]\s\([^()]{1,40}[^.!?()]\)$", text)) and not text.startswith("(")


def _without_abbreviations(text: str) -> str:
    return re.sub(r"\b(?:[A-Z]|vs|Dr|Mr|Mrs|Ms|St|No|Jr|Sr)\.", "", text)


def _stands_over(block: Block, after: Block) -> bool:
    if _is_inside(after, ("li", "table", "dl")) or after.kind in ("pre", "figure"):
        return True
    return len(after.text) >= max(_PROSE, 3 * len(block.text) // 2) or (
        len(after.text) > len(block.text) and after.text.rstrip(" ”\"')").endswith((".", "!", "?", ":"))
    )


def _has_ended(before: Block, *, prints_bullets: bool) -> bool:
    if before.kind in ("heading", "pre", "figure") or _is_inside(before, ("li", "table", "dl", "blockquote")):
        return before.kind != "heading"
    text = before.text.rstrip(" ”“\"'’)]*")
    if text.endswith(":"):
        return prints_bullets
    return text.endswith((".", "!", "?", "…")) or len(before.text) > _LONGEST


def _is_inside(block: Block, tags: Sequence[str]) -> bool:
    return any(frame.tag in tags for frame in frames_of(block.frame))
