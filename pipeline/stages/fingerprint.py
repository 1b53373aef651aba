"""Digests of what outputs depend on besides their inputs: our own code, the libraries below it, the settings."""

import hashlib
import importlib.metadata
import importlib.util
import json
import platform
import re
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.config import Settings

__all__ = ["code_fingerprint", "digest_of", "parsing_fingerprint"]

_DISTRIBUTION = "guidepress"
# The rooms left of the waist, and the stage that turns a page into rows. A change of ours there that could not matter
# costs one parse; one that was forgotten in a finer list would cost a wrong record.
_PARSING = (
    "pipeline.records",
    "pipeline.pages",
    "pipeline.blocks",
    "pipeline.layouts",
    "pipeline.survey",
    "pipeline.stages",
)


def digest_of(value: Any) -> str:
    """Return the SHA-256 (hex) of plain data: mappings, lists, text, numbers."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def code_fingerprint(modules: Iterable[str]) -> str:
    """Return a digest of the files of modules and packages, of Python's and of all required libraries' versions."""
    digest = hashlib.sha256()
    digest.update(f"python {sys.version_info[:3]} {platform.python_implementation()} zlib {zlib.ZLIB_VERSION}".encode())
    for name, version in _versions():
        digest.update(f"\0{name} {version}".encode())
    for module in modules:
        spec = importlib.util.find_spec(module)
        if spec is None or spec.origin is None:
            continue
        origin = Path(spec.origin)
        top = origin.parent if spec.submodule_search_locations else None
        files = sorted(path for path in top.rglob("*") if path.is_file() and _counts(path)) if top else [origin]
        for path in files:
            shown = path.relative_to(top).as_posix() if top else path.name
            digest.update(f"\0{module} {shown}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _counts(path: Path) -> bool:
    return "__pycache__" not in path.parts and path.suffix != ".pyc"


def _versions() -> list[tuple[str, str]]:
    """Return name and version of each library that we require."""
    found = []
    for line in importlib.metadata.requires(_DISTRIBUTION) or []:
        requirement, _, marker = line.partition(";")
        if "extra" in marker:
            continue
        name = re.split(r"[^\w.-]", requirement.strip(), maxsplit=1)[0]
        try:
            found.append((name, importlib.metadata.version(name)))
        except importlib.metadata.PackageNotFoundError:
            found.append((name, ""))
    return sorted(found)


def parsing_fingerprint(settings: Settings) -> str:
    """Return a digest of all but the page itself that decides what parsing it gives."""
    chosen = settings.model_dump(mode="json", include={"layouts", "defaults", "limits", "language", "shells"})
    return digest_of([code_fingerprint(_PARSING), chosen])
