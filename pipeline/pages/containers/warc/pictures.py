"""The pictures of a crawl: records with another's address, found where a page names it."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from io import BytesIO
from typing import Final
from urllib.parse import quote, unquote, urldefrag, urljoin

from pipeline.config import Limits
from pipeline.pages.assets import collect_assets, named_files
from pipeline.pages.containers.gunzip import GZIP_MAGIC, Gunzip
from pipeline.pages.containers.http_response import decoded_body
from pipeline.pages.containers.source import Source, Window
from pipeline.pages.containers.streams import ByteStream, Rewound
from pipeline.pages.containers.unzstd import ZSTD_MAGICS, Unzstd, dictionary_of
from pipeline.pages.containers.warc.records import Payload, Record, read_records
from pipeline.pages.containers.warc.spans import spans_of
from pipeline.pages.found import PageError
from pipeline.pages.page import Asset, AssetSource

__all__ = ["Pictures", "places_of", "unpacked"]

# Of a record, packed: more than its headers and those of its response take.
_HEAD: Final = 8192
_PICTURE: Final = re.compile(rb"^content-type:[ \t]*image/", re.IGNORECASE | re.MULTILINE)
_AS_WRITTEN: Final = "!#$%&'*+(),/:;=?@[]~"


def unpacked(window: Window, limits: Limits, dictionary: bytes | None = None) -> ByteStream:
    """Return the content of a part of a WARC file, from a place on where a record begins."""
    head = Rewound(window, 4)
    if head.head.startswith(GZIP_MAGIC):
        return Gunzip(head, ratio=limits.expansion_ratio, free=limits.page_bytes)
    if head.head in ZSTD_MAGICS:
        return Unzstd(head, ratio=limits.expansion_ratio, free=limits.page_bytes, dictionary=dictionary)
    return head


def places_of(source: Source, limits: Limits) -> tuple[tuple[str, int, int], ...] | None:
    """Return the pictures of a WARC file: address, offset, size. None of a file that begins otherwise."""
    with suppress(PageError):
        begun = Rewound(unpacked(source.at(), limits, dictionary_of(source.at())), 64)
        if begun.head.lstrip().startswith(b"WARC/"):
            places = Pictures([("", source)], limits).places
            return tuple((address, offset, size) for address, (_, offset, size) in places.items())
    return None


class Pictures:
    """The pictures of one crawl, by address. Where they are is looked for when a page first names one.

    `sources` are its WARC files, by the paths that reports call them; `known` has the places of pictures in the first
    of them, where an index names them: (address, offset, size).
    """

    def __init__(
        self, sources: Sequence[tuple[str, Source]], limits: Limits, known: Sequence[tuple[str, int, int]] | None = None
    ) -> None:
        self._sources = sources
        self._limits = limits
        self._known = known
        self._dictionaries: dict[int, bytes | None] = {}

    def reopen(self, sources: Sequence[tuple[str, Source]]) -> None:
        """Take the same files, opened again: where the pictures are in them is known."""
        self._sources = sources

    def named_in(self, base: str | None, data: bytes, media_type: str, charset: str | None) -> AssetSource:
        """Return the pictures that a page at the address `base` names."""
        refs = named_files(data, media_type, charset)
        return collect_assets(refs, lambda ref: self._find(ref, base or ""), limit=self._limits.page_bytes)

    @cached_property
    def places(self) -> Mapping[str, tuple[int, int, int]]:
        """Return by address where each is: the source's number, offset and size; of one kept twice, the first."""
        if self._known is not None:
            return {address: (0, offset, size) for address, offset, size in reversed(self._known)}
        places: dict[str, tuple[int, int, int]] = {}
        for number, (_, source) in enumerate(self._sources):
            for offset, size in spans_of(source):
                address = self._address(number, source.at(offset, min(size, _HEAD)))
                if address and len(places) < self._limits.members:
                    places.setdefault(address, (number, offset, size))
        return places

    def _address(self, number: int, window: Window) -> str | None:
        """Return the address of the picture that a record holds, by its first bytes; None if it holds none."""
        head = b""
        with suppress(PageError):  # there is more of it, or it is damaged
            stream = unpacked(window, self._limits, self._dictionary(number))
            while len(head) < _HEAD and (part := stream.read(_HEAD)):
                head += part
        if not _PICTURE.search(head):
            return None
        record, payload = _first(BytesIO(head))
        return record.headers.get("warc-target-uri", "").strip("<> ") if record and _is_picture(payload) else None

    def _dictionary(self, number: int) -> bytes | None:
        if number not in self._dictionaries:
            self._dictionaries[number] = dictionary_of(self._sources[number][1].at())
        return self._dictionaries[number]

    def _find(self, ref: str, base: str) -> Asset | None:
        try:
            address = urldefrag(urljoin(base, ref.strip())).url
        except ValueError:  # `http://[` is no address
            return None
        other = "http:" + address[6:] if address.startswith("https:") else "https:" + address[5:]
        for form in (address, quote(address, _AS_WRITTEN), unquote(address), other):
            if form in self.places:
                return self._read(*self.places[form])
        return None

    def _read(self, number: int, offset: int, size: int) -> Asset | None:
        path, source = self._sources[number]
        try:
            record, payload = _first(unpacked(source.at(offset, size), self._limits, self._dictionary(number)))
            if record is None or payload is None or payload.size > self._limits.page_bytes:
                return None
            body = record.body(payload)
            if payload.status is not None:
                body = decoded_body(body, payload.headers, self._limits)
        except PageError:
            return None  # the record's own turn comes, and with it its reject
        return Asset(body, f"{path}!/{offset}")


def _first(stream: ByteStream) -> tuple[Record, Payload | None] | tuple[None, None]:
    """Return the record with which a stream begins, and the head of what it carries."""
    with suppress(PageError):
        record = next(read_records(stream), None)
        if isinstance(record, Record):
            return record, record.payload()
    return None, None


def _is_picture(payload: Payload | None) -> bool:
    return payload is not None and payload.status in (None, 200) and payload.media_type.startswith("image/")
