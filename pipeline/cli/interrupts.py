"""What interrupts a command: Ctrl-C, the system that ends it, a terminal that is closed; once, and never lost."""

import signal
import time
from types import FrameType
from typing import Final

__all__ = ["Interrupts"]

_BURST: Final = 1.0  # seconds within which several signals are one: a closed terminal and its shell send one each


class Interrupts:
    """The signals that are answered by KeyboardInterrupt, so that whatever is open is closed and told (exit code 130).

    Where Python happens to be in a finalizer or a callback, it prints that exception and goes on: so it is also noted
    that there was one, and long work asks between its steps.
    """

    def __init__(self) -> None:
        self._since: float | None = None

    def answer(self) -> None:
        """Answer the signals from here on, but for those that are ignored, as `nohup` has it."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._interrupt)

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._since is None or now - self._since > _BURST:
            self._since = now
            raise KeyboardInterrupt

    def check(self) -> None:
        """Raise KeyboardInterrupt if there was an interrupt."""
        if self._since is not None:
            raise KeyboardInterrupt
