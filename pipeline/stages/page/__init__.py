"""One raw page to its records or a reject: the pure function that every executor calls."""

from pipeline.stages.page.outcome import ParseOutcome
from pipeline.stages.page.parse import read_page
from pipeline.stages.page.source_lines import SourceLines

__all__ = ["ParseOutcome", "SourceLines", "read_page"]
