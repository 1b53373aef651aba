"""Whatever the bytes: pages and rejects, never an exception, and text that can be written."""

import gzip
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import Limits
from pipeline.pages import IGNORED_REASONS, RawPage, decode, page_from_bytes
from pipeline.records import ERROR_CODES, Reject
from raw_inputs import PAGE, PNG, gzipped_each, http, mhtml, warc_record, zipped, zstd_each

RECORDS = [warc_record(http(PAGE)), warc_record(http(gzip.compress(PAGE, mtime=0), ("Content-Encoding", "gzip")))]
SAVED = mhtml(({"Content-Type": "text/html"}, PAGE), ({"Content-Type": "image/png", "Content-ID": "<a>"}, PNG))
VALID = [
    PAGE,
    PAGE.decode().encode("utf-16"),
    gzip.compress(PAGE, mtime=0),
    b"".join(RECORDS),
    gzipped_each(RECORDS),
    gzip.compress(b"".join(RECORDS), mtime=0),
    SAVED,
    zipped(("a.html", PAGE), ("a_files/b.png", PNG), ("m.mht", SAVED), ("w.warc.gz", gzipped_each(RECORDS))),
    zstd_each(RECORDS),
    zstd_each(RECORDS, PAGE * 9),
    zipped(("datapackage.json", b"{}"), ("archive/a.warc.gz", gzipped_each(RECORDS)), method=zipfile.ZIP_STORED),
    zipped(("a.html", PAGE), ("b.zip", zipped(("c.md", b"# Osmosis\n\n**Water**\n"))), method=zipfile.ZIP_STORED),
]
SMALL = Limits(page_bytes=20_000, archive_bytes=200_000, members=50)

MARKS = [
    *(b"PK\3\4", b"PK\5\6", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18", b"WARC/1.0\r\n"),
    b"Content-Type: multipart/x\n\n--",
]

kinds = st.sampled_from(["set", "cut", "insert", "repeat", "end"])
edits = st.lists(st.tuples(kinds, st.floats(0, 1), st.binary(max_size=8)), max_size=8)
names = st.text(st.characters(max_codepoint=0x2FF, categories=("L", "N", "P", "S", "Zs")), max_size=12)
members = st.lists(st.tuples(names, st.binary(max_size=40)), max_size=4, unique_by=lambda member: member[0])


def check(data: bytes, path: str = "x") -> None:
    paths = set()
    for found in page_from_bytes(data, path, SMALL):
        assert found.path not in paths
        paths.add(found.path)
        if isinstance(found, Reject):
            assert found.code in ERROR_CODES
            assert found.message
            assert found.hint
        else:
            assert isinstance(found, RawPage)
            assert 0 < len(found.data) <= SMALL.page_bytes
            decode(found.data, charset=found.charset, media_type=found.media_type).text.encode()
        found.path.encode()


@given(st.binary(max_size=400))
def test_any_bytes(data):
    check(data)
    check(gzip.compress(data))


@given(st.sampled_from(MARKS), st.binary())
def test_any_bytes_after_the_mark_of_a_container(mark, data):
    check(mark + data)


@settings(max_examples=400)
@given(st.sampled_from(VALID), edits)
def test_valid_inputs_wounded_anywhere(data, changes):
    for kind, where, piece in changes:
        at = int(where * len(data))
        if kind == "set":
            data = data[:at] + piece + data[at + len(piece) :]
        elif kind == "cut":
            data = data[:at] + data[at + 16 :]
        elif kind == "insert":
            data = data[:at] + piece + data[at:]
        elif kind == "repeat":
            data = data[:at] + data[max(0, at - 60) : at] + data[at:]
        elif where > 0.5:
            data = data[:at]
    check(data)


@given(members)
def test_any_names_and_contents_in_a_zip(files):
    check(zipped(*files))


@given(st.dictionaries(names, names, max_size=4), st.binary(max_size=60))
def test_any_headers_in_a_warc(headers, body):
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
    block = b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n" + body
    check(warc_record(block) + warc_record(http(PAGE)))


def test_every_reason_for_ignoring_is_described():
    assert all(reason and meaning for reason, meaning in IGNORED_REASONS.items())
