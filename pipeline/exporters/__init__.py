"""Outputs: what an exporter is given, and what it gives. A new output is a new package here, or an entry point."""

from pipeline.exporters.lines import DIGEST_BYTES, Block, blocks, id_of
from pipeline.exporters.protocol import (
    Artifact,
    Cache,
    CourseEdition,
    Edition,
    Exporter,
    ExportError,
    NotHereError,
    Oddity,
)

__all__ = [
    "DIGEST_BYTES",
    "Artifact",
    "Block",
    "Cache",
    "CourseEdition",
    "Edition",
    "ExportError",
    "Exporter",
    "NotHereError",
    "Oddity",
    "blocks",
    "id_of",
]
