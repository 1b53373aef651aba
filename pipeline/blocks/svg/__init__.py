"""SVG pictures without what is no picture: scripts, foreign content, references that lead out of the file."""

from pipeline.blocks.svg.clean import clean_svg

__all__ = ["clean_svg"]
