"""Lexical cohesion: a paragraph that shares no words with the record around it may be from elsewhere on the page.

Paragraphs of one text take up each other's words (Halliday and Hasan, "Cohesion in English", 1976). Only the function
words of English are known to say nothing of a text's subject; in other languages these are shared as well, and nothing
is found.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.survey.texts import FieldText, Part

__all__ = ["Stranger", "strangers"]

# The stop list of the Snowball project for English, with what is left of "isn't" and its like.
_STOP_LIST: Final = """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
    it its itself they them their theirs themselves what which who whom this that these those am is are was were be
    been being have has had having do does did doing will would shall should can could may might must ought cannot a
    an the and but if or because as until while of at by for with about against between into through during before
    after above below to from up down in out on off over under again further then once here there when where why how
    all any both each few more most other some such no nor not only own same so than too very isn aren wasn weren
    hasn haven hadn doesn didn don won wouldn shouldn couldn mustn
"""
_FUNCTION_WORDS: Final = frozenset(_STOP_LIST.split())
# What refers to what was said before: anywhere in a paragraph, and where it begins one.
_POINTING: Final = frozenset(("it", "they", "them", "this", "these", "those", "such"))
_GOING_ON: Final = frozenset(
    ("its", "their", "that", "he", "she", "his", "her", "both", "here", "there", "thus", "so", "also", "then", "hence",
     "therefore")
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+")
_SENTENCE: Final = re.compile(r"[.!][\"'”’)\]]*$")
_STEM: Final = 6  # letters before a plural's s that make two words one: "oceans" and "oceanic"
_FEWEST: Final = 4  # stems of a paragraph that can be judged
_LONGEST: Final = 30  # words of a paragraph that is doubted
_LONGEST_MARKUP: Final = 600  # characters that may hold as many words
_MOST: Final = 2  # doubted paragraphs of one record: more of them are a text of another kind, as a poem is
_BESIDE: Final = 3  # other paragraphs that show how close a record's text is
_CHANCE: Final = 0.05  # of them that may share a single word, where that of a doubted one counts as chance
_WITHIN: Final = frozenset(
    ("definition", "questions.answer", "questions.explanation", "lead", "sections.body", "vocabulary.definition")
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A paragraph of a field, and its words of content: the rest of the record has none of them, or one."""

    field: str
    text: str
    words: tuple[str, ...]
    shared: int


def strangers(texts: Sequence[FieldText]) -> list[Stranger]:
    """Return the short paragraphs of a record that share no word of content with the rest of it.

    One shared word is by chance where nearly all other paragraphs of the record share more.
    """
    asked = {(text.field, number) for text in texts for number, part in enumerate(text.parts) if _is_asked(text, part)}
    if not asked:
        return []
    stems = {(text.field, number): _stems(part.text) for text in texts for number, part in enumerate(text.parts)}
    counts = Counter(stem for those in stems.values() for stem in those)
    shared = {place: sum(counts[stem] > 1 for stem in those) for place, those in stems.items() if len(those) >= _FEWEST}
    found = [place for place in asked if shared.get(place, _FEWEST) <= 1]
    beside = [count for place, count in shared.items() if place not in found]
    if not found or len(beside) < _BESIDE or 2 * beside.count(0) > len(beside):
        return []
    if sum(count <= 1 for count in beside) > _CHANCE * len(beside):
        found = [place for place in found if shared[place] == 0]
    strange = [
        Stranger(text.field, part.text, tuple(stems[text.field, number].values()), shared[text.field, number])
        for text in texts
        for number, part in enumerate(text.parts)
        if (text.field, number) in found
    ]
    return strange if len(strange) <= _MOST else []


def _stems(text: str) -> dict[str, str]:
    """Return the stems of content of a text, each with a word that it is of."""
    words = _WORD.findall(text.casefold())
    return {word.rstrip("s")[:_STEM]: word for word in words if len(word) > 2 and word not in _FUNCTION_WORDS}


def _is_asked(text: FieldText, part: Part) -> bool:
    """Say whether a block is a short sentence among paragraphs, that does not refer to what was said before."""
    if part.tag != "p" or text.name not in _WITHIN or (len(text.parts) == 1 and text.name != "lead"):
        return False
    if len(part.html) > _LONGEST_MARKUP or "\\(" in part.html or _SENTENCE.search(part.text) is None:
        return False
    words = _WORD.findall(part.text.casefold())
    is_english = not _FUNCTION_WORDS.isdisjoint(words)
    return is_english and len(words) <= _LONGEST and words[0] not in _GOING_ON and _POINTING.isdisjoint(words)
