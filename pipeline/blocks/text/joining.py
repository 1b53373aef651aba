"""Which lines of a text extraction are one: those that were wrapped, and those that an extractor broke."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from pipeline.blocks.signs import begins_answer
from pipeline.blocks.text.lines import Line
from pipeline.blocks.text.tables import printed_table, texts_from
from pipeline.blocks.text.wrapping import TextLine, Wrapping

__all__ = ["Joining", "as_wrapped"]

# A line that begins with closing punctuation goes on with the line before.
_CONTINUES: Final = re.compile(r"[.,;:!?)\]](?:\s|$)")
_HYPHENATED: Final = re.compile(r"\w-$")
_SECOND_PART: Final = re.compile(r"(?:and|or|to|und|bis)\b")  # "short- / and long-run"
# `term: definition`, `term – definition`: two such lines, one right below the other, are two.
_TERM_LINE: Final = re.compile(r"[^\W_][^:.;!?]{0,60}(?<!\s): \S")
_ANY_TERM_LINE: Final = re.compile(
    r"[^\W_][^:.;!?]{0,60}(?<!\s)(: )\S|[^\W_]\S*(?: [^\W_]\S*){0,3}?( --++ ?|-- ?| [–—-] |—)[^\s-]"
)
_LONG_NOTICE: Final = 40
_MOST_LINES: Final = 20  # that one notice may have


def as_wrapped(line: Line, starts_block: Callable[[str], bool]) -> TextLine:
    """Return a line as the wrapper saw it."""
    return TextLine(line.text, line.column, bool(line.marker) or starts_block(line.text))


class Joining:
    """Tells how far a wrapped line goes, and joins its pieces; `starts_block` knows lines that begin something new."""

    def __init__(self, wrapping: Wrapping, starts_block: Callable[[str], bool]) -> None:
        self._wrapping = wrapping
        self._starts_block = starts_block

    def last_line(self, lines: Sequence[Line | None], index: int) -> int:
        """Return the index of the last line that was wrapped off the one at `index`."""
        first, so_far = index, ""
        while index + 1 < len(lines):
            line, following = lines[index], lines[index + 1]
            if line is None or following is None:
                break
            so_far = f"{so_far} {line.text}".strip()
            if begins_answer(following.text, line.text):
                break
            if _CONTINUES.match(following.text) and not following.marker:
                index += 1  # an extractor that breaks lines at each element
                continue
            after = as_wrapped(following, self._starts_block)
            if after.begins or self._is_apart(so_far, line, following) or self._is_next_term(lines, index):
                break
            follows_on = bool(line.marker) or (index > 0 and lines[index - 1] is not None)
            whole = not follows_on or self._starts_block(line.text)
            before = TextLine(line.text, line.column, whole=whole)
            alone = (index == 0 or lines[index - 1] is None) and (index + 2 >= len(lines) or lines[index + 2] is None)
            wrapped = (
                self._wrapping.is_full(before, after)
                or (alone and not _are_terms(line, following) and self._wrapping.goes_on(before, after))
                or (self._wrapping.breaks_within(before, after) and not _TERM_LINE.match(following.text))
                or (len(line.text) >= _LONG_NOTICE and self._is_known_further(so_far, following))
            )
            if not wrapped or printed_table(texts_from(lines, index + 1)):
                break
            index += 1
            if index - first > _MOST_LINES:
                so_far = ""
        return index

    def _is_apart(self, so_far: str, line: Line, following: Line) -> bool:
        """Say whether a line begins something new, however full the one before it is."""
        before = TextLine(line.text, line.column)
        deeper = following.indent - line.indent
        if (
            not line.marker
            and deeper
            and (before.ends_sentence or (deeper > 1 and self._is_short(before, following, self._wrapping.low)))
        ):
            return True  # a definition below its term, and the next term
        terms = [_ANY_TERM_LINE.match(text) for text in (so_far, following.text)]
        if before.ends_sentence and terms[0] and terms[1] and terms[0].groups() == terms[1].groups():
            return True
        if self._wrapping.between_blanks:
            return False
        return self._starts_block(so_far) and not self._starts_block(f"{so_far} {following.text}")

    def _is_next_term(self, lines: Sequence[Line | None], index: int) -> bool:
        """Say whether the line behind `index` is a term, as the one above the lines that are set in deeper."""
        line, following, above = lines[index], lines[index + 1], index
        if line is None or following is None or following.marker or following.indent >= line.indent:
            return False
        while above >= 0 and (part := lines[above]) is not None and not part.marker and part.indent == line.indent:
            above -= 1
        term, first = lines[above] if above >= 0 else None, lines[above + 1]
        if term is None or first is None or term.marker or term.indent != following.indent:
            return False
        before, width = TextLine(term.text, term.column), self._wrapping.low or self._wrapping.longest
        return not before.ends_sentence and self._is_short(before, first, width)

    @staticmethod
    def _is_short(line: TextLine, following: Line, width: int) -> bool:
        """Say whether the next line's first word would have fitted into a line of that width."""
        return line.column + len(line.text) + 1 + len(following.text.split(" ", 1)[0]) <= width

    def _is_known_further(self, so_far: str, following: Line) -> bool:
        """Say whether a notice that is no whole sentence yet is one together with the next line."""
        unfinished = so_far[-1:] not in (".", "!", "?") and following.text[:1].islower()
        return unfinished and self._starts_block(so_far) and self._starts_block(f"{so_far} {following.text}")

    def joined(self, parts: Sequence[Line]) -> str:
        """Return wrapped lines as one: no space behind a hyphen within a word.

        Nor before a sign that ends a clause, unless the line before it was full: then the text has that space.
        """
        text = parts[0].text
        for before, part in pairwise(parts):
            hyphenated = _HYPHENATED.search(text) and part.text[:1].isalnum() and not _SECOND_PART.match(part.text)
            full = self._wrapping.is_full(TextLine(before.text, before.column), TextLine(part.text, part.column))
            broken = _CONTINUES.match(part.text) and not full
            text += part.text if hyphenated or broken else f" {part.text}"
        return text


def _are_terms(line: Line, following: Line) -> bool:
    return all(_TERM_LINE.match(one.text) for one in (line, following))
