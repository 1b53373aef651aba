"""Study guides in our own words, with the shapes that break parsers."""

from __future__ import annotations

from .guides_model import Block, GuideTruth, Practice, SectionTruth, Word
from .truths import NOTICES

__all__ = ["GUIDES"]


def _section(heading: str, *blocks: Block, level: int = 2) -> SectionTruth:
    return SectionTruth(heading=heading, blocks=list(blocks), level=level)


def _words(*pairs: tuple[str, str]) -> list[Word]:
    return [Word(term=term, definition=definition) for term, definition in pairs]


GUIDES: list[GuideTruth] = [
    GuideTruth(
        title="Cellular Respiration",
        topic="3.5",
        course="AP Biology",
        unit_number=3,
        unit_title="Cellular Energetics",
        objectives=[
            "Describe how cells get energy from sugar",
            "Explain why the electron transport chain needs oxygen (and what happens without it)",
            "Compare fermentation with respiration",
        ],
        lead="",
        sections=[
            _section(
                "Overview",
                (
                    "p",
                    "Cells burn sugar slowly, in many small steps, so that the energy can be kept instead "
                    "of lost as heat. Most of it ends up in ATP.",
                ),
            ),
            _section(
                "Glycolysis: Splitting Sugar",
                (
                    "p",
                    "Glycolysis takes place in the cytoplasm and needs no oxygen. It breaks one molecule of "
                    "glucose into two of pyruvate, and it yields:",
                ),
                (
                    "ul",
                    [
                        "two molecules of ATP, net",
                        "two molecules of NADH",
                        "two molecules of pyruvate, which go on to the mitochondrion.",
                    ],
                ),
                ("p", "Nearly every living thing does it, which is why people think that it is very old."),
            ),
            _section(
                "Why Does the Chain Need Oxygen?",
                (
                    "p",
                    "Oxygen takes the electrons at the end of the chain. Without it the chain backs up, and "
                    "the whole line stops within a minute or two.",
                ),
                ("p", "Is that all? Not quite."),
                (
                    "p",
                    "Some bacteria use nitrate or sulfate in its place, and live where there is no air at "
                    "all, for instance in mud or deep in the ground.",
                ),
            ),
            _section(
                "Fermentation in Yeast and Muscle",
                (
                    "p",
                    "When oxygen runs short, cells still have to get rid of their electrons. Yeast makes "
                    "ethanol and carbon dioxide; a sprinter's muscle makes lactate.",
                ),
            ),
        ],
        vocabulary=_words(
            ("ATP (adenosine triphosphate)", "the molecule in which cells carry energy from place to place"),
            (
                "electron transport chain",
                "a row of proteins in the inner membrane: each takes electrons from the one before it",
            ),
            ("fermentation", "getting rid of electrons without oxygen; it yields no ATP of its own"),
            ("pyruvate", "what is left of glucose after glycolysis"),
        ),
        questions=[
            Practice(
                question="Where does glycolysis take place?",
                choices=[
                    "in the nucleus",
                    "in the cytoplasm",
                    "in the matrix of the mitochondrion",
                    "in the cell wall",
                ],
                answer="in the cytoplasm",
                explanation="It needs no oxygen, and all its enzymes float freely outside of the mitochondrion.",
            ),
            Practice(
                question="A poison blocks the last protein of the chain. Which of these stops first?",
                choices=["glycolysis", "fermentation", "the flow of electrons to oxygen", "the making of lactate"],
                answer="the flow of electrons to oxygen",
                explanation="Everything before it backs up later.",
            ),
        ],
        notices=list(NOTICES),
        authors=["Fiveable Content Team"],
        updated="2026-06",
    ),
    GuideTruth(
        title="Who Pays the Tax? Incidence and Elasticity",
        topic="12.10",
        course="Intro to Public Finance",
        unit_number=12,
        unit_title="Taxes – and Who Bears Them",
        objectives=["Identify who bears a tax", "Apply elasticity to a tax on wages"],
        lead=(
            "A law says who must send the money. It does not say who is poorer for it. This guide "
            "follows the money through prices and wages, step by step."
        ),
        sections=[
            _section(
                "Legal and Economic Incidence",
                (
                    "p",
                    "The legal incidence of a tax is written in the law. The economic incidence is found in "
                    "the market, and the two have little to do with each other.",
                ),
                (
                    "p",
                    "Sellers who must pay a dollar more for each crate will try to raise their price; how "
                    "far they can depends on how easily buyers walk away.",
                ),
            ),
            _section(
                "Policy #1: A Tax on Wages",
                (
                    "p",
                    "In the U.S. half of the payroll tax is taken from workers, the other half is sent in "
                    "by firms. Most studies find that workers bear nearly all of it.",
                ),
                ("p", "There are three reasons:"),
                (
                    "ol",
                    [
                        "Workers change their hours very little.",
                        "Firms can move, or buy machines.",
                        "Wages adjust within a few years.",
                    ],
                ),
            ),
            _section(
                "Gross Domestic Product (GDP) and Revenue",
                (
                    "p",
                    "Revenue moves with output. When output falls by 2 percent, revenue often falls by 3 "
                    "percent or more, since profits and bonuses fall fastest.",
                ),
            ),
            _section(
                "What Is Left Out?",
                (
                    "p",
                    "Nothing has been said of taxes on land. Its supply is fixed, and so the owner bears "
                    "them in full, which economists have liked for two centuries.",
                ),
            ),
        ],
        vocabulary=_words(
            ("economic incidence", "who is really poorer because of a tax"),
            ("legal incidence", "who must send the tax to the state: a matter of law, not of markets"),
        ),
        questions=[
            Practice(
                question="Would a tax on land change how much land there is?",
                answer="No. Its supply is fixed, so only its price changes.",
            ),
            Practice(
                question=(
                    "A city taxes hotel rooms, and every seat in town is taken for the fair. Who bears the "
                    "tax that week? Explain."
                ),
                answer="The hotels. Guests already pay the highest price that fills every room.",
            ),
            Practice(
                question="Why do firms say that they pay half of the payroll tax?",
                answer="Because the law says so: they send it in.",
            ),
        ],
        notices=list(NOTICES),
        authors=["Fiveable Content Team"],
        updated="2025-09",
    ),
    GuideTruth(
        title="DNA Replication",
        topic="6.2",
        course="AP Calculus AB/BC",  # a course with a slash, on purpose
        unit_number=6,
        unit_title="Growth and Copying",
        objectives=["Name the enzymes at the fork"],
        lead=(
            "Each strand is the pattern for a new one. Two strands come apart, and two pairs are "
            "made of them, each half old and half new."
        ),
        sections=[
            _section(
                "Enzymes",
                (
                    "ul",
                    [
                        "Helicase opens the double strand",
                        "Ligase joins the pieces",
                        "Polymerase reads one strand and writes the other",
                    ],
                ),
            ),
            _section(
                "mRNA Is Not a Copy of DNA",
                (
                    "p",
                    "It is written in another alphabet, by another enzyme, and it leaves the nucleus; the "
                    "copy that we speak of here never does.",
                ),
                ("p", "(More of this stands in the next unit.)"),
            ),
        ],
        vocabulary=_words(("helicase", "the enzyme that opens the double strand")),
        questions=[],
        notices=list(NOTICES),
        authors=["Fiveable Content Team"],
        updated="2026-06",
    ),
]
