"""What could not be printed as it stands, told once for each cause: however many records say it, it is one line."""

from collections.abc import Iterable

from pipeline.exporters.protocol import Oddity

__all__ = ["told"]


def told(findings: Iterable[tuple[str, str]]) -> list[Oddity]:
    """Return one for each cause. A finding is a record's id and a message: the cause, a colon, the thing itself."""
    causes: dict[str, dict[str, str]] = {}  # cause -> thing -> the first record that has it
    for record_id, message in findings:
        cause, _, thing = message.partition(": ")
        things = causes.setdefault(cause, {})
        things[thing] = things.get(thing) or record_id
    return [Oddity(cause, things) for cause, things in causes.items()]
