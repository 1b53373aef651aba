"""What happened in a run, for people and for machines."""

from pipeline.report.comparing import diff_markdown, diff_summary, print_diff
from pipeline.report.files import write_reports
from pipeline.report.formats import FORMATS, Problem, formatted, problems_of
from pipeline.report.page import report_page
from pipeline.report.places import place
from pipeline.report.report_model import REPORT_VERSION, ErrorReport, Report, report_schema
from pipeline.report.status import print_status, status_summary
from pipeline.report.summary import summary
from pipeline.report.terminal import print_messages, print_table

__all__ = [
    "FORMATS",
    "REPORT_VERSION",
    "ErrorReport",
    "Problem",
    "Report",
    "diff_markdown",
    "diff_summary",
    "formatted",
    "place",
    "print_diff",
    "print_messages",
    "print_status",
    "print_table",
    "problems_of",
    "report_page",
    "report_schema",
    "status_summary",
    "summary",
    "write_reports",
]
