"""Formulas in text: between delimiters, or said twice or three times, as extractions of rendered pages have them."""

from pipeline.blocks.math.finding.delimiters import find_math
from pipeline.blocks.math.finding.doubled import Suspect, find_doubled, find_formulas, find_suspect, holds_threefold
from pipeline.blocks.math.finding.protect import protect_math, restore_math
from pipeline.blocks.math.finding.tripled import find_tripled

__all__ = [
    "Suspect",
    "find_doubled",
    "find_formulas",
    "find_math",
    "find_suspect",
    "find_tripled",
    "holds_threefold",
    "protect_math",
    "restore_math",
]
