"""Which module reads which exporter's artifacts back."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.exporters import Edition
from pipeline.verify.difference import Difference, Verifier
from pipeline.verify.proven import Proven

__all__ = ["verify_artifact"]

# Imported when needed: reading PDFs and decks takes libraries that a JSON bundle does not.
_MODULES: Final = {
    "records": "pipeline.verify.records",
    "json": "pipeline.verify.bundle",
    "anki": "pipeline.verify.anki",
    "pdf": "pipeline.verify.pdf",
}


def verify_artifact(exporter: str, path: Path, artifact: str, edition: Edition, proven: Proven) -> Iterator[Difference]:
    """Yield every difference between an exporter's file and the records; `proven` as `Verifier` has it.

    An exporter of another package has no verifier here: that its bytes are those written is all that is known.
    """
    module = _MODULES.get(exporter)
    if module is None:
        return
    verify: Verifier = importlib.import_module(module).verify
    yield from verify(path, artifact, edition, proven)
