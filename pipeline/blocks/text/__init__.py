"""Blocks of text extractions: lines, bullets, tables and wrapped paragraphs."""

from pipeline.blocks.text.delimited import delimited_table
from pipeline.blocks.text.dumps import undumped
from pipeline.blocks.text.reader import read_text

__all__ = ["delimited_table", "read_text", "undumped"]
