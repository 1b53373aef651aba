"""The pictures in a PDF against those that were saved: each looks like one of them."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

__all__ = ["picture_differences"]

_GRID: Final = 8  # a picture is known by the mean colours of so many fields in each direction
_LIKE: Final = 12.0  # how far, of 255, two pictures that are one may be apart after other coding

Look = bytes


def picture_differences(file: pikepdf.Pdf, saved: Iterable[bytes]) -> Iterator[str]:
    """Yield the pictures of a file that are none of those that were saved with the pages, which are read if need be."""
    looks: list[Look] | None = None
    images = [one for one in file.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    masks = {image.SMask.objgen for image in images if "/SMask" in image}
    for thing in images:
        if thing.objgen in masks:
            continue
        looks = [look for data in saved for look in _looks(data)] if looks is None else looks
        try:
            look = _look(pikepdf.PdfImage(thing).as_pil_image())
        except (pikepdf.PdfError, NotImplementedError, ValueError, OSError) as error:
            yield f"the picture {thing.objgen[0]} cannot be read: {error}"
            continue
        if not any(_apart(look, other) <= _LIKE for other in looks):
            yield f"the picture {thing.objgen[0]} is none of those that were saved"


def _looks(data: bytes) -> Iterator[Look]:
    """Yield how a saved picture looks, as it lies there and as its camera was held; nothing if it is none."""
    try:
        with Image.open(BytesIO(data)) as image:
            yield _look(image)
            yield _look(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return


def _look(image: Image.Image) -> Look:
    return image.convert("RGBA").convert("RGB").resize((_GRID, _GRID), Image.Resampling.BOX).tobytes()


def _apart(one: Look, other: Look) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)
