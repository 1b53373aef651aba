"""Readings of pieces of TeX, and how one is put together from others."""

from typing import NamedTuple

from pipeline.blocks.math.reading.signatures import Template

__all__ = ["Reading", "filled"]


class Reading(NamedTuple):
    """What a piece of TeX shows, in the order of MathML and in that of KaTeX's HTML, and where the piece ends.

    A space stands where white space may show.
    """

    linear: str
    drawn: str
    end: int


def filled(template: Template, arguments: list[Reading], extra: Reading | None, end: int) -> Reading:
    """Return what a command shows with its arguments, and with the one in square brackets."""
    linear, drawn = template.linear, template.drawn
    optional = extra or Reading("", "", end)
    return Reading(
        linear.format(*(argument.linear for argument in arguments), x=optional.linear),
        drawn.format(*(argument.drawn for argument in arguments), x=optional.drawn),
        end,
    )
