"""The cards in the stylesheets of the reviewers that draw them: what can be read, what is covered, what is marked."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from anki_learner import Learner
from factories import Workshop, key_term, picture, question
from pipeline.exporters.anki.note_types import style
from reviewer import BLACK_DROID, DARK_DESKTOP, DARK_DROID, DARK_PHONE, DESKTOP, DROID, desktop_css, page, texts, wheel

PLAIN = "body { color: #000; background: #fff }"
AA = 4.5  # WCAG 2.2, 1.4.3
PNG = b"\x89PNG\r\n\x1a\n and more"
IMAGE = picture(PNG, "a curve")
STEPS = "They do. " + "One more word of it all. " * 20


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Every side of every kind of card, by kind and side."""
    record = key_term(
        "osmosis",
        "<p>Water moves: \\(\\Pi\\), H<sub>2</sub>O. <code>x = 1</code></p>"
        "<pre><code>y</code></pre><blockquote>Said.</blockquote>"
        f'<table><tr><th>Side</th><td>salt</td></tr></table><p><a href="https://example.org">x</a>'
        f'<img src="{IMAGE.name}" alt="a curve"></p>',
        ["Osmotic pressure is high in the sea: about 28 bar."],
        [
            question("Which side?", "salt water", ["salt water", "sweet water"], "It is <em>so</em>."),
            ("Do they?", STEPS),
        ],
        media=[IMAGE],
        related=[("diffusion", "Spreading."), ("membrane", None)],
        also=["Medicine"],
        url="https://example.org/o",
        notices=("© 2024 Own Words", "Osmo is a trademark of Own Words, which does not endorse this deck."),
    )
    folder = tmp_path_factory.mktemp("reviewers")
    learner = Learner(folder / "learner")
    learner.imports(Workshop(media={IMAGE.name: PNG}).build([record]).write(folder) / "all.apkg")
    note = learner.col.get_note(learner.col.find_notes('"note:Key term"')[0])
    note["Typed"], note["Listen"], note["Audio"], note["Extra"] = "osmosis", "1", "[sound:a.mp3]", "More."
    learner.col.update_note(note)
    found = {}
    for number in learner.col.find_cards(""):
        card = learner.col.get_card(number)
        output = card.render_output()
        key = f"{card.note_type()['name']} {card.template()['name']} {card.note()['Id']}"
        found[f"{key} front"], found[f"{key} back"] = output.question_text, output.answer_text
    yield found
    learner.close()


# Where nothing may be skipped (in CI) the tests fail without it.
needs_the_reviewer = pytest.mark.skipif(
    wheel() is None and "CI" not in os.environ,
    reason="Anki's reviewer was not fetched: `make setup` with a network",
)

REVIEWERS = [
    pytest.param(body, css, id=body)
    for body, css in ((DESKTOP, ""), (DARK_DESKTOP, ""), (DARK_PHONE, ""), (DARK_DROID, DROID), (BLACK_DROID, DROID))
]


@needs_the_reviewer
@pytest.mark.parametrize(("body", "css"), REVIEWERS)
def test_every_text_can_be_read_in_every_reviewer(sides: Mapping[str, str], body: str, css: str) -> None:
    seen = 0
    base = css or desktop_css()
    for name, side in sides.items():
        for text in texts(page(side, body, ""), base, style()):
            assert text.ratio >= AA, (name, text.of, round(text.ratio, 2))
            seen += 1
    assert seen > 100


@needs_the_reviewer
def test_the_reviewers_own_rules_win_where_ours_say_less(sides: Mapping[str, str]) -> None:
    side = next(iter(sides.values()))
    weaker = style().replace(".card.nightMode", ".gone").replace(".card.night_mode", ".gone")
    assert min(text.ratio for text in texts(page(side, DARK_DESKTOP, ""), desktop_css(), weaker)) < AA


@needs_the_reviewer
def test_links_are_underlined_and_the_star_of_a_marked_note_covers_nothing(sides: Mapping[str, str]) -> None:
    (side, *_) = (html for name, html in sides.items() if "Recognise" in name and name.endswith("back"))
    drawn = list(texts(page(side, DESKTOP, ""), desktop_css(), style() + " body::after { content: 'x' }"))
    assert all("underline" in text.style["text-decoration"] for text in drawn if text.of.startswith("a."))
    (card,) = (text.style for text in drawn if text.of == "body.card card1 isLin::after")
    assert "font-size:30px" in desktop_css().partition("#_mark{top:0;")[2][:40]
    assert int(card["padding-top"].removesuffix("px")) > 1.2 * 30  # a line of the star's size


def test_the_right_box_is_marked_behind_and_only_there(sides: Mapping[str, str]) -> None:
    front, back = (
        next(html for name, html in sides.items() if "Which side" in html and name.endswith(side))
        for side in ("front", "back")
    )
    assert 'class="choices answered"' in back
    assert "answered" not in front
    shown = list(texts(page(back, DESKTOP, ""), PLAIN, style()))
    (right,) = (text for text in shown if text.of == "li.right::after")
    assert "✓" in right.style["content"]
    assert not [text for text in texts(page(front, DESKTOP, ""), PLAIN, style()) if "::after" in text.of]
    behind = back.partition('<hr id="answer">')[2]
    assert behind.count("salt water") == 0
    place = back.partition("salt water")[0].count("<li")
    assert f'lang="en">{"AB"[place - 1]}</section>' in behind


def test_formulas_scroll_and_raised_figures_leave_lines_even() -> None:
    css = "".join(style().split())
    assert 'mjx-container[display="true"]{display:block;max-width:100%;overflow-y:hidden;}' in css
    assert 'mjx-container[display="true"]{overflow-x:auto;}' in css
    assert "sub,sup{line-height:0;}" in css


def test_a_long_answer_has_its_first_sentence_marked_and_is_whole(sides: Mapping[str, str]) -> None:
    (back,) = (html for name, html in sides.items() if "Do they?" in html and name.endswith("back"))
    assert '<span class="gist">They do.</span> One more word' in back
    assert back.count("One more word of it all.") == 20


def test_trademarks_are_said_by_the_deck_and_not_by_its_cards(tmp_path: Path, sides: Mapping[str, str]) -> None:
    assert not [name for name, html in sides.items() if "trademark" in html]
    assert all("© 2024 Own Words" in html for name, html in sides.items() if name.endswith("back"))
    record = key_term("osmosis", notices=("© 2024 Own Words. Osmo is a trademark of Own Words.",))
    learner = Learner(tmp_path / "learner")
    learner.imports(Workshop().build([record]).write(tmp_path) / "all.apkg")
    said = learner.col.decks.by_name("Guidepress::Kitchen Science")["desc"]
    assert said.count("Osmo is a trademark of Own Words.") == 1
    assert said.count("© 2024 Own Words.") == 1
    learner.close()
