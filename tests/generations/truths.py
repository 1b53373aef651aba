"""Truth records in our own words, with the characters and shapes that break parsers."""

from __future__ import annotations

from .model import Question, Related, Truth

__all__ = ["NOTICES", "TRUTHS"]

NOTICES = [
    "© 2024 Fiveable Inc. All rights reserved.",
    "AP® and SAT® are trademarks registered by the College Board, which is not affiliated with,"
    " and does not endorse this website.",
]


def _truth(
    term: str,
    course: str,
    definition: str,
    facts: list[str],
    questions: list[tuple[str, str]],
    related: list[tuple[str, str]],
    also: list[str] | None = None,
) -> Truth:
    return Truth(
        term=term,
        course=course,
        definition=definition,
        facts=facts,
        questions=[Question(question=q, answer=a) for q, a in questions],
        related=[Related(term=t, definition=d) for t, d in related],
        also_found_in=also or [],
        notices=list(NOTICES),
    )


TRUTHS: list[Truth] = [
    _truth(
        "gross domestic product (GDP)",
        "Principles of Macroeconomics",
        "The market value of all final goods and services that a country makes in a year",
        [
            "2008 was the year in which the GDP of many countries fell: a fall that lasted.",
            "1.5 percent growth a year doubles output in about 47 years.",
            "GDP = C + I + G + (X – M), where X – M stands for net exports.",
            "3D printers count as investment; the plastic they eat is an intermediate good.",
            "It leaves out unpaid work, R&D done at home, and most of the “shadow” economy.",
        ],
        [
            (
                "A loaf costs $5 and the flour in it $2. How much does the loaf add to GDP? Why not"
                " $5 and $2 together? Explain.",
                "It adds $5. The flour is an intermediate good, so $5 + $2 = $7 would count it twice.",
            ),
            (
                "Name the four parts of spending.",
                "There are four: 1. consumption 2. investment 3. government purchases 4. net"
                " exports. Each of them can be estimated on its own.",
            ),
        ],
        [
            ("final good", "what its user buys to keep: it is not sold on"),
            ("real GDP (rGDP)", "GDP at the prices of a base year; compare: nominal GDP"),
            ("double counting", "the error of adding a good’s parts – and the good"),
        ],
        ["AP Macroeconomics", "International Business & Trade"],
    ),
    _truth(
        "C++",
        "Intro to Programming: From Zero",
        "A compiled language that adds classes, templates and exceptions to C",
        [
            "std::vector<int> holds its elements in one block of memory, so &v[0] is a pointer.",
            "If x < 3 && y > 4, then the body of an if statement with both tests runs.",
            "C++ has no garbage collector; destructors free what an object owns.",
            "my_var, _hidden and __reserved__ are three names, and 2 * 3 * 4 is an expression.",
        ],
        [
            (
                "What does a[i] = *p++ do? Why is it risky?",
                "It copies what p points to into a[i], then moves p on. Nobody checks that i < n, nor that p is valid.",
            ),
        ],
        [("C", "the older language under it"), ("C#", "a later language: it runs on .NET")],
    ),
    _truth(
        "“invisible hand”",
        "History of Economic Thought",
        "A picture for how people who seek their own gain can serve others without meaning to",
        [
            "“Invisible hand” occurs in Adam Smith's books only three times.",
            "Smith didn’t claim that it always works; he named several cases where it doesn't.",
        ],
        [
            (
                "Is the “invisible hand” a law? Discuss it with one example that 'works' and one that \"doesn't\".",
                "No – it is an image. Bread comes to the shop because bakers earn by it; clean air"
                " does not, as nobody pays for it.",
            ),
        ],
        [],
        ["Intro to Philosophy"],
    ),
    _truth(
        "osmosis",
        "AP Biology",
        "The movement of water through a membrane towards the side with more solute",
        [
            "Water moves from high water potential (Ψ) to low: Ψ = Ψs + Ψp.",
            "In a hypotonic solution an animal cell swells and may burst (lysis).",
            "−1.2 MPa is lower than −0.3 MPa, so water flows towards the first.",
        ],
        [
            (
                "A cell with 0.3 M solute is put into 0.1 M sucrose. Which way does water move?"
                " What happens to an animal cell, and what to a plant cell?",
                "Water moves in. The animal cell may burst, but the wall of the plant cell pushes"
                " back, and it becomes turgid.",
            ),
            (
                "Compare osmosis with diffusion.",
                "Both are passive. Osmosis is about water and needs a membrane; diffusion is not and does not.",
            ),
            (
                "Why are red cells kept in saline → and not in water?",
                "0.9 % saline is isotonic: as much water enters as leaves.",
            ),
        ],
        [
            ("turgor pressure", "the push of a cell’s contents against its wall"),
            ("tonicity", "how a solution changes a cell’s volume: hyper-, hypo- or isotonic"),
        ],
        ["College Biology", "Anatomy and Physiology I", "Cell Biology"],
    ),
    _truth(
        "Café society",
        "Música y Sociedad – Intro",
        "Writers, painters and idlers who met in the cafés of fin-de-siècle Paris",
        [
            "Erik Satie played piano at Le Chat Noir; his “furniture music” came later.",
            "O brave new world! was not said there, though o was a popular rhyme.",
            "The naïve façade hid an œuvre of about 1,200 songs.",
        ],
        [],
        [("salon", "a gathering at home – by invitation – of people of taste")],
    ),
    _truth(
        "Treaty of Tordesillas",
        "World History: 1200-Present",
        "The agreement of 1494 by which Spain and Portugal divided the lands outside Europe",
        [
            "1494 is its year; the line ran 370 leagues west of the Cape Verde Islands.",
            "(1) No other power had been asked, and (2) no one knew what lay there.",
            "Brazil speaks Portuguese because its coast bulges east of the line.",
            "It was revised in 1529 (Zaragoza) for the other side of the globe.",
            "France's king Francis I asked to see the clause in Adam's will that left him out.",
            "5 years later Portugal reached India by sea.",
        ],
        [
            (
                "Evaluate the extent to which the treaty shaped the Americas.",
                "Much: language, law and faith follow the line to this day. Still, others ignored"
                " it - the Dutch, the French and the English most of all.",
            ),
            (
                "Why was the line moved in 1494?",
                "Portugal wanted sea room for the way round Africa; Spain wanted the islands that Columbus had found.",
            ),
        ],
        [
            ("papal bull", "a formal letter of the pope, named after its seal (bulla)"),
            ("line of demarcation", "a border drawn on a map before anyone has walked it"),
        ],
    ),
    _truth(
        "p-value",
        "AP Statistics",
        "The chance of data at least as extreme as those seen, if the null hypothesis is true",
        [
            "p < 0.05 is a habit and no law; p = 0.049 and p = 0.051 say nearly the same.",
            "A p-value isn't the probability that H0 is true.",
            "With n > 1000 even a tiny effect gives p < .001; so report the effect's size.",
        ],
        [
            (
                "In a test of 20 coins at α = 0.05, how many fair coins will look biased?",
                "About one: 20 × 0.05 = 1.",
            ),
            (
                "Two labs find p = 0.03 and p = 0.20 for the same drug. Do they disagree? What else"
                " do you need to know?",
                "Not necessarily. You need both effects, with their intervals, and both sample sizes.",
            ),
        ],
        [("significance level (α)", "the error rate one accepts beforehand: often 0.05")],
        ["Biostatistics"],
    ),
    _truth(
        "ML pipeline",
        "Deep Learning Systems",
        "A chain of steps, from raw data to a served model, each of which can be run again",
        [
            "Data leak where the same row is in training and test sets.",
            "Feature stores serve training and inference from one definition.",
        ],
        [
            (
                "How would you find out that a model has become stale?",
                "Watch the inputs (drift), the outputs (calibration) and – late, but surest – the"
                " labels. An alert needs all three: any one alone cries wolf.",
            ),
        ],
        [
            ("data drift", "inputs change; the model does not"),
            ("model registry", "a shelf of models with their versions, tests and owners"),
        ],
    ),
    _truth(
        "reductio ad absurdum",
        "Formal Logic I",
        "A proof that assumes the opposite of its claim & derives a contradiction",
        ["It needs the law of the excluded middle: P or not P."],
        [],
        [],
    ),
    _truth(
        "Schrödinger equation",
        "Quantum Mechanics & Chemistry",
        "The equation of motion of a wave function, first order in time, second in space",
        [
            "It is linear, so sums of solutions are solutions – that is superposition.",
            "Born’s rule turns |ψ|² into a probability; ∫|ψ|²dx = 1.",
            "It holds for v ≪ c; near c one needs Dirac’s equation.",
        ],
        [
            (
                "Why must ψ be continuous? Answer in one or two sentences. Do not use formulae.",
                "A jump would mean infinite momentum. A kink, however, is allowed where the"
                " potential itself is infinite.",
            ),
        ],
        [
            ("wave function (ψ)", "complex amplitude whose square is a density"),
            ("eigenvalue", "the λ in Hψ = λψ: a value that a measurement can give"),
        ],
    ),
    _truth(
        "AT&T breakup",
        "Business Law",
        "The split of the Bell System in 1984 into one long-distance and seven local companies",
        [
            "AT&T kept Bell Labs; the “Baby Bells” got the local lines.",
            "The decree is known as the Modified Final Judgment; it is short- and long-term policy in one.",
            "Long-distance prices fell by about 40 % in 6 years & local ones rose.",
        ],
        [
            (
                "What is the remedy called? Choose: fine; injunction; divestiture.",
                "Divestiture. A fine would have left the market as it was, and an injunction would"
                " have needed a watchman for ever.",
            ),
        ],
        [
            ("monopoly", "one seller: no close substitute"),
            ("Sherman Act", "the law of 1890 against restraints of trade"),
        ],
        ["Principles of Economics"],
    ),
    _truth(
        "Definition of done",
        "Agile & Scrum: The Basics",
        "A list that a team agrees on: work that does not meet it isn’t finished",
        [
            "Review Questions and facts alike may be on the list; a definition is not a goal.",
            "It grows: what was once a wish becomes a rule.",
        ],
        [
            (
                "Who writes it?",
                "The team does. If an organisation has one already, the team may add to it but take nothing away.",
            ),
            ("Is “it works on my machine” done?", "No."),
        ],
        [("acceptance criteria", "what one item needs; the definition of done holds for all")],
    ),
    _truth(
        "日本語 (Japanese)",
        "World Languages",
        "The language of Japan, written with kanji, hiragana and katakana",
        [
            "東京 is read Tōkyō; each of its two characters has one meaning.",
            "It has no plural and no articles, yet several words for “I”.",
        ],
        [("How many syllabaries does it have?", "2: hiragana (ひらがな) and katakana (カタカナ).")],
        [("kanji (漢字)", "characters that came from China")],
    ),
]
