"""Study guides as Markdown: as crawlers and reader services write it."""

from __future__ import annotations

from .guides_model import GuideTruth
from .model import slug

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "guides-markdown"
VARIANTS = 6


def name(variant: int) -> str:
    """Return the file name."""
    return f"guide-{variant}.md"


def expected(truth: GuideTruth, *, variant: int) -> GuideTruth:
    """Return `truth`: nothing is lost."""
    del variant
    return truth


def render(truth: GuideTruth, *, variant: int) -> bytes:
    """Return the page; odd variants have a front matter, bold questions and `*` bullets."""
    odd = variant % 2 == 1
    title = f"{truth['topic']} {truth['title']}"
    unit = f"Unit {truth['unit_number']} – {truth['unit_title']}"
    year, month = (truth["updated"] or "").split("-")
    months = {"06": "June", "09": "September"}
    lines = []
    if odd:
        lines += [
            f'---\ntitle: "{truth["title"]} - {truth["course"]} | Fiveable"\nurl: https://fiveable.me/x/unit-1/y\n---'
        ]
        lines += [f"[{truth['course']}](/{slug(truth['course'])}) > [{unit}](/u) > {title}"]
    else:
        lines += [f"1. [{truth['course']}](/{slug(truth['course'])})\n2. [{unit}](/u)\n3. {title}"]
    lines += [
        f"🧬{truth['course']} Unit {truth['unit_number']} Review",
        f"![QR code for {truth['course']} practice questions](/qr.svg)",
    ]
    lines += [
        f"# {title}" if variant != 4 else f"{title}\n=====",
        f"Written by the {truth['authors'][0]} • Last updated {months[month]} {year}",
        "Verified for the 2027 exam",
    ]
    bullet = "*" if odd else "-"
    if truth["objectives"]:
        lines += ["### Skills you'll gain in this topic:", "\n".join(f"{bullet} {o}" for o in truth["objectives"])]
    if truth["lead"]:
        lines.append(truth["lead"])
    for number, section in enumerate(truth["sections"]):
        heading = section["heading"].replace("#", "\\#")
        lines.append(f"**{heading}**" if variant == 5 else f"## {heading}")
        for kind, content in section["blocks"]:
            if isinstance(content, str):
                lines.append(content)
            else:
                signs = [f"{n}." for n in range(1, len(content) + 1)] if kind == "ol" else [bullet] * len(content)
                lines.append("\n".join(f"{sign} {item}" for sign, item in zip(signs, content, strict=True)))
        if number == 0:
            lines += ["![Pep mascot](/pep.png)", "more resources to help you study"]
            lines += ["[practice questions](/p)[cheatsheet](/c)[score calculator](/s)"]
            lines += ["Upgrade your Fiveable account to print any study guide"]
    lines += _questions(truth, variant)
    lines += _vocabulary(truth, variant)
    lines += ["[About us](/about)[Privacy](/privacy)", *truth["notices"]]
    return "\n\n".join(lines).encode()


def _questions(truth: GuideTruth, variant: int) -> list[str]:
    if not truth["questions"]:
        return []
    lines = []
    if any("choices" in question for question in truth["questions"]):
        lines.append("## Practice Questions" if variant != 5 else "**Practice Questions**")
        for number, question in enumerate(truth["questions"], 1):
            choices = question.get("choices", [])
            letter = "ABCD"[choices.index(question["answer"])]
            made = [f"{'ABCD'[n]}. {c}" for n, c in enumerate(choices)]
            lines.append(f"**{number}. {question['question']}**" if variant % 2 else question["question"])
            lines.append("\n".join(made) if variant % 3 == 0 else "\n".join(f"- {one}" for one in made))
            lines += [f"**Answer:** {letter}", f"**Explanation:** {question.get('explanation', '')}"]
        return lines
    lines.append("## Frequently Asked Questions" if variant != 5 else "**FAQs**")
    for question in truth["questions"]:
        lines += [f"**{question['question']}**" if variant % 2 else f"### {question['question']}", question["answer"]]
    return lines


def _vocabulary(truth: GuideTruth, variant: int) -> list[str]:
    words = truth["vocabulary"]
    if variant % 3 == 0:
        rows = "\n".join(f"| [{w['term']}](/key-terms/x/{slug(w['term'])}) | {w['definition']} |" for w in words)
        return ["## Vocabulary", f"| Term | Definition |\n| --- | --- |\n{rows}"]
    head = f"Key Terms to Review ({len(words)})"
    made = [f"**{w['term']}**: {w['definition']}" for w in words]
    if variant == 5:
        return [f"**{head}**", *made]
    return [f"## {head}", *(made if variant % 3 == 1 else ["\n".join(f"- {one}" for one in made)])]
