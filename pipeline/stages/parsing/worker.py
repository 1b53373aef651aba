"""A worker process: reads and parses one part of a raw file after another."""

import contextlib
import importlib
import os
import sys
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection

from pipeline.config import Settings
from pipeline.processes import end_with, own_signals
from pipeline.stages.parsing.parts import Part
from pipeline.stages.parsing.reading import Leaving, Message, ParsePage, Reader

__all__ = ["Ready", "Said", "work"]


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker's first word: it is able to parse, or, with a traceback, why not."""

    traceback: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the worker, and the processor time that it had used by then."""

    message: Ready | Message
    cpu: float


def work(connection: Connection, parser: str, settings: Settings, fingerprint: str, parent: int) -> None:
    """Answer each part that comes, until the other end is closed.

    `parser` is `module:function`, `parent` the process that is to be worked for, and not to be outlived.
    """
    own_signals()
    end_with(parent)
    _close_all_but(connection.fileno())

    def say(message: Ready | Message) -> None:
        connection.send(Said(message, time.process_time()))

    module, _, name = parser.partition(":")
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            parse: ParsePage = getattr(importlib.import_module(module), name)
        except Exception:  # noqa: BLE001 (the run's own process raises it)
            say(Ready(traceback.format_exc()))
            return
        reader = Reader(parse, settings, fingerprint)
        say(Ready())
        while True:
            part: Part = connection.recv()
            for message in reader.answer(part):
                say(message)
                if isinstance(message, Leaving):
                    return


def _close_all_but(kept: int) -> None:
    """Close what came with the fork: the run's lock on its folder, its database, other workers' pipes."""
    if sys.platform != "linux":  # there nothing was inherited
        return
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
