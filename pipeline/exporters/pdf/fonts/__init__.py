"""The bundled fonts: their files, what they can draw, and how they are cut for print."""

from pipeline.exporters.pdf.fonts.characters import blank_form, boxed_form, drawable, script_of
from pipeline.exporters.pdf.fonts.files import cut_font, measures
from pipeline.exporters.pdf.fonts.instancing import static_faces
from pipeline.exporters.pdf.fonts.typefaces import FACES, face_css, fonts_digest

__all__ = [
    "FACES",
    "blank_form",
    "boxed_form",
    "cut_font",
    "drawable",
    "face_css",
    "fonts_digest",
    "measures",
    "script_of",
    "static_faces",
]
