"""Guidepress: study-guide pages in; Anki decks, printed handouts and JSON bundles out."""
