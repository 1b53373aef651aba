"""Outputs: what an exporter is given, and what it gives. A new output is a new package here, or an entry point."""

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
    "Artifact",
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
]
