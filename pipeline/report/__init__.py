"""What happened in a run, for people and for machines."""

from pipeline.report.comparing import diff_markdown, diff_summary, print_diff
from pipeline.report.files import write_reports
from pipeline.report.page import report_page
from pipeline.report.places import place
from pipeline.report.status import print_status, status_summary
from pipeline.report.summary import summary
from pipeline.report.terminal import print_messages, print_table

__all__ = [
    "diff_markdown",
    "diff_summary",
    "place",
    "print_diff",
    "print_messages",
    "print_status",
    "print_table",
    "report_page",
    "status_summary",
    "summary",
    "write_reports",
]
