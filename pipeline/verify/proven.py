"""Which lines of a file were found right before: they are not read as records again."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import Final

__all__ = ["Block", "Proven", "blocks"]

# A block ends behind a line whose digest begins so, one of 64 on average: a line that comes, goes or changes leaves the
# blocks around it as they were. No block is longer than the longest.
_LAST: Final = 4
_LONGEST: Final = 1024
_BYTES: Final = 16

Block = tuple[bytes, list[bytes]]  # its digest, its lines


class Proven:
    """The digests of blocks that this code found right, and of those that it finds right now."""

    def __init__(self, known: Collection[bytes] = ()) -> None:
        self._known = frozenset(known)
        self.now: list[bytes] = []

    def __contains__(self, digest: bytes) -> bool:
        """Say whether the block was found right before."""
        return digest in self._known

    @classmethod
    def loads(cls, text: str) -> "Proven":
        """Return what `dumps` gave an earlier run."""
        data = bytes.fromhex(text)
        return cls([data[at : at + _BYTES] for at in range(0, len(data), _BYTES)])

    def dumps(self) -> str:
        """Return what was found right now, as text."""
        return b"".join(self.now).hex()


def blocks(lines: Iterable[bytes]) -> Iterator[Block]:
    """Yield the lines of a file by blocks."""
    held: list[bytes] = []
    digest = hashlib.blake2b(digest_size=_BYTES)
    for line in lines:
        of_line = hashlib.blake2b(line, digest_size=_BYTES).digest()
        digest.update(of_line)
        held.append(line)
        if of_line[0] < _LAST or len(held) == _LONGEST:
            yield digest.digest(), held
            held, digest = [], hashlib.blake2b(digest_size=_BYTES)
    if held:
        yield digest.digest(), held
