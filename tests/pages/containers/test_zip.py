"""Zip archives: every member a page, a reject, or ignored by rule; one in memory at a time; none trusted."""

import gzip
import io
import struct
import tracemalloc
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from pipeline.config import Limits
from pipeline.pages import RawPage, discover, page_from_bytes, read_pages
from pipeline.records import Reject
from raw_inputs import PAGE, PNG, gzipped_each, http, mhtml, warc_record, zipped

TEXT = b"Osmosis\n\nfrom class:\n\nBiology\n"


def told(data: bytes, limits: Limits | None = None) -> list[tuple[str, str]]:
    """Return (path, media type or code) of all that a zip gives."""
    found = page_from_bytes(data, "a.zip", limits or Limits())
    return [(one.path, one.code if isinstance(one, Reject) else one.media_type) for one in found]


def test_members_come_in_the_order_of_their_names_by_content():
    data = zipped(("z.bin", PAGE), ("sub/a.html", TEXT), ("b.txt", b"# Osmosis\n\n**Water** moves.\n"), ("dir/", b""))
    assert told(data) == [
        ("a.zip!/b.txt", "text/markdown"),
        ("a.zip!/sub/a.html", "text/plain"),
        ("a.zip!/z.bin", "text/html"),
    ]


def test_what_is_no_page_by_rule_is_ignored_and_counted():
    ignored = Counter()
    data = zipped(
        ("X.html", PAGE),
        ("X_files/frame.html", PAGE),
        ("X_files/a.png", PNG),
        ("__MACOSX/._X.html", b"\0\5\x16\7" * 20),
        (".DS_Store", b"x"),
        ("style.css", b"p{}"),
        ("pic", PNG),
    )
    found = page_from_bytes(data, "a.zip", ignored=ignored)
    assert [one.path for one in found] == ["a.zip!/X.html"]
    assert ignored == {"saved-page-file": 2, "dotfile": 2, "style-or-script": 1, "image": 1}


@pytest.mark.parametrize(
    "name", ["../evil.html", "a/../../evil.html", "/etc/evil.html", "C:\\evil.html", "..\\evil.html", "\\\\host\\x", ""]
)
def test_a_name_that_leads_out_is_a_reject_and_the_others_are_read(name):
    found = told(zipped((name, PAGE), ("good.html", PAGE)))
    assert sorted(code for _, code in found) == ["text/html", "unsafe-path"]


def test_two_members_with_one_name_are_both_read():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("b.html", PAGE), ("b.html", TEXT), ("./b.html", PAGE))
    found = page_from_bytes(data, "a.zip")
    assert {one.path for one in found} == {"a.zip!/b.html", "a.zip!/b.html#2", "a.zip!/b.html#3"}


def test_archives_within_archives_two_deep_and_no_deeper():
    inner = zipped(("c.html", PAGE))
    middle = zipped(("inner.zip", inner), ("d.html.gz", gzip.compress(PAGE)))
    assert told(middle) == [("a.zip!/d.html.gz", "text/html"), ("a.zip!/inner.zip!/c.html", "text/html")]
    assert told(zipped(("middle.zip", middle))) == [
        ("a.zip!/middle.zip!/d.html.gz", "text/html"),
        ("a.zip!/middle.zip!/inner.zip", "too-deep"),
    ]
    assert told(gzip.compress(middle)) == told(middle)


def test_a_zip_holds_every_other_kind_of_input():
    warc = gzipped_each([warc_record(http(PAGE)), warc_record(http(TEXT, content_type="text/plain"))])
    saved = mhtml(({"Content-Type": "text/html"}, PAGE))
    paths = [path for path, _ in told(zipped(("w.warc.gz", warc), ("m.mht", saved)))]
    assert paths[:2] == ["a.zip!/m.mht", "a.zip!/w.warc.gz!/0"]
    assert len(paths) == 3


def test_pictures_are_found_within_the_zip_as_the_page_writes_them():
    page = b"""<html><body><img src="./pics/a%20b.png"><img src="../top.png?x" srcset="pics/s.png 1x, /abs.png 2x">
    <img src="https://example.org/x.png"><img src="pics/gone.png"></body></html>"""
    data = zipped(
        ("bio/p.html", page), ("bio/pics/a b.png", PNG), ("top.png", PNG + b"t"), ("bio/pics/s.png", PNG + b"s")
    )
    (found,) = page_from_bytes(data, "a.zip")
    read = found.assets.read
    assert read("./pics/a%20b.png").ref == "a.zip!/bio/pics/a b.png"
    assert read("../top.png?x").data.endswith(b"t")
    assert read("pics/s.png").data.endswith(b"s")
    assert [read(ref) for ref in ("https://example.org/x.png", "pics/gone.png", "/abs.png")] == [None] * 3


def test_a_picture_within_a_shadow_tree_is_found_within_the_zip():
    page = b"<!doctype html><x-a><template shadowrootmode=open><img src=tide.png></template></x-a><h1>Tide</h1>"
    (found,) = page_from_bytes(zipped(("a.html", page), ("tide.png", PNG)), "a.zip", Limits())
    assert found.assets.read("tide.png").data == PNG


def test_names_in_utf8_without_their_flag_are_read_as_utf8():
    data = zipped(("caf\u00e9.html", PAGE))
    raw = bytearray(data)
    for at in (6, data.index(b"PK\1\2") + 8):
        raw[at : at + 2] = b"\0\0"
    assert told(bytes(raw)) == [("a.zip!/café.html", "text/html")]


def test_a_password_is_told():
    data = bytearray(zipped(("a.html", PAGE), ("b.html", PAGE)))
    data[data.index(b"PK\1\2") + 8] |= 1
    assert told(bytes(data)) == [("a.zip!/a.html", "encrypted"), ("a.zip!/b.html", "text/html")]


def test_a_damaged_member_is_a_reject_and_the_others_are_read():
    data = bytearray(zipped(("a.html", PAGE), ("b.html", PAGE), method=zipfile.ZIP_STORED))
    data[data.index(b"Osmosis")] ^= 1
    assert told(bytes(data)) == [("a.zip!/a.html", "corrupt-archive"), ("a.zip!/b.html", "text/html")]


def test_a_method_that_is_not_read_is_told():
    assert told(zipped(("a.html", PAGE), method=zipfile.ZIP_BZIP2)) == [("a.zip!/a.html", "corrupt-archive")]


def test_a_symbolic_link_in_an_archive_is_not_followed():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("a.html")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert told(file.getvalue()) == [("a.zip!/a.html", "broken-link")]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_of_a_zip_that_was_cut_the_whole_members_are_read(method):
    data = zipped(
        ("a.html", PAGE), ("b.css", b"p{}"), ("../c.html", PAGE), ("d.html", TEXT), ("e.html", PAGE), method=method
    )
    cut = data[: data.index(b"e.html") + 20]
    assert told(cut) == [
        ("a.zip!/a.html", "text/html"),
        ("a.zip!/../c.html", "unsafe-path"),
        ("a.zip!/d.html", "text/plain"),
        ("a.zip", "corrupt-archive"),
    ]


def test_a_cut_zip_whose_sizes_follow_the_data_is_read_as_well():
    class Unseekable(io.BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise OSError

    file = Unseekable()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.html", "b.html"):
            archive.writestr(name, PAGE)
    data = file.getvalue()
    assert data[6] & 8
    assert told(data[: data.index(b"PK\1\2") + 10]) == [
        ("a.zip!/a.html", "text/html"),
        ("a.zip!/b.html", "text/html"),
        ("a.zip", "corrupt-archive"),
    ]


def test_a_cut_zip_with_a_whole_zip_in_it_is_not_taken_for_the_inner_one():
    inner = zipped(("c.html", PAGE))
    outer = zipped(("a.html", PAGE), ("inner.zip", inner), method=zipfile.ZIP_STORED)
    cut = outer[: outer.rindex(b"PK\1\2", 0, outer.rindex(b"PK\1\2"))]
    assert ("a.zip", "corrupt-archive") in told(cut)
    assert ("a.zip!/c.html", "text/html") not in told(cut)


def test_a_bomb_is_a_reject_and_the_page_beside_it_is_read():
    data = zipped(("a.html", PAGE), ("bomb.html", b"\n" * 30_000_000), ("z.html", PAGE))
    assert told(data) == [
        ("a.zip!/a.html", "text/html"),
        ("a.zip!/bomb.html", "expansion"),
        ("a.zip!/z.html", "text/html"),
    ]


def test_members_that_share_their_bytes_pass_the_limit_of_the_whole():
    # David Fifield's bomb: many directory entries, one kernel of data.
    data = zipped(("a.html", PAGE[:60] + b"".join(b"%x " % (number * 7919) for number in range(1_000))))
    at, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    entry = data[at:end]
    entries = b"".join(entry.replace(b"a.html", b"%06x" % number) for number in range(400))
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 400, 400, len(entries), at, 0)
    # Their names differ from the local header's: zipfile refuses them. Ask with the same names, too.
    same = entry * 400
    for directory in (entries, same):
        found = told(data[:at] + directory + tail, Limits(expansion_ratio=15))
        assert found[-1][1] in ("expansion", "corrupt-archive")
    # A zipfile that sees that members overlap (Debian's, 3.11.8) reads no more than one of them.
    overlapping = [code for _, code in found].count("corrupt-archive")
    assert overlapping == 399 or (found[-1] == ("a.zip", "expansion") and len(found) < 400)


def test_a_page_past_the_limit_is_told_by_its_entry():
    words = b"".join(b"%x " % (number * 7919) for number in range(40_000))
    assert told(zipped(("a.html", words), ("b.html", PAGE)), Limits(page_bytes=100_000)) == [
        ("a.zip!/a.html", "too-large"),
        ("a.zip!/b.html", "text/html"),
    ]


def test_an_archive_past_its_limits_is_told_once():
    data = zipped(*((f"{number}.html", PAGE) for number in range(12)))
    assert told(data, Limits(members=11)) == [("a.zip", "too-many-members")]
    assert len(told(data, Limits(members=12))) == 12
    found = told(data, Limits(archive_bytes=len(PAGE) * 5))
    assert found[-1] == ("a.zip", "too-large")
    assert len(found) == 7


def test_a_directory_of_millions_is_counted_and_not_held():
    entry = zipped(("a.html", b"x"))
    at, end = entry.index(b"PK\1\2"), entry.index(b"PK\5\6")
    directory = entry[at:end] * 30_000
    lying = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory), at, 0)
    tracemalloc.start()
    assert told(entry[:at] + directory + lying, Limits(members=100)) == [("a.zip", "too-many-members")]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000  # the file itself is 1.6 MB


def test_an_empty_zip_is_empty():
    assert told(zipped()) == [("a.zip", "empty")]


def test_one_member_of_a_thousand_is_in_memory(tmp_path):
    page = PAGE + bytes(range(32, 127)) * 300
    Path(tmp_path / "a.zip").write_bytes(zipped(*((f"{number}.html", page) for number in range(1_000))))
    (file,) = discover([tmp_path])
    tracemalloc.start()
    count = sum(isinstance(found, RawPage) for found in read_pages(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1_000
    assert peak < 80 * len(page)  # 28 kB each; the directory takes 1.5 of these 2.3 MB
