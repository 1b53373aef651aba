"""A term with its definition, as it stands on the page."""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.blocks import Piece

__all__ = ["LONGEST_TERM", "PairDraft", "is_property", "names_property", "says_property"]

LONGEST_TERM: Final = 120  # characters
_DATE: Final = r"(?:(?=.{0,30}\d)[\w.,/ -]{4,30}|today|yesterday)"
_SITES: Final = (
    r"(?:facebook|twitter|x|e-?mail|linkedin|whatsapp|pinterest|reddit|telegram|mastodon|bluesky|copy link|print)"
)
_SMALL: Final = "(?:of|and|&|by|de|van|von)[ ]"
_NAMES: Final = rf"[A-Z@#][^\s.;!?]*+(?:[ ][ ,]*+(?:{_SMALL}[ ]*+)*(?!{_SMALL})[\w@#][^\s.;!?]*+){{0,7}}"
# What a page says of itself in the form of a pair, told by the label and by what stands behind it: no definition does.
_PROPERTY: Final = re.compile(
    r"(?i:(?:estimated |average )?(?:reading|read|study|completion) time|time to read|duration)"
    r"\s*[:–—-]\s*.{0,12}\d.{0,20}"
    r"|(?i:~?\d{1,3}[ -]?min(?:ute)?s?[ -]read(?:ing time)?)"
    rf"|(?i:share(?: (?:this|on|via|with))?)\s*:\s*(?i:{_SITES}(?:[\s,|·/&]+{_SITES})*)"
    rf"|(?i:(?:last )?(?:updated|modified|edited|reviewed|revised|published|posted)(?: on)?)\s*:\s*{_DATE}"
    r"|(?i:page views|views|word count|words|rating|votes|likes|comments|shares|downloads)"
    r"\s*:\s*+[\d.,/][\d.,/ ]*+(?i:[km]|stars?)?"
    r"|(?i:difficulty|level)\s*:\s*"
    r"(?i:easy|medium|moderate|hard|difficult|beginners?|intermediate|advanced|introductory)"
    rf"|(?i:tags|categor(?:y|ies)|filed under|posted in|keywords)\s*:\s*(?!(?i:an?|the)\s)(?:{_NAMES}|\w+(?:, ?\w+)+)"
    rf"|(?i:authors?|written by|posted by|editors?|photos?|(?:photo|image) credits?|credits?|"
    r"source|licen[cs]e|contact|previous|next|subscribe)"
    rf"\s*:\s*(?!(?i:an?|the)\s)(?:{_NAMES}|CC [A-Z-]+ \d\.\d|[^\s@]+@\S+)"
)

# What tables of a page's properties list, in any system that publishes pages.
_NAME_OF_PROPERTY: Final = re.compile(
    r"(?:course|class|week|semester|term|module|subject|unit|topic|chapter|lesson|level|grade|status|state|tags?|labels?|categor(?:y|ies)|type|"
    r"kind|authors?|owners?|teachers?|editors?|creators?|by|created|updated|modified|published|edited|reviewed|date|"
    r"due|(?:created|last (?:edited|updated|modified)|updated|published)(?: (?:time|by|on|at))?|versions?|revision|"
    r"language|licen[cs]e|source|url|link|id|name|title|space|page|parent|progress|priority|reading time|difficulty)",
    re.IGNORECASE,
)
_LONGEST_VALUE: Final = 8  # words


@dataclass(frozen=True, slots=True)
class PairDraft:
    """A term's piece and its definition's pieces."""

    term: tuple[int, Piece]
    definition: tuple[tuple[int, Piece], ...] = ()
    separators: tuple[tuple[int, int, int], ...] = ()  # (block, start, end) of the colon between them


def is_property(text: str) -> bool:
    """Say whether a line says something of its page, as "Reading time: 5 min" and "Share: Facebook" do."""
    return len(text) <= LONGEST_TERM and _PROPERTY.fullmatch(text) is not None


def names_property(name: str) -> bool:
    """Say whether a name is one of those under which pages say something of themselves: "Status", "Last edited"."""
    return _NAME_OF_PROPERTY.fullmatch(name.strip(" :")) is not None


def says_property(text: str) -> bool:
    """Say whether a line is the name of a property, a colon, and a value that is no sentence: "Week: 3"."""
    name, colon, value = text.partition(": ")
    is_short = 0 < len(value.split()) <= _LONGEST_VALUE and not value.rstrip().endswith((".", "!", "?"))
    return bool(colon) and is_short and names_property(name)
