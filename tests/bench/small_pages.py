"""Raw pages for measuring scale: a term, its class and a fact each, in courses of some size, as files or in WARCs.

`python tests/bench/small_pages.py PAGES FOLDER [--of-course 50] [--warc 10000]`. The same arguments
give the same bytes.
"""

import argparse
import gzip
import random
from collections.abc import Iterator
from pathlib import Path

__all__ = ["edit", "small_page", "small_pages", "write_files", "write_warcs"]

_LISTED = "al am ar ba bel bri cas cer cor dan del dro em fal fer fin ga gem gra hel hor il jun kel kor la lin mar mil"
_SYLLABLES = _LISTED.split()


def _word(number: int) -> str:
    """Return a word that looks like one, another for each number."""
    base = len(_SYLLABLES)
    parts = [_SYLLABLES[number % base]]
    while number := number // base:
        parts.append(_SYLLABLES[number % base])
    return "".join(parts)


def small_page(number: int, of_course: int) -> str:
    """Return page `number` as HTML, about 800 bytes."""
    dice = random.Random(number)
    term = f"{_word(dice.randrange(900))} {_word(1000 + number)}"
    course = f"{_word(31 + number // of_course).capitalize()} Studies"
    words = " ".join(_word(dice.randrange(3000)) for _ in range(14))
    fact = " ".join(_word(dice.randrange(3000)) for _ in range(12))
    other = _word(1000 + dice.randrange(number + 1))
    return (
        f"<!doctype html><html lang=en><head><title>{term} - {course}</title></head><body><main><h1>{term}</h1>"
        f"<p>from class:</p><h3>{course}</h3><h2>Definition</h2><p>The {term} is {words}.</p>"
        f"<h2>1 Must Know Facts For Your Next Test</h2><ol><li>It was {other} that {fact} in {1500 + number % 500}."
        f"</li></ol></main><footer><p>© 2024 Own Words. All rights reserved.</p></footer></body></html>\n"
    )


def small_pages(count: int, of_course: int) -> Iterator[tuple[str, bytes]]:
    """Yield a path and the bytes of each page."""
    for number in range(count):
        yield f"{number // of_course:06}/{number:07}.html", small_page(number, of_course).encode()


def write_files(folder: Path, count: int, of_course: int) -> None:
    """Write `count` pages below `folder`, a file each."""
    for path, data in small_pages(count, of_course):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def write_warcs(folder: Path, count: int, of_course: int, of_file: int) -> None:
    """Write `count` pages below `folder` as `.warc.gz` files with `of_file` pages each, a member for each record."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = small_pages(count, of_course)
    for number in range(-(-count // of_file)):
        with (folder / f"part-{number:05}.warc.gz").open("wb") as handle:
            for _, (path, data) in zip(range(of_file), pages, strict=False):
                handle.write(gzip.compress(_response(path, data), 3, mtime=0))


def _response(path: str, data: bytes) -> bytes:
    told = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(data)
    body = told + data
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
        f"WARC-Target-URI: https://pages.example/{path}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{_number_of(path):012x}>\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def _number_of(path: str) -> int:
    """Return a number below 2**48 that is the same in every process."""
    return int.from_bytes(path.encode()[-12:], "big") % 2**48


def edit(folder: Path) -> None:
    """Change the fact of one page below `folder`, as an author would."""
    page = sorted(folder.rglob("*.html"))[0]
    page.write_bytes(page.read_bytes().replace(b"It was ", b"It really was ", 1))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("pages", type=int)
    options.add_argument("folder", type=Path)
    options.add_argument("--of-course", type=int, default=50)
    options.add_argument("--warc", type=int, default=0, help="pages of a WARC; without it each page is a file")
    chosen = options.parse_args()
    if chosen.warc:
        write_warcs(chosen.folder, chosen.pages, chosen.of_course, chosen.warc)
    else:
        write_files(chosen.folder, chosen.pages, chosen.of_course)
