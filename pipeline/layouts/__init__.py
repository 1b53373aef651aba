"""Layouts: which block of a page is which field, which is named boilerplate."""

from pipeline.layouts.choose import Fit, extract, is_landmark, match
from pipeline.layouts.fields import unit_of
from pipeline.layouts.known import builtin_layouts, known_shells
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
from pipeline.layouts.selecting import meant_by, selection_of

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
    "known_shells",
    "match",
    "meant_by",
    "selection_of",
    "unit_of",
]
