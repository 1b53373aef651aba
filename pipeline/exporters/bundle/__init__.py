"""JSON for other programs: a file for each course, a manifest, a schema, and the pictures."""

from pipeline.exporters.bundle.exporter import BundleExporter
from pipeline.exporters.bundle.schemas import course_schema, schema

__all__ = ["BundleExporter", "course_schema", "schema"]
