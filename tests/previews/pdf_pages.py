"""The pictures of `docs/handouts.md`: `python tests/previews/pdf_pages.py` draws them.

Key terms are those of the tests' sample course, which has everything that is hard to set; study guides are pages of
`raw/`, through the whole pipeline.
"""

import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import pypdfium2
from PIL import Image, ImageOps

from pdf_documents import SAMPLE_SETTINGS, draw, sample_edition

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "img"
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

# name: settings, file, what is on the page
GUIDE_PAGES: dict[str, tuple[str, str, str]] = {
    "pdf-guide-first-page": ("", "cell-biology-handout.pdf", "By Guidepress Samples Team · Updated September 2026"),
    "pdf-guide-table-and-vocabulary": ("", "cell-biology-handout.pdf", "The Routes Compared"),
    "pdf-guide-questions": ("", "cell-biology-handout.pdf", "Which process stops first"),
    "pdf-guide-mathematics": ("", "linear-algebra-handout.pdf", "Two Rows, Three Rows"),
    "pdf-guide-code": ("", "introduction-to-programming-handout.pdf", "def "),
    "pdf-guide-answers": ("", "linear-algebra-answers.pdf", "Which list of vectors"),
    "pdf-guide-letter-compact": (
        'paper = "Letter"\nspacing = "compact"',
        "cell-biology-handout.pdf",
        "The Routes Compared",
    ),
    "pdf-guide-large-print": ("text_size = 18", "cell-biology-handout.pdf", "Distinguish passive from active"),
}


def page_image(data: bytes, index: int) -> Image.Image:
    """Return a page at 150 dpi, made smaller, in grey."""
    with pypdfium2.PdfDocument(BytesIO(data)) as document:
        page = document[index % len(document)]
        image: Image.Image = page.render(scale=DPI / 72).to_pil().convert("L")
    image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
    return ImageOps.expand(image, border=1, fill=160)


def page_with(data: bytes, text: str) -> int:
    """Return the index of the first page that says this."""
    with pypdfium2.PdfDocument(BytesIO(data)) as document:
        for index in range(len(document)):
            if text in " ".join(document[index].get_textpage().get_text_range().split()):
                return index
    raise LookupError(text)


def built(options: str, folder: Path) -> dict[str, bytes]:
    """Return the PDFs of the pages in `raw/`, made by the program itself, by their names."""
    config = folder / "guidepress.toml"
    config.write_text(f"[pdf]\n{options}\n")
    command = [str(Path(sys.executable).with_name("guidepress")), "all", "--raw", str(ROOT / "raw")]
    subprocess.run([*command, "--build", str(folder / "build"), "--config", str(config)], check=True)
    return {path.name: path.read_bytes() for path in sorted((folder / "build" / "pdf").iterdir())}


def save(image: Image.Image, name: str) -> None:
    """Write a picture; sixteen greys are enough for black on white, and a third of the size."""
    image.quantize(16).save(IMAGES / f"{name}.png", optimize=True)


def main() -> None:
    """Write every picture."""
    drawn: dict[str, dict[str, bytes]] = {}
    for name, (options, part, index) in PAGES.items():
        key = repr(options)
        if key not in drawn:
            drawn[key] = draw(sample_edition(settings=SAMPLE_SETTINGS.model_copy(update=options)))
        save(page_image(drawn[key][part], index), name)
    files: dict[str, dict[str, bytes]] = {}
    for name, (lines, file, text) in GUIDE_PAGES.items():
        if lines not in files:
            with tempfile.TemporaryDirectory() as folder:
                files[lines] = built(lines, Path(folder))
        data = files[lines][file]
        save(page_image(data, page_with(data, text)), name)


if __name__ == "__main__":
    main()
