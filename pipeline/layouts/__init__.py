"""Layouts: which block of a page is which field, which is named boilerplate."""

from pipeline.layouts.choose import Fit, builtin_layouts, extract, is_landmark, match
from pipeline.layouts.reading import (
    Draft,
    Extraction,
    Ledger,
    LedgerError,
    LedgerSummary,
    Note,
    Origin,
    Reading,
    Shortfall,
    Unclaimed,
)

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
