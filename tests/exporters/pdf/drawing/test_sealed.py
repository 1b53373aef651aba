"""Drawing is sealed: nothing outside the records is read, no font of the machine is seen, nothing hangs for ever."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pdf_documents import draw
from pdf_factories import MemoryCache, edition_of, key_term
from pipeline.config import PdfSettings
from pipeline.exporters import ExportError
from pipeline.exporters.pdf import PdfExporter
from pipeline.records import KeyTerm
from places import ROOT

# What a drawing process may open while it draws: its own code and libraries, and what it writes itself. Everything else
# that is asked of the machine (a file, a name, a connection, a program) is written down.
_WATCHED = """
import os, sys

SECRET, = sys.argv[1:]
asked = []

def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "subprocess.", "os.system", "ftplib.")):
        asked.append(event)
    if event == "open" and str(arguments[0]) in (SECRET, "/etc/passwd", "/etc/hostname"):
        asked.append(str(arguments[0]))

from pipeline.exporters.pdf.drawing.documents import Draughtsman
from pipeline.exporters.pdf.fonts.instancing import static_faces
from pipeline.exporters.pdf.drawing.setter import Document
from pipeline.exporters.pdf.fonts.typefaces import FACES, face_css

draughtsman = Draughtsman(static_faces(FACES))
sys.addaudithook(watch)
for url in ("http://127.0.0.1:9/x", "https://example.test/x", f"file://{SECRET}", "file:///etc/passwd",
            "ftp://127.0.0.1/x", SECRET, "/etc/hostname", "//127.0.0.1/x", "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"):
    html = f'''<html lang="en"><head><title>t</title><link rel="stylesheet" href="{url}">
    <link rel="attachment" href="{url}"><style>@import url("{url}"); @font-face {{ font-family: X; src: url("{url}") }}
    p {{ background: url("{url}"); list-style-image: url("{url}"); font-family: X, Text }}
    p {{ content: url("{url}") }}</style>
    </head><body><p>Text</p><img src="{url}" alt="a"><object data="{url}">b</object><embed src="{url}">
    <iframe src="{url}"></iframe><a href="{url}" rel="attachment">c</a><base href="{url}">
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><title>s</title>
    <image href="{url}" width="9" height="9"/><use xlink:href="{url}#a"/></svg></body></html>'''
    css = face_css() + f'@import url("{url}"); body {{ font-family: Text; background: url("{url}") }}'
    pdf = draughtsman.lay_out(Document(html, css)).write().pdf
    assert b"/EmbeddedFile" not in pdf
print(asked)
"""


def run(code: str, *arguments: str, fonts: Path, **more: str) -> str:
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts), "SOURCE_DATE_EPOCH": "0"} | more
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def no_fonts(tmp_path: Path) -> Path:
    path = tmp_path / "fonts.conf"
    path.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>')
    return path


def test_no_address_of_a_page_makes_a_request_or_reads_a_file(tmp_path: Path, no_fonts: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    assert run(_WATCHED, str(secret), fonts=no_fonts) == "[]"


def test_bytes_are_the_same_whatever_fonts_the_machine_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [key_term("Fonts", "<p>Arrow → and <strong>Ж</strong>, \U0001f600.</p>")]
    without = draw(edition_of(records), ["handout"])
    conf = tmp_path / "machine.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>/usr/share/fonts</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(conf))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert draw(edition_of(records), ["handout"]) == without


def write_all(
    courses: Sequence[Sequence[KeyTerm]], settings: PdfSettings, folder: Path, cache: MemoryCache | None = None
) -> dict[str, ExportError | None]:
    results: dict[str, ExportError | None] = {}
    for artifact in PdfExporter().artifacts(edition_of(*courses, pdf=settings, jobs=1, cache=cache)):
        try:
            artifact.write(folder / Path(artifact.path).name)
            results[artifact.path] = None
        except ExportError as error:
            results[artifact.path] = error
    return results


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return what puts a module of that name and code before the real one, in drawing processes only."""

    def put(name: str, code: str) -> None:
        folder = tmp_path / "stand-in" / name
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text(code)
        monkeypatch.setenv("PYTHONPATH", str(folder.parent))

    return put


def test_a_course_that_takes_too_long_is_reported_and_the_others_are_made(
    tmp_path: Path, stand_in: Callable[[str, str], None]
) -> None:
    # Whoever draws a formula never comes back.
    stand_in("ziamath", "while True: pass")
    stuck = [key_term("Stuck", "<p>\\(x\\)</p>", course="Stuck")]
    quick = [key_term("Quick", course="Quick")]
    settings = PdfSettings(parts=("handout",), seconds=3)
    results = write_all([quick, stuck], settings, tmp_path)
    error = results["pdf/stuck-handout.pdf"]
    assert error is not None
    assert error.exit_code == 3
    assert "guild/stuck/stuck" in str(error)
    assert "longer than 3 seconds" in str(error)
    assert not (tmp_path / "stuck-handout.pdf").exists()
    assert results["pdf/quick-handout.pdf"] is None
    assert (tmp_path / "quick-handout.pdf").read_bytes().startswith(b"%PDF")


def test_a_course_that_needs_too_much_memory_is_reported_and_what_could_be_drawn_is_kept(
    tmp_path: Path, stand_in: Callable[[str, str], None]
) -> None:
    stand_in("ziamath", "bytearray(20_000_000_000)")
    records = [key_term(f"Term {number:02d}", course="Large") for number in range(50)]
    records.append(key_term("Zzz", "<p>\\(x\\)</p>", course="Large"))
    quick = [key_term("Quick", course="Quick")]
    cache = MemoryCache()
    results = write_all([records, quick], PdfSettings(parts=("handout",)), tmp_path, cache)
    error = results["pdf/large-handout.pdf"]
    assert error is not None
    assert error.exit_code == 3
    assert "guild/large/zzz" in str(error)
    assert "more memory" in str(error)
    assert results["pdf/quick-handout.pdf"] is None
    assert len(cache.values) >= 3  # the chunk before that of the formula, and the other course


def test_of_records_drawn_together_the_one_that_stops_the_others_is_named(
    tmp_path: Path, stand_in: Callable[[str, str], None]
) -> None:
    stand_in("ziamath", "raise AssertionError('it cannot be laid out')")
    records = [key_term("Alpha"), key_term("Guilty", "<p>\\(x\\)</p>"), key_term("Zeta")]
    error = write_all([records], PdfSettings(parts=("handout",)), tmp_path)["pdf/life-science-handout.pdf"]
    assert "guild/life-science/guilty: AssertionError: it cannot be laid out" in str(error)


def test_without_pango_the_message_says_what_to_install(tmp_path: Path, stand_in: Callable[[str, str], None]) -> None:
    stand_in("weasyprint", "raise OSError(\"cannot load library 'libgobject-2.0-0'\")")
    results = write_all([[key_term("Term")]], PdfSettings(parts=("handout",)), tmp_path)
    error = results["pdf/life-science-handout.pdf"]
    assert error is not None
    assert error.exit_code == 2
    assert "libgobject" in str(error)
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in error.hint


def test_weasyprint_is_never_imported_by_the_process_that_asks_for_a_pdf(no_fonts: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from pdf_documents import draw; from pdf_factories import edition_of, key_term;"
        "assert draw(edition_of([key_term('Term')]), ['handout'])['handout'];"
        "print([name for name in ('weasyprint', 'ziamath', 'cffi') if name in sys.modules])"
    )
    assert run(code, str(ROOT / "tests" / "support"), fonts=no_fonts) == "[]"
