"""The labels of a study guide's blocks: where the layout's words are the text's own, or a table of contents."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.layouts.lists import is_column_head, pair_of, pairs_of
from pipeline.layouts.questions import all_questions_of, asks
from pipeline.layouts.reading import Label, Reading, is_inside
from pipeline.layouts.study_guide.around import property_lines, sales_lines, unit_lines_below
from pipeline.records import normalise

__all__ = ["guide_labels", "synonyms_told"]

_PROSE: Final = 160  # characters of a block that is part of the text
_NEXT_SENTENCE: Final = re.compile(r"[.!?]\s++\S")
_CONTENTS: Final = "table of contents"
# Headings that more sections than lists have: of objectives they are only above the text.
_LOOSE_OBJECTIVES: Final = frozenset(("goals", "key skills", "essential knowledge"))
# And of words only where no other heading is one of words.
_LOOSE_WORDS: Final = re.compile(
    r"definitions|(?:terms|words|vocab(?:ulary)?) .*(?:know|learn|review|remember)"
    r"|.*\bconcepts (?:and|&) .*|.* (?:and|&) concepts",
    re.DOTALL,
)


def _are_sentences(text: str) -> bool:
    """Say whether a sentence ends within a text, and another one at its end."""
    next_one = _NEXT_SENTENCE.search(text)
    last = max(map(text.rfind, ".!?"))
    return next_one is not None and last >= next_one.end() and re.search(r"\w", text[last + 1 :]) is None


@dataclass(frozen=True, slots=True)
class _Landmarks:
    """Where a page's known headings stand, by field, and where its prose begins."""

    headings: dict[str, list[int]]
    prose: int

    @classmethod
    def of(cls, reading: Reading) -> "_Landmarks":
        headings: dict[str, list[int]] = {}
        prose = len(reading.blocks)
        for index, (block, label) in enumerate(zip(reading.blocks, reading.labels, strict=True)):
            if label is not None and label.kind == "heading":
                if label.name == "vocabulary" and not label.is_sure:
                    continue
                headings.setdefault(label.name, []).append(index)
            elif label is None and block.kind != "heading" and len(block.text) >= _PROSE:
                prose = min(prose, index)
        return cls(headings, prose)


def guide_labels(reading: Reading) -> tuple[Label | None, ...]:
    """Return a guide's labels: none for a word in a table or a list, or for a section that is called like a field."""
    landmarks = _Landmarks.of(reading)
    labels = [_label(reading, index, landmarks) for index in range(len(reading.blocks))]
    for index in _contents(reading, labels, landmarks):
        labels[index] = Label("boilerplate", _CONTENTS, {})
    for index in list(sales_lines(reading, labels)):
        labels[index] = Label("boilerplate", "print prompt", {})
    for index in list(property_lines(reading, labels)):
        labels[index] = Label("boilerplate", "page properties", {})
    for index in list(unit_lines_below(reading, labels)):
        labels[index] = Label("boilerplate", "breadcrumb", {})
    return tuple(labels)


def synonyms_told(reading: Reading) -> Iterator[str]:
    """Yield the fields for which a marked heading has a word that is no sure one, but stands over what the field is."""
    for index, (block, label) in enumerate(zip(reading.blocks, reading.labels, strict=True)):
        if label is None or label.kind != "heading" or label.is_sure or block.kind != "heading":
            continue
        if label.name == "vocabulary" and _stands_over_words(reading, index):
            yield label.name
        elif label.name == "questions":
            drafts, left = all_questions_of(reading, _below(reading, index), index)
            if drafts and not left and all(asks(draft.question[0][1].text) for draft in drafts):
                yield label.name


def _below(reading: Reading, heading: int) -> list[int]:
    """Return the blocks of the section that a heading opens: up to the next one that is no deeper, or is a field's."""
    found: list[int] = []
    level = reading.blocks[heading].level or 2
    for index in range(heading + 1, len(reading.blocks)):
        block, label = reading.blocks[index], reading.labels[index]
        ends = (block.kind == "heading" and block.level <= level) or (label is not None and label.kind == "heading")
        if ends or block.region != reading.blocks[heading].region:
            break
        if block.text and label is None:
            found.append(index)
    return found


def _stands_over_words(reading: Reading, heading: int) -> bool:
    """Say whether nothing but words with their meanings, two at least, stands below a heading."""
    below = _below(reading, heading)
    pairs, left = pairs_of(reading, below, heading)
    told = [index for index in left if not is_column_head(reading, index, pairs)]
    return len(pairs) > 1 and not told and all(pair.definition for pair in pairs)


def _label(reading: Reading, index: int, landmarks: _Landmarks) -> Label | None:
    """Return a block's label, unless it only looks like a heading or furniture."""
    block, label = reading.blocks[index], reading.labels[index]
    if label is None or _is_section(reading, index, label, landmarks):
        return None
    if block.kind == "heading":
        return label
    in_table = is_inside(block, "td", "th", "dt", "dd") and label.kind not in ("label", "value")
    return None if in_table or (is_inside(block, "li") and label.kind == "heading") else label


def _is_section(reading: Reading, index: int, label: Label, landmarks: _Landmarks) -> bool:
    """Say whether a heading that may be a field's is a section's: by what it stands over, and by the page's others."""
    if label.kind != "heading" or label.name not in ("objectives", "vocabulary"):
        return False
    alike = landmarks.headings.get(label.name, [])
    if not label.is_sure:
        return bool(alike) or not _stands_over_words(reading, index)
    text = normalise(reading.text(index))
    if label.name == "objectives":
        before = bisect_left(alike, index)
        return (
            (text in _LOOSE_OBJECTIVES and landmarks.prose < index)
            or (before > 0 and _has_text_between(reading, alike[before - 1], index))
            or _stands_over_prose(reading, index)
        )
    return (len(alike) > 1 and _LOOSE_WORDS.fullmatch(text) is not None) or (
        alike[-1] > index and _stands_over_prose(reading, index)
    )


def _has_text_between(reading: Reading, first: int, second: int) -> bool:
    return any(reading.blocks[n].text and reading.labels[n] is None for n in range(first + 1, second))


def _stands_over_prose(reading: Reading, index: int) -> bool:
    """Say whether the first text behind a heading is a paragraph, in no list or table, of more than one sentence."""
    following = next(
        (n for n in range(index + 1, len(reading.blocks)) if reading.blocks[n].text and reading.labels[n] is None), None
    )
    if following is None:
        return False
    block = reading.blocks[following]
    return (
        block.kind == "paragraph"
        and len(block.text) >= _PROSE
        and _are_sentences(block.text)
        and not is_inside(block, "li", "td", "dd")
    )


def _contents(reading: Reading, labels: list[Label | None], landmarks: _Landmarks) -> Iterator[int]:
    """Yield the lines of a table of contents: below "On this page" those that stand again further down.

    A page, or its extraction, may have of it only "Frequently Asked Questions", above the text.
    """
    last: dict[str, int] = {}
    for index, block in enumerate(reading.blocks):
        if block.text:
            last[normalise(block.text)] = index
    below = False
    for index, block in enumerate(reading.blocks):
        if not block.text:
            continue
        label = labels[index]
        again = last[normalise(block.text)] if last[normalise(block.text)] > index else None
        if label is not None and (label.kind, label.name) == ("boilerplate", _CONTENTS):
            below = True
        elif below and again is not None and block.kind != "heading":
            yield index
        else:
            below = False
            known = label or (reading.labels[index] if is_inside(block, "li") else None)  # a menu is a list
            is_known = known is not None and known.kind == "heading" and index < landmarks.prose
            if is_known and block.kind != "heading" and _is_jump_mark(reading, labels, index, again):
                yield index


def _is_jump_mark(reading: Reading, labels: Sequence[Label | None], index: int, again: int | None) -> bool:
    """Say whether a heading's words above the text are only a link to where it stands, or what is left of one."""
    block, label = reading.blocks[index], labels[index]
    if again is not None:
        return reading.blocks[again].kind == "heading" or (
            block.line is not None and _stands_over_nothing(reading, index)
        )
    return label is not None and label.name == "questions" and not block.is_bold and not _asks(reading, labels, index)


def _asks(reading: Reading, labels: Sequence[Label | None], index: int) -> bool:
    """Say whether a heading of questions may stand over some: none has only headings and sentences below it."""
    below = [n for n in range(index + 1, len(reading.blocks)) if reading.blocks[n].text]
    known = next((n for n in below if (label := labels[n]) is not None and label.kind == "heading"), len(labels))
    texts = [reading.blocks[n] for n in below if n < known and labels[n] is None]
    return (
        not texts
        or texts[0].text.endswith((".", "!", ":"))
        or any("?" in block.text[:_PROSE] or is_inside(block, "li", "dt") for block in texts)
    )


def _stands_over_nothing(reading: Reading, index: int) -> bool:
    """Say whether behind a heading of questions or words there stands furniture, or another line without an end."""
    following = next((n for n in range(index + 1, len(reading.blocks)) if reading.blocks[n].text), None)
    if following is None or reading.labels[following] is not None:
        return True
    block = reading.blocks[following]
    return block.frame is None and not block.text.endswith("?") and pair_of(reading, following) is None
