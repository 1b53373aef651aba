"""A defect of WeasyPrint's line breaking, mended at our side: lines that break behind their first word.

A text that ends in a space and fits into its line only without it (a `<code>` or `<span>` follows) is taken for one
that cannot be split, and the line is broken at the first place there is. Measured in WeasyPrint 70.0; a test notices
when a newer one needs this no more.
"""

from typing import Any, Final

__all__ = ["mend_line_breaks"]

_COLLAPSING: Final = ("normal", "nowrap", "pre-line")


def mend_line_breaks(inline: Any) -> None:
    """Replace `split_first_line` of the module `weasyprint.layout.inline`; once is enough, twice does no harm."""
    given = inline.split_first_line
    if getattr(given, "mended", False):
        return

    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **options: Any
    ) -> tuple[Any, ...]:
        split: tuple[Any, ...] = given(text, style, context, max_width, *rest, **options)
        may_hang = text.endswith(" ") and style["white_space"] in _COLLAPSING
        if may_hang and split[2] is not None and max_width is not None:
            whole: tuple[Any, ...] = given(text.rstrip(" "), style, context, max_width, *rest, **options)
            if whole[2] is None and whole[3] <= max_width:
                return whole
        return split

    split_first_line.mended = True  # type: ignore[attr-defined]
    inline.split_first_line = split_first_line
