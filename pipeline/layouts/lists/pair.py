"""A term with its definition, as it stands on the page."""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.blocks import Piece

__all__ = ["LONGEST_TERM", "PairDraft", "is_property"]

LONGEST_TERM: Final = 120  # characters
_DATE: Final = r"(?:(?=.{0,30}\d)[\w.,/ -]{4,30}|today|yesterday)"
_SITES: Final = (
    r"(?:facebook|twitter|x|e-?mail|linkedin|whatsapp|pinterest|reddit|telegram|mastodon|bluesky|copy link|print)"
)
_NAMES: Final = r"[A-Z@#][^\s.;!?]*(?:[ ,]+(?:(?:of|and|&|by|de|van|von)[ ]+)*[\w@#][^\s.;!?]*){0,7}"
# What a page says of itself in the form of a pair, told by the label and by what stands behind it: no definition does.
_PROPERTY: Final = re.compile(
    r"(?i:(?:estimated |average )?(?:reading|read|study|completion) time|time to read|duration)"
    r"\s*[:–—-]\s*.{0,12}\d.{0,20}"
    r"|(?i:~?\d{1,3}[ -]?min(?:ute)?s?[ -]read(?:ing time)?)"
    rf"|(?i:share(?: (?:this|on|via|with))?)\s*:\s*(?i:{_SITES}(?:[\s,|·/&]+{_SITES})*)"
    rf"|(?i:(?:last )?(?:updated|modified|edited|reviewed|revised|published|posted)(?: on)?)\s*:\s*{_DATE}"
    r"|(?i:page views|views|word count|words|rating|votes|likes|comments|shares|downloads)"
    r"\s*:\s*[\d.,/ ]+(?i:[km]|stars?)?"
    r"|(?i:difficulty|level)\s*:\s*"
    r"(?i:easy|medium|moderate|hard|difficult|beginners?|intermediate|advanced|introductory)"
    rf"|(?i:tags|categor(?:y|ies)|filed under|posted in|keywords)\s*:\s*(?!(?i:an?|the)\s)(?:{_NAMES}|\w+(?:, ?\w+)+)"
    rf"|(?i:authors?|written by|posted by|editors?|photos?|(?:photo|image) credits?|credits?|"
    r"source|licen[cs]e|contact|previous|next|subscribe)"
    rf"\s*:\s*(?!(?i:an?|the)\s)(?:{_NAMES}|CC [A-Z-]+ \d\.\d|\S+@\S+)"
)


@dataclass(frozen=True, slots=True)
class PairDraft:
    """A term's piece and its definition's pieces."""

    term: tuple[int, Piece]
    definition: tuple[tuple[int, Piece], ...] = ()
    separators: tuple[tuple[int, int, int], ...] = ()  # (block, start, end) of the colon between them


def is_property(text: str) -> bool:
    """Say whether a line says something of its page, as "Reading time: 5 min" and "Share: Facebook" do."""
    return len(text) <= LONGEST_TERM and _PROPERTY.fullmatch(text) is not None
