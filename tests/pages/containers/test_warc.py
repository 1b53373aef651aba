"""WARC files: responses and conversions of text become pages; the rest is counted; damage ends nothing before it."""

import gzip
import io
import zlib
from collections import Counter

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from pipeline.config import Limits
from pipeline.pages import RawPage, page_from_bytes
from pipeline.records import Reject
from raw_inputs import PAGE, PNG, gzipped_each, http, warc_record, zipped


def told(data: bytes, limits: Limits | None = None) -> list[tuple[str, str]]:
    found = page_from_bytes(data, "c.warc", limits or Limits())
    return [(one.path, one.code if isinstance(one, Reject) else one.media_type) for one in found]


def only_page(block: bytes, **headers: str) -> RawPage:
    (page,) = page_from_bytes(warc_record(block, **headers), "c.warc")
    assert isinstance(page, RawPage), page
    return page


def test_a_response_gives_its_page_with_address_time_and_charset():
    page = only_page(http(b"<html>caf\xe9", content_type='text/html; Charset="ISO-8859-1"'))
    assert page == RawPage(
        "c.warc!/0",
        b"<html>caf\xe9",
        "text/html",
        charset="ISO-8859-1",
        url="https://example.org/osmosis",
        captured_at="2024-01-02T03:04:05Z",
    )


def test_a_conversion_gives_its_text():
    block = "Osmosis\n\nWater’s way, <b> or not.\n".encode()
    (page,) = page_from_bytes(warc_record(block, "conversion", content_type="text/plain; charset=utf-8"), "w.wet")
    assert (page.data, page.media_type, page.charset) == (block, "text/plain", "utf-8")


RECORDS = [
    warc_record(b"software: x\r\n", "warcinfo"),
    warc_record(b"GET / HTTP/1.1\r\n\r\n", "request"),
    warc_record(http(PAGE)),
    warc_record(http(b"gone", status="404 Not Found")),
    warc_record(http(b"", status="301 Moved", content_type=None)),
    warc_record(http(PNG, content_type="image/png")),
    warc_record(http(b"{}", content_type="application/json")),
    warc_record(b"fetchTimeMs: 1\r\n", "metadata"),
    warc_record(http(b"", status="304 Not Modified"), "revisit"),
    warc_record(b"20240102\nexample.org 127.0.0.1\n", target_uri="dns:example.org"),
    warc_record(http(b"Osmosis\n\nWater moves.\n", content_type="text/plain")),
]


def test_everything_else_is_ignored_and_counted():
    ignored = Counter()
    found = page_from_bytes(b"".join(RECORDS), "c.warc", ignored=ignored)
    assert [one.media_type for one in found] == ["text/html", "text/plain"]
    assert ignored == {"warc-record": 5, "http-status": 2, "content-type": 2}


def test_a_record_is_called_by_its_offset_as_other_readers_say_it():
    for data in (b"".join(RECORDS), gzipped_each(RECORDS)):
        iterator = ArchiveIterator(io.BytesIO(data))
        offsets = [iterator.get_record_offset() for record in iterator if "HTTP/1.1 200" in _first_line(record)]
        paths = [path for path, _ in told(data)]
        assert paths == [f"c.warc!/{offsets[0]}", f"c.warc!/{offsets[-1]}"]


def _first_line(record) -> str:
    return f"{record.http_headers.protocol} {record.http_headers.statusline}" if record.http_headers else ""


def test_a_warc_compressed_as_one_piece_has_unpacked_offsets():
    plain = b"".join(RECORDS)
    assert told(gzip.compress(plain, mtime=0)) == told(plain)
    mixed = gzip.compress(RECORDS[0], mtime=0) + gzip.compress(RECORDS[2] + RECORDS[10], mtime=0)
    start, within = len(gzip.compress(RECORDS[0], mtime=0)), len(RECORDS[2])
    assert [path for path, _ in told(mixed)] == [f"c.warc!/{start}", f"c.warc!/{start}+{within}"]


def in_chunks(body: bytes) -> bytes:
    return b"10\r\n" + body[:16] + b"\r\n%x;ext\r\n" % len(body[16:]) + body[16:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE, mtime=0), [("Content-Encoding", "gzip")]),
        (zlib.compress(PAGE), [("content-encoding", "deflate")]),
        (zlib.compress(PAGE, wbits=-15), [("Content-Encoding", "DEFLATE")]),
        (brotli.compress(PAGE), [("Content-Encoding", "br")]),
        (in_chunks(PAGE), [("Transfer-Encoding", "chunked")]),
        (in_chunks(gzip.compress(PAGE, mtime=0)), [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
        # Crawlers that store the body decoded and keep the headers.
        (PAGE, [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
        (PAGE, [("Content-Encoding", "br")]),
        (PAGE, [("Content-Encoding", "deflate")]),
        (PAGE, [("Content-Encoding", "zstd")]),
        (PAGE, [("Content-Encoding", "identity, ")]),
    ],
)
def test_codings_are_undone_where_the_bytes_show_them(body, headers):
    assert only_page(http(body, *headers)).data == PAGE


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE, mtime=0)[:-12], [("Content-Encoding", "gzip")]),
        (brotli.compress(PAGE)[:-5], [("Content-Encoding", "br")]),
        (zlib.compress(PAGE)[:-6], [("Content-Encoding", "deflate")]),
        (b"\x28\xb5\x2f\xfd" + bytes(range(128, 200)), [("Content-Encoding", "zstd")]),
        (b"%x\r\n" % (len(PAGE) + 50) + PAGE, [("Transfer-Encoding", "chunked")]),
    ],
)
def test_a_coding_that_is_damaged_or_unknown_is_a_reject_of_that_record(body, headers):
    found = told(warc_record(http(body, *headers)) + warc_record(http(PAGE)))
    assert [code for _, code in found] == ["corrupt-archive", "text/html"]
    assert found[0][0] == "c.warc!/0"


def test_bombs_within_responses_are_told():
    newlines = b"\n" * 3_000_000
    bombs = [
        (gzip.compress(newlines, mtime=0), "gzip", "expansion"),
        (brotli.compress(newlines, quality=1), "br", "too-large"),
        (zlib.compress(newlines), "deflate", "too-large"),
    ]
    for body, coding, code in bombs:
        record = warc_record(http(body, ("Content-Encoding", coding)))
        assert told(record, Limits(page_bytes=1_000_000)) == [("c.warc!/0", code)]


def test_a_warc_that_was_cut_gives_what_came_before_and_one_reject():
    whole = [RECORDS[2], RECORDS[10], warc_record(http(PAGE * 20))]
    for data in (b"".join(whole)[:-900], gzipped_each(whole)[:-60], b"".join(whole)[: len(whole[0] + whole[1]) + 30]):
        assert [code for _, code in told(data)] == ["text/html", "text/plain", "corrupt-archive"]


def test_a_wrong_length_loses_that_record_and_not_the_rest():
    wrong = RECORDS[2].replace(b"Content-Length: ", b"Content-Length: -")
    found = told(RECORDS[2] + wrong + RECORDS[10])
    assert [code for _, code in found] == ["text/html", "corrupt-archive", "text/plain"]


def test_garbage_between_records_is_told_and_passed_over():
    found = told(RECORDS[2] + b"garbage\r\nmore\r\n" + RECORDS[10])
    assert [code for _, code in found] == ["text/html", "corrupt-archive", "text/plain"]


def test_limits_of_a_warc():
    assert told(RECORDS[2] * 5, Limits(members=3))[-1] == ("c.warc", "too-many-members")
    assert told(RECORDS[2] * 50, Limits(archive_bytes=9_000))[-1] == ("c.warc", "too-large")
    big = warc_record(http(PAGE + b"x" * 3_000_000))
    assert [code for _, code in told(big + RECORDS[2], Limits(page_bytes=1_000_000))] == ["too-large", "text/html"]


def test_a_warc_within_a_zip_within_a_zip_is_too_deep():
    two = zipped(("b.zip", zipped(("c.warc", RECORDS[2]))))
    (found,) = page_from_bytes(two, "a.zip")
    assert (found.path, found.code) == ("a.zip!/b.zip!/c.warc", "too-deep")


@pytest.mark.parametrize(
    ("uri", "date", "url", "captured_at"),
    [
        ("<https://example.org/a>", "2024-01-02T03:04:05.678Z", "https://example.org/a", "2024-01-02T03:04:05Z"),
        ("urn:uuid:1", "2024-01-02T05:04:05+02:00", None, "2024-01-02T03:04:05Z"),
        ("file:///home/somebody/a.html", "yesterday", None, None),
    ],
)
def test_addresses_and_dates_are_kept_where_they_are_some(uri, date, url, captured_at):
    page = only_page(http(PAGE), target_uri=uri, date=date)
    assert (page.url, page.captured_at) == (url, captured_at)


def test_a_response_without_a_type_is_known_by_its_content():
    assert only_page(http(PAGE, content_type=None)).media_type == "text/html"
    assert page_from_bytes(warc_record(http(PNG, content_type=None)), "c.warc") == []
