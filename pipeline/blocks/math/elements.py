"""Formulas in a page's elements: KaTeX, MathJax 2 to 4, MathML, and pictures that carry their TeX."""

import re
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, Tag

from pipeline.blocks.attributes import classes_of
from pipeline.blocks.math.annotations import annotation_tex
from pipeline.blocks.math.mathml import local_name, mathml_to_tex
from pipeline.blocks.math.redrawn import copies_after, draws_again, is_math
from pipeline.blocks.math.tex import clean_tex

__all__ = ["MathFound", "is_visual_copy", "may_be_math", "read_math"]

_TAGS: Final = frozenset(("math", "script", "mjx-container", "img"))
_CLASS: Final = re.compile(r"katex|mathjax|mjx|mwe-math|\bmath\b|math-(?:inline|display|tex)|ql-formula", re.IGNORECASE)
# Attributes in which renderers and editors keep a formula's source.
_SURE_ATTRIBUTES: Final = ("data-latex", "data-tex", "data-katex")
_TEX_ATTRIBUTES: Final = (*_SURE_ATTRIBUTES, "data-equation", "data-formula", "data-math", "data-expr")
_ATTRIBUTE_NAMES: Final = frozenset(_TEX_ATTRIBUTES)
_KATEX: Final = frozenset(("katex", "katex-display", "katex-mathml"))
_MATHJAX2: Final = re.compile(
    r"MathJax(?:_(?:Display|SVG|SVG_Display|CHTML|MathML|PHTML|Preview))?|MJXc-display|mjx-chtml"
)
_UNRENDERED: Final = frozenset(("inline", "display", "math-inline", "math-display"))
_PICTURE_CLASS: Final = frozenset(
    ("latex", "tex", "math", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display")
)
_PICTURE_SOURCE: Final = re.compile(r"codecogs\.com/|latex\.php|/math/render/|chart\?cht=tx|mathtex\.cgi|mimetex\.cgi")
_TEX_SIGN: Final = re.compile(r"\\[A-Za-z]|[\^_{]")
_SWITCHES: Final = frozenset(("", "true", "false", "1", "0", "inline", "block", "display"))
_CDATA: Final = re.compile(r"(?:%\s*+|(?<![%\s])\s++)?(?:<!\[CDATA\[|\]\]>)")
_NEARBY: Final = 3  # siblings between MathJax 2's drawing and its script: preview, drawing, white space


@dataclass(frozen=True, slots=True)
class MathFound:
    """A formula: its TeX without delimiters, and how many of the next sibling elements only draw it again."""

    tex: str
    display: bool
    skip_next: int = 0


def may_be_math(tag: Tag) -> bool:
    """Return False where `read_math` and `is_visual_copy` certainly find nothing: a quick test, on attributes alone."""
    attrs = tag.attrs
    if not attrs:
        return tag.name == "math" or tag.name.endswith(":math")
    if tag.name in _TAGS or tag.name.endswith(":math"):
        return True
    return (
        ("class" in attrs and _CLASS.search(classes_of(tag)) is not None)
        or "aria-hidden" in attrs
        or not _ATTRIBUTE_NAMES.isdisjoint(attrs)
    )


def read_math(tag: Tag) -> MathFound | None:
    """Return the formula whose outermost element is `tag`, or None.

    TeX that the page carries comes first (annotation, data attribute, script, alternative text), then MathML,
    converted. None means that `tag` is no formula, or that it has nothing to read: then its text stays text.
    """
    if not may_be_math(tag):
        return None
    name = local_name(tag)
    if name == "script":
        return _script(tag)
    if name == "img":
        return _picture(tag)
    if name == "math":
        return _rooted(tag, tag)
    if name == "mjx-container":
        return _rooted(tag, tag)
    classes = frozenset(classes_of(tag).split())
    if classes & _KATEX:
        return _rooted(tag, tag)
    if any(_MATHJAX2.fullmatch(word) for word in classes):
        return None if _script_after(tag) else _mathjax2(tag)
    if "mwe-math-element" in classes:
        return _rooted(tag, tag) or next((found for img in tag.find_all("img") if (found := _picture(img))), None)
    if "katex-html" not in classes and (tex := _attribute_tex(tag)):
        return MathFound(tex, _is_display(tag))
    if ("math" in classes and classes & _UNRENDERED) or classes & {"math-inline", "math-display"}:
        return _unrendered(tag, display="display" in classes or "math-display" in classes)
    return None


def is_visual_copy(tag: Tag) -> bool:
    """Say whether `tag` only draws a formula that another element gives: to be skipped, and no visible text."""
    if not may_be_math(tag):
        return False
    if tag.name == "img":
        return _is_fallback_picture(tag)
    classes = frozenset(classes_of(tag).split())
    if "katex-html" in classes:
        before = tag.find_previous_sibling()
        return isinstance(before, Tag) and (local_name(before) == "math" or before.find("math") is not None)
    if any(_MATHJAX2.fullmatch(word) for word in classes):
        if _script_after(tag):
            return True
        return "MathJax_Preview" in classes and _is_preview_of_next(tag)
    return draws_again(tag)


# -- where the TeX stands ----------------------------------------------------------------------------------------------


def _rooted(root: Tag, scope: Tag) -> MathFound | None:
    """Return the formula within `scope`, whose outermost element is `root`."""
    math = scope if local_name(scope) == "math" else scope.find(is_math)
    math = math if isinstance(math, Tag) else None
    tex = annotation_tex(scope) or _attribute_tex(scope) or _inner_attribute(scope)
    if not tex and math is not None:
        tex = clean_tex(str(math.get("alttext") or "")) or mathml_to_tex(math)
    if not tex:
        return None
    return MathFound(tex, _is_display(root) or (math is not None and _is_display(math)), copies_after(root, math))


def _attribute_tex(tag: Tag) -> str:
    """Return the TeX that an element keeps in an attribute of its own, or an empty string."""
    for name in _TEX_ATTRIBUTES:
        value = str(tag.get(name) or "")
        if value.lower() not in _SWITCHES and (name in _SURE_ATTRIBUTES or _TEX_SIGN.search(value)):
            return clean_tex(value)
    classes = classes_of(tag).split()
    if "ql-formula" in classes:
        return clean_tex(str(tag.get("data-value") or ""))
    label = str(tag.get("aria-label") or "")
    return clean_tex(label) if "katex" in classes and _TEX_SIGN.search(label) else ""


def _inner_attribute(scope: Tag) -> str:
    """Return the TeX that a renderer's inner element keeps: MathJax 4's `mjx-math`, KaTeX's `katex-html`."""
    for inner in scope.find_all(limit=_NEARBY):
        if tex := _attribute_tex(inner):
            return tex
        label = str(inner.get("aria-label") or "")
        if "katex-html" in classes_of(inner) and _TEX_SIGN.search(label):
            return clean_tex(label)
    return ""


def _is_display(tag: Tag) -> bool:
    classes = classes_of(tag)
    return (
        str(tag.get("display") or "").lower() in ("block", "true")
        or "katex-display" in classes
        or re.search(r"MathJax(?:_SVG)?_Display|MJXc-display|fallback-image-display|\bmath-display\b", classes)
        is not None
        or (bool(classes) and "display" in classes.split())
    )


# -- kinds of elements -------------------------------------------------------------------------------------------------


def _script(tag: Tag) -> MathFound | None:
    """Return the formula of a `script type="math/tex"` or `math/mml` (MathJax 2)."""
    kind, _, mode = str(tag.get("type") or "").lower().partition(";")
    source = _CDATA.sub("", tag.string or tag.get_text())
    if kind.strip() == "math/tex":
        tex = clean_tex(source)
        return MathFound(tex, "display" in mode) if tex else None
    return _of_mathml(source) if kind.strip() == "math/mml" else None


def _of_mathml(source: str) -> MathFound | None:
    math = BeautifulSoup(source, "lxml").find(is_math) if "math" in source else None
    return _rooted(math, math) if isinstance(math, Tag) else None


def _mathjax2(tag: Tag) -> MathFound | None:
    """Return the formula that MathJax 2 drew, where its script is gone: from the MathML that it left behind."""
    found = _rooted(tag, tag)
    if found is None:
        holder = tag if tag.get("data-mathml") else tag.select_one("[data-mathml]")
        found = _of_mathml(str(holder.get("data-mathml"))) if isinstance(holder, Tag) else None
    return MathFound(found.tex, found.display or _is_display(tag)) if found else None


def _script_after(tag: Tag) -> bool:
    """Say whether a script that can be read follows MathJax 2's drawing, or its preview."""
    following: Tag | None = tag
    for _ in range(_NEARBY):
        following = following.find_next_sibling() if following else None
        if following is None:
            return False
        if following.name == "script":
            return _script(following) is not None
        if not any(_MATHJAX2.fullmatch(word) for word in classes_of(following).split()):
            return False
    return False


def _is_preview_of_next(tag: Tag) -> bool:
    """Say whether a formula follows MathJax 2's preview; a display closes the paragraph that the preview is in."""
    following = tag.find_next_sibling() or (tag.parent.find_next_sibling() if tag.parent else None)
    return isinstance(following, Tag) and (read_math(following) is not None or is_visual_copy(following))


def _unrendered(tag: Tag, *, display: bool) -> MathFound | None:
    """Return bare TeX that waits for a renderer (Pandoc's and remark's `math inline`)."""
    text = tag.get_text()
    if tag.find() is not None or not text.strip() or re.match(r"\s*(?:\\[(\[]|\$)", text):
        return None  # drawn already, or delimited: found in the text
    return MathFound(clean_tex(text), display)


def _picture(tag: Tag) -> MathFound | None:
    """Return the formula of a picture whose `alt` is TeX."""
    alt = str(tag.get("alt") or "").strip()
    classes = frozenset(classes_of(tag).split())
    if not alt or not (classes & _PICTURE_CLASS or _PICTURE_SOURCE.search(str(tag.get("src") or ""))):
        styled = alt.startswith(("{\\displaystyle", "{\\textstyle"))
        return MathFound(clean_tex(alt), display=False) if styled and not _is_fallback_picture(tag) else None
    if _is_fallback_picture(tag):
        return None
    return MathFound(clean_tex(alt), _is_display(tag))


def _is_fallback_picture(tag: Tag) -> bool:
    """Say whether a picture repeats the formula in front of it (Wikipedia writes both)."""
    raw = str(tag.get("alt") or "")
    before = tag.find_previous_sibling() if _TEX_SIGN.search(raw) or "class" in tag.attrs else None
    if before is None:
        return False
    alt = clean_tex(raw)
    math = before.find(is_math) if isinstance(before, Tag) and before.name in ("span", "div") else before
    return isinstance(math, Tag) and local_name(math) == "math" and clean_tex(str(math.get("alttext") or "")) == alt
