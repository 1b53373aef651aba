"""A page as layouts read it: blocks, the words that are known, the ledger of owners, and the draft that results."""

from pipeline.layouts.reading.draft import Draft, Extraction, Note, Origin, Shortfall
from pipeline.layouts.reading.evidence import Witness, agreed, witnesses
from pipeline.layouts.reading.labels import Label, label_of
from pipeline.layouts.reading.ledger import Ledger, LedgerError, LedgerSummary, Unclaimed
from pipeline.layouts.reading.leftovers import claim_leftovers, is_address
from pipeline.layouts.reading.names import end_of_name, link_of, names_within, unmarked
from pipeline.layouts.reading.outline import Outline, Section, outline_of
from pipeline.layouts.reading.page import Reading
from pipeline.layouts.reading.patterns import Compiled, compiled
from pipeline.layouts.reading.publisher import publisher_of

__all__ = [
    "Compiled",
    "Draft",
    "Extraction",
    "Label",
    "Ledger",
    "LedgerError",
    "LedgerSummary",
    "Note",
    "Origin",
    "Outline",
    "Reading",
    "Section",
    "Shortfall",
    "Unclaimed",
    "Witness",
    "agreed",
    "claim_leftovers",
    "compiled",
    "end_of_name",
    "is_address",
    "label_of",
    "link_of",
    "names_within",
    "outline_of",
    "publisher_of",
    "unmarked",
    "witnesses",
]
