"""What was found right in an artifact before, part by part, so that an edit does not cost the reading of the others."""

from collections.abc import Collection

from pipeline.exporters import DIGEST_BYTES

__all__ = ["Proven"]


class Proven:
    """The digests of parts that this code found right, and of those that it finds right now.

    A digest is of all that decides whether the part is right: what was read, and what it was compared with.
    """

    def __init__(self, known: Collection[bytes] = ()) -> None:
        self._known = frozenset(known)
        self.now: list[bytes] = []

    def __contains__(self, digest: bytes) -> bool:
        """Say whether the part was found right before."""
        return digest in self._known

    @classmethod
    def loads(cls, text: str) -> "Proven":
        """Return what `dumps` gave an earlier run."""
        data = bytes.fromhex(text)
        return cls([data[at : at + DIGEST_BYTES] for at in range(0, len(data), DIGEST_BYTES)])

    def dumps(self) -> str:
        """Return what was found right now, as text."""
        return b"".join(self.now).hex()
