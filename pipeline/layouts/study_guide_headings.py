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
_SENTENCE_LENGTH: Final = 20  # characters from which a block that ends as one can be a sentence
_WEIGHT: Final = 4  # letters of a word that a title capitalises
_ENDS: Final = re.compile(r"[.,;:…=)]$|[.!?]\s*[”\"')\]]+$")
_ABBREVIATION: Final = re.compile(r"(?:\b[A-Z]\.){2,}$")  # "… in the U.S." ends no sentence
_CAPTION: Final = re.compile(r"(?:table|figure|fig\.?|image|photo|credit|source|note|step)\s*[\d:(.]", re.IGNORECASE)
_FORMULA: Final = re.compile(r"[=≈≤≥→⟶⇌]|\\[(\[]")
_SENTENCE: Final = re.compile(r"[.!?]\s+\S*[A-Z]")
# Words that begin small in a title: articles, conjunctions, prepositions; those of less than four letters need no list.
_SMALL: Final = frozenset((
    "about", "above", "across", "after", "against", "along", "amid", "among", "around", "because", "before",
    "behind", "below", "beneath", "beside", "besides", "between", "beyond", "during", "except", "from",
    "inside", "into", "like", "near", "onto", "outside", "over", "past", "since", "than", "that", "their",
    "through", "throughout", "toward", "towards", "under", "underneath", "until", "upon", "versus", "what",
    "when", "where", "which", "while", "with", "within", "without", "your",
))  # fmt: skip
# No heading ends with these: the sentence goes on in something that was lost.
_OPEN_END: Final = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "by", "equals", "for", "from", "in", "is", "of", "on", "or",
    "so", "that", "the", "then", "to", "was", "were", "where", "with",
))  # fmt: skip


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
    after_next: Block | None = None
    prints_bullets: bool = False  # lists have their signs: a bare line is no list item that lost its own
    heading_shapes: frozenset[str] = frozenset()  # how the page marks up headings that are known by their words
    sentence_case: bool = False  # the page's headings capitalise only their first word


def judge(block: Block, around: Neighbours) -> Verdict:
    """Return whether a block without a heading's mark is a heading.

    What rules it out: it is a list item, a cell or code; long (over 110 characters or 16 words); ends as sentences,
    clauses or list introductions do; holds two sentences, a formula or a caption's number; begins small; nothing
    follows it. Then three signs are asked, and a heading has all of them:

    - *wording*: its words begin with capitals, as a title's do (or only the first, where that is the page's habit).
      A question in the words of a sentence lacks this sign: it may be a rhetorical one;
    - *behind it*: a sentence, prose or a list (or a heading below it that stands over those);
    - *before it*: nothing, a list, or a block that could be no heading itself and introduces nothing. Behind a colon
      or another short line it may be an item of a list that lost its signs, unless the page does print such signs.

    A mark of its own (all bold, or the markup that the page's known headings have) stands in for wording and before.
    With two of three the signs disagree: the verdict is doubtful. The signs were measured on topic pages of 2021 to
    2026, where they tell all headings of text extractions from all paragraphs.
    """
    if not _is_possible(block) or around.after is None:
        return Verdict.PARAGRAPH
    worded = around.sentence_case or is_title_case(block.text)
    behind = _stands_over(around.after) or (
        around.prints_bullets
        and _is_possible(around.after)
        and is_title_case(around.after.text)
        and around.after_next is not None
        and _stands_over(around.after_next)
    )
    before = around.before is None or around.prints_bullets or _introduces_nothing(around.before)
    if (block.is_bold or block.shape in around.heading_shapes) and behind:
        return Verdict.HEADING
    signs = worded + behind + before
    if signs == 3:
        return Verdict.HEADING
    return Verdict.DOUBTFUL if signs == 2 and (worded or behind) else Verdict.PARAGRAPH


def is_title_case(text: str) -> bool:
    """Say whether at least half of the words of weight behind the first begin with a capital (or hold one: mRNA)."""
    words = re.findall(r"[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*", text)
    if not words or not _is_capital(words[0]):
        return False
    weighty = [word for word in words[1:] if len(word) >= _WEIGHT and word.lower() not in _SMALL]
    capital = sum(1 for word in weighty if _is_capital(word))
    return 2 * capital >= len(weighty)


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
        and (
            text.lstrip("“\"'‘¿¡([#&§")[:1].isupper()
            or text[:1].isdigit()
            or _is_capital(words[0])
            or not text[0].isalnum()
        )
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


def _stands_over(after: Block) -> bool:
    """Say whether a block can be what a heading stands over: a list, a table, code, a picture, a sentence, prose."""
    if _is_inside(after, ("li", "table", "dl", "blockquote")) or after.kind in ("pre", "figure"):
        return True
    text = after.text.rstrip(" ”“\"'’)]*")
    return len(after.text) > _LONGEST or (len(after.text) >= _SENTENCE_LENGTH and text.endswith((".", "!", "?", ":")))


def _introduces_nothing(before: Block) -> bool:
    """Say whether a block ends what it says, and could be no heading or bare list item itself."""
    if before.kind in ("pre", "figure") or _is_inside(before, ("li", "table", "dl", "blockquote")):
        return True
    return before.kind != "heading" and not before.text.rstrip().endswith((":", ",")) and not _is_possible(before)


def _is_inside(block: Block, tags: Sequence[str]) -> bool:
    return any(frame.tag in tags for frame in frames_of(block.frame))
