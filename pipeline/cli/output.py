"""The two streams that we print to: a terminal may lack characters, a reader may leave, a disk may be full."""

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["escape_what_is_lacking", "json_text", "readers_may_leave", "screen", "silence_broken_streams"]


class _AsciiStream(io.TextIOWrapper):
    """A stream in ASCII of which Click does not see the bytes: it would print UTF-8 past it."""

    buffer = None  # type: ignore[assignment]


def escape_what_is_lacking() -> None:
    r"""Print characters that a stream's encoding lacks as Python writes them: `\xb7`."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper) or isinstance(stream, _AsciiStream):
            continue
        stream.reconfigure(errors="backslashreplace")
        if codecs.lookup(stream.encoding).name == "ascii":
            replaced = _AsciiStream(stream.buffer, "ascii", "backslashreplace", line_buffering=True)
            setattr(sys, name, replaced)


def json_text(value: Any, indent: int | None = 2) -> str:
    """Return plain data as JSON that standard output can take: with JSON's own escapes where it is not Unicode."""
    import json  # not for `-h`

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return json.dumps(value, ensure_ascii=not encoding.lower().startswith("utf"), indent=indent)


@contextlib.contextmanager
def readers_may_leave() -> Iterator[None]:
    """Go on where the reader of our output has left (`guidepress all | head`): nobody is there to be told anything."""
    try:
        yield
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:
        silence_broken_streams()


def silence_broken_streams() -> None:
    """Lead the streams that take no more into the void, or Python would complain when it ends."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # there is none where it was closed: `>&-`
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def screen(*, stderr: bool = False, width: int | None = None) -> "Console":
    """Return a console on a standard stream; `--no-color` and `NO_COLOR` take all styles from it.

    Where no terminal says how wide it is, lines are `width` wide.
    """
    from pipeline.cli.console import Screen

    context = click.get_current_context(silent=True)
    plain = context is not None and context.color is False
    console = Screen(stderr=stderr, color_system=None if plain else "auto", highlight=False)
    if width and not console.is_terminal:
        console.width = width
    return console
