"""Read every artifact back and compare it with the records."""

from pipeline.verify.difference import Difference, Verifier
from pipeline.verify.dispatch import verify_artifact

__all__ = ["Difference", "Verifier", "verify_artifact"]
