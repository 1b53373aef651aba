"""What could not be printed as it stands, told once for each cause: however many records say it, it is one line."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

__all__ = ["told"]

_SHOWN: Final = 8  # things of one cause


def told(findings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a line for each cause. A finding is a record's id and a message: the cause, a colon, the thing itself."""
    causes: dict[str, dict[str, str]] = {}  # cause -> thing -> the first record that has it
    for record_id, message in findings:
        cause, _, thing = message.partition(": ")
        things = causes.setdefault(cause, {})
        things[thing] = things.get(thing) or record_id
    for cause, things in causes.items():
        shown = ", ".join(list(things)[:_SHOWN])
        more = f" and {len(things) - _SHOWN:,} more" if len(things) > _SHOWN else ""
        yield f"{cause}: {shown}{more}{_where(things)}"


def _where(things: Mapping[str, str]) -> str:
    records = list(dict.fromkeys(filter(None, things.values())))
    if not records:  # what stands in titles alone
        return ""
    return f" (in {records[0]})" if len(records) == 1 else f" (in {records[0]}, …)"
