"""MHTML: the page among the parts, in any transfer coding and charset, with the pictures it names."""

import base64
import binascii
import itertools
import quopri
from collections import Counter

import pytest

from pipeline.config import Limits
from pipeline.pages import RawPage, decode, page_from_bytes
from pipeline.records import Reject
from raw_inputs import PNG, mhtml

HTML = """<!DOCTYPE html><html><body><p>Water’s way – naïve.</p>
<img src="https://example.org/i/a.png"><img src="../i/a.png#x">
<img src="/i/a.png"><img src="cid:pic@1"></body></html>"""
PICTURE = (
    {"Content-Type": "image/png", "Content-Transfer-Encoding": "base64", "Content-Location": "https://example.org/i/a.png"},
    base64.encodebytes(PNG),
)  # fmt: skip
BY_ID = (
    {"Content-Type": "image/png", "Content-Transfer-Encoding": "base64", "Content-ID": "<pic@1>"},
    base64.b64encode(PNG + b"!"),
)


def page_part(body: bytes, coding: str, content_type: str = "text/html") -> tuple[dict[str, str], bytes]:
    return {"Content-Type": content_type, "Content-Transfer-Encoding": coding}, body


def only_page(data: bytes) -> RawPage:
    (page,) = page_from_bytes(data, "m.mhtml")
    assert isinstance(page, RawPage), page
    return page


def text_of(page: RawPage) -> str:
    return decode(page.data, charset=page.charset, media_type=page.media_type).text


@pytest.mark.parametrize(
    ("coding", "charset"),
    [
        *itertools.product(
            ["quoted-printable", "base64", "8bit", "binary", "BASE64 "], ["utf-8", "windows-1252", "iso-8859-1"]
        ),
        *itertools.product(["base64", "binary", "BASE64 "], ["utf-16"]),  # the others carry lines of text
    ],
)
def test_any_coding_in_any_charset_gives_the_page(coding, charset):
    raw = HTML.encode("cp1252" if charset == "iso-8859-1" else charset)
    encode = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(coding.strip().lower(), bytes)
    page = only_page(mhtml(page_part(encode(raw), coding, f'text/html; charset="{charset}"'), PICTURE))
    assert text_of(page).split() == HTML.split()
    assert (page.path, page.media_type) == ("m.mhtml", "text/html")


def test_address_and_time_come_from_the_headers():
    page = only_page(mhtml(page_part(HTML.encode(), "8bit")))
    assert page.url == "https://example.org/bio/osmosis"
    assert page.captured_at == "2024-01-02T03:04:05Z"


def test_pictures_are_found_by_every_address_that_the_page_uses():
    page = only_page(mhtml(page_part(HTML.encode(), "8bit"), PICTURE, BY_ID))
    for ref in ("https://example.org/i/a.png", "../i/a.png#x", "/i/a.png"):
        assert page.assets.read(ref).data == PNG
    assert page.assets.read("cid:pic@1").data == PNG + b"!"
    assert page.assets.read("https://example.org/i/b.png") is None


def test_the_start_parameter_names_the_page_and_other_texts_are_frames():
    frame = ({"Content-Type": "text/html", "Content-ID": "<ad>"}, b"<html>An advertisement</html>")
    root = ({"Content-Type": "text/html", "Content-ID": "<root>"}, HTML.encode())
    style = ({"Content-Type": "text/css"}, b"p {}")
    ignored = Counter()
    data = mhtml(frame, root, style).replace(b"multipart/related;", b'multipart/related; start="<root>";')
    (page,) = page_from_bytes(data, "m.mht", ignored=ignored)
    assert b"Water" in page.data
    assert ignored == {"frame": 1}


def test_parts_within_parts_and_plain_text_beside_html():
    inner = mhtml(({"Content-Type": "text/plain"}, b"Water"), page_part(HTML.encode(), "8bit"), boundary="inner")
    head, _, body = inner.partition(b"\r\n\r\n")
    assert b"inner" in head
    data = mhtml(({"Content-Type": 'multipart/alternative; boundary="inner"'}, body), PICTURE)
    assert only_page(data).assets.read("/i/a.png").data == PNG


def test_a_mail_of_one_part_is_a_page_as_well():
    data = b"MIME-Version: 1.0\nContent-Type: text/html; charset=windows-1252\n\n<html><p>Water\x92s way</html>"
    page = only_page(data)
    assert text_of(page) == "<html><p>Water’s way</html>"


@pytest.mark.parametrize("change", [lambda data: data.replace(b"\r\n", b"\n"), lambda data: b"\r\n" + data])
def test_line_ends_and_blank_beginnings_do_not_matter(change):
    assert "Water’s" in text_of(only_page(change(mhtml(page_part(HTML.encode(), "8bit"), PICTURE))))


def test_a_boundary_that_is_not_declared_is_found():
    data = mhtml(page_part(HTML.encode(), "8bit"), PICTURE).replace(b'boundary="', b'x="')
    assert "Water’s" in text_of(only_page(data))


def test_a_file_cut_after_its_page_gives_the_page_and_a_reject():
    data = mhtml(page_part(HTML.encode(), "8bit"), PICTURE, closed=False)[:-30]
    page, reject = page_from_bytes(data, "m.mhtml")
    assert isinstance(page, RawPage)
    assert (reject.path, reject.code) == ("m.mhtml!/part-1", "corrupt-archive")


def test_a_file_cut_within_its_page_is_a_reject():
    data = mhtml(page_part(HTML.encode(), "8bit"), closed=False)
    (reject,) = page_from_bytes(data[: data.index(b"naive" if b"naive" in data else b"src=")], "m.mhtml")
    assert isinstance(reject, Reject)
    assert reject.code == "corrupt-archive"


@pytest.mark.parametrize("body", [b"A", b"QUJD=", b"Q U\r\nJ!D", b"QUJDR", b"=", b"\xff\xfe"])
def test_base64_is_read_as_far_as_it_goes(body):
    for one in page_from_bytes(mhtml(page_part(body, "base64"), PICTURE), "m.mhtml"):
        assert isinstance(one, RawPage | Reject)
    try:
        expected = base64.b64decode(body)
    except binascii.Error:
        return
    if expected.strip():
        assert page_from_bytes(mhtml(page_part(body, "base64")), "m.mhtml")[0].data == expected


def test_a_saved_page_with_all_its_pictures_has_a_limit():
    data = mhtml(page_part(HTML.encode(), "8bit"), ({"Content-Type": "image/png"}, b"x" * 50_000))
    (reject,) = page_from_bytes(data, "m.mhtml", Limits(page_bytes=10_000))
    assert reject.code == "too-large"
    (reject,) = page_from_bytes(mhtml(page_part(HTML.encode() * 40, "8bit")), "m.mhtml", Limits(page_bytes=5_000))
    assert reject.code == "too-large"


def test_a_text_that_begins_like_a_header_is_text():
    (page,) = page_from_bytes(b"Definition: Osmosis\nContent: water\n\nIt moves.\n", "a.txt")
    assert page.media_type == "text/plain"
