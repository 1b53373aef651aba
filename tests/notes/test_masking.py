"""A front that asks for a term never shows it, in any of its forms; and its markup stays whole."""

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.notes import BLANK, Mask
from pipeline.notes.inflection import same_word
from pipeline.records import plain_text, sanitise

CASES = [
    ("risk", "Risk is not risky; risks, at-risk, but an asterisk.", "▢ is not ▢; ▢, at-▢, but an asterisk."),
    ("supply", "Suppliers supplied, supplying what is oversupplied.", "▢ ▢, ▢ what is ▢."),
    ("gene", "Genes, a gene’s place, but never a general.", "▢, a ▢’s place, but never a general."),
    ("analysis", "Analyses are made by analyzing.", "▢ are made by ▢."),
    ("foot", "Two feet; one foot; on footing.", "Two ▢; one ▢; on ▢."),
    ("running", "He runs, ran and runs again; a run.", "He ▢, ran and ▢ again; a ▢."),
    ("osmosis", "Osmotic pressure is due to osmosis.", "▢ pressure is due to ▢."),
    (
        "gross domestic product (GDP)",
        "Gross domestic products, or GDPs: GDP’s sum.",
        "▢, or ▢: ▢’s sum.",
    ),
    ("gross domestic product", "The GDP of a gross-domestic product.", "The ▢ of a ▢."),
    ("GDP", "The gross domestic product, \\(\\text{GDP} = C + I\\).", "The ▢, \\(\\text{…} = C + I\\)."),
    ("polis", "Politics, policy and metropolis.", "▢, policy and ▢."),
    ("factors of production (or inputs)", "An input is a factor of production.", "An ▢ is a ▢."),
    ("law of demand", "The demand law, or Law of Demand.", "The ▢, or ▢."),
    ("break-even point", "Break even point, breakeven points.", "▢, ▢."),
    ("breakeven", "They break even; a break-even year.", "They ▢; a ▢ year."),
    ("database", "A data base, data-bases, no dataset.", "A ▢, ▢, no dataset."),
    ("T-account", "A T\N{NON-BREAKING HYPHEN}account has a T form.", "A ▢ has a T form."),
    ("3D printing", "In 3-D printing one 3D-prints.", "In ▢ one ▢."),
    ("p-value", "The \\(p\\)-value is a p value.", "The ▢ is a ▢."),
    ("C", "C is not C++, nor a vitamin c; C's rules.", "▢ is not C++, nor a vitamin c; ▢'s rules."),
    ("C++", "C++ grew out of C; (C++).", "▢ grew out of C; (▢)."),
    ("C#", "C# and C.", "▢ and C."),
    (".NET", "The .NET runtime is a net.", "The ▢ runtime is a net."),
    ("IT", "It is information technology, that is IT.", "It is ▢, that is ▢."),
    ("World War II", "After World War II; WWII.", "After ▢; ▢."),
    ("Bayes’ theorem", "Bayes's theorem, Bayes theorem.", "▢, ▢."),
    ("the Federal Reserve", "Federal Reserve banks.", "▢ banks."),
    ("demand, law of", "The law of demand.", "The ▢."),
    ("café", "A cafe, CAFÉ, cafe\u0301s.", "A ▢, ▢, ▢."),
    ("\\(E = mc^2\\)", "So \\(E=mc^2\\) holds, \\(E\\) being energy.", "So ▢ holds, \\(E\\) being energy."),
    ("細胞", "細胞膜は細胞の外側。", "▢膜は▢の外側。"),
    ("اقتصاد", "علم الاقتصاد.", "علم ال▢."),
    ("תנע", "סכום התנע נשמר.", "סכום ה▢ נשמר."),
    ("инфляция", "Рост инфляции.", "Рост ▢."),
    ("CO2", "CO<sub>2</sub> is a gas.", "▢<sub></sub> is a gas."),
    ("black hole", "A <strong>black</strong> hole.", "A <strong>▢</strong>."),
]


@pytest.mark.parametrize(("term", "text", "shown"), CASES, ids=[case[0] for case in CASES])
def test_a_term_is_covered_in_all_its_forms(term: str, text: str, shown: str) -> None:
    assert Mask(term).html(text).html.replace(BLANK, "▢") == shown


def test_links_lead_nowhere_and_alt_texts_tell_nothing_on_a_masked_text() -> None:
    masked = Mask("osmosis").html(
        '<a href="https://e.org/osmosis">Water</a> <img src="a.png" alt="Osmosis &amp; salt">'
    )
    assert masked.html == 'Water <img src="a.png" alt="[…] &amp; salt">'


def test_mathematics_stays_mathematics_when_a_term_has_the_name_of_a_command() -> None:
    for term in ("sin", "frac", "text", "n", "left"):
        formula = "\\(\\left(\\frac{\\sin n}{\\text{mm}}\\right)\\)"
        assert Mask(term).html(f"So {formula}.").html == f"So {formula}."


MADE_FROM = """
    Reformation reformers, absorption absorb, acid acidic, adaptation adapt, analysis analytical, anemia anemic,
    bacterium bacterial, bureaucracy bureaucratic, colour color, abolition abolish, conversion convert, division divide,
    democracy democratic, enzyme enzymatic, epilepsy epileptic, erosion erodes, evolution evolve, gravity gravitational,
    inflammation inflammatory, maximum maximize, mitosis mitotic, molecule molecular, nucleus nuclear, oxidation
    oxidize, perception perceive, photosynthesis photosynthesize, polymer polymerization, production produced, recursion
    recursively, secession seceded, symbiosis symbiotic, synapse synaptic, therapy therapeutic, virus viral
"""


@pytest.mark.parametrize("pair", [pair.lower().split() for pair in MADE_FROM.split(",")], ids="/".join)
def test_what_is_made_from_a_word_is_that_word_whichever_of_them_is_the_term(pair: list[str]) -> None:
    term, made = pair
    assert same_word(made, term)
    assert same_word(term, made)


def test_words_that_only_look_alike_are_left_alone() -> None:
    for word, other in [
        ("important", "port"),
        ("thing", "the"),
        ("string", "str"),
        ("general", "gene"),
        ("pastor", "past"),
        ("barrier", "bar"),
        ("student", "stud"),
        ("army", "arm"),
    ]:
        assert not same_word(word, other)


WORDS = st.lists(st.text("abcdeghilmnoprstuy", min_size=3, max_size=9), min_size=1, max_size=3)
ENDINGS = st.sampled_from(["", "s", "'s"])
TAGS = st.sampled_from([("", ""), ("<em>", "</em>"), ("<p>", "</p>"), ('<a href="/x">', "</a>"), ("<li>", "</li>")])


@given(
    WORDS, ENDINGS, st.sampled_from([" ", "-", "\N{NO-BREAK SPACE}", "\N{NON-BREAKING HYPHEN}"]), TAGS, st.booleans()
)
def test_no_term_is_left_to_read_wherever_it_stands(
    words: list[str], ending: str, joint: str, tags: tuple[str, str], upper: bool
) -> None:
    term = " ".join(words)
    written = joint.join(words) + ending
    text = sanitise(f"Before {tags[0]}{written.upper() if upper else written}{tags[1]} &amp; after it.")
    masked = Mask(term).html(text)
    assert masked.hits
    assert term not in " ".join(plain_text(masked.html).lower().replace("-", " ").split())


@given(st.text(max_size=60), st.text(max_size=25))
def test_any_text_keeps_its_balance_and_all_that_is_not_the_term(text: str, term: str) -> None:
    fragment = sanitise(text)
    masked = Mask(term).html(fragment)
    assert opened(masked.html.replace(BLANK, "")) == opened(fragment)
    if not masked.hits:
        assert plain_text(masked.html) == plain_text(unicodedata.normalize("NFC", fragment))


def opened(html: str) -> list[str]:
    """Return the tags of a fragment in order, but for links."""
    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            tags.append(f"/{tag}")

    parser = Tags()
    parser.feed(html)
    parser.close()
    return [tag for tag in tags if tag.strip("/") != "a"]
