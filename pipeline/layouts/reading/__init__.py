"""A page as layouts read it: blocks, the words that are known, the ledger of owners, and the draft that results."""

from pipeline.layouts.reading.candidates import Basis, Candidate, best
from pipeline.layouts.reading.draft import Draft, Extraction, Note, Origin, Shortfall
from pipeline.layouts.reading.evidence import GIVEN, Witness, agreed, front_course, said, site_of, witnesses
from pipeline.layouts.reading.frames import depth_of, innermost, is_inside, shared_frame
from pipeline.layouts.reading.labels import Label, label_of
from pipeline.layouts.reading.ledger import Ledger, LedgerError, LedgerSummary, Unclaimed
from pipeline.layouts.reading.leftovers import claim_leftovers, is_address
from pipeline.layouts.reading.names import end_of_marked, end_of_name, link_of, names_within, unmarked
from pipeline.layouts.reading.outline import GAP, UNKNOWN, Outline, Section, outline_of
from pipeline.layouts.reading.page import Reading
from pipeline.layouts.reading.patterns import Compiled, comparable, compiled

__all__ = [
    "GAP",
    "GIVEN",
    "UNKNOWN",
    "Basis",
    "Candidate",
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
    "best",
    "claim_leftovers",
    "comparable",
    "compiled",
    "depth_of",
    "end_of_marked",
    "end_of_name",
    "front_course",
    "innermost",
    "is_address",
    "is_inside",
    "label_of",
    "link_of",
    "names_within",
    "outline_of",
    "said",
    "shared_frame",
    "site_of",
    "unmarked",
    "witnesses",
]
