"""Raw inputs for tests: archives made byte by byte, hostile ones among them; and a moment without root's rights."""

import gzip
import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import zstandard

PAGE = "<!doctype html><html><body><h1>Osmosis</h1><p>Water’s way.</p></body></html>".encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root reads and writes everything: become nobody for a moment."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip with these members, in this order; a name may come twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members:
            # A ZipInfo keeps the name as it is, and a fixed date.
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, data)
    return file.getvalue()


def http(
    body: bytes, *headers: tuple[str, str], status: str = "200 OK", content_type: str | None = "text/html"
) -> bytes:
    """Return an HTTP response."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def warc_record(block: bytes, kind: str = "response", **headers: str) -> bytes:
    """Return one WARC record; keyword names are headers (`target_uri` is WARC-Target-URI)."""
    lines = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>"]
    names = {"target_uri": "WARC-Target-URI", "date": "WARC-Date", "content_type": "Content-Type"}
    given = {"target_uri": "https://example.org/osmosis", "date": "2024-01-02T03:04:05Z"} | headers
    lines += [f"{names[name]}: {value}" for name, value in given.items()]
    lines.append(f"Content-Length: {len(block)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def gzipped_each(records: Iterable[bytes]) -> bytes:
    """Return a .warc.gz as crawlers write it: each record a gzip member of its own."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def zstd_each(records: Sequence[bytes], dictionary: bytes = b"", *, packed: bool = False) -> bytes:
    """Return a .warc.zst: each record a frame, before them the dictionary, compressed itself or not."""
    known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    compressor = zstandard.ZstdCompressor(dict_data=known, write_checksum=True)
    said = zstandard.compress(dictionary) if packed else dictionary
    frame = b"\x5d\x2a\x4d\x18" + len(said).to_bytes(4, "little") + said if dictionary else b""
    return frame + b"".join(map(compressor.compress, records))


def mhtml(*parts: tuple[dict[str, str], bytes], boundary: str = "----=_Part_7", closed: bool = True) -> bytes:
    """Return an MHTML file: each part its headers and its body as it is transported."""
    lines = [
        b"From: <Saved by a browser>",
        b"Snapshot-Content-Location: https://example.org/bio/osmosis",
        b"Subject: =?utf-8?Q?Osmosis?=",
        b"Date: Tue, 2 Jan 2024 04:04:05 +0100",
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="' + boundary.encode() + b'"',
        b"",
        b"",
    ]
    for headers, body in parts:
        lines += [
            b"--" + boundary.encode(),
            *(f"{name}: {value}".encode() for name, value in headers.items()),
            b"",
            body,
        ]
    if closed:
        lines += [b"--" + boundary.encode() + b"--", b""]
    return b"\r\n".join(lines)
