"""Where a course is cut into pieces that are drawn and cached on their own."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

__all__ = ["TERMS", "ChunkSize", "cut"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ChunkSize:
    """How many records of a kind are drawn together: limits, and one in how many records begins a chunk."""

    fewest: int
    most: int
    one_in: int


# A chunk of terms has at least 8 (each chunk begins a page, which wastes half of one), at most 32 (one process would
# need too much memory), and between them a cut before one record in 14: 20 on average. A cut that a limit moves lasts
# only to the next one that both sides of an edit agree on.
TERMS: Final = ChunkSize(fewest=8, most=32, one_in=14)


def cut(records: Iterable[tuple[str, _T]], size: ChunkSize = TERMS) -> Iterator[list[_T]]:
    """Yield the records, given as (id, value), in chunks of about 20 (or as `size` says).

    A chunk begins where the hash of a record's id says so: an insertion or a removal moves a boundary or two, and every
    other chunk stays as it is, and stays cached.
    """
    chunk: list[_T] = []
    for record_id, value in records:
        if len(chunk) == size.most or (len(chunk) >= size.fewest and _begins_chunk(record_id, size.one_in)):
            yield chunk
            chunk = []
        chunk.append(value)
    if chunk:
        yield chunk


def _begins_chunk(record_id: str, one_in: int) -> bool:
    return int.from_bytes(hashlib.sha256(record_id.encode()).digest()[:4], "big") % one_in == 0
