"""Pages of key terms in the form of a text extraction, and a small raw folder of them."""

from collections.abc import Sequence
from pathlib import Path

__all__ = ["term_page", "write_pages"]

DEFINITION = "{term} is what this page explains in one plain sentence."
FACTS = (
    "The first thing to know about {term} was said in 1847.",
    "The second thing to know about {term} was said in 1962.",
)
QUESTIONS = (("Why does {term} matter?", "Because this page is about {term}."),)


def term_page(
    term: str,
    course: str = "Test Studies",
    definition: str = DEFINITION,
    facts: Sequence[str] = FACTS,
    questions: Sequence[tuple[str, str]] = QUESTIONS,
) -> str:
    lines = [term, "from class:", course, "Definition", definition.format(term=term)]
    lines.append(f"congrats on reading the definition of {term}. now let's actually learn it.")
    lines.append(f"{len(facts)} Must Know Facts For Your Next Test")
    lines.append("\n".join(f"  {number}. {fact.format(term=term)}" for number, fact in enumerate(facts, 1)))
    if questions:
        lines.append("Review Questions")
        lines.append(
            "\n".join(f"  • {ask.format(term=term)}\n    • {answer.format(term=term)}" for ask, answer in questions)
        )
    lines.append("© 2024 Own Words. All rights reserved.")
    return "\n\n".join(lines) + "\n"


def write_pages(raw: Path, terms: Sequence[str] = ("Alpha", "Beta", "Gamma"), course: str = "Test Studies") -> Path:
    folder = raw / course.lower().replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    for term in terms:
        (folder / f"{term.lower()}.txt").write_text(term_page(term, course), encoding="utf-8")
    return raw
