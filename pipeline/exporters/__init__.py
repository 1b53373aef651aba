"""Outputs: what an exporter is given, and what it gives. A new output is a new package here, or an entry point."""

from pipeline.exporters.protocol import (
    Artifact,
    Cache,
    CourseEdition,
    Edition,
    Exporter,
    ExportError,
    NotHereError,
    Oddity,
    Workforce,
)

__all__ = [
    "Artifact",
    "Cache",
    "CourseEdition",
    "Edition",
    "ExportError",
    "Exporter",
    "NotHereError",
    "Oddity",
    "Workforce",
]
