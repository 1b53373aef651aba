"""A page's pictures: those saved with it become media by content, others keep their address, never fetched.

An SVG picture is media without what may run or lead out of it: it is cleaned before anything is made of its bytes.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote_to_bytes, urljoin

from pipeline.blocks.model import Block, Mark, Page, Run
from pipeline.blocks.svg import clean_svg
from pipeline.pages import AssetSource

__all__ = ["Picture", "media_type_of", "settle_pictures"]

_PREFIX: Final = 32  # hex digits of the SHA-256 in a media name: no two pictures meet
_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is kept: its name by content, its type, its bytes."""

    name: str
    media_type: str
    data: bytes
    sha256: str


def media_type_of(data: bytes) -> tuple[str, str] | None:
    """Return (media type, extension) of a picture by its first bytes, or None for what is no picture."""
    for magic, media_type, extension in _MAGIC:
        if data.startswith(magic):
            return media_type, extension
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", "webp"
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<svg") or (head.startswith((b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in head):
        return "image/svg+xml", "svg"
    return None


@dataclass(frozen=True, slots=True)
class Settled:
    """A page whose pictures are settled, the pictures, and the files it named (None where one was not found)."""

    page: Page
    pictures: dict[str, Picture]
    used: dict[str, str | None]  # address as written -> SHA-256 of its bytes


def settle_pictures(page: Page, assets: AssetSource) -> Settled:
    """Return the page with `img` addresses made media names, absolute addresses, or, for what is lost, empty."""
    pictures: dict[str, Picture] = {}
    used: dict[str, str | None] = {}
    names: dict[str, str] = {}

    def settled(src: str) -> str:
        if src not in names:
            names[src] = _settle(src, page, assets, pictures, used)
        return names[src]

    blocks = tuple(_with_pictures(block, settled) for block in page.blocks)
    return Settled(replace(page, blocks=blocks), pictures, used)


def _with_pictures(block: Block, settled: Callable[[str], str]) -> Block:
    if not any(run.marks and run.marks[-1].tag == "img" for run in block.runs):
        return block
    runs: list[Run] = []
    for run in block.runs:
        if run.marks and run.marks[-1].tag == "img":
            runs.append(replace(run, marks=(*run.marks[:-1], Mark("img", settled(run.marks[-1].value)))))
        else:
            runs.append(run)
    return replace(block, runs=tuple(runs))


def _settle(
    src: str,
    page: Page,
    assets: AssetSource,
    pictures: dict[str, Picture],
    used: dict[str, str | None],
) -> str:
    data: bytes | None
    if not src:
        return ""
    if src[:5].lower() == "data:":
        data = _data_of(src)
    else:
        asset = assets.read(src)
        data = asset.data if asset is not None else None
        used[src] = hashlib.sha256(data).hexdigest() if data is not None else None
        if data is None:
            return _remote(src, page)
    kind = media_type_of(data) if data is not None else None
    if data is not None and kind is not None and kind[1] == "svg":
        data = clean_svg(data)
    if data is None or kind is None:
        return ""
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{sha256[:_PREFIX]}.{kind[1]}"
    pictures[name] = Picture(name, kind[0], data, sha256)
    return name


def _remote(src: str, page: Page) -> str:
    try:
        address = urljoin(page.url or "", src)
    except ValueError:
        address = ""
    if address.lower().startswith(("http://", "https://")):
        return address
    return ""


def _data_of(src: str) -> bytes | None:
    head, comma, payload = src[5:].partition(",")
    if not comma:
        return None
    raw = unquote_to_bytes(payload)
    if not head.lower().rstrip().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(b"".join(raw.split()) + b"==", validate=False)
    except (binascii.Error, ValueError):
        return None
