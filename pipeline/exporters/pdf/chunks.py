"""Where a course is cut into pieces that are drawn and cached on their own."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

__all__ = ["MEAN_RECORDS", "cut"]

_T = TypeVar("_T")

MEAN_RECORDS: Final = 20
# A chunk never grows beyond this, or one process would need too much memory. The cut that it forces lasts only to the
# next one that the ids ask for.
_MOST_RECORDS: Final = 60


def cut(records: Iterable[tuple[str, _T]]) -> Iterator[list[_T]]:
    """Yield the records, given as (id, value), in chunks of about 20.

    A chunk begins where the hash of a record's id says so, whatever stands before it: an insertion or a removal moves
    one boundary, and every other chunk stays as it is, and stays cached.
    """
    chunk: list[_T] = []
    for record_id, value in records:
        if chunk and (_begins_chunk(record_id) or len(chunk) == _MOST_RECORDS):
            yield chunk
            chunk = []
        chunk.append(value)
    if chunk:
        yield chunk


def _begins_chunk(record_id: str) -> bool:
    return int.from_bytes(hashlib.sha256(record_id.encode()).digest()[:4], "big") % MEAN_RECORDS == 0
