"""What exporters log of the courses of a run, joined: one line for each cause, however many courses have it."""

import contextlib
import logging
from collections.abc import Iterator
from typing import Final

from pipeline.exporters import Oddity

__all__ = ["Oddities", "collected_oddities"]

_LOGGER: Final = "pipeline.exporters"


class Oddities(logging.Handler):
    """Keeps what is logged; nothing of it is printed before the bar is gone."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._joined: dict[str, Oddity] = {}
        self._others: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        arguments = record.args if isinstance(record.args, tuple) else ()
        odd = next((one for one in arguments if isinstance(one, Oddity)), None)
        if odd is None:
            self._others[record.getMessage()] = None
        else:
            self._joined[odd.cause] = self._joined.get(odd.cause, Oddity(odd.cause)) | odd

    def lines(self) -> list[str]:
        """Return a line for each cause."""
        return [*self._others, *map(str, self._joined.values())]


@contextlib.contextmanager
def collected_oddities() -> Iterator[Oddities]:
    """Keep what exporters log from here on, instead of having it printed."""
    logger, kept = logging.getLogger(_LOGGER), Oddities()
    propagate = logger.propagate
    logger.addHandler(kept)
    logger.propagate = False
    try:
        yield kept
    finally:
        logger.removeHandler(kept)
        logger.propagate = propagate
