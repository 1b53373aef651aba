"""Study guides in the form of a text extraction, in our own words."""

from collections.abc import Mapping, Sequence

__all__ = ["guide_page"]


def guide_page(
    title: str,
    words: Mapping[str, str],
    *,
    topic: str = "3.5",
    course: str = "Test Studies",
    publisher: str = "Own Words",
    questions: Sequence[tuple[str, Sequence[str], str]] = (),
) -> str:
    """Return a topic page; a word without definition is named alone in the list of key terms.

    `questions` are question, choices and answer; those with choices are asked as practice, the others as FAQs.
    """
    unit = topic.partition(".")[0]
    listed = "\n".join(f"  • {word}: {text}" if text else f"  • {word}" for word, text in words.items())
    asked = [part for ask, choices, answer in questions if not choices for part in (ask, answer)]
    practice = [
        part
        for ask, choices, answer in questions
        if choices
        for part in (
            ask,
            "\n".join(f"{letter}. {choice}" for letter, choice in zip("ABCDE", choices, strict=False)),
            f"Answer: {'ABCDE'[choices.index(answer)]}",
        )
    ]
    return (
        "\n\n".join(
            [
                f"📚{course} Unit {unit} Review",
                f"{topic} {title}",
                f"Written by the {publisher} Team • Last updated September 2026",
                "Overview",
                f"This page tells in plain sentences what {title.lower()} is about, and why to care for it.",
                *(("Frequently Asked Questions", *asked) if asked else ()),
                *(("Practice Questions", *practice) if practice else ()),
                f"Key Terms to Review ({len(words)})",
                listed,
                f"© 2024 {publisher}. All rights reserved.",
            ]
        )
        + "\n"
    )
