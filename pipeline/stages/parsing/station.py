"""A process beside a Dask worker: it has its own pool of one worker, with the watchdog, and parses batch after batch.

A Dask worker is full of threads, and is not to be forked: a lock that one of them holds would never be let go of.
"""

import os
import sys
import traceback
from collections.abc import Sequence

from pipeline.config import UserError
from pipeline.processes import end_with, own_signals, read_message, write_message
from pipeline.stages.parsing.batches import Batch, Events, Failed
from pipeline.stages.parsing.executor import ProcessPool
from pipeline.stages.parsing.parts import Part

__all__ = ["main"]


def main() -> None:
    """Answer each batch that comes with its events, until standard input ends."""
    own_signals()
    end_with(int(sys.argv[1]))
    # Only messages go to the pipe: whatever a library prints goes where errors go.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    pool: ProcessPool | None = None
    while True:
        try:
            batch: Batch = read_message(sys.stdin.buffer)
        except EOFError:
            return
        pool = pool or ProcessPool(batch.settings, batch.parser, size=1)
        try:
            answer: Events | Failed = _events(pool, batch.parts)
        except UserError as error:
            answer = Failed(error.message, error.hint)
        except Exception:  # noqa: BLE001 (the run's own process raises it)
            answer = Failed(traceback.format_exc(), is_defect=True)
        write_message(replies, answer)


def _events(pool: ProcessPool, parts: Sequence[Part]) -> Events:
    # By identity: two parts may be equal, and what is known of pages cannot be hashed.
    places = {id(part): place for place, part in enumerate(parts)}
    waiting = iter(parts)
    return [(places[id(part)], event) for part, event in pool.run(lambda: next(waiting, None))]


if __name__ == "__main__":
    main()
