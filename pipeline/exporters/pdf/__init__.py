"""Handouts, answers and flashcards as PDF: records set by WeasyPrint in sealed processes, joined and numbered."""

from pipeline.exporters.pdf.cards import cards_of
from pipeline.exporters.pdf.content import label_of
from pipeline.exporters.pdf.drawing import Card
from pipeline.exporters.pdf.exporter import PdfExporter
from pipeline.exporters.pdf.kinds import credits_of, piece_of

__all__ = ["Card", "PdfExporter", "cards_of", "credits_of", "label_of", "piece_of"]
