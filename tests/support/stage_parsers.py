"""Parsers that a worker can import by name: each page's first word says what happens to it."""

import hashlib
import os
import signal
import time
from pathlib import Path

from pipeline.config import Settings
from pipeline.pages import RawPage
from pipeline.records import Course, KeyTerm, RichText, Source, key_term_id
from pipeline.stages.page.outcome import ParseOutcome

__all__ = ["obey"]


def obey(page: RawPage, settings: Settings) -> ParseOutcome:
    """Return one record, or do what the page says: hang, die, fell, leave, allocate, raise."""
    order, _, text = page.data.decode().partition(" ")
    if order == "hang":
        while True:
            pass
    if order == "die":
        os.kill(os.getpid(), getattr(signal, text.strip()))
    if order == "fell":  # the Dask worker, beside which a station has the pool that we are in
        station = os.getppid()
        os.kill(int(Path(f"/proc/{station}/stat").read_text(encoding="ascii").split()[3]), signal.SIGKILL)
        time.sleep(60)
    if order == "leave":
        os._exit(7)
    if order == "allocate":
        bytearray(int(text))
    if order == "raise":
        raise KeyError(text)
    name = page.path.rsplit("/", 1)[-1].split(".")[0]
    record = KeyTerm(
        id=key_term_id("Own Words", "Test Studies", name),
        publisher="Own Words",
        language=settings.language,
        course=Course(slug="test-studies", title="Test Studies"),
        term=RichText.plain(name),
        definition=RichText.plain(text or "nothing"),
        source=Source(
            path=page.path,
            sha256=hashlib.sha256(page.data).hexdigest(),
            media_type=page.media_type,
            encoding="utf-8",
            layout="obey",
        ),
    )
    return ParseOutcome(path=page.path, records=(record,))
