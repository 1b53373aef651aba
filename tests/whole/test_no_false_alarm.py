"""Pages with everything that a page may hold pass the whole pipeline: exit code 0, and no difference anywhere."""

import json
from pathlib import Path

import pytest

from command_runs import guidepress
from rich_pages import write_rich_pages

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)
# What each page is of, and its term, definition and what stands below.
PAGES = {
    "letters set wide": (
        "Density",
        "How likely a value is.",
        "<h2>Related Terms</h2><ul><li><b>Freedom (df)</b>: Values.</li></ul>",
    ),
    "a formula in a related term": (
        "Velocity",
        "Way per time.",
        r"<h2>Related Terms</h2><ul><li><b>Speed \(v\)</b>: Way.</li></ul>",
    ),
    "a picture in a term": (f'Hand sign <img src="{DOT}" alt="an open hand">', "A sign made with the hand.", ""),
    "a picture that was not saved": ("Tide", 'The sea rises <img src="pics/tide.png" alt="a curve"> and falls.', ""),
    "pictures that cannot be": (
        'Salt <img src="//host.test/x.png" alt="a grain">',
        'White. <img src="data:image/png;base64,AAAA" alt="a &quot;cube&quot; &lt;b&gt;">',
        '<h2>2 Must Know Facts</h2><ol><li>It <img src="file:///x" alt="melts"> slowly.</li>'
        '<li><img src="cid:x" alt="late"> too.</li></ol>',
    ),
    "Hindi": (
        "ज्वार",
        "समुद्र दिन में दो बार उठता है।",
        "<h2>Review Questions</h2><ul><li>दिन क्या है?<ul><li>समय।</li></ul></li></ul>",
    ),
    "a control character": ("Bell&#7; jar", "The sign that&#7; rings&#x81;.", ""),
    "rare characters": (
        "Accent",
        "The mark &#x25CC;&#x301; over a letter.",
        "<h2>3 Must Know Facts</h2><ol><li>A cell is \u2800 blank.</li><li>In TeX, <i>\\frac</i>.</li>"
        "<li>Factor fVIII, (half)-life.</li></ol>",
    ),
}

GUIDE = f"""<!doctype html><meta charset="utf-8"><title>Signs</title>
<p>Readings Unit 3 Review</p><h1>3.1 Signs \\(s_1\\)</h1>
<p>Written by the Own Words Team • Last updated September 2026</p><h3>Overview</h3><p>A sign is seen from afar.</p>
<h3>Key Terms to Review (3)</h3><dl><dt><img src="{DOT}" alt="an open hand"></dt><dd>a greeting</dd>
<dt><img src="lost.png" alt="a fist"></dt><dd>a warning</dd><dt>flag \\(f\\)</dt><dd>a cloth</dd></dl>
<footer>© 2026 Own Words Guild.</footer>"""


def page(term: str, definition: str, rest: str, course: str = "Readings") -> str:
    return (
        f'<!doctype html><meta charset="utf-8"><title>t</title><h1>{term}</h1><p>from class:</p><p>{course}</p>'
        f"<h2>Definition</h2><p>{definition}</p>{rest}<footer>© 2026 Own Words Guild.</footer>"
    )


def run(folder: Path) -> tuple[int, list[str], list[str]]:
    """Return the exit code, the differences, and the texts of the records."""
    code = guidepress(["all"], folder).returncode
    report = json.loads((folder / "build" / "report.json").read_text("utf-8"))
    records = (folder / "build" / "records.jsonl").read_text("utf-8").splitlines()
    return code, [difference["message"] for difference in report["differences"]], records


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[str], list[str]]:
    folder = tmp_path_factory.mktemp("readings")
    (folder / "raw").mkdir()
    for number, parts in enumerate(PAGES.values()):
        (folder / "raw" / f"{number}.html").write_text(page(*parts), "utf-8")
    (folder / "raw" / "guide.html").write_text(GUIDE, "utf-8")
    return run(folder)


def test_right_artifacts_of_unusual_pages_are_found_right(readings: tuple[int, list[str], list[str]]) -> None:
    code, differences, records = readings
    assert (code, differences, len(records)) == (0, [], len(PAGES) + 1)


def test_a_control_character_by_reference_is_in_no_record(readings: tuple[int, list[str], list[str]]) -> None:
    (bell,) = (json.loads(record) for record in readings[2] if "bell" in record)
    assert (bell["id"], bell["term"]["text"]) == ("own-words-guild/readings/bell-jar", "Bell jar")
    assert bell["definition"]["text"] == "The sign that rings."


def test_rich_pages_are_found_right(tmp_path: Path) -> None:
    """Draws a few of them, which takes seconds; `make rich` draws 300."""
    write_rich_pages(tmp_path / "raw", seed=1, count=6, courses=1)
    code, differences, records = run(tmp_path)
    assert (code, differences) == (0, [])
    assert len(records) == 6
