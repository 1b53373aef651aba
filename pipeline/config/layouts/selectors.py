"""CSS selectors in layouts: checked when they are read, in the dialect of the parser that will use them."""

from typing import Annotated, Final

from pydantic import AfterValidator
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

__all__ = ["Css", "CssOrAttribute", "split_attribute"]

_HINT: Final = "CSS as in `div.note > p`, `tr:has(th:lexbor-contains('Week')) td`"


def _parses(selector: str) -> str:
    try:
        LexborHTMLParser("<p></p>").css(selector)
    except SelectolaxError:
        raise ValueError(f"not a CSS selector ({_HINT})") from None
    return selector


def _parses_before_attribute(selector: str) -> str:
    _parses(split_attribute(selector)[0])
    return selector


def split_attribute(selector: str) -> tuple[str, str]:
    """Return a selector and the attribute whose value is meant ("" for the element's text): `meta[…] @content`."""
    css, sign, attribute = selector.rpartition(" @")
    return (css.strip(), attribute.strip()) if sign else (selector.strip(), "")


Css = Annotated[str, AfterValidator(_parses)]
CssOrAttribute = Annotated[str, AfterValidator(_parses_before_attribute)]
