"""Mathematics, however a page writes it, as TeX: elements, delimiters in text, and formulas said twice."""

from pipeline.blocks.math.drawn import drawn_script, loss_of_formula
from pipeline.blocks.math.elements import MathFound, is_visual_copy, may_be_math, read_math
from pipeline.blocks.math.finding import (
    Suspect,
    find_doubled,
    find_formulas,
    find_math,
    find_suspect,
    find_tripled,
    holds_threefold,
    protect_math,
    restore_math,
)
from pipeline.blocks.math.mathml import mathml_to_tex
from pipeline.blocks.math.tex import MathSpan, clean_tex

__all__ = [
    "MathFound",
    "MathSpan",
    "Suspect",
    "clean_tex",
    "drawn_script",
    "find_doubled",
    "find_formulas",
    "find_math",
    "find_suspect",
    "find_tripled",
    "holds_threefold",
    "is_visual_copy",
    "loss_of_formula",
    "mathml_to_tex",
    "may_be_math",
    "protect_math",
    "read_math",
    "restore_math",
]
