"""The learner's story over both kinds of page, from raw pages to the real Anki: guides, terms, and what links them."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from anki_learner import TROUBLE, Learner
from command_runs import artifact_sums, guidepress
from guide_pages import guide_page
from term_pages import term_page

DECK = "Guidepress::Test Studies"
FIRST_DAY = 1_750_000_000

WORDS = {
    "yeast": "A living thing of one cell that eats the sugar of a dough.",
    "gluten": "",  # it has a page of its own
    "crumb": "The soft inside of a loaf, with all its holes.",
    "proofing": "The last rest of a shaped loaf before it is baked.",
}
QUESTIONS: list[tuple[str, Sequence[str], str]] = [
    ("Why does a dough rise faster in summer?", (), "Because yeast eats faster where it is warm."),
    ("What does salt do to a dough?", (), "It slows the yeast and tightens the gluten."),
    ("Which gas fills the holes of a loaf?", ("Oxygen", "Carbon dioxide", "Steam alone", "Nitrogen"), "Carbon dioxide"),
    ("When is a loaf ready for the oven?", ("At once", "When it keeps a dent", "After a day"), "When it keeps a dent"),
]


class Kitchen:
    """A project folder: its raw pages, its lock, and one build after another, each a day later."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.raw = folder / "raw"
        self.raw.mkdir(parents=True)
        self.now = FIRST_DAY
        self.counts: Mapping[str, int] = {}  # of the notes of the last build
        self._monkeypatch = monkeypatch

    def writes(self, pages: Mapping[str, str]) -> None:
        shutil.rmtree(self.raw)
        self.raw.mkdir()
        for name, text in pages.items():
            (self.raw / name).write_text(text, encoding="utf-8")

    def builds(self) -> Path:
        """Run the pipeline; return the folder of the decks."""
        self.now += 86_400
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(self.now))
        for arguments in (["parse"], ["export", "anki"], ["verify"]):
            done = guidepress(arguments, self.folder)
            assert done.returncode == 0, done.stderr
            if arguments[0] == "export":
                self.counts = json.loads((self.folder / "build" / "report.json").read_text("utf-8"))["identity"]
        return self.folder / "build" / "anki"


def first_pages() -> dict[str, str]:
    return {
        "leavening.txt": guide_page("Leavening", WORDS, questions=QUESTIONS),
        "shaping.txt": guide_page(
            "Shaping",
            {"yeast": "What makes a dough rise.", "tension": "The pull of a loaf's skin."},
            topic="3.6",
        ),
        "gluten.txt": term_page(
            "Gluten",
            facts=(
                "Kneading for 12 minutes makes {term} strong enough for a loaf.",
                "A loaf of rye has 3 grams of {term}, but much starch.",
            ),
        ),
    }


def second_pages() -> dict[str, str]:
    """Return the pages a year later: every kind of change that a guide goes through."""
    words = {
        "poolish": "A wet dough that has fermented overnight.",  # new
        "crumb": "The soft inside of a loaf, with all of its many holes.",  # edited
        "yeast": WORDS["yeast"],
        "gluten": "",
    }  # in another order, and one is gone
    questions = [
        QUESTIONS[3],
        (
            "Which gas fills the holes of a loaf?",
            ("Nitrogen", "Steam alone", "Carbon dioxide", "Oxygen"),
            "Carbon dioxide",
        ),
        ("Why does a dough rise so much faster in summer?", (), QUESTIONS[0][2]),  # edited
        ("Why is rye bread dense?", (), "Because rye has little gluten."),  # new; the one about salt is gone
    ]
    return {
        # Another title, another unit, other prose: another id.
        "unit-4.txt": guide_page("How Doughs Are Leavened", words, topic="4.1", questions=questions),
        "shaping.txt": first_pages()["shaping.txt"],
        "gluten.txt": first_pages()["gluten.txt"],
        # A word of two guides gets a page of its own.
        "yeast.txt": term_page(
            "Yeast", facts=("Cold makes {term} slow: at 4 °C it sleeps in the dough.",), questions=()
        ),
    }


@pytest.fixture
def kitchen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kitchen:
    return Kitchen(tmp_path / "kitchen", monkeypatch)


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    someone = Learner(tmp_path / "learner")
    yield someone
    someone.close()


def notes(learner: Learner) -> dict[str, dict[str, str]]:
    """Return every note's fields by its GUID."""
    found = {}
    for number in learner.col.find_notes(""):
        note = learner.col.get_note(number)
        found[note.guid] = dict(note.items()) | {"type": note.note_type()["name"]}
    return found


def shown_choices(fields: Mapping[str, str]) -> list[str]:
    return re.findall("<li[^>]*>(.*?)</li>", fields["Choices"])


def guid_of(found: Mapping[str, Mapping[str, str]], kind: str, text: str) -> str:
    field = {"Key term": "Term", "Fact": "Back", "Review question": "Question"}[kind]
    (guid,) = [guid for guid, fields in found.items() if fields["type"] == kind and text in fields[field]]
    return guid


def test_a_learner_keeps_everything_while_guides_change_and_words_get_pages(learner: Learner, kitchen: Kitchen) -> None:
    kitchen.writes(first_pages())
    log = learner.imports(kitchen.builds() / "all.apkg")
    # Five words (yeast of two guides is one, gluten is its page's), two facts, four questions and the page's own.
    assert log == {"new": 5 + 2 + 4 + 1, "updated": 0, "duplicate": 0, **dict.fromkeys(TROUBLE, 0)}
    one = notes(learner)
    assert one[guid_of(one, "Key term", "Gluten")]["Definition"].startswith("Gluten is what this page")
    for _ in range(6):
        learner.studies(DECK, 6)
        learner.sleeps()
    cards, reviews = learner.card_rows(), learner.reviews()
    assert len({review[1] for review in reviews}) > 10

    kitchen.writes(second_pages())
    decks = kitchen.builds()
    log = learner.imports(decks / "all.apkg")
    two = notes(learner)
    assert not any(log[name] for name in TROUBLE)

    # New are one word, one question and the new page's fact; gone are one word and one question.
    assert {guid for guid in two if guid not in one} == {
        guid_of(two, "Key term", "poolish"),
        guid_of(two, "Review question", "rye bread"),
        guid_of(two, "Fact", "Cold makes"),
    }
    assert log["new"] == 3
    assert (kitchen.counts["new"], kitchen.counts["retired_now"]) == (3, 2)
    (search,) = (line for line in (decks / "retired.txt").read_text().splitlines() if line[0] != "#")
    gone = {learner.col.get_note(number).guid for number in learner.col.find_notes(search)}
    assert gone == {guid_of(one, "Key term", "proofing"), guid_of(one, "Review question", "What does salt do")}

    # What was edited says the new text under the old identity.
    assert guid_of(two, "Review question", "so much faster") == guid_of(one, "Review question", "rise faster")
    crumb, yeast = guid_of(one, "Key term", "crumb"), guid_of(one, "Key term", "yeast")
    assert "all of its many holes" in two[crumb]["Definition"]
    assert two[yeast]["Definition"].startswith("Yeast is what this page")
    # Choices in another order on the page, or a question in another place: the note is as it was.
    for text in ("Which gas", "When is a loaf ready"):
        guid = guid_of(one, "Review question", text)
        assert two[guid] == one[guid]
    changed = {guid for guid in one if two[guid] != one[guid]}
    assert log["updated"] == len(changed) == 3

    # No review is lost, and no card is scheduled in another way.
    now = learner.card_rows()
    assert learner.reviews() == reviews
    assert all(now[number][5:] == row[5:] for number, row in cards.items())

    # The same again changes no byte, and says nothing new to the learner.
    sums = artifact_sums(kitchen.folder / "build")
    kitchen.builds()
    assert artifact_sums(kitchen.folder / "build") == sums
    assert learner.imports(decks / "all.apkg")["duplicate"] == len(two) - len(gone)


def test_a_guide_that_is_missing_once_costs_nothing(learner: Learner, kitchen: Kitchen) -> None:
    kitchen.writes(first_pages())
    learner.imports(kitchen.builds() / "all.apkg")
    before = notes(learner)
    kitchen.writes({name: text for name, text in first_pages().items() if name != "leavening.txt"})
    learner.imports(kitchen.builds() / "all.apkg")
    assert kitchen.counts["retired_now"] == kitchen.counts["new"] == 0
    assert kitchen.counts["missing"] > 0
    kitchen.writes(first_pages())
    log = learner.imports(kitchen.builds() / "all.apkg")
    assert (log["new"], kitchen.counts["new"]) == (0, 0)
    assert {guid: fields["Term"] for guid, fields in notes(learner).items()} == {
        guid: fields["Term"] for guid, fields in before.items()
    }


def test_choices_do_not_give_the_answer_away(learner: Learner, kitchen: Kitchen) -> None:
    choices = ["right", "left", "up", "down"]
    questions = [
        (f"Which way does turn number {turn} lead?", [f"{turn} {way}" for way in choices], f"{turn} right")
        for turn in range(40)
    ]
    kitchen.writes({"turns.txt": guide_page("Turns", {"turn": "A change of way."}, questions=questions)})
    learner.imports(kitchen.builds() / "all.apkg")
    asked = [fields for fields in notes(learner).values() if fields["type"] == "Review question"]
    assert len(asked) == 40
    places = [shown_choices(fields).index(fields["Answer"]) for fields in asked]
    # By chance ten each; a place that is right half as often again, or half as often, would be a hint.
    assert all(4 <= places.count(place) <= 20 for place in range(4))
