"""Inputs that must each end in a clear reject (or nothing), while the run goes on."""

from __future__ import annotations

import gzip
import io
import warnings
import zipfile
from collections.abc import Callable

from .containers import Capture, gzipped, warc, zipped
from .model import page_url
from .render_baseline import form_a, form_c
from .truths import TRUTHS

__all__ = [
    "HOSTILE",
    "about_page",
    "binary_named_html",
    "cut_gzip",
    "cut_warc",
    "duplicate_zip",
    "encrypted_zip",
    "gzip_bomb",
    "huge_page",
    "nested_divs",
    "nested_zips",
    "not_found_page",
    "traversal_zip",
    "truncated_page",
    "zip_bomb",
]

MEGA = 1024 * 1024
PAGE = form_a(TRUTHS[0]).encode()


def huge_page(size: int = 50 * MEGA, kind: str = "text") -> bytes:
    """Return a page of at least `size` bytes: much `text`, many `tags`, or one `script`."""
    filler = {
        "text": b"<p>" + b"It goes on and on. " * 5000 + b"</p>",
        "tags": b"<p><b>x</b></p>" * 5000,
        "script": b"<script>" + b"x=1;" * 20_000 + b"</script>",
    }[kind]
    head, body, tail = PAGE.partition(b"<h2>Definition</h2>")
    return head + filler * (size // len(filler) + 1) + body + tail


def nested_divs(depth: int = 100_000, tag: str = "div", *, closed: bool = True) -> bytes:
    """Return a good page whose body stands in `depth` nested elements."""
    head, body, tail = PAGE.partition(b"<body>")
    name = tag.encode()
    end = b"</%b>" % name * depth if closed else b""
    return head + body + b"<%b>" % name * depth + tail.replace(b"</body>", end + b"</body>")


def _zeros(stream: io.BufferedIOBase | zipfile.ZipExtFile | gzip.GzipFile, size: int) -> None:
    chunk = b" " * MEGA
    for _count in range(size // MEGA):
        stream.write(chunk)


def zip_bomb(size: int = 1100 * MEGA, members: int = 1) -> bytes:
    """Return a small zip whose members (`.html`) expand to `size` bytes each."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(members):
            info = zipfile.ZipInfo(f"page-{number}.html")
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as member:
                _zeros(member, size)  # type: ignore[arg-type]
    return buffer.getvalue()


def gzip_bomb(size: int = 1100 * MEGA) -> bytes:
    """Return a small gzip that expands to `size` bytes of white space."""
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", 1, buffer, mtime=0) as stream:
        _zeros(stream, size)
    return buffer.getvalue()


def nested_zips(depth: int = 6, fan: int = 10) -> bytes:
    """Return zips in zips: `fan ** depth` pages in a few kilobytes."""
    data = zipped({f"{number}.html": PAGE for number in range(fan)})
    for _level in range(depth - 1):
        data = zipped({f"{number}.zip": data for number in range(fan)})
    return data


def traversal_zip() -> bytes:
    """Return a zip with one good name and seven that point outside of the folder."""
    names = ["../up.html", "a/../../up.html", "/etc/absolute.html", "C:\\windows\\drive.html",
             "..\\back.html", "a/\0nul.html", "~/home.html"]  # fmt: skip
    return zipped({"good.html": PAGE, **dict.fromkeys(names, PAGE)})


def duplicate_zip() -> bytes:
    """Return a zip with two different pages of one name, and one that differs only in case."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, truth in zip(("a.html", "a.html", "A.html"), TRUTHS, strict=False):
            archive.writestr(zipfile.ZipInfo(name), form_a(truth))
    return buffer.getvalue()


def encrypted_zip() -> bytes:
    """Return a zip whose only member is flagged as encrypted."""
    data = bytearray(zipped({"secret.html": PAGE}))
    data[6] |= 1  # the flags of the local header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and of the central directory
    return bytes(data)


def symlink_zip() -> bytes:
    """Return a zip with a symbolic link to a file outside."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("link.html")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr(zipfile.ZipInfo("good.html"), PAGE)
    return buffer.getvalue()


def cut_zip() -> bytes:
    """Return a zip that lost its central directory."""
    return zipped({"a.html": PAGE, "b.html": PAGE})[:-60]


def cut_warc(*, compressed: bool = False) -> bytes:
    """Return a WARC of two pages, cut in the middle of the second: the first is good."""
    one, two = (Capture(page_url(truth), form_c(truth).encode()) for truth in TRUTHS[:2])
    whole = warc([one, two], compressed=compressed, noise=False)
    first = len(warc([one], compressed=compressed, noise=False))
    return whole[: first + (len(whole) - first) // 2]


def lying_warc() -> bytes:
    """Return a WARC whose first record claims more bytes than the file has."""
    data = warc([Capture(page_url(TRUTHS[0]), PAGE)], noise=False)
    head, mark, tail = data.partition(b"Content-Length: ")
    return head + mark + b"99" + tail


def cut_gzip() -> bytes:
    """Return a gzip that ends in the middle."""
    data = gzipped(PAGE)
    return data[: len(data) // 2]


def truncated_page() -> bytes:
    """Return a page cut before its definition is complete, in the middle of a word."""
    return PAGE[: PAGE.index(b"final goods") + 8]


def binary_named_html() -> bytes:
    """Return bytes of no known kind (to be named `.html`)."""
    return bytes(range(256)) * 400


def about_page() -> bytes:
    """Return a page of the site that is no guide."""
    text = "<p>We make study guides. Our team of students and teachers works from many places.</p>"
    page = f"<title>About Us | Fiveable</title><h1>About us</h1>{text}<h2>Our mission</h2>{text * 3}"
    return f"<!doctype html><html><head><meta charset=utf-8></head><body>{page}</body></html>".encode()


def not_found_page() -> bytes:
    """Return a 404 page in the site's shell."""
    page = "<title>404 | Fiveable</title><h1>404</h1><p>This page could not be found.</p>"
    nav = "<nav><a href=/>Home</a><a href=/login>Log in</a></nav>"
    return f"<!doctype html><html><body>{nav}{page}</body></html>".encode()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "huge-text.html": huge_page,
    "huge-tags.html": lambda: huge_page(kind="tags"),
    "huge-script.html": lambda: huge_page(kind="script"),
    "deep-div.html": nested_divs,
    "deep-open-b.html": lambda: nested_divs(tag="b", closed=False),
    "deep-ul.html": lambda: nested_divs(tag="ul><li", closed=False),
    "bomb.zip": zip_bomb,
    "bomb-members.zip": lambda: zip_bomb(20 * MEGA, 60),
    "nested.zip": nested_zips,
    "traversal.zip": traversal_zip,
    "duplicate.zip": duplicate_zip,
    "encrypted.zip": encrypted_zip,
    "symlink.zip": symlink_zip,
    "cut.zip": cut_zip,
    "bomb.html.gz": gzip_bomb,
    "cut.html.gz": cut_gzip,
    "cut.warc": cut_warc,
    "cut.warc.gz": lambda: cut_warc(compressed=True),
    "lying.warc": lying_warc,
    "empty.html": lambda: b"",
    "blank.txt": lambda: b" \r\n\t\n",
    "bom.html": lambda: b"\xef\xbb\xbf",
    "binary.html": binary_named_html,
    "truncated.html": truncated_page,
    "about.html": about_page,
    "404.html": not_found_page,
}
"""Every maker with defaults, by the file name that it deserves."""
