"""Lists of WARC files and indexes of their records as raw roots: what they name is read, and nothing else of it."""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pipeline.pages import Discovery, RawFile, RawPage, discover, read_pages
from pipeline.pages.crawls import cdx
from pipeline.records import Reject
from raw_inputs import PAGE, PNG, gzipped_each, http, warc_record

WITH_PICTURE = b'<!doctype html><h1>Osmosis</h1><img src="/cell.png">'
SITE = "https://example.org/"
OTHER = "https://other.example/"
CRAWL = [
    (SITE + "guides/osmosis", "text/html", "200", http(WITH_PICTURE)),
    (SITE + "cell.png", "image/png", "200", http(PNG, content_type="image/png")),
    (SITE + "guides/gone", "text/html", "404", http(b"gone", status="404 Not Found")),
    (SITE + "robots.txt", "text/plain", "200", http(b"User-agent: *\n\nAllow: /\n", content_type="text/plain")),
    (SITE + "data", "application/json", "200", http(b"{}", content_type="application/json")),
    (OTHER + "guides/diffusion", "text/html", "200", http(PAGE)),
    (SITE + "guides/diffusion", "text/html", "200", http(PAGE)),
]


class Crawl:
    """A folder with a crawl in two WARC files, and its records as an index has them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[tuple[str, str, str, str, int, int]] = []  # address, type, status, file, offset, size
        (folder / "warc").mkdir()
        for name, part in (("a.warc.gz", CRAWL[:3]), ("b.warc.gz", CRAWL[3:])):
            records = [warc_record(block, target_uri=address) for address, _, _, block in part]
            (folder / "warc" / name).write_bytes(gzipped_each(records))
            offset = 0
            for (address, media_type, status, _), record in zip(part, records, strict=True):
                size = len(gzipped_each([record]))
                self.lines.append((address, media_type, status, f"warc/{name}", offset, size))
                offset += size

    def cdxj(self) -> list[str]:
        return sorted(
            f"{key(address)} 20240102030405 "
            + json.dumps(
                {"url": address, "mime": kind, "status": status, "filename": file}
                | {"offset": str(offset), "length": str(size)}
            )
            for address, kind, status, file, offset, size in self.lines
        )

    def cdx11(self) -> list[str]:
        rows = (
            f"{key(address)} 20240102030405 {address} {kind} {status} ABC - - {size} {offset} {file}"
            for address, kind, status, file, offset, size in self.lines
        )
        return [" CDX N b a m s k r M S V g", *sorted(rows)]

    def cdx9(self) -> list[str]:
        return sorted(
            f"{key(address)} 20240102030405 {address} {kind} {status} ABC - {offset} {file}"
            for address, kind, status, file, offset, _ in self.lines
        )

    def write(self, name: str, lines: Iterable[str]) -> Path:
        data = "".join(f"{line}\n" for line in lines).encode()
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
        return path


def key(address: str) -> str:
    host, _, path = address.removeprefix("https://").partition("/")
    return f"{','.join(reversed(host.split('.')))})/{path.lower()}"


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    return Crawl(tmp_path)


def read(search: Discovery, ignored: Counter[str] | None = None) -> list[RawPage | Reject]:
    found: list[RawPage | Reject] = []
    for file in search:
        found += [file] if isinstance(file, Reject) else read_pages(file, ignored=ignored)
    return found


def told(found: list[RawPage | Reject]) -> list[tuple[str, str]]:
    return [(one.path, one.code) if isinstance(one, Reject) else (one.path, one.url or "") for one in found]


FORMS: list[Callable[[Crawl], Path]] = [
    lambda crawl: crawl.write("index.cdxj", crawl.cdxj()),
    lambda crawl: crawl.write("index.cdxj", ["!OpenWayback-CDXJ 1.0", *crawl.cdxj()]),
    lambda crawl: crawl.write("index.cdxj.gz", crawl.cdxj()),
    lambda crawl: crawl.write("cdx-00000.gz", crawl.cdxj()),
    lambda crawl: crawl.write("index.cdx", crawl.cdx11()),
    lambda crawl: crawl.write("index.cdx.gz", crawl.cdx11()),
    lambda crawl: crawl.write("index.cdx", crawl.cdx11()[1:]),
    lambda crawl: crawl.write("index.cdx", crawl.cdx9()),
    lambda crawl: crawl.write("indexes/index.cdxj", crawl.cdxj()),
    lambda crawl: (
        crawl.write("cdx.paths", ["indexes/cdx-00001", "indexes/cdx-00000.gz"])
        and crawl.write("indexes/cdx-00000.gz", crawl.cdxj()[::2])
        and crawl.write("indexes/cdx-00001", crawl.cdxj()[1::2])
        and crawl.folder / "cdx.paths"
    ),
]
WANTED = [
    (
        [],
        [
            SITE + "guides/osmosis",
            SITE + "robots.txt",
            OTHER + "guides/diffusion",
            SITE + "guides/diffusion",
        ],
    ),
    ([SITE + "guides/"], [SITE + "guides/osmosis", SITE + "guides/diffusion"]),
    (["example.org"], [SITE + "guides/osmosis", SITE + "robots.txt", SITE + "guides/diffusion"]),
    (["*/guides/diff"], [OTHER + "guides/diffusion", SITE + "guides/diffusion"]),
    (["nowhere.example"], []),
]


@pytest.mark.parametrize("form", range(len(FORMS)))
@pytest.mark.parametrize(("wanted", "addresses"), WANTED)
def test_an_index_gives_the_pages_that_the_whole_crawl_gives(
    crawl: Crawl, form: int, wanted: list[str], addresses: list[str]
) -> None:
    index = FORMS[form](crawl)
    found = read(discover([index], wanted))
    whole = read(discover([crawl.folder / "warc"], wanted))
    assert [page.url for page in found] == addresses  # type: ignore[union-attr]
    assert [(page.path, page.data, page.captured_at) for page in found] == [  # type: ignore[union-attr]
        (f"warc/{page.path}", page.data, page.captured_at)
        for page in whole  # type: ignore[union-attr]
    ]


def test_no_byte_is_read_of_what_is_not_asked_for(crawl: Crawl) -> None:
    index = crawl.write("index.cdxj", crawl.cdxj())
    (file,) = discover([index], [SITE + "guides/diffusion"])
    assert isinstance(file, RawFile)
    data = bytearray(file.location.read_bytes())
    ((offset, size),) = file.ranges or ()
    data[:offset] = b"\xff" * offset
    data[offset + size :] = b"\xff" * (len(data) - offset - size)
    file.location.write_bytes(data)
    (page,) = read_pages(file)
    assert isinstance(page, RawPage)
    assert page.data == PAGE


def test_pictures_that_the_index_knows_are_found(crawl: Crawl) -> None:
    page = read(discover([crawl.write("index.cdxj", crawl.cdxj())]))[0]
    assert page.assets.read("/cell.png").data == PNG  # type: ignore[union-attr]


def test_of_a_large_sorted_index_only_the_lines_around_the_wish_are_read(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f'org,example)/a/{number:06} 2024 {{"broken' for number in range(5000)]
    others = [f'org,example,www)/z/{number:06} 2024 {{"broken' for number in range(5000)]
    index = crawl.write("index.cdxj", sorted([*crawl.cdxj(), *lines, *others]))
    monkeypatch.setattr(cdx, "_SMALL", 0)
    found = read(discover([index], [SITE + "guides/"]))
    assert [getattr(page, "url", page.path) for page in found] == [
        "index.cdxj",  # for lines below www.example.org were looked at
        SITE + "guides/osmosis",
        SITE + "guides/diffusion",
    ]
    index = crawl.write("index.cdxj", sorted([*crawl.cdxj(), *lines]))
    found = read(discover([index], [SITE + "guides/"]))
    assert [page.url for page in found] == [SITE + "guides/osmosis", SITE + "guides/diffusion"]  # type: ignore[union-attr]
    for line in (1, 2, 3, len(crawl.cdxj())):
        index = crawl.write("index.cdxj", crawl.cdxj()[:line])
        some = {page.url for page in read(discover([index], ["example.org"]))}  # type: ignore[union-attr]
        monkeypatch.setattr(cdx, "_SMALL", 1 << 24)
        assert some == {page.url for page in read(discover([index], ["example.org"]))}  # type: ignore[union-attr]
        monkeypatch.setattr(cdx, "_SMALL", 0)


def test_an_index_that_is_not_sorted_is_told(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cdx, "_SMALL", 0)
    index = crawl.write("index.cdxj", sorted(crawl.cdxj(), reverse=True))
    first = read(discover([index], ["example.org"]))[0]
    assert isinstance(first, Reject)
    assert "sort" in first.hint


@pytest.mark.parametrize(
    "line",
    [
        "no line of an index",
        'org,example)/ 2024 {"url": 7}',
        'org,example)/ 2024 {"url": "https://example.org/", "filename": "warc/a.warc.gz", "offset": "-5"}',
        'org,example)/ 2024 {"url": "https://example.org/", "filename": "warc/a.warc.gz", "offset": "9e9"}',
        "org,example)/ 2024 https://example.org/ text/html 200 ABC - x warc/a.warc.gz",
        "org,example)/ 2024 " + "[" * 5000,
        "\0\xff",
    ],
)
def test_a_line_that_is_none_is_told_and_the_others_are_read(crawl: Crawl, line: str) -> None:
    found = read(discover([crawl.write("index.cdxj", [*crawl.cdxj(), line])]))
    assert told(found)[0] == ("index.cdxj", "corrupt-archive")
    assert len(found) == 1 + len(WANTED[0][1])


@pytest.mark.parametrize(
    ("file", "code"),
    [("../../etc/passwd", "unsafe-path"), ("/etc/passwd", "unsafe-path"), ("warc/gone.warc.gz", "unreadable")],
)
def test_a_file_that_an_index_cannot_mean_is_told(crawl: Crawl, file: str, code: str) -> None:
    line = json.dumps({"url": SITE, "mime": "text/html", "status": "200", "filename": file, "offset": 0, "length": 9})
    found = read(discover([crawl.write("index.cdxj", [f"org,example)/ 2024 {line}", *crawl.cdxj()])]))
    assert code in [one.code for one in found if isinstance(one, Reject)]
    assert sum(isinstance(one, RawPage) for one in found) == len(WANTED[0][1])


def test_an_index_of_another_file_is_told_with_the_record(crawl: Crawl) -> None:
    lines = [line.replace('"offset": "0"', '"offset": "3"') for line in crawl.cdxj()]
    found = read(discover([crawl.write("index.cdxj", lines)]))
    assert ("warc/a.warc.gz!/3", "corrupt-archive") in told(found)
    assert "index" in next(one.hint for one in found if isinstance(one, Reject))


def test_a_damaged_index_gives_what_came_before(crawl: Crawl) -> None:
    index = crawl.write("index.cdxj.gz", crawl.cdxj())
    index.write_bytes(index.read_bytes()[:-30])
    found = read(discover([index]))
    assert ("index.cdxj.gz", "corrupt-archive") in told(found)


def test_what_an_index_names_and_is_no_page_is_counted(crawl: Crawl) -> None:
    search = discover([crawl.write("index.cdxj", crawl.cdxj())], [SITE])
    read(search)
    assert search.ignored == {"http-status": 1, "content-type": 1, "address": 1}


# -- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["warc.paths", "warc.paths.gz"])
def test_a_list_gives_the_files_that_it_names(crawl: Crawl, name: str) -> None:
    index = crawl.write(name, ["# two files", "warc/b.warc.gz", "", "warc/a.warc.gz"])
    found = read(discover([index]))
    whole = read(discover([crawl.folder / "warc"]))
    assert [one.path for one in found] == [f"warc/{one.path}" for one in whole]
    assert found[0].assets.read("/cell.png").data == PNG  # type: ignore[union-attr]
    several = read(discover([index, crawl.folder / "warc"]))
    assert {one.path.partition("/")[0] for one in several} == {name, "warc"}


def test_a_line_of_a_list_that_leads_nowhere_is_told_and_the_others_are_read(crawl: Crawl) -> None:
    lines = ["warc/gone.warc.gz", "s3://crawls/a.warc.gz", str(crawl.folder / "warc/a.warc.gz"), "warc/b.warc.gz"]
    found = read(discover([crawl.write("warc.paths", lines)]))
    paths = [path for path, _ in told(found)]
    assert paths[0] == "a.warc.gz!/0"  # nothing of the machine is in a path
    assert [one for one in told(found) if one[1] == "unreadable"] == [
        ("warc.paths", "unreadable"),
        ("warc/gone.warc.gz", "unreadable"),
    ]
    assert sum(path.startswith("warc/b.warc.gz!/") for path in paths) == 3


def test_lists_and_indexes_within_a_raw_folder_are_counted_and_lead_nowhere(crawl: Crawl) -> None:
    crawl.write("warc/warc.paths", ["/etc/passwd"])
    crawl.write("warc/index.cdxj", crawl.cdxj())
    search = discover([crawl.folder / "warc"])
    assert len(list(search)) == 2
    assert search.ignored == {"index": 2}


def test_what_is_asked_for_is_part_of_what_tells_whether_a_file_changed(crawl: Crawl) -> None:
    index = crawl.write("index.cdxj", crawl.cdxj())
    chosen = [[], ["example.org"], [SITE + "guides/"]]
    selections = {file.selection for wanted in chosen for file in discover([index], wanted)}  # type: ignore[union-attr]
    assert len(selections) == 6
    assert {file.selection for file in discover([crawl.folder / "warc"])} == {""}  # type: ignore[union-attr]
