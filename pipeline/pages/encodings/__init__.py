"""Bytes to text: declared, guessed and damaged encodings."""

from pipeline.pages.encodings.decode import REPAIRS, Decoded, decode, tidied, wide_encoding
from pipeline.pages.encodings.mojibake import is_doubtful

__all__ = ["REPAIRS", "Decoded", "decode", "is_doubtful", "tidied", "wide_encoding"]
