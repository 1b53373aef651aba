"""The stages `export` and `verify`: artifacts written where something changed, and read back."""

from pipeline.stages.exporting.stage import Failure, export, export_digest, failed_before, load_exporters
from pipeline.stages.exporting.verifying import verify

__all__ = ["Failure", "export", "export_digest", "failed_before", "load_exporters", "verify"]
