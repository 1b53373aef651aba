"""Headings that lost their marks: told from paragraphs by several signs together, never by one alone."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from pipeline.blocks import Block
from pipeline.layouts.reading import is_inside
from pipeline.layouts.study_guide.wording import (
    Wording,
    holds_formula,
    is_title_case,
    is_two_sentences,
    states,
    wording_of,
)

__all__ = ["Neighbours", "Verdict", "is_possible", "judge"]

_LONGEST: Final = 110  # characters of a heading in sentence case; what is longer is prose
_MOST_WORDS: Final = 16
_LONGEST_TITLE: Final = 150  # a title shows that it is one, however long
_MOST_WORDS_OF_TITLE: Final = 24
_SENTENCE_LENGTH: Final = 20  # characters from which a block that ends as one can be a sentence
_SHORT_NAME: Final = 8  # words of a name that is a heading whatever the page's habit
_ENDS: Final = re.compile(r"[.,;:…=)]$|[.!?]\s*[”\"’')\]]+$")
_ABBREVIATION: Final = re.compile(r"(?:\b[A-Z]\.){2}$|\b(?:Inc|Jr|Sr|Co|Corp|Ltd|Bros)\.$")  # ends no sentence
_CALL: Final = re.compile(r"\w\.{0,20}\([^()\s]{0,20}\)$")  # "… with bool()"
_QUOTED_QUESTION: Final = re.compile(r"[“\"][^“”\"]+[?!][”\"]$")
_CAPTION: Final = re.compile(
    r"(?:table|figure|fig\.?|image|photo|credit|source|note)\s*[\d:(.]|"
    r".*\((?:credit|source|photo)\b|see also\b|adapted from\b|[qa]:|[a-z ]{2,20}:\s+(?:[a-h]|[\d$]\S*)$",
    re.IGNORECASE,
)
_MONTH: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE: Final = re.compile(rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}),? \d{{4}}$")
_SOURCE: Final = re.compile(r"[^,]+, [^,]+, (?:\w+ )?\d{4}")
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
    prints_blank_lines: bool = False  # between its blocks: what has none around it is a part of something


def judge(block: Block, around: Neighbours) -> Verdict:
    """Return whether a block without a heading's mark is a heading.

    What rules it out: it is a list item, a cell or code; long (over 150 characters or 24 words, 110 or 16 if it is no
    title); ends as sentences, clauses or list introductions do; holds two sentences, a formula or a caption's number;
    begins small, but for a few words that name something; says whose a quotation is, or is a date; stands right at
    another line where the page has blank lines; nothing follows it, or the same line again. Then three signs are
    asked, and a heading has all:

    - *wording*: its words begin with capitals, as a title's do; or it names something in the words of a sentence
      ("Carrier proteins"). Such a name has this sign if it is short (8 words), stands over a sentence, prose or a
      list, and begins the page or follows a finished sentence or a list. Where that is the page's habit it may be
      longer, stand over a few words or right below another heading, and be a question; elsewhere a question in the
      words of a sentence lacks this sign: it may be a rhetorical one;
    - *behind it*: a sentence, prose or a list, behind a title also a few words, a formula, or a sentence that lost its
      formula (or a heading below it that stands over those);
    - *before it*: nothing, a list, or a block that could be no heading itself and introduces nothing. Behind a colon
      or another short line it may be an item of a list that lost its signs, unless the page does print such signs.

    A mark of its own (all bold, or the markup that the page's known headings have) stands in for wording and before.
    With two of three the signs disagree: the verdict is doubtful. The signs were measured on topic pages of 2021 to
    2026 and on our own with headings of all these kinds, where they tell the headings of text extractions from the
    paragraphs.
    """
    if around.after is None or not is_possible(block) or _is_part(block, around) or _names_source(block, around.before):
        return Verdict.PARAGRAPH
    if block.text in (around.after.text, around.before.text if around.before else None):
        return Verdict.PARAGRAPH
    wording = wording_of(block.text)
    behind = _stands_over(around.after) or _is_heading_over(around)
    if wording is Wording.TITLE or around.sentence_case:
        behind = behind or _is_little(around.after)
    if (block.is_bold or block.shape in around.heading_shapes) and behind:
        return Verdict.HEADING
    before = around.before is None or around.prints_bullets or _introduces_nothing(around.before)
    signs = _is_worded(wording, block, around) + behind + before
    if signs == 3:
        return Verdict.HEADING
    return Verdict.DOUBTFUL if signs == 2 and (behind or wording is Wording.TITLE) else Verdict.PARAGRAPH


def _is_worded(wording: Wording, block: Block, around: Neighbours) -> bool:
    if wording in (Wording.TITLE, Wording.OTHER):
        return wording is Wording.TITLE
    finished = around.before is None or _is_finished(around.before)
    if around.sentence_case:
        return finished or is_possible(around.before)
    short = len(block.text.split()) <= _SHORT_NAME
    return wording is Wording.NAME and short and finished and around.after is not None and _stands_over(around.after)


def is_possible(block: Block | None) -> bool:
    """Say whether nothing in a block itself rules out that it is a heading."""
    if block is None or len(block.text) > _LONGEST_TITLE:
        return False
    text = block.text
    words = text.split()
    is_title = is_title_case(text)
    return (
        block.kind in ("paragraph", "heading")
        and not is_inside(block, "li", "td", "th", "dd", "dt")
        and (is_title or len(text) <= _LONGEST)
        and len(words) <= (_MOST_WORDS_OF_TITLE if is_title else _MOST_WORDS)
        and "\n" not in text
        and any(char.isalpha() for char in text)
        and (is_title or _begins_large(text) or wording_of(text) is Wording.NAME)
        and not _ends_as_sentence(text)
        and not _CAPTION.match(text)
        and not _DATE.match(text)
        and not re.match(r"[—–-]\s*\w", text)
        and not holds_formula(text)
        and not is_two_sentences(text)
        and words[-1].lower() not in _OPEN_END
    )


def _begins_large(text: str) -> bool:
    return (
        text.lstrip("“\"'‘¿¡([#&§")[:1].isupper()
        or text[:1].isdigit()
        or any(char.isupper() for char in text.split(maxsplit=1)[0])
        or not text[0].isalnum()
    )


def _ends_as_sentence(text: str) -> bool:
    if not _ENDS.search(text):
        return False
    if _QUOTED_QUESTION.match(text) or text.endswith("\\)"):
        return not is_title_case(text)
    if _ABBREVIATION.search(text):
        return states(text)
    return not (_CALL.search(text) or _ends_in_brackets(text))


def _ends_in_brackets(text: str) -> bool:
    """Say whether a line ends with a word in brackets, as in "Gross Domestic Product (GDP)", not with a remark."""
    return bool(re.search(r"[^.!?]\s\([^()]{1,40}[^.!?()]\)$", text)) and not text.startswith("(")


def _is_part(block: Block, around: Neighbours) -> bool:
    """Say whether a line of text stands right at another one, as lines of code and of verse do."""
    if not around.prints_blank_lines or block.line is None:
        return False
    before, after = around.before, around.after
    return (before is not None and before.line == block.line - 1) or (
        after is not None and after.line == block.line + 1
    )


def _names_source(block: Block, before: Block | None) -> bool:
    """Say whether a line says whose a quotation is: who, where, when; behind one, a comma or a year is enough."""
    if _SOURCE.fullmatch(block.text):
        return True
    if before is None or not re.search(r",\s|\b\d{4}$", block.text):
        return False
    quoted = before.text.startswith(("“", '"', "‘")) and before.text.endswith(("”", '"', "’"))
    return quoted or is_inside(before, "blockquote") or before.text.endswith(",")


def _is_heading_over(around: Neighbours) -> bool:
    """Say whether what stands behind is a heading itself, on a page on which it can be no item of a list."""
    return (
        around.prints_bullets
        and around.after is not None
        and around.after_next is not None
        and is_possible(around.after)
        and (is_title_case(around.after.text) or around.sentence_case)
        and _stands_over(around.after_next)
    )


def _stands_over(after: Block) -> bool:
    """Say whether a block can be what a heading stands over: a list, a table, code, a picture, a sentence, prose."""
    if is_inside(after, "li", "table", "dl", "blockquote") or after.kind in ("pre", "figure"):
        return True
    return len(after.text) > _LONGEST or (len(after.text) >= _SENTENCE_LENGTH and _ends(after.text, ":"))


def _is_little(after: Block) -> bool:
    """Say whether a block is a short sentence, a formula, or what was a sentence before it lost a formula."""
    if _ends(after.text, ":") or holds_formula(after.text):
        return True
    return after.text.count(" ") > 0 and wording_of(after.text) is Wording.OTHER


def _is_finished(before: Block) -> bool:
    """Say whether a block ends a sentence or a list: what follows does not go on from it."""
    if before.kind in ("pre", "figure") or is_inside(before, "li", "table", "dl", "blockquote"):
        return True
    return len(before.text) >= _SENTENCE_LENGTH and _ends(before.text)


def _ends(text: str, *further: str) -> bool:
    return text.rstrip(" ”“\"'’)]*").endswith((".", "!", "?", *further))


def _introduces_nothing(before: Block) -> bool:
    """Say whether a block ends what it says, and could be no heading or bare list item itself."""
    if before.kind in ("pre", "figure") or is_inside(before, "li", "table", "dl", "blockquote"):
        return True
    return before.kind != "heading" and not before.text.rstrip().endswith((":", ",")) and not is_possible(before)
