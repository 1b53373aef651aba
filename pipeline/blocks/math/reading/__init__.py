"""TeX read as the characters that it shows, and how those compare with what stands on a page."""

from pipeline.blocks.math.reading.reader import TexReader
from pipeline.blocks.math.reading.signatures import is_command
from pipeline.blocks.math.reading.signs import canonical, is_dropped, may_be_lost, same_sign

__all__ = ["TexReader", "canonical", "is_command", "is_dropped", "may_be_lost", "same_sign"]
