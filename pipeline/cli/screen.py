"""Where is printed: streams that are coloured only for a person who wants colours."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["screen"]


def screen(*, stderr: bool = False, width: int | None = None) -> "Console":
    """Return a console on a standard stream; `--no-color` and `NO_COLOR` take all styles from it.

    Where no terminal says how wide it is, lines are `width` wide.
    """
    from rich.console import Console

    context = click.get_current_context(silent=True)
    plain = context is not None and context.color is False
    console = Console(stderr=stderr, color_system=None if plain else "auto", highlight=False)
    if width and not console.is_terminal:
        console.width = width
    return console
