"""The grammar of a key-term page: one term of a class, with its definition, facts, questions and related terms."""

from pipeline.layouts.key_term.grammar import extract_key_term
from pipeline.layouts.key_term.headline import headline_of

__all__ = ["extract_key_term", "headline_of"]
