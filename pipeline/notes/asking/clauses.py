"""What a sentence names, what it says something of, and what its clauses end with: pieces that may be asked for."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.notes.asking.lexicon import Lexicon
from pipeline.notes.asking.sentence import OBJECT, TERM, Piece, Sentence
from pipeline.notes.asking.words import BEFORE_NOUN, EMPTY, FEWEST_WORDS, begins

__all__ = ["named", "objects", "subjects"]

_CLAUSE_END: Final = re.compile(
    r"(?<!\b[A-Z])[.;:?!](?=\s|$)|,(?=\s)|\s[—–]\s|—|\b(?:because|although|whereas|while|but|so that|if|when)\b"
)
_BEGINS_ASIDE_LIST: Final = """
    about after among as at before between by despite during for from in into on through to under until with
    without
"""
_BEGINS_ASIDE: Final = frozenset(_BEGINS_ASIDE_LIST.split())
_LONGEST_OBJECT: Final = 3
_COMMON_OBJECT: Final = 0.03  # of the course's texts
_NAMING: Final = re.compile(
    r"\b(?:called|coined the (?:phrase|term)|dubbed|known as|named|nicknamed|referred to as|termed)"
    r" (?:\w+ly )?(?:(?:an?|the) )?[“\"]?(?=\w)"
)
_ADVERB: Final = re.compile(r"(?:^|[.!?] )[A-Z][\w-]+, $")
_DEFINES: Final = re.compile(
    r" (?:(?:is|are|was|were) (?:(?:an?|any|one|the|those|when|where)|(?:\w+ ){1,5}(?:that|which|who|where)"
    r"|(?:\w+ ){0,3}\w+s (?:for|given|of|used))|refers?(?! to [^,.;]* as )|means?(?! of)|describes?|involves?"
    r"|occurs? when|can be (?:defined|described))\b"
)
_LONGEST_NAME: Final = 5
_LONGEST_SUBJECT: Final = 4


def named(sentence: Sentence) -> Iterator[Piece]:
    """Yield what the sentence itself gives a name: what is called, known as, termed so."""
    text, words = sentence.text, sentence.words
    for match in _NAMING.finditer(text):
        end = text.find("”" if match[0][-1] == "“" else '"', match.end()) if match[0][-1] in '“"' else 0
        found = [at for at, word in enumerate(words) if word.start >= match.end()]
        if not found or words[found[0]].start != match.end() or not (end or words[found[0]].says_something):
            continue
        first = last = found[0]
        while last + 1 < len(words) and (
            words[last + 1].end <= end
            if end
            else sentence.between(last) in (" ", "-")
            and words[last + 1].says_something
            and (words[last + 1].shown[0].isupper() or words[first].shown[0].islower())
        ):
            last += 1
        # "Classical" economists; the process of …
        if (end and re.match(r".\s[a-z]\w+s\b", text[end:])) or (first == last and words[first].key in EMPTY):
            continue
        if last - first < _LONGEST_NAME and not sentence.is_aside(words[first].start, words[last].end):
            yield Piece(words[first].start, words[last].end, TERM, 0.0)


def subjects(sentence: Sentence) -> Iterator[Piece]:
    """Yield what a sentence that begins with a noun says what it is: "A guild is a body of masters who …"."""
    text, words = sentence.text, sentence.words
    for at, word in enumerate(words):
        if not (
            begins(text, word) or (text[word.start - 2 : word.start] == ", " and _ADVERB.search(text, 0, word.start))
        ):
            continue
        first = at + (word.shown in ("A", "An", "The") and at + 1 < len(words))
        last = first
        while last + 1 < len(words) and sentence.between(last) in (" ", "-") and words[last + 1].says_something:
            last += 1
            if _DEFINES.match(text, words[last - 1].end):
                last -= 1
                break
        length = last - first + 1
        stop = text.find(". ", words[last].end)
        said = sum(one.says_something for one in words[last + 1 :] if stop < 0 or one.start < stop)
        if (
            words[first].says_something
            and length <= _LONGEST_SUBJECT
            and (length > 1 or word.shown != "The")
            and words[first].key not in EMPTY
            and (length > 1 or words[last].key not in EMPTY)
            and (defined := _DEFINES.match(text, words[last].end))
            and not (word.shown != "The" and at < first and defined[0].endswith(" the"))
            and said >= FEWEST_WORDS
        ):
            yield Piece(words[first].start, words[last].end, TERM, 1.0)


def objects(sentence: Sentence, lexicon: Lexicon) -> Iterator[Piece]:
    """Yield what ends each clause: one to three words behind a word that makes a noun of them.

    The last of them must be a word that the course says more than once; a single one must be no common word of it,
    and is asked before the term only if the page says it more than once.
    """
    text, words = sentence.text, sentence.words
    ends = [*(match.start() for match in _CLAUSE_END.finditer(text)), len(text)]
    begin = 0
    for end in dict.fromkeys(ends):
        clause = [at for at, word in enumerate(words) if begin <= word.start and word.end <= end]
        begin = end
        if not clause or words[clause[0]].shown.lower() in _BEGINS_ASIDE:
            continue
        last = clause[-1]
        if text[words[last].end : end].strip() or not words[last].says_something or words[last].key in EMPTY:
            continue
        first = last
        while first > 0 and words[first - 1].says_something and sentence.between(first - 1) in (" ", "-"):
            first -= 1
        length = last - first + 1
        begins_word = text[words[first].start - 1] not in "-'’"
        count = lexicon.stems[words[last].stem]
        if (
            first == 0
            or not begins_word
            or words[first - 1].shown.lower() not in BEFORE_NOUN
            or length > _LONGEST_OBJECT
            or count < 2
            or not (words[last].key in lexicon.nouns or (length > 1 and lexicon.is_pair(words[last - 1], words[last])))
            or words[first].key in EMPTY
            or sentence.is_aside(words[first].start, words[last].end)
            or sentence.is_quoted(words[first].start, words[last].end)
        ):
            continue
        if length > 1 or count <= max(3, _COMMON_OBJECT * lexicon.texts):
            of_page = any(lexicon.is_of_page(word, sentence.record_id) for word in words[first : last + 1])
            if of_page or sentence.is_of_term:
                last_asked = not (of_page and sentence.is_of_term)
                yield Piece(words[first].start, words[last].end, OBJECT, count, last_asked)
