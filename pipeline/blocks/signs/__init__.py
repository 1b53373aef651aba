"""What a page prints before its texts: list signs, numbers, and the labels of those who ask and answer."""

from pipeline.blocks.signs.bold_lines import bold_lines_apart
from pipeline.blocks.signs.boxed import BOXES, items_out_of_boxes, without_lone_boxes
from pipeline.blocks.signs.markers import LONG_NUMBER, MARKER, OpenItems, listed_lines
from pipeline.blocks.signs.numbering import label_ends, lone_number, numbered_lines
from pipeline.blocks.signs.turns import Turn, begins_answer, begins_question, turns_apart, turns_of

__all__ = [
    "BOXES",
    "LONG_NUMBER",
    "MARKER",
    "OpenItems",
    "Turn",
    "begins_answer",
    "begins_question",
    "bold_lines_apart",
    "items_out_of_boxes",
    "label_ends",
    "listed_lines",
    "lone_number",
    "numbered_lines",
    "turns_apart",
    "turns_of",
    "without_lone_boxes",
]
