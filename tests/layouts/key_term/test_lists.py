"""Lists of names on a key-term page: classes in which a term is also found, and related terms without a definition."""

import pytest

from parsed_pages import codes, only_record, parse, term_html
from pipeline.stages.page.outcome import ParseOutcome

HEAD = '<h2>"osmosis" also found in:</h2>'


def with_found(inside: str, **parts: str) -> ParseOutcome:
    return parse(term_html(found=HEAD + inside, **parts))


def found_in(outcome: ParseOutcome) -> list[str]:
    return [subject.title for subject in only_record(outcome).also_found_in]


def related(outcome: ParseOutcome) -> list[tuple[str, str | None]]:
    return [
        (one.term.text, one.definition.text if one.definition else None) for one in only_record(outcome).related_terms
    ]


# -- also found in --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "after",
    [
        "<div>Was this page helpful?<button>Yes</button><button>No</button></div>",
        "<div><a>← Previous: abacus</a><a>Next: zebra →</a></div>",
        "<form><h3>Get our newsletter</h3><button>Sign up</button></form>",
        "<div><ul><li><a>About Us</a></li><li><a>Privacy Policy</a></li><li><a>Careers</a></li></ul></div>",
        "<p>https://library.example.org/key-terms/x/y</p><p>1/2</p>",
        "<div>Powered by <a>Some Translator</a></div>",
        "<p>━━━━━━━━━━━━━</p>",
    ],
)
def test_what_follows_an_empty_list_of_classes_is_boilerplate_and_no_class(after: str) -> None:
    outcome = with_found(after)
    assert found_in(outcome) == []
    assert outcome.findings == ()


@pytest.mark.parametrize(
    "after",
    [
        "<p>Read what other learners have said about this page so far</p>",
        "<p>Sources of this page</p><ul><li>A Book on Cells</li></ul>",
        "<p>biology for everyone</p>",
    ],
)
def test_what_is_not_written_like_classes_below_an_uncounted_heading_is_reported(after: str) -> None:
    outcome = with_found(after)
    assert found_in(outcome) == []
    assert outcome.ledger.unclaimed != ()


@pytest.mark.parametrize(
    "inside",
    [
        "<ul><li>AP® Physics C: E&amp;M</li><li>Intro to the Theory of Art</li></ul>",
        "<p>AP® Physics C: E&amp;M</p><p>Intro to the Theory of Art</p>",
        "<p>AP® Physics C: E&amp;M, Intro to the Theory of Art</p>",
        "<h3>Subjects (2)</h3><div><span>AP® Physics C: E&amp;M</span><span>Intro to the Theory of Art</span></div>",
        "<ul><li>AP® Physics C: E&amp;M</li><li>Intro to the Theory of Art</li></ul><p>Was this page helpful?</p>",
    ],
)
def test_names_of_classes_are_read_with_and_without_their_number(inside: str) -> None:
    outcome = with_found(inside)
    assert found_in(outcome) == ["AP® Physics C: E&M", "Intro to the Theory of Art"]
    assert outcome.findings == ()


def test_a_notice_that_was_wrapped_is_one_notice_and_no_class() -> None:
    lines = [
        "osmosis", "from class:", "AP Biology", "Definition", "Water crosses a membrane.",
        "congrats on reading the definition of osmosis. now let's actually learn it.",
        '"osmosis" also found in:',
        "      © 2024 Fiveable Inc. All rights reserved.",
        " AP® is a trademark registered by the College Board, which is not affiliated",
        "      with us, and does not endorse us.",
    ]  # fmt: skip
    outcome = parse("\n\n".join(lines[:-2]) + "\n" + "\n".join(lines[-2:]) + "\n", "b/p.txt")
    assert found_in(outcome) == []
    assert only_record(outcome).notices[-1].endswith("which is not affiliated with us, and does not endorse us.")


# -- related terms --------------------------------------------------------------------------------------------------

URL = "https://example.org/k/"


@pytest.mark.parametrize(
    "inside",
    [
        f'<ul><li><a href="{URL}a">diffusion</a></li><li><a href="{URL}b">tonicity</a></li></ul>',
        '<div><a class="chip">diffusion</a><a class="chip">tonicity</a></div>',
        f'<p><a href="{URL}a">diffusion</a>, <a href="{URL}b">tonicity</a></p>',
        "<p>diffusion</p><p>tonicity</p>",
        "<p><strong>diffusion</strong></p><p><strong>tonicity</strong></p>",
        "<ul><li>diffusion</li><li>tonicity</li></ul>",
    ],
)
def test_no_related_term_takes_the_next_one_for_its_definition(inside: str) -> None:
    outcome = parse(term_html(related=f"<h2>Related terms</h2>{inside}"))
    assert related(outcome) == [("diffusion", None), ("tonicity", None)]
    assert outcome.ledger.unclaimed == ()


@pytest.mark.parametrize(
    "inside",
    [
        "<p><b>diffusion</b>: Net movement.</p><p><a><b>tonicity</b></a></p><p><b>pH</b>: A scale.</p>",
        "<ul><li><b>diffusion</b>: Net movement.</li><li><b>tonicity</b></li><li><b>pH</b>: A scale.</li></ul>",
        "<p>diffusion: Net movement.</p><p>tonicity</p><p>pH: A scale.</p>",
        "<p>diffusion</p><p>Net movement.</p><p>tonicity</p><p>pH</p><p>A scale.</p>",
    ],
)
def test_one_term_without_a_definition_leaves_the_others_theirs(inside: str) -> None:
    outcome = parse(term_html(related=f"<h2>Related terms</h2>{inside}"))
    assert related(outcome) == [("diffusion", "Net movement."), ("tonicity", None), ("pH", "A scale.")]
    assert codes(outcome) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<p>kanji</p><p>characters that came from China</p><p>kana</p><p>signs for syllables alone</p>",
        "<p>mode</p><p>most frequent value</p>",
        "<p>mode</p><p>The most frequent value</p><p>mean</p><p>The sum by the count</p>",
    ],
)
def test_terms_and_short_definitions_in_turn_stay_pairs(inside: str) -> None:
    outcome = parse(term_html(related=f"<h2>Related terms</h2>{inside}"))
    assert all(definition is not None for _, definition in related(outcome))
