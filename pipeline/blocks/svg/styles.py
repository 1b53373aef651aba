"""Style sheets and style attributes of an SVG picture, without what is no style of it or leads out of the file."""

import contextlib
from collections.abc import Iterable
from typing import Any, Final

import tinycss2

from pipeline.blocks.svg.names import PROPERTIES

__all__ = ["clean_declarations", "clean_sheet", "is_harmless"]

# Functions that only compute; `url` is kept for what is within the file. No other can be known to fetch nothing.
_NAMES: Final = """
blur brightness calc circle clamp color color-mix contrast cubic-bezier drop-shadow ellipse grayscale hsl hsla
hue-rotate hwb inset invert lab lch light-dark matrix matrix3d max min oklab oklch opacity path polygon rect rgb rgba
rotate rotatex rotatey rotatez saturate scale scalex scaley sepia skew skewx skewy steps translate translatex
translatey var
"""
_FUNCTIONS: Final = frozenset(_NAMES.split())


def clean_sheet(text: str) -> str:
    """Return a style sheet's rules, those of `@media` among them; no other at-rule is kept."""
    with contextlib.suppress(RecursionError):  # brackets within brackets, hundreds deep: no style of a picture
        return "\n".join(_rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)))
    return ""


def clean_declarations(text: str) -> str:
    """Return the declarations of known properties whose values lead nowhere out of the file."""
    with contextlib.suppress(RecursionError):
        return _declarations(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True))
    return ""


def is_harmless(value: str) -> bool:
    """Say whether an attribute's value, read as CSS, refers to nothing but what is within the file."""
    with contextlib.suppress(RecursionError):
        return "(" not in value or _leads_nowhere(tinycss2.parse_component_value_list(value))
    return False


def _rules(nodes: Iterable[Any]) -> Iterable[str]:
    for node in nodes:
        prelude = tinycss2.serialize(node.prelude).strip() if node.type in ("qualified-rule", "at-rule") else ""
        if node.type == "qualified-rule" and _leads_nowhere(node.prelude, functions=True):
            inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            if style := _declarations(inside):
                yield f"{prelude} {{ {style} }}"
        elif node.type == "at-rule" and node.lower_at_keyword == "media" and node.content is not None:
            within = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            qualified = (rule for rule in within if rule.type == "qualified-rule")
            yield f"@media {prelude} {{ {' '.join(_rules(qualified))} }}"


def _declarations(nodes: Iterable[Any]) -> str:
    return "; ".join(
        node.serialize().strip()
        for node in nodes
        if node.type == "declaration"
        and (node.lower_name in PROPERTIES or node.lower_name.startswith("--"))
        and _leads_nowhere(node.value)
    )


def _leads_nowhere(nodes: Iterable[Any], *, functions: bool = False) -> bool:
    """Say whether no token of a value, or in its blocks, is an address or (but in selectors) an unknown function."""
    for node in nodes:
        inner: Iterable[Any] = ()
        match node.type:
            case "url":
                if not node.value.strip().startswith("#"):
                    return False
            case "function" if node.lower_name == "url":
                strings = [part for part in node.arguments if part.type != "whitespace"]
                if len(strings) != 1 or strings[0].type != "string" or not strings[0].value.strip().startswith("#"):
                    return False
            case "function":
                if not functions and node.lower_name not in _FUNCTIONS:
                    return False
                inner = node.arguments
            case "() block" | "[] block" | "{} block":
                inner = node.content
            case "error":
                return False
        if not _leads_nowhere(inner, functions=functions):
            return False
    return True
