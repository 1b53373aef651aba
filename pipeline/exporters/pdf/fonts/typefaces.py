"""The bundled fonts: which files, and how they are cut to static faces.

All come from the package `justmytype-western-core` (SIL Open Font License), none from the machine. Its text fonts are
variable; WeasyPrint instances such fonts anew for every file it writes (measured: a third of a chunk's time), so a
worker cuts the few faces that we use once, with the HarfBuzz that Pango brings along.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata, resources
from typing import Final

__all__ = ["FACES", "FONT_PACKAGE", "Face", "face_css", "fonts_digest", "read_font"]

FONT_PACKAGE: Final = "justmytype-western-core"
_MODULE: Final = "justmytype_western_core"


@dataclass(frozen=True, slots=True)
class Face:
    """One face as the style sheets name it; `axes` is what a variable font is pinned to, empty if it is static."""

    name: str
    family: str
    file: str  # below the package's `fonts/ofl`
    weight: int = 400
    italic: bool = False
    axes: tuple[tuple[str, float], ...] = ()


def _serif(name: str, *, weight: int, italic: bool) -> Face:
    file = "sourceserif4/SourceSerif4-Italic[opsz,wght].ttf" if italic else "sourceserif4/SourceSerif4[opsz,wght].ttf"
    # CSS `bold` is set as 600: beside this roman, 700 is a blot on a photocopy.
    axes = (("opsz", 11.0), ("wght", 600.0 if weight > 400 else 400.0))
    return Face(name, "Text", file, weight, italic, axes)


_INTER: Final = "inter/Inter[opsz,wght].ttf"
_MONO: Final = "jetbrainsmono/JetBrainsMono[wght].ttf"
_NOTO_SERIF: Final = "notoserif/NotoSerif[wdth,wght].ttf"
_NOTO_SANS: Final = "notosans/NotoSans[wdth,wght].ttf"
_NOTO_MONO: Final = "notosansmono/NotoSansMono[wdth,wght].ttf"
_NARROWLESS: Final = (("wdth", 100.0), ("wght", 400.0))

FACES: Final = (
    _serif("text", weight=400, italic=False),
    _serif("text-italic", weight=400, italic=True),
    _serif("text-bold", weight=700, italic=False),
    _serif("text-bold-italic", weight=700, italic=True),
    Face("display", "Display", "sourceserif4/SourceSerif4[opsz,wght].ttf", 600, axes=(("opsz", 28.0), ("wght", 600.0))),
    Face("label", "Label", _INTER, 400, axes=(("opsz", 14.0), ("wght", 400.0))),
    Face("label-bold", "Label", _INTER, 600, axes=(("opsz", 14.0), ("wght", 600.0))),
    Face("code", "Code", _MONO, 400, axes=(("wght", 400.0),)),
    Face("code-bold", "Code", _MONO, 700, axes=(("wght", 700.0),)),
    # What the text fonts lack: extended Greek and Cyrillic, signs, arrows, mathematics, box drawing.
    Face("more-serif", "More Serif", _NOTO_SERIF, axes=_NARROWLESS),
    Face("more-math", "More Math", "stixtwomath/STIXTwoMath-Regular.ttf"),
    Face("more-symbols", "More Symbols", "notosanssymbols2/NotoSansSymbols2-Regular.ttf"),
    Face("more-sans", "More Sans", _NOTO_SANS, axes=_NARROWLESS),
    Face("more-mono", "More Mono", _NOTO_MONO, axes=_NARROWLESS),
)


def read_font(file: str) -> bytes:
    """Return the bytes of a font file of the package.

    Raises ModuleNotFoundError if the package is missing, FileNotFoundError if it has no such file.
    """
    return resources.files(_MODULE).joinpath("fonts", "ofl", *file.split("/")).read_bytes()


def fonts_digest() -> str:
    """Return what the faces depend on, as 64 hex digits: the package's version, files and axes."""
    version = metadata.version(FONT_PACKAGE)
    return hashlib.sha256(repr((version, FACES)).encode()).hexdigest()


def face_css(faces: Iterable[Face] = FACES) -> str:
    """Return the `@font-face` rules; their addresses are served from memory (`handout:font/<name>`)."""
    rules = (
        f'@font-face{{font-family:"{face.family}";src:url(handout:font/{face.name});'
        f"font-weight:{face.weight};font-style:{'italic' if face.italic else 'normal'}}}"
        for face in faces
    )
    return "\n".join(rules)
