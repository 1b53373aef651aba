"""One raw page to its records or a reject: the pure function that every executor calls."""

from pipeline.stages.page.from_bytes import NotOnePageError, parse_bytes
from pipeline.stages.page.outcome import ParseOutcome
from pipeline.stages.page.parse import parse_page, read_page
from pipeline.stages.page.source_lines import SourceLines

__all__ = ["NotOnePageError", "ParseOutcome", "SourceLines", "parse_bytes", "parse_page", "read_page"]
