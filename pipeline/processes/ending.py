"""How workers end, and what signals mean to them: a killed parent takes its workers with it."""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Final

__all__ = ["INTERRUPTS", "end_with", "own_signals", "signals_held"]

# By which a person or the system asks a run to end. SIGHUP: the terminal was closed; there is none on Windows.
INTERRUPTS: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
_BETWEEN: Final = 0.5  # seconds between two looks at the parent


def end_with(parent: int) -> None:
    """Let this process end when `parent` does, however that comes about: one that is stuck would go on for ever.

    Linux sends a signal when the *thread* that started this process ends (prctl(2)); elsewhere a thread keeps looking.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    elif hasattr(os, "fork"):
        threading.Thread(target=_keep_looking, args=(parent,), daemon=True).start()
    else:
        return
    if os.getppid() != parent:
        os._exit(1)


def _keep_looking(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_BETWEEN)
    os._exit(1)


def own_signals() -> None:
    """Give a worker process its own answers to signals, whatever it inherited.

    Ctrl-C reaches the whole process group: the run's own process decides what becomes of its workers.
    """
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)


@contextlib.contextmanager
def signals_held() -> Iterator[None]:
    """Keep interrupts waiting during a fork: what a handler raises in Python's own fork hooks is printed and lost."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
