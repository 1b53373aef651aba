"""What differs between two states of the notes, for people, for programs and for a pull request."""

from pipeline.report.comparing.markdown import diff_markdown
from pipeline.report.comparing.summary import diff_summary
from pipeline.report.comparing.text import frozen_lines, print_diff

__all__ = ["diff_markdown", "diff_summary", "frozen_lines", "print_diff"]
