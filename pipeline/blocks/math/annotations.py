"""The TeX that MathML carries beside what it shows, in an `annotation`."""

import re
from typing import Final

from bs4 import Tag

from pipeline.blocks.math.mathml import local_name
from pipeline.blocks.math.tex import clean_tex

__all__ = ["annotation_tex"]

_TEX_ENCODING: Final = re.compile(r"tex\b|latex", re.IGNORECASE)


def annotation_tex(scope: Tag) -> str:
    """Return the TeX that annotates the formula; one within it may annotate but a part."""
    for annotation in scope.find_all(lambda tag: local_name(tag) == "annotation"):
        if not _annotates_all(annotation):
            continue
        if _TEX_ENCODING.search(str(annotation.get("encoding") or "")) and (tex := clean_tex(annotation.get_text())):
            return tex
    return ""


def _annotates_all(annotation: Tag) -> bool:
    """Say whether what an annotation annotates is all of its `math` element: up to there, nothing stands beside it."""
    inner = annotation.parent
    while inner is not None and local_name(inner) != "math":
        outer = inner.parent
        if outer is None or not _is_whole(inner, outer):
            # Where a sanitiser took the elements of MathML, there is none above to ask.
            return annotation.find_parent(lambda tag: local_name(tag) == "math") is None
        inner = outer
    return True


def _is_whole(inner: Tag, outer: Tag) -> bool:
    """Say whether an element is all that another one shows: of `semantics`, that is its first child."""
    shown = [part for part in outer.contents if isinstance(part, Tag) or str(part).strip()]
    return bool(shown) and shown[0] is inner and (len(shown) == 1 or local_name(outer) == "semantics")
