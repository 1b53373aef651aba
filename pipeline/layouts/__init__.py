"""Layouts: which block of a page is which field, which is named boilerplate."""

from pipeline.layouts.choose import Fit, extract, is_landmark, match
from pipeline.layouts.fields import unit_of
from pipeline.layouts.guessing import (
    bare_reading,
    field_by_form,
    field_by_words,
    glossary_pairs,
    is_known_furniture,
    reading_of,
)
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
    comparable,
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
    "bare_reading",
    "builtin_layouts",
    "comparable",
    "extract",
    "field_by_form",
    "field_by_words",
    "glossary_pairs",
    "is_known_furniture",
    "is_landmark",
    "known_shells",
    "match",
    "meant_by",
    "reading_of",
    "selection_of",
    "unit_of",
]
