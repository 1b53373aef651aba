"""A disk that is full at any moment is told as such, with exit code 2; with room again, the next run goes on."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_runs import artifact_sums, guidepress, guidepress_process
from term_pages import write_pages

# Many pages, as joined files have: qpdf writes them one by one, and meets the full disk where it can raise nothing.
LARGE = """
import errno, os, resource, sys
from pathlib import Path
from pikepdf import Pdf
from pipeline.exporters.pdf.joining import write
pdf = Pdf.new()
for number in range(40):
    pdf.add_blank_page()
    pdf.pages[number].obj.Contents = pdf.make_stream(os.urandom(10_000))
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    write(pdf, Path(sys.argv[1]) / "large.pdf")
except OSError as error:
    print(errno.errorcode[error.errno])
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a file system of its own, of 100 kB; `grow` gives it more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(disk)], check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if mounted.returncode:
        pytest.skip("mounting a small disk takes root's rights, with those of the system's administrator")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def grow(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def write_large(folder: Path, *limit: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LARGE, str(folder), *limit], capture_output=True, text=True, check=False
    )


def test_joining_a_pdf_on_a_full_disk_is_an_error_and_no_abort(small_disk: Path) -> None:
    done = write_large(small_disk)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ENOSPC\n", "")


def test_joining_a_pdf_beyond_the_largest_file_allowed_is_an_error_and_no_abort(tmp_path: Path) -> None:
    done = write_large(tmp_path, "300000")
    assert (done.returncode, done.stdout, done.stderr) == (0, "EFBIG\n", "")


def test_a_run_whose_disk_is_full_while_it_draws_says_so_and_goes_on_when_there_is_room(
    small_disk: Path, tmp_path: Path
) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    (tmp_path / "guidepress.toml").write_text("jobs = 1\n[pdf]\nparts = ['handout']\n")
    arguments = ["all", "--build", str(small_disk / "build"), "--lock", str(small_disk / "cards.lock")]
    for size in ("800k", "3m"):  # there is room for decks and JSON, but not for the fonts of a drawing process
        grow(small_disk, size)
        result = guidepress_process(arguments, tmp_path)
        assert result.returncode == 2, result.stderr
        assert "no room to write it" in result.stderr
    grow(small_disk, "60m")
    result = guidepress_process(arguments, tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert guidepress(["all"], tmp_path).returncode == 0
    assert artifact_sums(small_disk / "build") == artifact_sums(tmp_path / "build")
    assert [path.name for path in (small_disk / "build" / ".state").iterdir() if path.is_dir()] == []


def test_a_file_size_limit_is_told_as_such(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", ["Alpha"])
    before = ["sh", "-c", 'ulimit -f 300 && exec "$@"', "sh"]  # blocks of 512 or 1024 bytes
    result = guidepress_process(["all", "--jobs", "1"], tmp_path, before=before)
    assert result.returncode == 2, result.stderr
    assert "no room to write it: File too large" in result.stderr
