"""WARC as crawls have them: zstd, resources, pictures among the records, parts of a file, WACZ."""

import gzip
import io
import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from warcio.archiveiterator import ArchiveIterator

from pipeline.config import Limits
from pipeline.pages import Cursor, RawFile, RawPage, discover, page_from_bytes, read_found, read_pages
from pipeline.pages.containers import Source, spans_of
from pipeline.records import Reject
from raw_inputs import PAGE, PNG, gzipped_each, http, warc_record, zipped, zstd_each

SITE = "https://example.org/"
WITH_PICTURES = (
    b'<!doctype html><h1>Osmosis</h1><img src="cell.png"><img src="//cdn.example/a%20b.png?w=2#x">'
    b'<img src="/gone.png"><picture><source srcset="cell.png 2x, https://cdn.example/redirected.png"></picture>'
)
RECORDS = [
    warc_record(b"software: x\r\n", "warcinfo"),
    warc_record(http(WITH_PICTURES), target_uri=SITE + "osmosis"),
    warc_record(http(PNG, content_type="image/png"), target_uri=SITE + "cell.png"),
    warc_record(PNG + b"2", "resource", target_uri="https://cdn.example/a%20b.png?w=2", content_type="image/png"),
    warc_record(http(PNG, status="404 Not Found", content_type="image/png"), target_uri=SITE + "gone.png"),
    warc_record(
        http(b"", status="302 Found", content_type="image/png"), target_uri="https://cdn.example/redirected.png"
    ),
    warc_record(http(PAGE), target_uri=SITE + "diffusion"),
]


def trained() -> bytes:
    samples = [warc_record(http(PAGE + str(number).encode() * 40)) for number in range(200)]
    return zstandard.train_dictionary(4096, samples).as_bytes()


def as_files() -> dict[str, bytes]:
    raw = trained()
    return {
        "c.warc": b"".join(RECORDS),
        "c.warc.gz": gzipped_each(RECORDS),
        "c.warc.zst": zstd_each(RECORDS),
        "dictionary.warc.zst": zstd_each(RECORDS, raw),
        "packed-dictionary.warc.zst": zstd_each(RECORDS, raw, packed=True),
    }


FILES = as_files()


def pages(data: bytes, limits: Limits | None = None, **given: object) -> list[RawPage | Reject]:
    return page_from_bytes(data, "c.warc", limits or Limits(), **given)  # type: ignore[arg-type]


def told(found: Sequence[RawPage | Reject]) -> list[tuple[str, str]]:
    return [(one.path, one.code if isinstance(one, Reject) else one.media_type) for one in found]


def read(folder: Path, **changes: object) -> list[RawPage | Reject]:
    return [page for file in discover([folder], **changes) for page in read_pages(file)]  # type: ignore[arg-type]


def spans(file: RawFile) -> list[tuple[int, int]]:
    with file.location.open("rb") as opened:
        return list(spans_of(Source(opened, 0, file.size)))


# -- zstd -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_every_form_of_a_crawl_gives_the_same_pages(name: str) -> None:
    found = pages(FILES[name])
    assert [(page.data, page.url) for page in found] == [
        (WITH_PICTURES, SITE + "osmosis"),
        (PAGE, SITE + "diffusion"),
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_record_is_called_by_where_its_frame_begins(name: str) -> None:
    begins = [int(page.path.removeprefix("c.warc!/")) for page in pages(FILES[name])]
    for begin in begins:
        (again,) = (page for page in pages(FILES[name][:0] + FILES[name]) if page.path == f"c.warc!/{begin}")
        assert again.data in (WITH_PICTURES, PAGE)
    if name.endswith(".gz"):
        offsets = [(iterator := ArchiveIterator(io.BytesIO(FILES[name])))] and [
            iterator.get_record_offset() for _ in iterator
        ]
        assert begins == [offsets[1], offsets[6]]


@pytest.mark.parametrize(
    "body",
    [
        zstandard.compress(PAGE),
        zstandard.ZstdCompressor(write_content_size=False).compress(PAGE),
        zstandard.compress(PAGE[:50]) + zstandard.compress(PAGE[50:]),
        PAGE,  # stored decoded, with its header
    ],
)
def test_a_body_in_zstd_is_unpacked(body: bytes) -> None:
    (page,) = pages(warc_record(http(body, ("Content-Encoding", "zstd"))))
    assert isinstance(page, RawPage)
    assert page.data == PAGE


def test_a_page_in_zstd_alone_is_a_page() -> None:
    (page,) = page_from_bytes(zstandard.compress(PAGE), "osmosis.html.zst")
    assert (page.path, page.data) == ("osmosis.html.zst", PAGE)


BOMB = zstandard.compress(b"\n" * 50_000_000)


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        (BOMB, "c.warc", "expansion"),
        (warc_record(http(BOMB, ("Content-Encoding", "zstd"))), "c.warc!/0", "expansion"),
        (zstd_each([warc_record(http(b"\n" * 50_000_000))]), "c.warc", "expansion"),
        (b"\x28\xb5\x2f\xfd\x00\xf0" + bytes(30), "c.warc", "corrupt-archive"),  # wants a window of gigabytes
        (b"\x5d\x2a\x4d\x18\xff\xff\xff\x7f" + bytes(30), "c.warc", "corrupt-archive"),  # a dictionary of gigabytes
        (b"\x28\xb5\x2f\xfd", "c.warc", "corrupt-archive"),
        (zstandard.compress(PAGE)[:-3], "c.warc", "corrupt-archive"),
    ],
)
def test_a_bomb_in_zstd_is_told_and_not_unpacked(data: bytes, path: str, code: str) -> None:
    assert told(pages(data, Limits(page_bytes=1_000_000))) == [(path, code)]


def test_damage_in_one_frame_leaves_what_came_before() -> None:
    whole = FILES["c.warc.zst"]
    assert told(pages(whole[:-40])) == [(told(pages(whole))[0]), ("c.warc", "corrupt-archive")]
    assert told(pages(whole + b"tail")) == [*told(pages(whole)), (f"c.warc!/{len(whole)}", "corrupt-archive")]


# -- resources ------------------------------------------------------------------------------------------------------


def test_a_resource_with_a_web_address_is_a_page_and_a_crawlers_own_is_not() -> None:
    ignored: Counter[str] = Counter()
    records = [
        warc_record(PAGE, "resource", target_uri=SITE + "saved", content_type="text/html"),
        warc_record(b"wget -r", "resource", target_uri="metadata://gnu.org/wget.txt", content_type="text/plain"),
        warc_record(b"text of a page", "resource", target_uri="urn:text:" + SITE, content_type="text/plain"),
        warc_record(b"{}", "resource", target_uri=SITE + "data", content_type="application/json"),
    ]
    (page,) = pages(b"".join(records), ignored=ignored)
    assert (page.url, page.media_type, page.captured_at) == (SITE + "saved", "text/html", "2024-01-02T03:04:05Z")
    assert ignored == {"warc-record": 2, "content-type": 1}


# -- pictures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_page_has_its_pictures_from_the_same_file(name: str) -> None:
    page = pages(FILES[name])[0]
    assert isinstance(page, RawPage)
    found = page.assets.read("cell.png")
    assert found is not None
    assert found.data == PNG
    assert found.ref.startswith("c.warc!/")
    other = page.assets.read("//cdn.example/a%20b.png?w=2#x")
    assert other is not None
    assert other.data == PNG + b"2"
    assert page.assets.read("/gone.png") is None
    assert page.assets.read("https://cdn.example/redirected.png") is None


def test_a_picture_that_is_coded_in_transport_is_undone() -> None:
    coded = http(gzip.compress(PNG, mtime=0), ("Content-Encoding", "gzip"), content_type="image/png")
    page = pages(RECORDS[1] + warc_record(coded, target_uri=SITE + "cell.png"))[0]
    assert page.assets.read("cell.png").data == PNG  # type: ignore[union-attr]


def test_pictures_have_limits_as_pages_do() -> None:
    large = warc_record(http(PNG * 500, content_type="image/png"), target_uri=SITE + "cell.png")
    page = pages(RECORDS[1] + large, Limits(page_bytes=20_000))[0]
    assert page.assets.read("cell.png") is None  # type: ignore[union-attr]


def test_a_crawl_that_is_one_piece_has_pages_and_no_pictures() -> None:
    page = pages(gzip.compress(b"".join(RECORDS), mtime=0))[0]
    assert page.assets.read("cell.png") is None  # type: ignore[union-attr]


# -- parts of a file ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_ranges_that_begin_at_records_give_what_the_whole_gives(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    (file,) = discover([tmp_path])
    assert isinstance(file, RawFile)
    whole = list(read_pages(file))
    places = spans(file)
    assert len(places) == len(RECORDS)
    assert sum(size for _, size in places) + places[0][0] == file.size
    for chosen in (places, [(offset, 0) for offset, _ in places], [(places[0][0], file.size)], [places[1], places[6]]):
        part = RawFile(file.path, file.location, file.size, file.mtime_ns, file.root, ranges=tuple(chosen))
        assert list(read_pages(part)) == whole


def test_a_range_that_is_none_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "c.warc.gz").write_bytes(FILES["c.warc.gz"])
    (file,) = discover([tmp_path])
    assert isinstance(file, RawFile)
    places = spans(file)
    ranges = ((places[1][0] + 3, 99), (places[1][0], places[1][1] - 20), (file.size + 9, 10), places[6])
    part = RawFile(file.path, file.location, file.size, file.mtime_ns, file.root, ranges=ranges)
    found = told(list(read_pages(part)))
    assert [code for _, code in found] == ["corrupt-archive"] * 3 + ["text/html"]
    assert found[0][0] == f"c.warc.gz!/{places[1][0] + 3}"


@pytest.mark.parametrize("name", FILES)
def test_damage_belongs_to_the_span_before_it(name: str, tmp_path: Path) -> None:
    whole = FILES[name]
    (tmp_path / "c").write_bytes(whole)
    (file,) = discover([tmp_path])
    assert isinstance(file, RawFile)
    places = spans(file)
    at = places[3][0]
    (tmp_path / "c").write_bytes(whole[:at] + b"garbage\n\n" * 3 + whole[at:])
    (file,) = discover([tmp_path])
    wounded = spans(file)
    assert wounded[:2] == places[:2]
    assert wounded[2][0] == places[2][0]
    assert wounded[-1][0] + wounded[-1][1] == file.size
    if not name.endswith(".zst"):
        assert [offset - 27 for offset, _ in wounded[3:]] == [offset for offset, _ in places[3:]]


@pytest.mark.parametrize("name", [*FILES, "site.wacz", "ranges"])
def test_reading_can_begin_again_wherever_its_cursor_says(name: str, tmp_path: Path) -> None:
    (tmp_path / "c").write_bytes(wacz() if name == "site.wacz" else FILES.get(name, FILES["c.warc.gz"]))
    (file,) = discover([tmp_path])
    assert isinstance(file, RawFile)
    if name == "ranges":
        file = replace(file, ranges=tuple(spans(file)))
    cursor = Cursor()
    cursor.begin(file, None)
    whole, marks = [], []
    for found in read_found(file, Limits(), cursor):
        whole.append(found)
        marks.append(cursor.take())
    assert sum(mark is not None for mark in marks) > 6
    for number, mark in enumerate(marks):
        if mark is not None:
            cursor.begin(file, mark)
            assert list(read_found(file, Limits(), cursor)) == whole[number:]


# -- WACZ -----------------------------------------------------------------------------------------------------------


def wacz(method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a WACZ of two WARC files: a page in one, its pictures in the other."""
    return zipped(
        ("archive/b.warc.gz", gzipped_each(RECORDS[2:])),
        ("archive/a.warc.gz", gzipped_each(RECORDS[:2])),
        ("datapackage.json", json.dumps({"profile": "data-package", "wacz_version": "1.1.1"}).encode()),
        ("datapackage-digest.json", b"{}"),
        ("indexes/index.cdx.gz", gzip.compress(b"org,example)/ 2024 {}\n", mtime=0)),
        ("pages/pages.jsonl", b'{"format": "json-pages-1.0"}\n{"url": "https://example.org/", "text": "Osmosis"}\n'),
        ("logs/crawl.log", b"some lines\n"),
        method=method,
    )


def test_a_wacz_gives_the_pages_of_its_crawl_and_counts_the_rest() -> None:
    ignored: Counter[str] = Counter()
    found = page_from_bytes(wacz(), "site.wacz", ignored=ignored)
    assert [page.url for page in found] == [SITE + "osmosis", SITE + "diffusion"]
    assert found[0].path.startswith("site.wacz!/archive/a.warc.gz!/")
    assert ignored["wacz"] == 5


def test_the_pictures_of_a_wacz_may_lie_in_another_of_its_files() -> None:
    page = page_from_bytes(wacz(), "site.wacz")[0]
    asset = page.assets.read("cell.png")  # type: ignore[union-attr]
    assert asset is not None
    assert (asset.data, asset.ref) == (PNG, "site.wacz!/archive/b.warc.gz!/0")
    packed = page_from_bytes(wacz(zipfile.ZIP_DEFLATED), "site.wacz")[0]
    assert packed.assets.read("cell.png") is None  # type: ignore[union-attr]


def test_a_wacz_within_a_zip_is_read_too() -> None:
    found = page_from_bytes(zipped(("site.wacz", wacz())), "a.zip")
    assert [page.path.partition("!/archive")[0] for page in found] == ["a.zip!/site.wacz"] * 2
