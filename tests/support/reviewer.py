"""How Anki's reviewers draw a card: their stylesheets, and which declaration of all holds for an element."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import cssselect2
import tinycss2
import tinyhtml5
from tinycss2.color3 import parse_color

from places import ROOT

# What these draw below a card: the classes on the body, and where the rules are from.
DESKTOP = "isLin"
DARK_DESKTOP = "isLin nightMode night_mode"
DARK_DROID = "night_mode ankidroid_dark_mode"
BLACK_DROID = "night_mode"
DARK_PHONE = "nightMode"
# The rules of AnkiDroid's flashcard.css about the night, said in our words: what they colour, and how strongly.
DROID = "body.night_mode{color:white;background-color:black} body.ankidroid_dark_mode{background-color:#303030}"


def wheel() -> zipfile.ZipFile | None:
    """Return Anki's desktop as `make setup` fetched it; None if there was no network then."""
    found = sorted((ROOT / ".venv" / "reviewer").glob("aqt-*.whl"))
    return zipfile.ZipFile(found[-1]) if found else None


def desktop_css() -> str:
    """Return the stylesheets of the desktop's reviewer, in its order."""
    package = wheel()
    assert package is not None
    with package:
        return "\n".join(package.read(f"_aqt/data/web/css/{name}.css").decode() for name in ("webview", "reviewer"))


def page(side: str, body_class: str, css: str) -> str:
    """Return a side of a card as the reviewer's document holds it."""
    night = "night-mode" if "night" in body_class else ""
    return (
        f'<!doctype html><html class="{night}" dir="ltr"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{css}</style></head>'
        f'<body class="card card1 {body_class}"><div id="_mark" hidden>★</div>'
        f'<div id="qa" dir="auto">{side}</div></body></html>'
    )


class Text(NamedTuple):
    """A text of a page: its element (with a pseudo-element's name), what colours it has, what is said of it."""

    of: str
    ratio: float
    style: Mapping[str, str]


def texts(document: str, *sheets: str) -> Iterator[Text]:
    """Yield every element that shows a text of its own, and what is generated before and after elements."""
    matcher = cssselect2.Matcher()
    order = 0
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            declared = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            values = [
                (one.lower_name if one.name[:2] != "--" else one.name, one)
                for one in declared
                if one.type == "declaration"
            ]
            for part in _parts(rule.prelude):
                try:
                    for selector in cssselect2.compile_selector_list(part):
                        matcher.add_selector(selector, (order, values))
                except cssselect2.SelectorError:
                    continue
                order += 1
    root = cssselect2.ElementWrapper.from_html_root(tinyhtml5.parse(document, namespace_html_elements=False))
    yield from _of(root, {}, [], matcher)


def _parts(prelude: Sequence[Any]) -> list[str]:
    """Return each selector of a list by itself: an unknown one must not take the others along."""
    return [part for part in re.split(r",(?![^()]*\))", tinycss2.serialize(prelude)) if part.strip()]


_INHERITED = ("color", "text-decoration")


def _of(element: Any, above: Mapping[str, str], papers: Sequence[str], matcher: Any) -> Iterator[Text]:
    matches = sorted(matcher.match(element), key=lambda match: (match[0], match[3][0]))
    inherited = {name: value for name, value in above.items() if name.startswith("--") or name in _INHERITED}
    own = _computed(inherited, [match[3][1] for match in matches if match[2] is None])
    below = [*papers, own["background-color"]] if _seen(own.get("background-color")) else papers
    assert float(own.get("opacity", "1")) == 1, f"{element.local_name} is not opaque"
    node = element.etree_element
    if node.tag not in ("head", "style", "script") and "hidden" not in node.attrib:
        name = f"{node.tag}.{node.get('class', '')}"
        if (node.text or "").strip() or any((child.tail or "").strip() for child in node):
            yield Text(name, contrast(own["color"], below[-1]), own)
        for pseudo in ("before", "after"):
            rules = [match[3][1] for match in matches if match[2] == pseudo]
            if rules:
                shown = _computed(dict(own, **{"background-color": ""}), rules)
                yield Text(f"{name}::{pseudo}", contrast(shown["color"], below[-1]), shown)
        for child in element.iter_children():
            yield from _of(child, own, below, matcher)


def _computed(start: Mapping[str, str], rules: Sequence[Any]) -> dict[str, str]:
    said = dict(start)
    for important in (False, True):
        for values in rules:
            for name, one in values:
                if one.important == important:
                    said["background-color" if name == "background" else name] = tinycss2.serialize(one.value).strip()
    for _ in range(3):  # a variable may stand for another
        said = {name: _resolved(value, said) for name, value in said.items()}
    return said


def _resolved(value: str, variables: Mapping[str, str]) -> str:
    return re.sub(r"var\((--[\w-]+)\)", lambda match: variables.get(match[1], ""), value)


def _seen(colour: str | None) -> bool:
    parsed = parse_color(colour) if colour else None
    return bool(parsed and parsed != "currentColor" and parsed.alpha == 1)


def contrast(ink: str, paper: str) -> float:
    """Return the contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parsed = parse_color(colour)
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parsed[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
