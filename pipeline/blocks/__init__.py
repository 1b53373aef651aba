"""From a raw page to one flat sequence of blocks with rich content."""

from pipeline.blocks.html import Part, TooDeepError, TooManyTagsError, parts_of
from pipeline.blocks.inline import inline_html, slice_runs, strip_runs
from pipeline.blocks.model import Block, Cut, Frame, Mark, Page, Run, frames_of
from pipeline.blocks.pictures import Picture, settle_pictures
from pipeline.blocks.read import read
from pipeline.blocks.rich import Piece, rich_text
from pipeline.blocks.selection import PageHead, Pick, Selecting, Selection
from pipeline.blocks.signs import BOXES, Turn, label_ends, lone_number, turns_of
from pipeline.blocks.source_lines import LineFinder

__all__ = [
    "BOXES",
    "Block",
    "Cut",
    "Frame",
    "LineFinder",
    "Mark",
    "Page",
    "PageHead",
    "Part",
    "Pick",
    "Picture",
    "Piece",
    "Run",
    "Selecting",
    "Selection",
    "TooDeepError",
    "TooManyTagsError",
    "Turn",
    "frames_of",
    "inline_html",
    "label_ends",
    "lone_number",
    "parts_of",
    "read",
    "rich_text",
    "settle_pictures",
    "slice_runs",
    "strip_runs",
    "turns_of",
]
