"""The pictures of `docs/handouts.md`: `python tests/previews/pdf_pages.py` draws the sample course and writes them."""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pypdfium2
from pdf_documents import SAMPLE_SETTINGS, draw, sample_edition
from PIL import Image, ImageOps

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "img"
DPI = 150
WIDTH = 620  # pixels in the docs, for one page

# name: settings, part, index of the page
PAGES: dict[str, tuple[dict[str, Any], str, int]] = {
    "pdf-title-and-contents": ({}, "handout", 0),
    "pdf-handout-a4-roomy": ({}, "handout", 1),
    "pdf-handout-mathematics": ({}, "handout", 3),
    "pdf-glossary-index": ({}, "handout", -1),
    "pdf-answers": ({}, "answers", 1),
    "pdf-handout-letter-compact": ({"paper": "Letter", "spacing": "compact"}, "handout", 3),
    "pdf-handout-large-print": ({"paper": "Letter", "text_size": 18}, "handout", 7),
    "pdf-flashcards-front": ({}, "flashcards", 0),
    "pdf-flashcards-back": ({}, "flashcards", 1),
    "pdf-calibration": ({}, "flashcards", -2),
}


def page_image(data: bytes, index: int) -> Image.Image:
    """Return a page at 150 dpi, made smaller, in grey."""
    with pypdfium2.PdfDocument(BytesIO(data)) as document:
        page = document[index % len(document)]
        image: Image.Image = page.render(scale=DPI / 72).to_pil().convert("L")
    image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
    return ImageOps.expand(image, border=1, fill=160)


def main() -> None:
    """Write every picture."""
    drawn: dict[str, dict[str, bytes]] = {}
    for name, (options, part, index) in PAGES.items():
        key = repr(options)
        if key not in drawn:
            drawn[key] = draw(sample_edition(settings=SAMPLE_SETTINGS.model_copy(update=options)))
        # Sixteen greys are enough for black on white, and a third of the size.
        image = page_image(drawn[key][part], index).quantize(16)
        image.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
