"""Wrap the bytes of pages as crawlers and people keep them: gzip, zip, WARC."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

__all__ = ["Capture", "gzipped", "warc", "zipped"]

DATE = "2024-09-03T10:00:00Z"


def gzipped(data: bytes, *, members: int = 1) -> bytes:
    """Return `data` gzip-compressed, without a time; in several members if asked."""
    size = -(-len(data) // members) or 1
    parts = [data[at : at + size] for at in range(0, len(data), size)] or [b""]
    return b"".join(gzip.compress(part, mtime=0) for part in parts)


def zipped(pages: Mapping[str, bytes], *, stored: bool = False, folders: bool = False) -> bytes:
    """Return a zip of `pages` (name to bytes) with fixed dates; `folders` adds their entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        seen: set[str] = set()
        for name, data in pages.items():
            folder = name.rpartition("/")[0]
            if folders and folder and folder not in seen:
                seen.add(folder)
                archive.writestr(zipfile.ZipInfo(f"{folder}/"), b"")
            info = zipfile.ZipInfo(name, (2024, 9, 3, 10, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


@dataclass(frozen=True)
class Capture:
    """One page for a WARC: `response` with HTTP headers, or `conversion` (a text extraction)."""

    url: str
    data: bytes
    kind: Literal["response", "conversion", "resource"] = "response"
    content_type: str = "text/html; charset=utf-8"
    coding: Literal["", "gzip", "chunked", "gzip chunked"] = ""
    status: str = "200 OK"
    headers: Sequence[tuple[str, str]] = field(default=())


def warc(captures: Sequence[Capture], *, compressed: bool = False, noise: bool = True) -> bytes:
    """Return a WARC of `captures`, with warcinfo, request and metadata records (`noise`) between.

    Record identities depend on nothing but their number.
    """
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=compressed, warc_version="1.0")
    if noise:
        info = writer.create_warcinfo_record("pages.warc", {"software": "a crawler", "format": "1"})
        writer.write_record(_fixed(info, 0))
    for number, one in enumerate(captures, 1):
        payload, http = one.data, None
        if one.kind == "response":
            payload, http = _http(one)
        headers = {"WARC-Date": DATE}
        if noise and one.kind == "response":
            ask = StatusAndHeaders("GET / HTTP/1.1", [("Host", "library.fiveable.me")])
            request = writer.create_warc_record(one.url, "request", http_headers=ask, warc_headers_dict=dict(headers))
            writer.write_record(_fixed(request, 1000 + number))
        record = writer.create_warc_record(
            one.url, one.kind, payload=io.BytesIO(payload), length=len(payload),
            http_headers=http, warc_headers_dict=headers,
            warc_content_type="text/plain" if one.kind == "conversion" else one.content_type
            if one.kind == "resource" else "application/http; msgtype=response",
        )  # fmt: skip
        writer.write_record(_fixed(record, number))
        if noise:
            note = b"fetchTimeMs: 12\r\n"
            meta = writer.create_warc_record(
                one.url, "metadata", payload=io.BytesIO(note), length=len(note),
                warc_content_type="application/warc-fields", warc_headers_dict=dict(headers),
            )  # fmt: skip
            writer.write_record(_fixed(meta, 2000 + number))
    return buffer.getvalue()


def _fixed(record, number: int):  # type: ignore[no-untyped-def]
    """Return a warcio record with the identity `number` and a fixed date."""
    mark = f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>"
    record.rec_headers.replace_header("WARC-Record-ID", mark)
    record.rec_headers.replace_header("WARC-Date", DATE)
    return record


def _http(one: Capture) -> tuple[bytes, StatusAndHeaders]:
    data = one.data
    headers = [("Content-Type", one.content_type), *one.headers]
    if "gzip" in one.coding:
        data = gzip.compress(data, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    if "chunked" in one.coding:
        pieces = [data[at : at + 4096] for at in range(0, len(data), 4096)]
        data = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
        headers.append(("Transfer-Encoding", "chunked"))
    else:
        headers.append(("Content-Length", str(len(data))))
    return data, StatusAndHeaders(one.status, headers, protocol="HTTP/1.1")
