"""From a raw page to one flat sequence of blocks with rich content."""

from pipeline.blocks.cut import TooDeepError, TooManyTagsError
from pipeline.blocks.inline import inline_html, slice_runs, strip_runs
from pipeline.blocks.lines import LineFinder
from pipeline.blocks.model import Block, Cut, Frame, Mark, Page, Run, frames_of
from pipeline.blocks.numbering import label_ends, lone_number
from pipeline.blocks.read import read
from pipeline.blocks.rich import Piece, rich_text

__all__ = [
    "Block",
    "Cut",
    "Frame",
    "LineFinder",
    "Mark",
    "Page",
    "Piece",
    "Run",
    "TooDeepError",
    "TooManyTagsError",
    "frames_of",
    "inline_html",
    "label_ends",
    "lone_number",
    "read",
    "rich_text",
    "slice_runs",
    "strip_runs",
]
