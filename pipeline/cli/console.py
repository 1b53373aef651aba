"""Rich's console, but for what it does when the reader of its output has left."""

from typing import NoReturn

from rich.console import Console

__all__ = ["Screen"]


class Screen(Console):
    """A console that tells its caller of a closed pipe, where Rich would end the program with exit code 1."""

    def on_broken_pipe(self) -> NoReturn:
        """Raise the BrokenPipeError again, which is being handled when Rich calls this."""
        raise  # noqa: PLE0704
