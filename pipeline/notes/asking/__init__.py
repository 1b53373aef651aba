"""What a fact asks for: one piece of its sentence, chosen by the statistics of its course, and kept."""

from pipeline.notes.asking.choice import ask, ask_one
from pipeline.notes.asking.lexicon import Lexicon
from pipeline.notes.asking.showing import asked, says_too_little
from pipeline.notes.asking.words import FEWEST_WORDS, content_words

__all__ = ["FEWEST_WORDS", "Lexicon", "ask", "ask_one", "asked", "content_words", "says_too_little"]
