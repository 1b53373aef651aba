"""Layouts: which block of a page is which field, which is named boilerplate."""

from pipeline.layouts.choose import Fit, builtin_layouts, extract, is_landmark, match
from pipeline.layouts.draft import Draft, Extraction, Note, Origin, Shortfall
from pipeline.layouts.ledger import Ledger, LedgerError
from pipeline.layouts.ledger_summary import LedgerSummary, Unclaimed
from pipeline.layouts.reading import Reading

__all__ = [
    "Draft",
    "Extraction",
    "Fit",
    "Ledger",
    "LedgerError",
    "LedgerSummary",
    "Note",
    "Origin",
    "Reading",
    "Shortfall",
    "Unclaimed",
    "builtin_layouts",
    "extract",
    "is_landmark",
    "match",
]
