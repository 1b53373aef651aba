"""Raw inputs are found in the order of their paths, and what is passed by is counted."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.pages import RawFile, RawFolderError, discover
from pipeline.records import Reject
from raw_inputs import as_nobody


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def paths(*roots: Path) -> list[str]:
    return [found.path for found in discover(roots)]


def test_paths_are_sorted_as_strings_though_folders_are_read_one_by_one(raw):
    put(raw, "a/x.html", "a-b.html", "a.html", "a/b/y.html", "B.txt", "a0")
    got = paths(raw)
    assert got == sorted(got)
    assert got == ["B.txt", "a-b.html", "a.html", "a/b/y.html", "a/x.html", "a0"]


def test_a_file_is_told_with_its_size_and_time(raw):
    put(raw, "a.html")
    (found,) = discover([raw])
    status = (raw / "a.html").stat()
    assert found == RawFile("a.html", raw / "a.html", status.st_size, status.st_mtime_ns, raw)


def test_what_is_no_page_by_name_is_counted(raw):
    put(raw, ".hidden", ".git/config", "README.md", "README", "bio/README.md", "a.css", "b.JS", "js.html")
    search = discover([raw])
    assert [found.path for found in search] == ["bio/README.md", "js.html"]
    assert search.ignored == {"dotfile": 2, "readme": 2, "style-or-script": 2}


def test_a_saved_pages_own_files_are_not_pages(raw):
    put(raw, "X.html", "X_files/frame.html", "X_files/deep/a.png", "Y_files/z.html", "W.HTM", "W_files/a.html")
    search = discover([raw])
    assert [found.path for found in search] == ["W.HTM", "X.html", "Y_files/z.html"]
    assert search.ignored == {"saved-page-file": 3}


def test_several_roots_put_their_names_in_front(tmp_path):
    put(tmp_path, "one/a.html", "two/a.html", "deep/one/a.html")
    got = paths(tmp_path / "two", tmp_path / "one", tmp_path / "deep/one", tmp_path / "one")
    assert got == ["one#2/a.html", "one/a.html", "two/a.html"]


def test_a_root_may_be_a_single_file(raw):
    put(raw, "a.html")
    assert paths(raw / "a.html") == ["a.html"]


def test_a_missing_root_is_an_error_with_a_hint(raw):
    with pytest.raises(RawFolderError, match="nothing at nowhere/") as caught:
        discover([raw / "nowhere"])
    assert "--raw" in caught.value.hint


def test_a_broken_link_is_a_reject_and_a_good_one_is_read(raw, tmp_path):
    put(tmp_path, "elsewhere.html")
    (raw / "good.html").symlink_to(tmp_path / "elsewhere.html")
    (raw / "bad.html").symlink_to(tmp_path / "nowhere.html")
    (raw / "ring.html").symlink_to(raw / "ring.html")
    bad, good, ring = discover([raw])
    assert isinstance(good, RawFile)
    assert [(one.path, one.code) for one in (bad, ring)] == [("bad.html", "broken-link"), ("ring.html", "broken-link")]


def test_links_to_folders_are_followed_once_and_never_in_a_ring(raw, tmp_path):
    put(raw, "real/a.html")
    put(tmp_path, "outside/b.html")
    (raw / "again").symlink_to(raw / "real")
    (raw / "real/up").symlink_to(raw)
    (raw / "top").symlink_to(tmp_path)
    (raw / "out").symlink_to(tmp_path / "outside")
    (raw / "out2").symlink_to(tmp_path / "outside")
    (tmp_path / "outside/self").symlink_to(tmp_path / "outside")
    search = discover([raw])
    assert [found.path for found in search] == ["out/b.html", "real/a.html"]
    assert search.ignored == {"folder-link": 5}


def test_a_pipe_is_a_reject_and_is_not_opened(raw):
    os.mkfifo(raw / "pipe.html")
    (found,) = discover([raw])
    assert (found.path, found.code) == ("pipe.html", "unreadable")


def test_names_that_are_not_utf8_or_not_printable_survive(raw):
    (raw / os.fsdecode(b"caf\xe9.html")).write_bytes(b"x")
    (raw / "caf\\xe9.html").write_bytes(b"y")
    (raw / "two\nlines.html").write_bytes(b"z")
    found = list(discover([raw]))
    assert sorted(one.path for one in found) == ["caf\\xe9.html", "caf\\xe9.html#2", "two\\x0alines.html"]
    assert sorted(one.location.read_bytes() for one in found) == [b"x", b"y", b"z"]


def test_folders_deeper_than_pythons_stack(raw):
    here = os.open(raw, os.O_RDONLY)
    for _ in range(1_100):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("a.html", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    got = paths(raw)
    subprocess.run(["rm", "-r", raw / "d"], check=True)  # deeper than what clears up after tests can reach
    assert got == ["d/" * 1_100 + "a.html"]


def test_a_folder_that_may_not_be_read_is_a_reject_and_the_others_are_read(raw):
    with tempfile.TemporaryDirectory() as top:
        Path(top).chmod(0o755)
        put(Path(top), "open/a.html", "shut/b.html")
        (Path(top) / "shut").chmod(0o000)
        with as_nobody():
            found = list(discover([Path(top)]))
        (Path(top) / "shut").chmod(0o755)
    assert [one.path for one in found] == ["open/a.html", "shut"]
    assert isinstance(found[1], Reject)
    assert found[1].code == "unreadable"


def test_a_second_walk_counts_anew(raw):
    put(raw, ".a", "b.html")
    search = discover([raw])
    assert list(search) == list(search)
    assert search.ignored == {"dotfile": 1}


@settings(max_examples=25)
@given(
    st.sets(
        st.lists(st.text("ab-._/é0", min_size=1, max_size=3).map(lambda part: part.replace("/", "x")), max_size=3)
        .map("/".join)
        .filter(bool),
        max_size=8,
    )
)
def test_any_tree_is_walked_in_the_order_of_its_paths(names):
    with tempfile.TemporaryDirectory() as top:
        for name in names:
            try:
                put(Path(top), name + ".html")
            except OSError:  # one name is a file here and a folder there
                continue
        got = [found.path for found in discover([Path(top)])]
        every = (path.relative_to(top).as_posix() for path in Path(top).rglob("*.html") if path.is_file())
        assert got == sorted(path for path in every if not any(part.startswith(".") for part in path.split("/")))
