"""Study guides in the form of a text extraction, in our own words."""

from collections.abc import Mapping

__all__ = ["guide_page"]


def guide_page(
    title: str,
    words: Mapping[str, str],
    *,
    topic: str = "3.5",
    course: str = "Test Studies",
    publisher: str = "Own Words",
) -> str:
    """Return a topic page; a word without definition is named alone in the list of key terms."""
    unit = topic.partition(".")[0]
    listed = "\n".join(f"  • {word}: {text}" if text else f"  • {word}" for word, text in words.items())
    return (
        "\n\n".join(
            [
                f"📚{course} Unit {unit} Review",
                f"{topic} {title}",
                f"Written by the {publisher} Team • Last updated September 2026",
                "Overview",
                f"This page tells in plain sentences what {title.lower()} is about, and why to care for it.",
                f"Key Terms to Review ({len(words)})",
                listed,
                f"© 2024 {publisher}. All rights reserved.",
            ]
        )
        + "\n"
    )
