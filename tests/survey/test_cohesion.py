"""A paragraph that takes up none of its record's words is doubted; what refers to them, and poems, are not."""

import pytest

from guide_factories import study_guide
from pdf_factories import key_term
from pipeline.records import KeyTerm, StudyGuide
from pipeline.survey import doubts_of

FOREIGN = "The bakery sells warm bread and rolls every morning."
BODY = (
    "<p>The sea rises and falls as the moon pulls the water.</p>"
    "<p>When moon and sun pull together, the water rises highest.</p>"
    "<p>Along a coast the sea falls slowly, and the water leaves the harbour.</p>"
    "<p>A spring tide comes when the moon is full and the sea is high.</p>"
)


def strange(record: KeyTerm | StudyGuide) -> list[tuple[str, str]]:
    """Return the field (without its item's key) and the reason of each doubt about words."""
    return [(one.field.partition("[")[0], one.why) for one in doubts_of(record) if one.why.startswith("of its words")]


def guide(body: str) -> StudyGuide:
    return study_guide("Tides", sections=[(2, "Why the sea rises", body)])


@pytest.mark.parametrize("place", [0, 1, 4])
def test_a_paragraph_that_shares_no_word_is_doubted_wherever_it_stands(place: int) -> None:
    paragraphs = BODY.split("</p>")[:-1]
    paragraphs.insert(place, f"<p>{FOREIGN}")
    why = "of its words, none stands elsewhere in the record: bakery, sells, warm, bread, rolls, every, morning"
    assert strange(guide("".join(f"{one}</p>" for one in paragraphs))) == [("sections", why)]


def test_the_doubt_shows_the_paragraph() -> None:
    (doubt,) = doubts_of(guide(f"{BODY}<p>{FOREIGN}</p>"))
    assert doubt.value == FOREIGN


def test_one_shared_word_is_by_chance_where_the_record_is_close() -> None:
    foreign = "<p>The bakery sells warm bread and rolls beside the harbour.</p>"
    assert [why[:40] for _, why in strange(guide(BODY + foreign))] == ["of its words, only one stands elsewhere "]


def test_an_answer_of_a_key_term_is_judged_by_the_whole_record() -> None:
    facts = [
        "The moon pulls the water of the sea.",
        "A spring tide needs sun and moon.",
        "The water falls twice a day.",
    ]
    answer = f"<p>The moon pulls the water, and the sea rises.</p><p>{FOREIGN}</p>"
    record = key_term("Tide", "The rise and fall of the sea by the pull of the moon.", facts=facts)
    asked = key_term("Tide", record.definition.html, facts=facts, questions=[("Why does the sea rise?", answer)])
    assert [field for field, _ in strange(asked)] == ["questions"]


@pytest.mark.parametrize(
    "own",
    [
        "It was known to sailors and priests of old Egypt.",  # refers to what was said
        "Greek sailors already described this to king and court.",
        "The waters and moons of Jupiter were seen by sailors and priests.",  # "waters" is "water"
        "Sailors knew that.",  # too few words to judge
        "La panadería vende pan caliente todas las mañanas.",  # no English
        "Bakery, bread, rolls",  # no sentence
        "\\(E = m c^2\\) gives energy, mass and speed their units.",
    ],
)
def test_what_belongs_or_cannot_be_judged_is_left_in_peace(own: str) -> None:
    assert strange(guide(f"{BODY}<p>{own}</p>")) == []


def test_a_poem_is_left_in_peace() -> None:
    lines = (
        "Old ships lie broken by the stones.",
        "White gulls cry over empty sands.",
        "Cold winds sing in dry reeds.",
    )
    assert strange(guide(BODY + "".join(f"<p>{line}</p>" for line in lines))) == []


def test_a_record_whose_sentences_share_nothing_is_left_in_peace() -> None:
    facts = ["Bakers knead dough before dawn.", "Otters build dams of timber.", "Violins need new strings yearly."]
    assert strange(key_term("Tide", f"<p>Planets circle distant stars.</p><p>{FOREIGN}</p>", facts=facts)) == []
