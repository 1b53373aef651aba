"""What a heading is called where only plain characters can stand."""

from pathlib import Path

import pypdfium2
import pytest

from pdf_documents import found_differences, written
from pdf_factories import edition_of, key_term
from pipeline.config import PdfSettings
from pipeline.exporters.pdf import label_of
from pipeline.records import RichText


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("Osmosis", "Osmosis"),
        ("Q &amp; A <em>in</em> class", "Q & A in class"),
        (r"\(\alpha\)-helix", "α-helix"),
        (r"\(\frac{a}{b}\) and \(x^2\)", "a/b and x^2"),
        (r"\(\frac{a+1}{b}\)", "(a+1)/b"),
        (r"\(\Delta G^\circ\)", "ΔG°"),
        ("\\(" + "x" * 300 + "\\)", "x" * 300),
        ('<img src="x.png" alt="a cell">', "a cell"),
        ('<img src="x.png" alt="">', "picture"),
    ],
)
def test_a_heading_reads_as_one_would_type_it(heading: str, label: str) -> None:
    assert label_of(RichText.of(heading)) == label


def test_a_term_that_is_only_a_formula_has_a_bookmark_and_a_running_head_of_plain_characters(tmp_path: Path) -> None:
    records = [
        key_term(r"\(\alpha\)", questions=[("q?", "a")]),
        key_term(r"\(p\)-value", "<p>Second.</p>" + "<p>word</p>" * 120, questions=[("q2?", "a2")]),
    ]
    edition = edition_of(records, jobs=1)
    for part in ("handout", "answers"):
        path = written(tmp_path, edition, part)
        assert found_differences(path, edition) == []
        with pypdfium2.PdfDocument(path) as document:
            assert [item.get_title() for item in document.get_toc()][:2] == ["α", "p-value"]
    with pypdfium2.PdfDocument(tmp_path / "life-science-handout.pdf") as document:
        text = document[1].get_textpage().get_text_range()
    assert "p-value" in text
    assert "\\" not in text


def test_a_running_head_shows_nothing_for_characters_that_are_never_drawn(tmp_path: Path) -> None:
    term = "Photo\u00adsynthesis \u2764\ufe0f \u2067x\u2069"
    path = written(tmp_path, edition_of([key_term(term, "<p>" + "word " * 900 + "</p>")], jobs=1), "handout")
    with pypdfium2.PdfDocument(path) as document:
        lines = document[1].get_textpage().get_text_range().splitlines()
    assert any("Photosynthesis \u2764 x" in line for line in lines)
    assert not any("U+" in line or "\u00ad" in line for line in lines)


def test_the_contents_show_a_units_title_as_it_is_written(tmp_path: Path) -> None:
    from guide_factories import study_guide

    guides = [study_guide(f"Guide {n}", unit=n, unit_title="Matter & Energy, p < q", topic=f"{n}.1") for n in (1, 2)]
    path = written(tmp_path, edition_of(guides, pdf=PdfSettings(contents_from=1), jobs=1), "handout")
    with pypdfium2.PdfDocument(path) as document:
        assert "Unit 1 · Matter & Energy, p < q" in document[0].get_textpage().get_text_range()
