"""Static faces cut from variable fonts with HarfBuzz, in a few hundredths of a second each."""

import importlib
from collections.abc import Iterable
from typing import Any, Final

from pipeline.exporters.pdf.fonts.own_glyphs import with_own_glyphs
from pipeline.exporters.pdf.fonts.typefaces import Face, read_font

__all__ = ["HarfBuzzMissingError", "static_faces"]

# The names under which Linux, macOS and Windows know the library.
_LIBRARIES: Final = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")

# https://harfbuzz.github.io/harfbuzz-hb-subset.html; pinning an axis came with HarfBuzz 6.0.
_API: Final = """
typedef struct hb_blob_t hb_blob_t;
typedef struct hb_face_t hb_face_t;
typedef struct hb_set_t hb_set_t;
typedef struct hb_subset_input_t hb_subset_input_t;
hb_blob_t *hb_blob_create(const char *data, unsigned int length, int mode, void *user_data, void *destroy);
void hb_blob_destroy(hb_blob_t *blob);
const char *hb_blob_get_data(hb_blob_t *blob, unsigned int *length);
hb_face_t *hb_face_create(hb_blob_t *blob, unsigned int index);
unsigned int hb_face_get_glyph_count(hb_face_t *face);
hb_blob_t *hb_face_reference_blob(hb_face_t *face);
void hb_face_destroy(hb_face_t *face);
void hb_set_add(hb_set_t *set, uint32_t codepoint);
void hb_set_del(hb_set_t *set, uint32_t codepoint);
void hb_set_add_range(hb_set_t *set, uint32_t first, uint32_t last);
hb_subset_input_t *hb_subset_input_create_or_fail(void);
hb_set_t *hb_subset_input_glyph_set(hb_subset_input_t *input);
hb_set_t *hb_subset_input_set(hb_subset_input_t *input, int set_type);
void hb_subset_input_set_flags(hb_subset_input_t *input, unsigned value);
int hb_subset_input_pin_axis_location(hb_subset_input_t *input, hb_face_t *face, uint32_t axis, float value);
hb_face_t *hb_subset_or_fail(hb_face_t *source, const hb_subset_input_t *input);
void hb_subset_input_destroy(hb_subset_input_t *input);
"""
_READ_ONLY: Final = 1
_LAYOUT_FEATURES: Final = 6
_NO_HINTING_RETAIN_GIDS_NOTDEF: Final = 0x01 | 0x02 | 0x40
# Beyond HarfBuzz's default features (kerning, ligatures, marks): figures of one width, for page numbers.
_EXTRA_FEATURES: Final = ("tnum", "lnum", "sups", "subs")
# Contextual forms make other signs of what is written: an arrow of `-->`.
_UNWANTED_FEATURES: Final = ("calt",)


class HarfBuzzMissingError(OSError):
    """No `libharfbuzz-subset`, or one older than 6.0."""


class _HarfBuzz:
    """The library, opened once for a worker."""

    def __init__(self) -> None:
        self.ffi: Any = importlib.import_module("cffi").FFI()
        self.ffi.cdef(_API)
        self.lib: Any = self._open()

    def _open(self) -> Any:
        for name in _LIBRARIES:
            try:
                library = self.ffi.dlopen(name)
                library.hb_subset_input_pin_axis_location  # noqa: B018  (an older library lacks it)
            except (OSError, AttributeError):
                continue
            return library
        message = f"none of {', '.join(_LIBRARIES)} was found, or it is older than HarfBuzz 6.0"
        raise HarfBuzzMissingError(message)

    def pinned(self, data: bytes, axes: Iterable[tuple[str, float]]) -> bytes:
        """Return the static font at these places of its axes, glyph numbers and kerning kept."""
        ffi, lib = self.ffi, self.lib
        buffer = ffi.from_buffer(data)
        blob = ffi.gc(lib.hb_blob_create(buffer, len(data), _READ_ONLY, ffi.NULL, ffi.NULL), lib.hb_blob_destroy)
        face = ffi.gc(lib.hb_face_create(blob, 0), lib.hb_face_destroy)
        wanted = ffi.gc(lib.hb_subset_input_create_or_fail(), lib.hb_subset_input_destroy)
        lib.hb_set_add_range(lib.hb_subset_input_glyph_set(wanted), 0, lib.hb_face_get_glyph_count(face) - 1)
        features = lib.hb_subset_input_set(wanted, _LAYOUT_FEATURES)
        for feature in _EXTRA_FEATURES:
            lib.hb_set_add(features, int.from_bytes(feature.encode(), "big"))
        for feature in _UNWANTED_FEATURES:
            lib.hb_set_del(features, int.from_bytes(feature.encode(), "big"))
        lib.hb_subset_input_set_flags(wanted, _NO_HINTING_RETAIN_GIDS_NOTDEF)
        for axis, value in axes:
            if not lib.hb_subset_input_pin_axis_location(wanted, face, int.from_bytes(axis.encode(), "big"), value):
                message = f"the font has no axis {axis!r}"
                raise ValueError(message)
        static = lib.hb_subset_or_fail(face, wanted)
        if static == ffi.NULL:
            raise ValueError("HarfBuzz could not cut this font")
        static = ffi.gc(static, lib.hb_face_destroy)
        result = ffi.gc(lib.hb_face_reference_blob(static), lib.hb_blob_destroy)
        length = ffi.new("unsigned int *")
        return bytes(ffi.unpack(lib.hb_blob_get_data(result, length), int(length[0])))


def static_faces(faces: Iterable[Face]) -> dict[str, bytes]:
    """Return each face's font file by the face's name.

    Raises HarfBuzzMissingError if the library that Pango brings along is missing or older than 6.0.
    """
    harfbuzz = _HarfBuzz()
    sources: dict[str, bytes] = {}
    cut = {}
    for face in faces:
        data = sources.setdefault(face.file, read_font(face.file))
        static = harfbuzz.pinned(data, face.axes) if face.axes else data
        cut[face.name] = with_own_glyphs(static)
    return cut
