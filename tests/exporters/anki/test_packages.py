"""What is in a package, as the real Anki sees it; and what never gets into one."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from anki_learner import TROUBLE, Learner
from factories import Build, Workshop, key_term, picture, question
from pipeline.config import AnkiSettings
from pipeline.exporters import ExportError
from pipeline.exporters.anki import AnkiExporter, RefusalError, course_decks, course_rows, record_rows, retired_text
from pipeline.exporters.anki.draft import Batch
from pipeline.exporters.anki.package import write_batches, write_package
from pipeline.identity import short_id
from pipeline.records import Course, KeyTerm, plain_text
from places import ROOT

PNG = b"\x89PNG\r\n\x1a\n and more"
MEDIA = picture(PNG, "a curve of osmosis")


def samples() -> list[KeyTerm]:
    """Return pages with all that a page may hold: mathematics, code, tables, pictures, scripts of both directions."""
    return [
        key_term(
            "osmosis",
            f'<p>Osmosis moves water: \\(\\Pi = iMRT\\).</p><p><img src="{MEDIA.name}" alt="{MEDIA.alt}"></p>',
            [
                "Osmotic pressure is high in the sea: about 28 bar.",
                "A membrane lets water alone pass through.",
                "<table><tr><th>Side of the membrane</th><td>A &lt; B</td><td>salt water</td></tr></table>",
            ],
            [question("Which side?", "B", ["A", "B"], "<em>B</em> is saltier."), ("Why?", "So.")],
            media=[MEDIA],
            related=[("diffusion", "Spreading."), ("membrane", None)],
            also=["Biology & Co", "Medicine"],
            url='https://example.org/o?a=1&b="2"',
            license="CC BY 4.0",
            notices=("© 2024 Own Words",),
        ),
        key_term(
            "C++",
            "C++ is a language; <pre><code>int main() { return 0; }</code></pre>",
            ["C++ compiles to the code of a machine since 1985."],
            course="Code",
        ),
        key_term(
            "תנע", "תנע הוא מסה כפול מהירות.", ["סכום התנע במערכת סגורה נשמר תמיד."], course="פיזיקה", language="he"
        ),
        key_term(
            "risk",
            "What may go wrong is a risk to be weighed.",
            ["A risk is measured and priced by insurers since 1680."],
            course="Words",
        ),
        key_term(
            "sound",
            "Text with [sound:x.mp3], [latex]x[/latex] and [$]y[/$] in it.",
            ["\x1f\x00Odd sound travels 340 metres in a second."],
            course="Words",
        ),
    ]


@pytest.fixture(scope="module")
def build() -> Build:
    return Workshop(media={MEDIA.name: PNG}).build(samples())


@pytest.fixture(scope="module")
def folder(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build.write(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def learner(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    someone = Learner(tmp_path_factory.mktemp("learner"))
    log = someone.imports(folder / "all.apkg")
    assert log == {"new": 14, "updated": 0, "duplicate": 0, **dict.fromkeys(TROUBLE, 0)}
    yield someone
    someone.close()


def test_every_card_is_rendered_by_anki_without_a_fault(learner: Learner) -> None:
    cards = [learner.col.get_card(number) for number in learner.col.find_cards("")]
    assert len(cards) == 14 + 5  # two directions of each term
    for card in cards:
        output = card.render_output()
        front, back = plain_text(output.question_text), plain_text(output.answer_text)
        assert "template error" not in (front + back).lower()
        assert "{{" not in output.question_text + output.answer_text
        assert front
        assert "front of this card is blank" not in front.lower()
        assert card.note()["Id"] in back
        assert not output.question_av_tags
        assert not output.answer_av_tags


def test_no_front_that_asks_for_a_term_shows_it(learner: Learner) -> None:
    for number in learner.col.find_cards("card:Recall or note:Fact"):
        card = learner.col.get_card(number)
        note = card.note()
        # A fact with its term above asks for something else, and shows that nowhere.
        asks_for_term = 'class="term"' not in card.question() or 'class="term">&nbsp;' in card.question()
        hidden = plain_text(note["Term"] if asks_for_term else note["Blank"]).casefold()
        assert hidden
        assert hidden not in plain_text(card.render_output().question_text).casefold()


def test_cards_have_the_course_in_front_and_source_and_licence_behind(learner: Learner) -> None:
    (number,) = learner.col.find_cards("Term:osmosis card:Recognise")
    output = learner.col.get_card(number).render_output()
    assert "Kitchen Science" in output.question_text
    assert "CC BY 4.0" not in output.question_text
    assert "Own Words · CC BY 4.0 · © 2024 Own Words" in output.answer_text
    assert 'href="https://example.org/o?a=1&amp;b=&quot;2&quot;"' in output.answer_text


def test_anki_finds_nothing_to_mend(learner: Learner) -> None:
    report = learner.col.fix_integrity()
    assert report[1], report[0]
    assert learner.col.get_empty_cards().notes == []


def test_the_picture_of_a_page_is_in_the_package_and_in_the_collection(learner: Learner, folder: Path) -> None:
    assert learner.col.media.check().missing == []
    assert (Path(learner.col.media.dir()) / MEDIA.name).read_bytes() == PNG
    with zipfile.ZipFile(folder / "code.apkg") as package:
        assert json.loads(package.read("media")) == {}


def test_new_cards_come_in_the_order_of_the_pages(learner: Learner) -> None:
    deck = learner.col.decks.id_for_name("Guidepress::Kitchen Science")
    rows = learner.col.db.all("select due, ord from cards where did = ? order by due, ord", deck)
    # The second direction of a term waits: about 20 cards stand between it and the first.
    assert rows == [[100, 0], [200, 0], [300, 0], [400, 0], [500, 0], [600, 0], [2150, 1]]


def test_no_card_answers_the_next_one_in_a_first_session(tmp_path: Path) -> None:
    terms = ("yeast", "gluten", "caramel", "emulsion", "brine", "roux", "starch", "pectin")
    pages = [
        key_term(
            term,
            f"What is called {term} in every warm kitchen.",
            [f"Of {term} a baker takes {10 + at + more} grams for a loaf of bread." for more in (0, 40)],
            [(f"Why is {term} weighed?", f"Because {term} is dear.")],
        )
        for at, term in enumerate(terms)
    ]
    someone = Learner(tmp_path / "learner")
    someone.imports(Workshop().build(pages).write(tmp_path / "build") / "all.apkg")
    answered = someone.studies("Guidepress::Kitchen Science", 20)
    about = [someone.col.get_card(number).note()["Record id"] for number in dict.fromkeys(answered)]
    siblings = {someone.col.get_card(number).nid for number in answered}
    assert len(about) >= 15
    assert len(siblings) == len(about)  # not both directions of a term
    assert all(page not in about[max(at - 4, 0) : at] for at, page in enumerate(about))
    someone.close()


def test_templates_behind_switch_fields_make_cards_when_their_fields_are_filled(tmp_path: Path) -> None:
    someone = Learner(tmp_path / "learner")
    someone.imports(Workshop(media={MEDIA.name: PNG}).build(samples()).write(tmp_path / "build") / "all.apkg")
    for kind, filled, cards in (
        ("Key term", {"Typed": "osmosis", "Listen": "1", "Audio": "[sound:o.mp3]"}, 4),
        ("Fact", {"Typed": "28 bar", "Second front": "High in the […].", "Second back": "High in the sea."}, 3),
        ("Review question", {"Typed": "B"}, 2),
    ):
        note = someone.col.get_note(someone.col.find_notes(f'"note:{kind}" "Record id:*osmosis"')[0])
        for name, text in filled.items():
            note[name] = text
        someone.col.update_note(note)
        assert len(note.cards()) == cards, kind
        for card in note.cards():
            output = card.render_output()
            assert "template error" not in output.question_text.lower() + output.answer_text.lower()
            assert ("[[type:" in output.question_text) == (card.template()["name"] == "Type")
    assert someone.col.fix_integrity()[1]
    someone.close()


def test_tags_stand_under_one_root(learner: Learner) -> None:
    tags = learner.col.tags.all()
    assert {tag.partition("::")[0] for tag in tags} == {"guidepress"}
    assert set(tags) >= {
        "guidepress::course::kitchen-science",
        "guidepress::kind::key_term",
        "guidepress::kind::fact",
        "guidepress::kind::question",
        "guidepress::publisher::own-words",
    }


def test_decks_say_whose_they_are(learner: Learner) -> None:
    said = learner.col.decks.by_name("Guidepress::Kitchen Science")["desc"]
    assert "Own Words · CC BY 4.0 · © 2024 Own Words" in said


def test_sort_field_is_the_front_and_the_first_field_the_id(learner: Learner) -> None:
    for model in learner.col.models.all():
        if model["name"] in ("Key term", "Fact", "Review question"):
            assert model["flds"][0]["name"] == "Id"
            assert model["flds"][model["sortf"]]["name"] in ("Term", "Front", "Question")


@pytest.mark.parametrize(
    "title",
    [
        'A "quoted" course',
        "std::vector and ::friends::",
        "🧬 Biology",
        "x" * 200,
        "  Tabs\tand\x07bells ",
        ":: ::",
        "Cafe\u0301",
        "Deck: part",
    ],
)
def test_any_course_title_makes_one_deck_that_anki_finds_again(title: str, tmp_path: Path) -> None:
    workshop = Workshop()
    record = key_term("yeast", "Alive.", ["It eats."])
    record = record.model_copy(update={"course": Course(slug="some-course", title=title)})
    one = workshop.build([record]).write(tmp_path / "one")
    changed = record.model_copy(update={"definition": key_term("x", "Dead or alive.").definition})
    two = workshop.build([changed]).write(tmp_path / "two")
    learner = Learner(tmp_path / "learner")
    learner.imports(one / "some-course.apkg")
    decks = [deck.name for deck in learner.col.decks.all_names_and_ids()]
    assert learner.imports(two / "all.apkg")["updated"] == 1
    assert [deck.name for deck in learner.col.decks.all_names_and_ids()] == decks
    learner.close()
    (name,) = (name for name in decks if name.startswith("Guidepress::"))
    assert name.count("::") == 1
    assert name == course_decks(workshop.build([record]).edition)["some-course"].name


def test_two_courses_of_one_title_have_two_decks() -> None:
    pages = [key_term("yeast", publisher=name, course="Baking") for name in ("One", "Two")]
    decks = course_decks(Workshop(anki=AnkiSettings(root="A::B")).build(pages).edition)
    assert [deck.name for deck in decks.values()] == ["A::B::Baking", "A::B::Baking (baking-two)"]


def test_options_choose_root_kinds_directions_and_tags(tmp_path: Path) -> None:
    chosen = AnkiSettings(root="School::Cards", notes=("key_term",), directions=("recall",), tags="g")
    build = Workshop(anki=chosen, media={MEDIA.name: PNG}).build(samples())
    learner = Learner(tmp_path / "learner")
    assert learner.imports(build.write(tmp_path / "build") / "all.apkg")["new"] == 5
    assert {card[3] for card in learner.card_rows().values()} == {1}
    assert "g::kind::key_term" in learner.col.tags.all()
    assert learner.col.decks.id_for_name("School::Cards::Code")
    learner.close()


def test_a_direction_that_is_switched_on_later_gives_new_cards_and_keeps_reviews(tmp_path: Path) -> None:
    workshop = Workshop(anki=AnkiSettings(directions=("recall",)))
    learner = Learner(tmp_path / "learner")
    page = key_term("yeast", "Yeast lives in warm dough and air.")
    learner.imports(workshop.build([page]).write(tmp_path / "one") / "all.apkg")
    learner.studies("Guidepress::Kitchen Science", 1)
    before = learner.card_rows()
    workshop.anki = AnkiSettings()
    learner.imports(workshop.build([page]).write(tmp_path / "two") / "all.apkg")
    after = learner.card_rows()
    assert sorted(row[3] for row in after.values()) == [0, 1]
    assert all(after[number][4:] == row[4:] for number, row in before.items())
    assert learner.col.get_empty_cards().notes == []
    learner.close()


def test_packages_have_the_same_bytes_whatever_the_hash_seed(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[2]); import test_packages as t;"
        "t.Workshop(media={t.MEDIA.name: t.PNG}).build(reversed(t.samples())).write(pathlib.Path(sys.argv[1]))"
    )
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"  # another one than that of this process
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, str(tmp_path), str(Path(__file__).parent)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    for path in folder.iterdir():
        assert (tmp_path / "anki" / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_zip_is_sorted_dated_alike_and_compressed(folder: Path) -> None:
    with zipfile.ZipFile(folder / "all.apkg") as package:
        infos = package.infolist()
        assert [info.filename for info in infos] == ["collection.anki2", "0", "media"]
        assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in infos} == {zipfile.ZIP_DEFLATED}
        assert package.read("collection.anki2")[96:100] == (3_040_001).to_bytes(4, "big")


def test_the_digest_of_an_artifact_changes_with_what_is_in_it_and_with_nothing_else() -> None:
    def digests(build: Build) -> dict[str, str]:
        return {artifact.path: artifact.digest for artifact in AnkiExporter().artifacts(build.edition)}

    workshop = Workshop(media={MEDIA.name: PNG})
    one = digests(workshop.build(samples()))
    assert digests(workshop.build(samples())) == one
    edited = [
        *samples()[:-1],
        key_term("sound", "Another definition.", ["Odd sound travels 340 metres in a second."], course="Words"),
    ]
    two = digests(workshop.build(edited))
    assert {path for path in one if one[path] != two[path]} == {"anki/words.apkg", "anki/all.apkg"}


def test_a_missing_picture_is_an_error_that_names_its_page(tmp_path: Path) -> None:
    build = Workshop().build(samples())
    deck = course_decks(build.edition)["kitchen-science"]
    with pytest.raises(ExportError, match=f"kitchen-science/osmosis.html: the picture {MEDIA.name} is missing"):
        write_package(tmp_path / "x.apkg", deck, build.edition)


def test_one_guid_twice_is_refused(build: Build, tmp_path: Path) -> None:
    (deck, *_) = course_decks(build.edition).values()
    row = next(course_rows(deck.course, build.edition))
    later = replace(row, identity=replace(row.identity, due=row.identity.due + 1))
    with pytest.raises(RefusalError, match=r"its GUID .* is another note's"):
        write_batches(tmp_path / "x.apkg", deck, [Batch.of([row, later], deck)], build.edition)


@pytest.mark.parametrize("html", ["", "<p></p>", "<p> <br></p>", "\u200b", "&nbsp;", '<a href="https://e.org/x"></a>'])
def test_a_card_without_a_front_is_refused(html: str, build: Build, tmp_path: Path) -> None:
    edition = build.edition
    (course,) = (course for course in edition.courses if course.slug == "kitchen-science")
    (record,) = course.records()
    asked = record.questions[0]
    empty = asked.question.model_construct(text="x", html=html)
    bad = record.model_copy(update={"questions": (asked.model_copy(update={"question": empty}),)})
    with pytest.raises(RefusalError, match=r"no card|shows nothing"):
        list(record_rows(bad, course.identities(), edition))


def test_retired_notes_are_listed_by_course_with_a_search_each() -> None:
    guids = ["2Ee5v1xga9v", "D1s6NWM9qCL", "ImZ8FdfVMCr"]
    retired = [("B", guids[0], "One\nline."), ("A", guids[1], "Two."), ("B", guids[2], "Three.")]
    lines = [line for line in retired_text(retired).splitlines() if not line.startswith("#")]
    first, second, third = (short_id(guid) for guid in guids)
    assert lines == [f'"Id:{second}"', f'"Id:{first}" or "Id:{third}"']
    assert "One line." in retired_text(retired)


def test_the_search_for_very_many_retired_notes_works_in_anki(tmp_path: Path) -> None:
    workshop = Workshop()
    facts = [f"Fact number {number} of a long page." for number in range(1500)]
    one = workshop.build([key_term("yeast", "Alive.", facts)]).write(tmp_path / "one")
    learner = Learner(tmp_path / "learner")
    learner.imports(one / "all.apkg")
    two = workshop.build([key_term("yeast", "Alive.")]).write(tmp_path / "two")
    (search,) = (line for line in (two / "retired.txt").read_text().splitlines() if not line.startswith("#"))
    assert len(learner.col.find_notes(search)) == 1500
    learner.close()


def test_marks_of_latex_are_text_in_any_case(tmp_path: Path) -> None:
    page = key_term("mark", "A sign [LaTeX]\\input{/etc/passwd}[/LaTeX] or [lateX]x^2[/Latex] in a text.", [])
    someone = Learner(tmp_path / "learner")
    try:
        someone.imports(Workshop().build([page]).write(tmp_path / "build") / "all.apkg")
        shown = [someone.col.get_card(number).render_output() for number in someone.col.find_cards("")]
        assert len(shown) == 2
        for one in shown:
            assert "[LaTeX]" in plain_text(one.question_text + one.answer_text)
            assert "<img" not in one.question_text + one.answer_text
    finally:
        someone.close()


def test_a_deck_is_called_by_its_title_without_markup(tmp_path: Path) -> None:
    course = "Life <img src=x onerror=window.pwned=1> & {{Front}} ::Sub::Deck"
    page = key_term("mark", "A sign that somebody leaves.", [], course=course)
    someone = Learner(tmp_path / "learner")
    try:
        someone.imports(Workshop().build([page]).write(tmp_path / "build") / "all.apkg")
        (name,) = [deck.name for deck in someone.col.decks.all_names_and_ids() if "Life" in deck.name]
        assert name.count("::") == 1
        assert not set(name) & set("<>&")
        assert "img src=x" in name
    finally:
        someone.close()
