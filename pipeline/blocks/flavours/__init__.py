"""Markups beside CommonMark, made Markdown that all know: what other writers of notes add to it, Org, wikis."""

from pipeline.blocks.flavours.inline import without_inline_marks
from pipeline.blocks.flavours.lines import without_line_marks
from pipeline.blocks.flavours.org import is_org, markdown_of_org
from pipeline.blocks.flavours.wiki import markdown_of_wiki

__all__ = ["is_org", "markdown_of_org", "markdown_of_wiki", "without_inline_marks", "without_line_marks"]
