"""Rich text in its one canonical form: a small, sanitised HTML fragment, and the plain text derived from it."""

import html as html_entities
import re
from html.parser import HTMLParser
from typing import Any, Final

import nh3
from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator

from pipeline.records.characters import without_controls
from pipeline.records.safe_tex import safe_tex

__all__ = ["ALLOWED_ATTRIBUTES", "ALLOWED_TAGS", "RichText", "escape", "plain_text", "sanitise"]

# DESIGN section 2: what Anki, MathJax, Moodle, browsers and WeasyPrint all understand.
ALLOWED_TAGS: Final = frozenset(
    [
        "p",
        "br",
        "em",
        "strong",
        "sub",
        "sup",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
        "a",
        "img",
    ]
)
ALLOWED_ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}}
_URL_SCHEMES: Final = {"http", "https", "mailto"}
# A script's or a style's content is never text, and a form's labels are no part of a sentence.
_CONTENT_DROPPED: Final = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "noscript",
    "template",
    "svg",
}

_CLEANER: Final = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    clean_content_tags=_CONTENT_DROPPED,
    attributes={tag: set(names) for tag, names in ALLOWED_ATTRIBUTES.items()},
    url_schemes=set(_URL_SCHEMES),
    link_rel=None,
    strip_comments=True,
)

_LINE_TAGS: Final = frozenset(["p", "li", "tr", "blockquote", "pre", "ul", "ol", "table", "thead", "tbody"])
_CELL_TAGS: Final = frozenset(("td", "th"))


def escape(text: str) -> str:
    """Return plain `text` as an HTML fragment: `&`, `<` and `>` escaped, quotes left as they are."""
    return html_entities.escape(text, quote=False)


def sanitise(fragment: str) -> str:
    """Return `fragment` with nothing but the allow-list left (DESIGN section 2), NBSP as a space, no control character.

    Scripts, handlers, styles, frames, forms and any address that is not http, https or mailto are gone
    (an image's `src` may also be a media name without a scheme), in mathematics as well.
    """
    if "<" not in fragment and "&" not in fragment:
        clean = escape(without_controls(fragment))
    else:
        clean = _CLEANER.clean(fragment).replace("&nbsp;", " ")
        printable = without_controls(clean)
        if printable != clean:  # and an address may be another now
            clean = _CLEANER.clean(printable).replace("&nbsp;", " ")
    return safe_tex(clean.replace("\N{NO-BREAK SPACE}", " "))


class _TextOf(HTMLParser):
    """Collects a canonical fragment's text: blocks on lines of their own, cells apart by a tab."""

    def __init__(self, *, pictures: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pre = 0
        self.pictures = pictures

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or a cell; or say what a picture is called."""
        if tag in _LINE_TAGS or tag == "br":
            self.parts.append("\n")
        elif tag in _CELL_TAGS:
            self.parts.append("\t")
        elif tag == "img" and self.pictures:
            self.handle_data(dict(attrs).get("alt") or "")
        if tag == "pre":
            self.pre += 1

    def handle_endtag(self, tag: str) -> None:
        """End a line."""
        if tag in _LINE_TAGS:
            self.parts.append("\n")
        if tag == "pre":
            self.pre -= 1

    def handle_data(self, data: str) -> None:
        """Keep text, its white space collapsed but in `pre`, where each line is kept as it stands."""
        # A control character that no text can hold marks white space which must survive the last step.
        self.parts.append(data.replace("\n", "\x01").replace(" ", "\x02") if self.pre else re.sub(r"\s+", " ", data))


def plain_text(fragment: str, *, pictures: bool = False) -> str:
    """Return the text of a canonical `fragment`, with `pictures` also what these are called.

    White space is collapsed but in `pre`; paragraphs, list items and table rows stand on lines of their own,
    a row's cells are separated by a tab; mathematics stays as TeX within its delimiters (DESIGN section 2).
    """
    if "<" not in fragment:
        return " ".join(html_entities.unescape(fragment).split())
    parser = _TextOf(pictures=pictures)
    parser.feed(fragment)
    parser.close()
    joined = "".join(parser.parts).replace("\N{NO-BREAK SPACE}", " ")
    cells = ([" ".join(filter(None, cell.split(" "))) for cell in line.split("\t")] for line in joined.split("\n"))
    text = "\n".join(line for row in cells if (line := "\t".join(row).strip("\t")))
    return text.replace("\x01", "\n").replace("\x02", " ").strip()


class RichText(BaseModel):
    """A piece of a page's text: `html` in canonical form, and `text`, always derived from it.

    Validation sanitises `html` and derives `text` anew, so that no other value can exist; a validation context
    `{"trusted": True}` (records that this program wrote) skips both.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    html: str

    @model_validator(mode="before")
    @classmethod
    def _canonical(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, dict) or "html" not in value or (info.context or {}).get("trusted"):
            return value
        fragment = sanitise(str(value["html"]))
        return {**value, "html": fragment, "text": plain_text(fragment)}

    @classmethod
    def of(cls, fragment: str) -> "RichText":
        """Return the rich text of an HTML fragment, sanitised.

        >>> pipeline.RichText.of("Water <em onclick='x()'>moves</em><script>x()</script>.")
        RichText(text='Water moves.', html='Water <em>moves</em>.')

        What is not on the list of elements and attributes that every output understands is gone.
        """
        return cls.model_validate({"html": fragment})

    @classmethod
    def plain(cls, text: str) -> "RichText":
        """Return the rich text that shows plain `text`."""
        return cls.model_validate({"html": escape(text)})

    def __bool__(self) -> bool:
        """Say whether there is anything to see: text, or a picture."""
        return bool(self.text) or "<img" in self.html
