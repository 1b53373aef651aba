"""Outputs: what an exporter is given, and what it gives. A new output is a new package here, or an entry point."""

from pipeline.exporters.lines import DIGEST_BYTES, Block, blocks, id_of
from pipeline.exporters.protocol import (
    Artifact,
    Cache,
    CourseEdition,
    Edition,
    Elsewhere,
    Exporter,
    ExportError,
    LocalWorkforce,
    NotHereError,
    Oddity,
    Workforce,
)

__all__ = [
    "DIGEST_BYTES",
    "Artifact",
    "Block",
    "Cache",
    "CourseEdition",
    "Edition",
    "Elsewhere",
    "ExportError",
    "Exporter",
    "LocalWorkforce",
    "NotHereError",
    "Oddity",
    "Workforce",
    "blocks",
    "id_of",
]
