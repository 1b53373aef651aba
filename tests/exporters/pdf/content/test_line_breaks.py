"""A line breaks where it is full, also where a text that ends in a space fits only without it."""

import importlib
import io
from typing import Any

import pypdfium2
import pytest

from pipeline.exporters.pdf.content import mend_line_breaks

STYLE = "<style>@page{size:600px 300px;margin:20px}body{font:20px serif}p{margin:0}</style>"
TEXTS = (
    "After the lines below, what is <code>a[0]</code>? And more words follow here.",
    "Each of its two lobes has two <span>[…]</span> for calcium, built as a loop.",
)


def first_words(text: str, width: int) -> int:
    """Return how many characters the first line of a paragraph of so many pixels has."""
    weasyprint: Any = importlib.import_module("weasyprint")
    pdf = weasyprint.HTML(string=f'{STYLE}<p style="width: {width}px">{text}</p>').write_pdf()
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return len(document[0].get_textpage().get_text_range().splitlines()[0])


def short_lines(text: str) -> list[int]:
    return [width for width in range(230, 330, 2) if first_words(text, width) < 14]


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module as WeasyPrint has it, put back behind the test."""
    module: Any = importlib.import_module("weasyprint.layout.inline")
    given = importlib.import_module("weasyprint.text.line_break").split_first_line
    monkeypatch.setattr(module, "split_first_line", given)
    return module


@pytest.mark.parametrize("text", TEXTS)
def test_no_line_breaks_behind_its_first_word(inline: Any, text: str) -> None:
    mend_line_breaks(inline)
    mend_line_breaks(inline)
    assert short_lines(text) == []


def test_weasyprint_alone_still_needs_it(inline: Any) -> None:
    """If this fails, a newer WeasyPrint is right by itself: take `mend_line_breaks` away."""
    assert any(short_lines(text) for text in TEXTS)
