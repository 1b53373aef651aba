"""Files and what is in them: pages by content, rejects with their codes, limits before memory."""

import gzip
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from pipeline.config import Limits
from pipeline.pages import NoAssets, RawPage, discover, page_from_bytes, read_pages
from pipeline.records import Reject
from raw_inputs import PAGE, PNG, as_nobody


def codes(found: list[RawPage | Reject]) -> list[str]:
    return [one.code if isinstance(one, Reject) else "page" for one in found]


def test_a_page_keeps_its_bytes_and_is_known_by_them():
    (page,) = page_from_bytes(PAGE, "a.txt")
    assert page == RawPage("a.txt", PAGE, "text/html")


BLANK = [b"", b" \r\n\t", b"\xef\xbb\xbf\n", b"\xff\xfe", b"\0\0\0", gzip.compress(b" ", mtime=0)]


@pytest.mark.parametrize("data", BLANK)
def test_nothing_but_white_space_is_empty(data):
    (reject,) = page_from_bytes(data, "a.html")
    assert (reject.path, reject.line, reject.code) == ("a.html", None, "empty")
    assert reject.hint


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "a picture"),
        (b"%PDF-1.7\n1 0 obj\n", "a PDF document"),
        (b"wOF2" + b"\0" * 20, "a font"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 20, "a 7z archive"),
        (bytes(range(256)) * 8, "bytes that are no text"),
        (b"\x7fELF\2\1\1" + b"\0" * 300, "a program"),
    ],
)
def test_a_binary_file_with_a_pages_name_is_a_reject_that_says_what_it_is(data, kind):
    (reject,) = page_from_bytes(data, "a.html")
    assert reject.code == "binary"
    assert kind in reject.message


def test_pictures_and_fonts_with_other_names_are_ignored_and_counted():
    ignored = Counter()
    svg = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"
    for name, data in (("a.png", PNG), ("a", PNG), ("a.svg", svg), ("a.woff2", b"wOF2" + b"\0" * 20)):
        assert page_from_bytes(data, name, ignored=ignored) == []
    assert ignored == {"image": 3, "font": 1}


def test_text_with_nul_bytes_and_a_few_controls_is_text():
    for data in (PAGE + b"\0" * 5000, PAGE.replace(b">", b">\0"), b"\x01\x02" + PAGE, PAGE.decode().encode("utf-16")):
        assert codes(page_from_bytes(data, "a.html")) == ["page"]


def test_gzip_is_taken_off_whatever_the_name_and_however_many_members():
    members = gzip.compress(PAGE[:30], mtime=0) + gzip.compress(PAGE[30:], mtime=0)
    for data in (gzip.compress(PAGE, mtime=0), members + b"\0" * 512):
        (page,) = page_from_bytes(data, "a.html")
        assert page == RawPage("a.html", PAGE, "text/html")
    assert codes(page_from_bytes(gzip.compress(gzip.compress(PAGE), mtime=0), "a")) == ["page"]
    assert codes(page_from_bytes(gzip.compress(gzip.compress(gzip.compress(PAGE), mtime=0)), "a")) == ["too-deep"]


def test_gzip_that_was_cut_or_damaged_is_a_reject_not_half_a_page():
    packed = gzip.compress(PAGE, mtime=0)
    damaged = packed[:-8] + b"\0\0\0\0" + packed[-4:]
    for data in (packed[:-9], packed[:20], damaged):
        assert codes(page_from_bytes(data, "a.html.gz")) == ["corrupt-archive"]


def test_bytes_after_a_gzip_stream_are_told():
    packed = gzip.compress(PAGE, mtime=0)
    page, reject = page_from_bytes(packed + b"more", "a.html.gz")
    assert page.data == PAGE
    assert (reject.path, reject.code) == (f"a.html.gz!/{len(packed)}", "corrupt-archive")


def test_a_page_past_the_limit_is_a_reject_before_it_is_read(tmp_path):
    big = tmp_path / "big.html"
    with big.open("wb") as file:
        file.write(PAGE)
        file.truncate(50_000_000)
    (reject,) = read_pages(next(iter(discover([tmp_path]))))
    assert reject.code == "too-large"
    assert "16,000,000" in reject.message


def test_a_gzip_bomb_is_unpacked_no_further_than_the_limit():
    bomb = gzip.compress(b"\n" * 60_000_000, mtime=0)
    assert codes(page_from_bytes(bomb, "a.gz")) == ["expansion"]
    dense = Limits(expansion_ratio=5)
    assert codes(page_from_bytes(gzip.compress(PAGE * 100, mtime=0), "a.gz", dense)) == ["expansion"]
    words = b"".join(b"%x " % (number * 7919) for number in range(40_000))
    assert codes(page_from_bytes(gzip.compress(words, mtime=0), "a.gz", Limits(page_bytes=100_000))) == ["too-large"]


def test_a_file_that_may_not_be_read_is_a_reject():
    with tempfile.TemporaryDirectory() as top:
        Path(top).chmod(0o755)
        (Path(top) / "a.html").write_bytes(PAGE)
        (Path(top) / "a.html").chmod(0o000)
        with as_nobody():
            found = [one for file in discover([Path(top)]) for one in read_pages(file)]
    assert [(one.path, one.code) for one in found] == [("a.html", "unreadable")]


def test_a_file_that_vanished_is_a_reject(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE)
    (file,) = discover([tmp_path])
    file.location.unlink()
    assert codes(list(read_pages(file))) == ["unreadable"]


def test_a_saved_pages_address_is_read_from_the_browsers_mark():
    marked = b"<!DOCTYPE html>\n<!-- saved from url=(0030)https://example.org/osmosis -->\n" + PAGE
    assert page_from_bytes(marked, "a.html")[0].url == "https://example.org/osmosis"
    assert page_from_bytes(marked.replace(b"https://", b"file:///"), "a.html")[0].url is None


class TestFolderOfASavedPage:
    """Pictures beside a page are found as the page writes them, and nothing outside the raw root is."""

    @pytest.fixture
    def page(self, tmp_path):
        raw = tmp_path / "raw"
        files = raw / "bio" / "Água & sal_files"
        files.mkdir(parents=True)
        (files / "a b.png").write_bytes(PNG)
        (files / "q.png?v=1").write_bytes(PNG + b"q")
        (raw / "top.png").write_bytes(PNG + b"top")
        (tmp_path / "secret.png").write_bytes(PNG)
        (raw / "bio" / "way-out.png").symlink_to(tmp_path / "secret.png")
        (raw / "bio" / "Água & sal.html").write_bytes(PAGE)
        return next(one for file in discover([raw]) for one in read_pages(file) if one.path.endswith("html"))

    @pytest.mark.parametrize(
        "ref",
        [
            "./%C3%81gua%20&%20sal_files/a%20b.png",
            "Água & sal_files/a b.png",
            "Água%20&%20sal_files\\a b.png#top",
            "x/../Água & sal_files/a b.png?v=2",
        ],
    )
    def test_found_however_it_is_written(self, page, ref):
        asset = page.assets.read(ref)
        assert asset.data == PNG
        assert asset.ref == "bio/Água & sal_files/a b.png"

    def test_a_query_may_be_part_of_the_name(self, page):
        assert page.assets.read("Água & sal_files/q.png?v=1").data.endswith(b"q")

    def test_above_the_page_but_within_the_root(self, page):
        assert page.assets.read("../top.png").ref == "top.png"

    @pytest.mark.parametrize(
        "ref",
        [
            "../../secret.png",
            "..%2f..%2fsecret.png",
            "way-out.png",
            "/etc/passwd",
            "file:///etc/passwd",
            "https://example.org/a.png",
            "//example.org/a.png",
            "C:\\a.png",
            "",
            ".",
            "a\0b",
            "\ud800.png",
            "n" * 5000,
            "data:image/png;base64,AAAA",
        ],
    )
    def test_nothing_else_is(self, page, ref):
        assert page.assets.read(ref) is None


def test_with_several_roots_a_pictures_path_begins_with_its_roots_name(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "sub").mkdir(parents=True)
        (tmp_path / name / "sub" / "a.html").write_bytes(PAGE)
        (tmp_path / name / "sub" / "a.png").write_bytes(PNG)
    pages = [page for file in discover([tmp_path / "one", tmp_path / "two"]) for page in read_pages(file)]
    assert [page.path for page in pages] == ["one/sub/a.html", "two/sub/a.html"]
    assert [page.assets.read("a.png").ref for page in pages] == ["one/sub/a.png", "two/sub/a.png"]


def test_bytes_alone_have_no_files():
    assert page_from_bytes(PAGE, "a.html")[0].assets == NoAssets()
