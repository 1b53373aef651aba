"""A hyphen of the record and one that a broken line brings in are told apart in the printed file."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pdf_factories import edition_of, key_term

from pipeline.exporters.pdf import PdfExporter
from pipeline.exporters.pdf.hyphens import with_own_hyphen
from pipeline.exporters.pdf.instancing import static_faces
from pipeline.exporters.pdf.typefaces import FACES
from pipeline.verify.pdf import verify

BROKEN = "Interdisciplinary characterisation of electrophysiological compartmentalisation. " * 6
HYPHENS = "<p>Acetyl-CoA is a two-carbon unit; it was -5 °C in mid-winter, well-known and light-chain.</p> " * 6


def test_the_line_breaks_hyphen_looks_the_same_but_is_a_glyph_of_its_own() -> None:
    face = next(face for face in FACES if face.name == "text")
    font = TTFont(BytesIO(static_faces([face])["text"]))
    names = font.getBestCmap()
    assert names[0x2D] != names[0x2010]
    assert font["glyf"][names[0x2D]].getCoordinates(font["glyf"]) == font["glyf"][names[0x2010]].getCoordinates(
        font["glyf"]
    )
    assert font["hmtx"][names[0x2D]] == font["hmtx"][names[0x2010]]


def test_a_font_that_tells_them_apart_already_is_left_as_it_is() -> None:
    face = next(face for face in FACES if face.name == "label")
    data = static_faces([face])["label"]
    assert with_own_hyphen(data) is data


@pytest.mark.parametrize("first", [BROKEN + HYPHENS, HYPHENS + BROKEN])
def test_hyphens_are_read_back_whichever_of_the_two_is_drawn_first(first: str, tmp_path: Path) -> None:
    edition = edition_of([key_term("Hyphens", f"<p>{first}</p>")], jobs=1)
    artifact = next(iter(PdfExporter().artifacts(edition)))
    target = tmp_path / Path(artifact.path).name
    artifact.write(target)
    assert list(verify(target, artifact.path, edition)) == []
    without = edition_of([key_term("Hyphens", f"<p>{first.replace('-5', '5')}</p>")], jobs=1)
    assert list(verify(target, artifact.path, without))
