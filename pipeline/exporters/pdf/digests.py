"""What the bytes of our files depend on beside the records: this code, its templates, fonts and libraries."""

import hashlib
import json
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any, Final

from pipeline.config import PdfSettings
from pipeline.exporters.pdf.fonts import fonts_digest

__all__ = ["digest_of", "program_digest", "settings_digest"]

_PACKAGES: Final = ("pipeline.exporters.pdf", "pipeline.records", "pipeline.notes")
_SUFFIXES: Final = (".py", ".j2", ".css")
_LIBRARIES: Final = (
    "fonttools",
    "jinja2",
    "latex2mathml",
    "nh3",
    "pikepdf",
    "pillow",
    "pydyf",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "ziafont",
    "ziamath",
)
# These change how it is made, not what is made.
_WITHOUT_EFFECT: Final = frozenset(["parts", "seconds", "memory_mb", "logo"])


def digest_of(*values: Any) -> str:
    """Return 64 hex digits of values that JSON can hold."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@cache
def program_digest() -> str:
    """Return a digest of the code, templates, style sheets, fonts and libraries that draw."""
    files = {
        f"{package}/{name}": hashlib.sha256(data).hexdigest()
        for package in _PACKAGES
        for name, data in _files(resources.files(package), "")
    }
    versions = {name: metadata.version(name) for name in _LIBRARIES}
    return digest_of(files, versions, fonts_digest())


def _files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            found += _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found


def settings_digest(settings: PdfSettings, logo: bytes | None) -> str:
    """Return a digest of the `[pdf]` settings that change a page, and of the logo's content."""
    values = {key: value for key, value in settings.model_dump(mode="json").items() if key not in _WITHOUT_EFFECT}
    return digest_of(values, None if logo is None else hashlib.sha256(logo).hexdigest())
