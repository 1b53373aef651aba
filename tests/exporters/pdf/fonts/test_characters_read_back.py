"""Characters that look the same, or are drawn in several pieces, are told apart in the printed file."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pdf_documents import found_differences, written
from pdf_factories import edition_of, key_term
from pipeline.exporters.pdf.fonts.instancing import static_faces
from pipeline.exporters.pdf.fonts.own_glyphs import shared_glyphs, with_own_glyphs
from pipeline.exporters.pdf.fonts.typefaces import FACES

BROKEN = "Interdisciplinary characterisation of electrophysiological compartmentalisation. " * 6
HYPHENS = "<p>Acetyl-CoA is a two-carbon unit; it was -5 °C in mid-winter, well-known and light-chain.</p> " * 6


def face_file(name: str) -> bytes:
    return static_faces([face for face in FACES if face.name == name])[name]


@pytest.mark.parametrize(("one", "other"), [("-", "\u2010"), ("Δ", "∆"), ("’", "ʼ"), ("⁄", "∕")])
def test_two_characters_that_look_the_same_have_each_a_glyph_of_its_own(one: str, other: str) -> None:
    font = TTFont(BytesIO(face_file("text")))
    names, glyphs = font.getBestCmap(), font["glyf"]
    first, second = names[ord(one)], names[ord(other)]
    assert first != second
    assert glyphs[first].getCoordinates(glyphs) == glyphs[second].getCoordinates(glyphs)
    assert font["hmtx"][first] == font["hmtx"][second]


def test_no_face_has_one_glyph_for_two_characters() -> None:
    for name, data in static_faces(FACES).items():
        assert shared_glyphs(TTFont(BytesIO(data), lazy=True).getBestCmap()) == {}, name


def test_what_unicode_calls_the_same_character_keeps_its_one_glyph() -> None:
    assert shared_glyphs({0x3A9: "Omega", 0x2126: "Omega", 0x20: "space", 0xA0: "space"}) == {}


def test_a_mark_keeps_the_glyph_and_a_letter_that_looks_like_it_gets_the_copy() -> None:
    assert shared_glyphs({0x2BC: "quoteright", 0x2019: "quoteright"}) == {"quoteright": [[0x2019], [0x2BC]]}


def test_a_font_that_tells_them_apart_already_is_left_as_it_is() -> None:
    data = face_file("code")
    assert with_own_glyphs(data) is data


@pytest.mark.parametrize("first", [BROKEN + HYPHENS, HYPHENS + BROKEN])
def test_hyphens_are_read_back_whichever_of_the_two_is_drawn_first(first: str, tmp_path: Path) -> None:
    edition = edition_of([key_term("Hyphens", f"<p>{first}</p>")], jobs=1)
    handout = written(tmp_path, edition, "handout")
    assert found_differences(handout, edition) == []
    without = edition_of([key_term("Hyphens", f"<p>{first.replace('-5', '5')}</p>")], jobs=1)
    assert found_differences(handout, without)


def test_look_alikes_and_accents_of_several_pieces_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    texts = [
        "Δx = ∆y", "Hawaiʻi’s ‘great’ wave", "Qurʼan isn’t", "1⁄2 and 1∕2",
        "o\u0304\u0301 and o alone", "x\u0304 then x, q\u0301 then q", "ɩ ι",
    ]  # fmt: skip
    heads = "<table><thead><tr><th>① ➀ ▶ ►</th></tr></thead><tbody><tr><td>y</td></tr></tbody></table>"
    edition = edition_of([key_term("A", heads, facts=texts)], jobs=1)
    handout = written(tmp_path, edition, "handout")
    assert found_differences(handout, edition) == []
    for one, other in ("∆Δ", "ʻ‘", "ʼ’", "∕⁄", "\u0304\u0306", "\u0301\u0300", "ɩι"):
        changed = [text.replace(one, other) for text in texts]
        assert changed != texts
        assert found_differences(handout, edition_of([key_term("A", heads, facts=changed)])), one


def test_no_face_makes_another_sign_of_what_is_written() -> None:
    for name, data in static_faces(FACES).items():
        font = TTFont(BytesIO(data), lazy=True)
        features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert "calt" not in features, name  # `-->` would become an arrow
