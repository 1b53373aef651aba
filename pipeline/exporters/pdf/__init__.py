"""Handouts, answers and flashcards as PDF: records set by WeasyPrint in sealed processes, joined and numbered."""

from pipeline.exporters.pdf.cards import decks_of
from pipeline.exporters.pdf.content import label_of
from pipeline.exporters.pdf.drawing import Card
from pipeline.exporters.pdf.exporter import PdfExporter
from pipeline.exporters.pdf.flashcards import sheet_line
from pipeline.exporters.pdf.kinds import credits_of, piece_of
from pipeline.exporters.pdf.languages import prevailing
from pipeline.exporters.pdf.sheet import MM, CardGrid, Sheet

__all__ = [
    "MM",
    "Card",
    "CardGrid",
    "PdfExporter",
    "Sheet",
    "credits_of",
    "decks_of",
    "label_of",
    "piece_of",
    "prevailing",
    "sheet_line",
]
