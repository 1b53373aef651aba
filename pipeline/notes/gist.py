"""Long answers: shown as steps, or what they come to is marked; nothing is cut."""

import re
from typing import Final

from pipeline.notes.fragment import Fragment

__all__ = ["with_gist"]

_LONG: Final = 60  # words: about what is read in 15 seconds, while a learner judges her answer
_LONGEST: Final = 40  # words of a first sentence that is still a short answer
# A sentence's end: not behind a letter alone ("U.S."), nor where the next word is small ("e.g. this").
_END: Final = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=[\d)\]%]))[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\Wa-z_])|[。！？]|\n")
_SHORT_FORM: Final = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|vs|cf|etc|Fig|No|Prof|Jr|Sr|approx|ca|pp|vol|ed)\.$")


_STEPS: Final = '<ol class="steps">'
_NUMBERED: Final = (
    (re.compile(r"(?<!\S)\(?(\d+)\)(?=\s)"), tuple(map(str, range(1, 30)))),
    (re.compile(r"(?:(?<=[.:;]\s)|(?<!.))(\d+)\.(?=\s[^\W\d])"), tuple(map(str, range(1, 30)))),
    (re.compile(r"(?<!\S)\(?([a-z])\)(?=\s)"), tuple("abcdefghijklmnopqrstuvwxyz")),
    (re.compile(r"(?<!\S)\(?([ivx]+)\)(?=\s)"), ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")),
)
_FEWEST_STEPS: Final = 2
_IN_WORDS: Final = re.compile(
    r"(?:(?<=[.!?:;]\s)|(?<!.))(First|Second|Third|Fourth|Fifth|Next|Then|After that|Finally|Last)(?:ly)?(?=,|\s[a-z])"
)
_ORDER: Final = ("First", "Second", "Third", "Fourth", "Fifth")


def with_gist(html: str) -> str:
    """Return an answer of over 60 words so that it can be judged at a glance, its text as it was.

    A sequence within one paragraph ("(1) … (2) …", "First, … Then, …") is an `<ol class="steps">`; the numbers and
    words stay in its items. Else the first sentence is within `<span class="gist">`, if the answer goes on. One that
    begins with a list has its steps already, and stays as it is, as do code and tables; so does one whose first
    sentence is long itself.
    """
    if len(html) < 2 * _LONG or html.lstrip().startswith(("<ul", "<ol", "<pre", "<table")):
        return html
    fragment = Fragment(html, links=True)
    text = fragment.text
    if len(text.split()) <= _LONG:
        return html
    steps = _steps(fragment)
    listed = fragment.listed(steps, _STEPS) if steps else None
    return listed or _with_first_sentence(html, fragment)


def _steps(fragment: Fragment) -> list[int]:
    """Return where the steps of a sequence begin; none where there is no sequence."""
    for pattern, names in _NUMBERED:
        found = [match for match in pattern.finditer(fragment.text) if not fragment.in_math(match.start())]
        if len(found) >= _FEWEST_STEPS and tuple(match[1] for match in found) == names[: len(found)]:
            return [match.start() for match in found]
    words = list(_IN_WORDS.finditer(fragment.text))
    counted = [match[1] for match in words if match[1] in _ORDER]
    if len(words) >= _FEWEST_STEPS and words[0][1] == "First" and tuple(counted) == _ORDER[: len(counted)]:
        return [match.start() for match in words]
    return []


def _with_first_sentence(html: str, fragment: Fragment) -> str:
    text = fragment.text
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text, start):
        end = match.start() if match[0] == "\n" else match.end()
        if fragment.in_math(end - 1) or _SHORT_FORM.search(text[:end]):
            continue
        words = len(text[start:end].split())
        if words < 2:
            continue
        return fragment.marked([(start, end)], '<span class="gist">', "</span>") if words <= _LONGEST else html
    return html
