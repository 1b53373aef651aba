"""Drawn parts of PDFs that are kept, and are not what was drawn: they are drawn again, and the hint is true."""

import hashlib
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pikepdf
import pytest
from term_pages import write_pages

from pipeline.config import PdfSettings, Settings
from pipeline.stages.build.plan import Plan, run
from pipeline.stages.progress import Silent


class Told(Silent):
    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, message: str) -> None:
        self.notes.append(message)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("project")
    write_pages(folder / "raw", ["Alpha"])
    pdf = PdfSettings(parts=["answers"])
    settings = Settings(raw=(folder / "raw",), build=folder / "build", lock=folder / "cards.lock", jobs=1, pdf=pdf)
    assert run(settings, Plan(export=("pdf",))).exit_code == 0
    return settings


def answers(settings: Settings) -> Path:
    return settings.build / "pdf/test-studies-answers.pdf"


def test_a_damaged_chunk_is_drawn_again(settings: Settings) -> None:
    before = answers(settings).read_bytes()
    chunks = settings.build / ".state/chunks.sqlite3"
    with closing(sqlite3.connect(chunks, isolation_level=None)) as database:
        database.execute("UPDATE chunks SET value = zeroblob(length(value))")
    answers(settings).unlink()
    told = Told()
    assert run(settings, Plan(export=("pdf",)), told).exit_code == 0
    assert answers(settings).read_bytes() == before
    assert [note for note in told.notes if "chunks.sqlite3" in note]


def test_a_file_that_differs_is_made_again_without_the_chunks_it_was_made_from(settings: Settings) -> None:
    before = answers(settings).read_bytes()
    with closing(sqlite3.connect(settings.build / ".state/chunks.sqlite3", isolation_level=None)) as database:
        for key, value in database.execute("SELECT key, value FROM chunks").fetchall():
            wrong = other_text(value)
            row = (wrong, hashlib.sha256(wrong).digest(), key)  # right to the cache
            database.execute("UPDATE chunks SET value = ?, sha256 = ? WHERE key = ?", row)
    answers(settings).unlink()
    assert run(settings, Plan(export=("pdf",))).exit_code == 4
    assert answers(settings).read_bytes() != before
    assert run(settings, Plan(export=("pdf",))).exit_code == 0
    assert answers(settings).read_bytes() == before


def other_text(chunk: bytes) -> bytes:
    """Return a chunk whose pages show no letter."""
    facts, _, pdf = chunk.partition(b"\n")
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            shown = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) not in ("TJ", "Tj")]
            page.Contents = file.make_stream(pikepdf.unparse_content_stream(shown))
        file.save(changed)
    return facts + b"\n" + changed.getvalue()
