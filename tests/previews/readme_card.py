"""The card at the top of the README: `python tests/previews/readme_card.py docs/img` draws it in headless Chromium.

A sample page goes through `guidepress export anki`; what the picture shows is one of its facts, front above back, as
Anki draws it on a phone.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from anki_cards import draw

from anki_learner import Learner

ROOT = Path(__file__).resolve().parents[2]
PAGE = "raw/world-history/cold-war.txt"
ASKS = "East Germany closed the border"
SIZE = (390, 300)


def main(out: Path) -> None:
    """Write `readme-card.png` below `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / PAGE).parent.mkdir(parents=True)
        shutil.copy(ROOT / PAGE, folder / PAGE)
        command = [sys.executable, "-m", "pipeline", "export", "anki", "--jobs", "1"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        learner = Learner(folder / "learner")
        learner.imports(folder / "build" / "anki" / "all.apkg")
        (number,) = learner.col.find_cards(f'note:Fact "{ASKS}"')
        draw(
            [learner.col.get_card(number)], SIZE, "light", folder / "learner/collection.media", out / "readme-card.png"
        )
        learner.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img")
