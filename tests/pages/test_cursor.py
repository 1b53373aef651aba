"""A file can be read on from each place that its cursor names, and gives what a reading from its beginning gives."""

import gzip
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_STORED

import pytest

from pipeline.config import Limits
from pipeline.pages import Cursor, Found, Mark, NoAssets, RawPage, discover, read_found
from raw_inputs import PAGE, PNG, gzipped_each, http, warc_record, zipped

# A page that shows a WARC record at the beginning of a line: whoever looks for records there finds one that is none.
TRAP = http(b"<html><pre>\r\n\r\n" + warc_record(http(PAGE)) + b"</pre></html>")
RECORDS = [
    warc_record(b"software: x\r\n", "warcinfo"),
    warc_record(http(PAGE)),
    warc_record(TRAP),
    warc_record(http(gzip.compress(warc_record(http(PAGE)), mtime=0), ("Content-Encoding", "gzip"))),
    warc_record(http(PNG, content_type="image/png")),
    warc_record(http(b"")),
    warc_record(http(PAGE + b"<p>last</p>")),
]
INNER = zipped(("x.html", PAGE), ("y.html", PAGE))
FILES = {
    "plain.warc": b"".join(RECORDS),
    "members.warc.gz": gzipped_each(RECORDS),
    "two-a-member.warc.gz": gzipped_each(a + b for a, b in zip(RECORDS[::2], RECORDS[1::2], strict=False)),
    "one-piece.warc.gz": gzip.compress(b"".join(RECORDS), mtime=0),
    "damaged.warc": b"".join(RECORDS[:3]) + b"noise\r\n" * 9 + b"".join(RECORDS[3:]) + b"WARC/1.0\r\nContent-Length: 9",
    "trailer.warc.gz": gzipped_each(RECORDS) + b"and more",
    "cut.warc.gz": gzipped_each(RECORDS)[:-40],
    "names.zip": zipped(
        ("b.html", PAGE), ("a.html", PAGE), ("b.html", PAGE + b"2"), ("p.png", PNG), ("../c.html", PAGE)
    ),
    "nested.zip": zipped(("a.zip", INNER), ("b.html", PAGE), ("c.zip", INNER), ("d.html", b"")),
    "stored.zip": zipped(
        ("a.warc.gz", gzipped_each(RECORDS)), ("b.warc", b"".join(RECORDS)), ("c.html", PAGE), method=ZIP_STORED
    ),
    "packed.zip": zipped(("a.warc.gz", gzipped_each(RECORDS)), ("b.html", PAGE)),
    "crawl.wacz": zipped(
        ("archive/a.warc.gz", gzipped_each(RECORDS)),
        ("archive/b.warc", b"".join(RECORDS)),
        ("datapackage.json", b"{}"),
        method=ZIP_STORED,
    ),
    "inner.zip.gz": gzip.compress(INNER, mtime=0),
    "cut.zip": zipped(("a.html", PAGE), ("b.html", PAGE * 50))[:-60],
    "page.html": PAGE,
}


def found_in(raw: Path, start: Mark | None = None, cursor: Cursor | None = None) -> list[tuple[Mark | None, Found]]:
    (file,) = discover([raw])
    chosen = cursor or Cursor()
    chosen.begin(file, start)
    return [(chosen.take(), found) for found in read_found(file, Limits(), chosen)]


@pytest.mark.parametrize("name", FILES)
def test_reading_from_each_mark_finds_what_a_reading_from_the_beginning_finds(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    whole = found_in(tmp_path)
    kept = Cursor()
    for number, (mark, _) in enumerate(whole):
        if mark is not None:
            assert found_in(tmp_path, mark) == whole[number:]
            assert found_in(tmp_path, mark, kept) == whole[number:]


@pytest.mark.parametrize("name", FILES)
def test_bare_pages_are_those_that_are_found_with_their_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    (file,) = discover([tmp_path])
    cursor = Cursor()
    cursor.begin(file, None)
    bare = [(cursor.take(), found) for found in read_found(file, Limits(), cursor, bare=True)]
    whole = [
        (mark, replace(found, assets=NoAssets()) if isinstance(found, RawPage) else found)
        for mark, found in found_in(tmp_path)
    ]
    assert bare == whole


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("plain.warc", 7),
        ("members.warc.gz", 7),
        ("two-a-member.warc.gz", 3),
        ("names.zip", 5),
        ("nested.zip", 4),
        ("stored.zip", 15),
        ("packed.zip", 2),
        ("crawl.wacz", 15),
    ],
)
def test_records_and_members_that_stand_by_themselves_have_marks(tmp_path: Path, name: str, marks: int) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    assert sum(mark is not None for mark, _ in found_in(tmp_path)) == marks


def test_limits_of_an_archive_hold_from_a_mark_on_as_from_the_beginning(tmp_path: Path) -> None:
    data = gzipped_each([warc_record(http(PAGE)) for _ in range(9)])
    (tmp_path / "a.warc.gz").write_bytes(data)
    (file,) = discover([tmp_path])
    limits = Limits(members=6)
    cursor = Cursor()
    cursor.begin(file, None)
    whole = [(cursor.take(), found) for found in read_found(file, limits, cursor)]
    assert [getattr(found, "code", "") for _, found in whole] == [""] * 6 + ["too-many-members"]
    cursor.begin(file, whole[4][0])
    assert list(read_found(file, limits, cursor)) == [found for _, found in whole[4:]]
