"""What learners keep in each of several versions of Anki: `make anki-versions`.

python -m tests.versions.run [VERSION ...]. Each version is installed into an environment of its own, `.venv/anki-…`,
once. Prints a table; ends with 1 if a deck does not import, or a learner loses a review, a text or an own field.
"""

import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from factories import Workshop, key_term
from pipeline.exporters.anki import note_type_digests
from pipeline.exporters.anki.note_types import style
from raw_inputs import PNG

ROOT: Final = Path(__file__).parents[2]
DAY: Final = 86_400
VERSIONS: Final = ("23.12", "24.11", "25.2", "25.9.5", "26.9.3")


def decks(folder: Path) -> list[Path]:
    """Write three builds of two pages: the first, one with another definition, and one with other CSS as well.

    The last is made a day after the learner has touched a note type, the others some days before.
    """
    workshop = Workshop(media={"oven.png": PNG}, now=int(time.time()) - 5 * DAY)
    facts = ['Yeast in a loaf dies at 60 °C, soon after the oven was shut. <img src="oven.png" alt="an oven">']

    def build(name: str, definition: str) -> Path:
        pages = [key_term("yeast", definition, facts), key_term("gluten", "What holds the gas of a dough.", [])]
        return workshop.build(pages).write(folder / name) / "all.apkg"

    first = build("first", "A living thing of one cell that eats sugar.")
    second = build("second", "A living thing of one cell that eats sugar, says the second build.")
    workshop.now += 4 * DAY
    workshop.note_types = {name: f"{digest}, other CSS" for name, digest in note_type_digests().items()}
    css = style()
    with patch("pipeline.exporters.anki.note_types.style", lambda: css + "/* other */"):
        third = build("third", "A living thing of one cell that eats sugar, says the second build and the third.")
    return [first, second, third]


def python_of(version: str) -> Path:
    """Return the Python of the environment that has this version, which is made if there is none."""
    folder = ROOT / ".venv" / f"anki-{version}"
    python = folder / "bin" / "python"
    there = python.exists() and not subprocess.run([python, "-c", "import anki.collection"], check=False).returncode
    if not there:
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"anki=={version}"], check=True)
    return python


def wrong(found: dict[str, Any]) -> bool:
    merged = [found["own field, Merge note types"], found["own field, Merge note types, later build"]]
    return (
        found["trouble"] > 0
        or not found["media"]
        or found["cards broken"] > 0
        or found["updated"] != 1
        or not found["reviews kept"]
        or not all(one["own field kept"] for one in (found["own field, by default"], *merged))
        or not merged[-1]["text is new"]
    )


def main() -> int:
    versions = sys.argv[1:] or VERSIONS
    results = []
    with tempfile.TemporaryDirectory() as folder:
        packages = decks(Path(folder))
        for version in versions:
            command = [python_of(version), Path(__file__).with_name("learner.py"), *packages]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{version}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                return 1
            results.append(json.loads(done.stdout.splitlines()[-1]))  # Anki prints warnings before it
    rows = [(name, [_cell(one[name]) for one in results]) for name in results[0] if name != "version"]
    print(f"| | {' | '.join(one['version'] for one in results)} |")
    print(f"|---|{'---|' * len(results)}")
    for name, cells in rows:
        print(f"| {name} | {' | '.join(cells)} |")
    return int(any(map(wrong, results)))


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(name for name, said in value.items() if said) or "nothing"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    raise SystemExit(main())
