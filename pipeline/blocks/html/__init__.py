"""Blocks of HTML, and of Markdown, which is read as HTML."""

from pipeline.blocks.html.cut import TooDeepError, TooManyTagsError
from pipeline.blocks.html.markdown import read_markdown
from pipeline.blocks.html.parts import Part, parts_of
from pipeline.blocks.html.reader import read_html

__all__ = ["Part", "TooDeepError", "TooManyTagsError", "parts_of", "read_html", "read_markdown"]
