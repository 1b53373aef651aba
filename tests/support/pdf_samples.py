"""A course in our own words with everything that is hard to set, for tests, and for the pictures in the docs."""

from io import BytesIO

from pdf_factories import key_term
from pipeline.records import KeyTerm, Media, Question, RichText

__all__ = ["LONG_FACT", "LONG_WORD", "PICTURE", "picture", "sample_course"]

LONG_WORD = "pneumonoultramicroscopicsilicovolcanoconiosis" * 2
PICTURE = "0123456789abcdef.png"

LONG_FACT = " ".join(
    [
        "A field notebook is kept so that somebody else can follow the work years later, and so it holds more than",
        "numbers: the weather of the day, who was there, which instrument was used and when it was last checked, what",
        "was expected before the first reading, and what was crossed out and why.",
    ]
    * 8
)


def picture(width: int = 640, height: int = 360) -> bytes:
    """Return a PNG with a plain figure: grey bars of growing height."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for index in range(8):
        left = 40 + index * (width - 80) // 8
        draw.rectangle((left, height - 30 - (index + 1) * (height - 60) // 9, left + 40, height - 30), fill=90)
    draw.line((30, height - 30, width - 30, height - 30), fill=0, width=3)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def sample_course() -> list[KeyTerm]:
    """Return the records, one for each difficulty."""
    course = "Field Methods"
    osmosis = key_term(
        "Osmosis",
        "<p>The net movement of <strong>water</strong> through a selectively permeable membrane, from where its "
        "potential is higher to where it is lower: \\(\\psi = \\psi_s + \\psi_p\\).</p>",
        facts=[
            "No energy from the cell is needed; the gradient alone drives the flow.",
            "In a hypertonic solution a plant cell loses water and its membrane pulls away from the wall.",
            "At equilibrium \\[\\Pi = i\\,c\\,R\\,T = \\frac{n}{V}RT\\] holds for an ideal, dilute solution.",
            "Roots take up water because their cells hold more solutes than the soil around them.",
            "Salting food preserves it: microbes lose water faster than they can replace it.",
        ],
        questions=[
            ("Why does a red blood cell burst in pure water?", "Water enters by osmosis; it has no wall to hold it."),
            ("Predict what happens to a slice of potato in strong brine.", "It loses water, shrinks and softens."),
            (
                "Explain how \\(\\psi_p\\) and \\(\\psi_s\\) balance in a turgid leaf cell.",
                "The wall's pressure \\(\\psi_p > 0\\) rises until it cancels \\(\\psi_s < 0\\); then \\(\\psi = 0\\).",
            ),
        ],
        related=[
            ("Diffusion", "The spreading of particles from where there are many to where there are few."),
            ("Turgor pressure", "The push of a cell's contents against its wall."),
            ("Tonicity", None),
        ],
        also=["General Biology", "Plant Science"],
        course=course,
    )
    osmosis = osmosis.model_copy(
        update={
            "questions": (
                *osmosis.questions,
                Question(
                    key="c0ffee0001",
                    question=RichText.of("Which of these is moved by osmosis?"),
                    choices=tuple(RichText.of(text) for text in ("Glucose", "Water", "Sodium ions", "Starch")),
                    answer=RichText.of("Water"),
                    explanation=RichText.of("Osmosis is the word for water alone; solutes diffuse."),
                ),
            )
        }
    )
    return [
        osmosis,
        key_term("Aliquot", "<p>A part of a sample.</p>", course=course),
        key_term(
            "Calibration curve",
            "<p>A line fitted through the readings of known standards.</p><table><thead><tr><th>Standard</th>"
            "<th>Concentration / mmol per litre</th><th>Absorbance</th></tr></thead><tbody>"
            "<tr><td>Blank</td><td>0</td><td>0.002</td></tr><tr><td>S1</td><td>2.5</td><td>0.118</td></tr>"
            "<tr><td>S2</td><td>5.0</td><td>0.241</td></tr></tbody></table>",
            facts=[
                "<p>The slope tells the sensitivity:</p><pre><code>def slope(xs, ys):\n"
                "    mx, my = mean(xs), mean(ys)\n"
                "    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)"
                "</code></pre>",
                "Readings outside the standards are never extrapolated; the sample is diluted → measured again.",
                f'<p>Equal steps of concentration should give equal steps of signal.</p><p><img src="{PICTURE}" '
                'alt="Bar chart: eight bars, each higher than the one before"></p>',
            ],
            questions=[("Why is a blank measured first?", "To subtract what the solvent and the cuvette absorb.")],
            course=course,
            media=[Media(name=PICTURE, media_type="image/png", alt="Bar chart", sha256="0" * 64, size=1)],
        ),
        key_term(
            "Dust disease of the lung, with a long name that has to be broken over more than one line of its heading",
            f"<p>Also written {LONG_WORD}, which is {len(LONG_WORD)} letters long.</p>",
            facts=["The word was made up to be long."],
            questions=[("Spell it.", LONG_WORD)],
            course=course,
        ),
        key_term(
            "Field notebook",
            "<p>The record of an excursion.</p><blockquote>What is not written down did not happen.</blockquote>",
            facts=[LONG_FACT, "Pencil survives rain; most ink does not."],
            questions=[("What belongs on the first page?", "<ul><li>name</li><li>place</li><li>date</li></ul>")],
            course=course,
        ),
        key_term(
            "Quadrat",
            "<p>A frame, often 0.25 m² or 1 m², within which everything is counted.</p>",
            facts=[f"Rule {number}: count each plant that roots inside the frame, once." for number in range(1, 21)],
            questions=[(f"Question {number}: what is counted here?", "Rooted plants.") for number in range(1, 5)],
            course=course,
        ),
        key_term(
            "Тургор и ὄσμωσις",
            "<p>Осмос (от греч. ὠσμός, «толчок») — "
            "∀x ∈ ℝ: x² ≥ 0; 2 H₂O ⇌ H₃O⁺ + OH⁻, café naïve Ångström ← → ⇒ ∞.</p>",
            facts=["Nested: <ul><li>one<ul><li>two<ul><li>three</li></ul></li></ul></li></ul>"],
            course=course,
        ),
    ]
