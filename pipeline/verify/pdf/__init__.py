"""PDFs read back: handouts, answers and flashcards say what the records say, in order, and nothing else."""

from pipeline.verify.pdf.check import verify

__all__ = ["verify"]
