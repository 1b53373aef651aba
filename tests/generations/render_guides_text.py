"""Study guides as text: what extractors leave of the pages of 2026 and of 2021."""

from __future__ import annotations

import textwrap

from .guides_model import GuideTruth, SectionTruth, Word, guide_dice

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "guides-text"
VARIANTS = 10
FURNITURE = [
    "Pep mascot",
    "more resources to help you study",
    "practice questionscheatsheetscore calculator",
    "Upgrade your Fiveable account to print any study guide",
    "Download study guides as beautiful PDFs See example",
    "Mark up and annotate as you study",
]


def name(variant: int) -> str:
    """Return the file name."""
    return f"guide-{variant}.txt"


def _is_old(variant: int) -> bool:
    return variant % 2 == 1


def expected(truth: GuideTruth, *, variant: int) -> GuideTruth:
    """Return what is left: the pages of 2021 have neither objectives nor questions, and say less of the unit."""
    if not _is_old(variant):
        return truth
    authors = ["Dalia Savy", "Jed Quiaoit"] if variant % 4 == 3 else ["Dalia Savy"]
    return {
        **truth, "objectives": [], "questions": [], "unit_title": None, "authors": authors, "updated": "2021-12-14",
    }  # fmt: skip


def render(truth: GuideTruth, *, variant: int) -> bytes:
    """Return the text; from variant 4 on single line breaks, other bullets, wrapped lines, split tables."""
    blocks = _of_2021(truth, variant) if _is_old(variant) else _of_2026(truth, variant)
    if variant in (4, 5):  # an extractor that prints no blank lines
        return "\n".join(blocks).encode()
    if variant in (6, 7):
        blocks = ["\n".join(_wrapped(line) for line in block.split("\n")) for block in blocks]
    return "\n\n".join(blocks).encode()


def _wrapped(line: str) -> str:
    if "\t" in line:
        return line
    bullet = len(line) - len(line.lstrip(" •-")) if line.startswith((" ", "•", "-")) else 0
    return textwrap.fill(line, 78, subsequent_indent=" " * bullet, break_long_words=False, break_on_hyphens=False)


def _bullet(variant: int) -> str:
    return "- " if variant in (8, 9) else "  • "


def _body(sections: list[SectionTruth], variant: int, card: int) -> list[str]:
    blocks = []
    for number, section in enumerate(sections):
        blocks.append(section["heading"])
        for kind, content in section["blocks"]:
            if isinstance(content, str):
                blocks.append(content)
            elif kind == "ol":
                blocks.append("\n".join(f"  {n}. {item}" for n, item in enumerate(content, 1)))
            else:
                blocks.append("\n".join(f"{_bullet(variant)}{item}" for item in content))
        if number == card:
            blocks += FURNITURE
    return blocks


def _of_2026(truth: GuideTruth, variant: int) -> list[str]:
    rng = guide_dice(GENERATION, variant, truth)
    course, title = truth["course"], f"{truth['topic']} {truth['title']}"
    unit = f"Unit {truth['unit_number']} – {truth['unit_title']}"
    months = {"06": "June", "09": "September"}
    year, month = (truth["updated"] or "").split("-")
    blocks = [
        f"We use cookies.\n  1. {course}\n  2. {unit}\n  3. {title}\n🧬{course} Unit {truth['unit_number']} Review\n"
        f"QR code for {course} practice questions",
        title,
        f"Written by the {truth['authors'][0]} • Last updated {months[month]} {year}\nVerified for the 2026 exam",
    ]
    if truth["objectives"]:
        blocks += [
            "Skills you'll gain in this topic:",
            "\n".join(f"{_bullet(variant)}{o}" for o in truth["objectives"]),
        ]
    if truth["lead"]:
        blocks.append(truth["lead"])
    blocks += _body(truth["sections"], variant, rng.randrange(len(truth["sections"])))
    if any("choices" in question for question in truth["questions"]):
        blocks.append("Practice Questions")
        for number, question in enumerate(truth["questions"], 1):
            choices = question.get("choices", [])
            letter = "ABCD"[choices.index(question["answer"])]
            lines = [f"{'ABCD'[n]}. {c}" if variant % 4 else f"({'ABCD'[n]}) {c}" for n, c in enumerate(choices)]
            blocks.append(f"{number}. {question['question']}" if variant != 6 else question["question"])
            blocks += lines if variant in (4, 6) else ["\n".join(lines)]
            blocks += [f"Answer: {letter}", f"Explanation: {question.get('explanation', '')}"]
    elif truth["questions"]:
        blocks.append("Frequently Asked Questions")
        for question in truth["questions"]:
            blocks += [question["question"], question["answer"]]
    blocks += [
        "Vocabulary",
        "The following words are mentioned explicitly in the College Board Course and Exam Description for this topic.",
    ]
    rows = ["Term\t\tDefinition", *(f"{w['term']}\t\t{w['definition']}" for w in truth["vocabulary"])]
    blocks += rows if variant == 2 else ["\n".join(rows)]
    blocks[-1] += "\nAbout usPrivacy"
    return [*blocks, *truth["notices"]]


def _of_2021(truth: GuideTruth, variant: int) -> list[str]:
    authors = ["Dalia Savy", "Jed Quiaoit"] if variant % 4 == 3 else ["Dalia Savy"]
    blocks = [
        "Fiveable\nFiveable\npep\nFiveable\nFiveable", "or", "Log in", "Find what you need to study", "Light",
        f"{truth['course']} 🧬", "Bookmarked 4.6k • 272 resources", "See Units", f"{truth['topic']} {truth['title']}",
        "6 min read•december 14, 2021",
    ]  # fmt: skip
    for author in authors:
        blocks += [author] if variant == 9 else [author, author]
    if truth["lead"]:
        blocks.append(truth["lead"])
    blocks += _body(truth["sections"], variant, -1)
    blocks.append(f"Key Terms to Review ({len(truth['vocabulary'])})")
    blocks += [_word(word) for word in truth["vocabulary"]]
    return [*blocks, *truth["notices"]]


def _word(word: Word) -> str:
    return f"{word['term']}: {word['definition']}" if word["definition"] else word["term"]
