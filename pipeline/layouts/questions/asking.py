"""How a question or an exercise is worded."""

import re
from typing import Final

__all__ = ["asking", "asks", "ends_asking"]

_VERBS: Final = (
    r"analy[sz]e|apply|argue|arrange|assess|calculate|choose|clarify|classify|comment|compare|complete|compute|consider|"
    r"construct|contrast|convert|create|critique|debate|defend|define|derive|describe|design|determine|differentiate|"
    r"discuss|distinguish|draw|elaborate|enumerate|estimate|evaluate|examine|explain|explore|express|factor|fill in|"
    r"find|formulate|give|graph|hypothesi[sz]e|identify|illustrate|imagine|in (?:\w+ words|your own)|interpret|"
    r"investigate|justify|label|list|match|mention|name|order|outline|paraphrase|plot|predict|propose|prove|provide|rank|recall|"
    r"reflect|rewrite|select|show|simplify|sketch|solve|specify|state|suggest|summari[sz]e|suppose|synthesi[sz]e|"
    r"think (?:about|of)|trace|translate|use|using|verify|write"
)
_EXERCISE: Final = re.compile(rf"(?:{_VERBS}|true(?: or |/)false)\b", re.IGNORECASE)
_ASKING: Final = re.compile(
    r"(?:how|what|why|when|where|which|who|whose|whom|in what|to what|is|are|was|were|do|does|did|can|could|should|"
    rf"would|will|{_VERBS})\b",
    re.IGNORECASE,
)
# "…, calculate …", "… and explain why.", "… Draw a graph.", "Why? …": an exercise that begins with a story.
_EXERCISE_WITHIN: Final = re.compile(
    r"(?:[.?!:;,]|\b(?:and|then|to)\b)[\s”\"]+(?:please\s+)?"
    r"(?:analy[sz]e|assess|calculate|classify|compare|compute|"
    r"construct|contrast|"
    r"define|derive|describe|determine|discuss|distinguish|draw|estimate|evaluate|explain|find|graph|identify|illustrate|"
    r"interpret|justify|list|name|outline|predict|prove|show|sketch|solve|state|suggest|summari[sz]e)\b|\?[\s”\"]",
    re.IGNORECASE,
)
_STEP: Final = re.compile(r"step\s+\d", re.IGNORECASE)
# An answer may begin like a question ("When demand falls, …") and hold one ("It depends. Is it elastic? If so, …").
_WEAK: Final = 0.6


def ends_asking(text: str) -> bool:
    """Say whether a text ends with a question mark."""
    return text.rstrip(" \"'”’)").endswith("?")


def asking(text: str) -> float:
    """Return how surely a text is worded as a question or an exercise: 1, 0.6 or 0."""
    if ends_asking(text) or _EXERCISE.match(text):
        return 1.0
    return _WEAK if (_ASKING.match(text) or _EXERCISE_WITHIN.search(text)) and not _STEP.match(text) else 0.0


def asks(text: str) -> bool:
    """Say whether a text may be a question or an exercise: by its first or last words, or within."""
    return asking(text) > 0
