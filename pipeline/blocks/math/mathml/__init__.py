"""From presentation MathML to TeX, for formulas that carry no TeX of their own."""

from pipeline.blocks.math.mathml.tokens import text_of
from pipeline.blocks.math.mathml.writer import local_name, mathml_to_tex

__all__ = ["local_name", "mathml_to_tex", "text_of"]
