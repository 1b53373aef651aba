"""Read every artifact back and compare it with the records."""

from pipeline.verify.apkg import PackageError, PackedNote, ReadPackage, package_guids, read_package
from pipeline.verify.collection import CollectedNote, read_collection
from pipeline.verify.difference import Difference, Verifier
from pipeline.verify.dispatch import verify_artifact
from pipeline.verify.proven import Proven

__all__ = [
    "CollectedNote",
    "Difference",
    "PackageError",
    "PackedNote",
    "Proven",
    "ReadPackage",
    "Verifier",
    "package_guids",
    "read_collection",
    "read_package",
    "verify_artifact",
]
