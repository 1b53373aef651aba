"""Lines by blocks that an edit elsewhere leaves as they were: what was made or found of a block can be kept."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["DIGEST_BYTES", "Block", "blocks", "id_of"]

DIGEST_BYTES: Final = 16
# A block ends behind a line whose digest begins so, one of 64 on average: a line that comes, goes or changes leaves the
# blocks around it as they were. None holds more lines, or many more bytes, than these.
_LAST: Final = 4
_MOST_LINES: Final = 1024
_MOST_BYTES: Final = 1 << 20

# How a record's line begins. No text can look so: quotes in texts are escaped.
_ID: Final = re.compile(rb'\{"schema_version":\d+,"kind":"[a-z_]+","id":"([^"\\]+)"')

Block = tuple[bytes, list[bytes]]  # its digest, its lines


def blocks(lines: Iterable[bytes]) -> Iterator[Block]:
    """Yield the lines by blocks."""
    held: list[bytes] = []
    size, digest = 0, hashlib.blake2b(digest_size=DIGEST_BYTES)
    for line in lines:
        of_line = hashlib.blake2b(line, digest_size=DIGEST_BYTES).digest()
        digest.update(of_line)
        held.append(line)
        size += len(line)
        if of_line[0] < _LAST or len(held) == _MOST_LINES or size >= _MOST_BYTES:
            yield digest.digest(), held
            held, size, digest = [], 0, hashlib.blake2b(digest_size=DIGEST_BYTES)
    if held:
        yield digest.digest(), held


def id_of(line: bytes) -> str:
    """Return the id of the record whose line this is, as `dump_record` writes it. Raises ValueError for any other."""
    if found := _ID.match(line):
        return found[1].decode()
    raise ValueError(f"no record begins as {line[:40]!r}")
