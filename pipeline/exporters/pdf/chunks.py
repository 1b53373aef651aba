"""Where a course is cut into pieces that are drawn and cached on their own."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

__all__ = ["cut"]

_T = TypeVar("_T")

# A chunk has at least 8 records (each begins a page, which wastes half of one), at most 40 (one process would need too
# much memory), and between them a cut before one record in 14: 20 on average. A cut that a limit moves lasts only to
# the next one that both sides of an edit agree on.
_FEWEST: Final = 8
_MOST: Final = 40
_ONE_IN: Final = 14


def cut(records: Iterable[tuple[str, _T]]) -> Iterator[list[_T]]:
    """Yield the records, given as (id, value), in chunks of about 20.

    A chunk begins where the hash of a record's id says so: an insertion or a removal moves a boundary or two, and every
    other chunk stays as it is, and stays cached.
    """
    chunk: list[_T] = []
    for record_id, value in records:
        if len(chunk) == _MOST or (len(chunk) >= _FEWEST and _begins_chunk(record_id)):
            yield chunk
            chunk = []
        chunk.append(value)
    if chunk:
        yield chunk


def _begins_chunk(record_id: str) -> bool:
    return int.from_bytes(hashlib.sha256(record_id.encode()).digest()[:4], "big") % _ONE_IN == 0
