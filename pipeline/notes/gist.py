"""Long answers: what they come to is marked, and nothing is cut."""

import re
from typing import Final

from pipeline.notes.fragment import Fragment

__all__ = ["with_gist"]

_LONG: Final = 60  # words: about what is read in 15 seconds, while a learner judges her answer
_LONGEST: Final = 40  # words of a first sentence that is still a short answer
# A sentence's end: not behind a letter alone ("U.S."), nor where the next word is small ("e.g. this").
_END: Final = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=[\d)\]%]))[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\Wa-z_])|[。！？]|\n")
_SHORT_FORM: Final = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|vs|cf|etc|Fig|No|Prof|Jr|Sr|approx|ca|pp|vol|ed)\.$")


def with_gist(html: str) -> str:
    """Return an answer with its first sentence within `<span class="gist">`, if it has over 60 words and goes on.

    An answer that begins with a list has its steps already, and stays as it is, as do code and tables; so does one
    whose first sentence is long itself.
    """
    if len(html) < 2 * _LONG or html.lstrip().startswith(("<ul", "<ol", "<pre", "<table")):
        return html
    fragment = Fragment(html, links=True)
    text = fragment.text
    if len(text.split()) <= _LONG:
        return html
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
