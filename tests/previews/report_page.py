"""The picture of the report: `python tests/previews/report_page.py docs/img` draws it in headless Chromium.

The samples and four pages that each lack something go through `parse`; what the picture shows is that run's report.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1000, 900)
PAGES = {
    "no-class.txt": "bobbin\n\nDefinition\n\nThe small spool under the needle plate.\n\nReview Questions\n\n"
    "1. What does a bobbin hold?\n\nThe lower thread.\n",
    "no-definition.html": "<title>Selvage | Sewing Basics</title><h1>Selvage</h1><p>from class: Sewing Basics"
    "<h2>Review Questions</h2><p>Why does a selvage not fray?</p><p>It is woven double.</p>",
    "shop.html": "<title>Our shop</title><h1>Thread, ten colours</h1><p>Add to basket.",
    "basting.html": "<title>Basting | Sewing Basics</title><h1>Basting</h1><p>from class: Sewing Basics"
    "<h2>Definition</h2><p>Long, loose stitches that hold two layers until the real seam is sewn.</p>"
    "<p>Posted by the workshop's "
    "volunteers, who meet on Thursdays at seven in the hall behind the library and bring cake.</p>",
}


def report(folder: Path) -> Path:
    """Run `guidepress parse` in a folder and return its report."""
    shutil.copytree(ROOT / "raw", folder / "raw")
    pages = folder / "raw" / "sewing"
    pages.mkdir()
    for name, text in PAGES.items():
        (pages / name).write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "pipeline", "parse"], cwd=folder, check=False, capture_output=True)
    return folder / "build" / "report.html"


def main(out: Path) -> None:
    """Write `report.png` below `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        shot = Path(name) / "report.png"
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--window-size={SIZE[0]},{SIZE[1]}", f"--screenshot={shot}", report(Path(name)).as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
        with Image.open(shot) as picture:
            picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(out / "report.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img")
