"""A seeded fuzzer: damages real pages in the ways that crawls, disks and editors do."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable, Iterator, Sequence

__all__ = ["MUTATIONS", "mutations"]

Mutation = Callable[[bytes, bytes, random.Random], bytes]
MAX_BYTES = 400_000
TAG = re.compile(rb"<[^<>]{1,200}>")
CODECS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp437", "shift_jis", "koi8-r",
          "utf-7", "cp037")  # fmt: skip


def _at(data: bytes, rng: random.Random) -> int:
    return rng.randrange(len(data) + 1)


def _span(data: bytes, rng: random.Random, longest: int = 5000) -> tuple[int, int]:
    start = _at(data, rng)
    return start, min(len(data), start + rng.randrange(1, longest))


def _cut(data: bytes, _: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _truncate(data: bytes, _: bytes, rng: random.Random) -> bytes:
    return data[: _at(data, rng)]


def _truncate_in_tag(data: bytes, _: bytes, rng: random.Random) -> bytes:
    tags = list(TAG.finditer(data))
    if not tags:
        return data[: _at(data, rng)]
    tag = rng.choice(tags)
    return data[: rng.randrange(tag.start() + 1, tag.end())]


def _truncate_in_character(data: bytes, _: bytes, rng: random.Random) -> bytes:
    places = [match.end() for match in re.finditer(rb"[\xc2-\xf4]", data)]
    return data[: rng.choice(places)] if places else data + b"\xe2\x80"


def _repeat(data: bytes, _: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng, 2000)
    return data[:start] + data[start:end] * rng.randrange(2, 40) + data[end:]


def _double(data: bytes, _: bytes, rng: random.Random) -> bytes:
    return data * rng.randrange(2, 4)


def _double_tags(data: bytes, _: bytes, rng: random.Random) -> bytes:
    chance = rng.random() * 0.5
    return TAG.sub(lambda tag: tag[0] * 2 if rng.random() < chance else tag[0], data)


def _drop_tags(data: bytes, _: bytes, rng: random.Random) -> bytes:
    chance = rng.random()
    return TAG.sub(lambda tag: b"" if rng.random() < chance else tag[0], data)


def _shuffle_tags(data: bytes, _: bytes, rng: random.Random) -> bytes:
    tags = TAG.findall(data)
    rng.shuffle(tags)
    pool = iter(tags)
    return TAG.sub(lambda _tag: next(pool), data)


def _shuffle_lines(data: bytes, _: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def _splice(data: bytes, other: bytes, rng: random.Random) -> bytes:
    return data[: _at(data, rng)] + other[_at(other, rng) :]


def _insert(data: bytes, other: bytes, rng: random.Random) -> bytes:
    start, end = _span(other, rng)
    at = _at(data, rng)
    return data[:at] + other[start:end] + data[at:]


def _flip(data: bytes, _: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(data)
    for _count in range(rng.randrange(1, 60) if damaged else 0):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def _noise(data: bytes, _: bytes, rng: random.Random) -> bytes:
    at = _at(data, rng)
    return data[:at] + rng.randbytes(rng.randrange(1, 3000)) + data[at:]


def _nuls(data: bytes, _: bytes, rng: random.Random) -> bytes:
    for _count in range(rng.randrange(1, 40)):
        at = _at(data, rng)
        data = data[:at] + b"\0" * rng.randrange(1, 4) + data[at:]
    return data


def _recode(data: bytes, _: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    return text.encode(rng.choice(CODECS), errors="ignore")


def _recode_part(data: bytes, _: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    part = data[start:end].decode("utf-8", errors="replace")
    return data[:start] + part.encode(rng.choice(CODECS), errors="ignore") + data[end:]


def _mojibake(data: bytes, _: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    for _time in range(rng.randrange(1, 3)):
        text = text.encode().decode("cp1252", errors="replace")
    return text.encode()


def _line_ends(data: bytes, _: bytes, rng: random.Random) -> bytes:
    ends = [b"\n", b"\r\n", b"\r", b"\x0b", b"\x0c", b"\xc2\x85", b"\xe2\x80\xa8", b"\n\r"]
    return re.sub(rb"\r?\n|(?<=>)", lambda _end: rng.choice(ends), data)


def _nest(data: bytes, _: bytes, rng: random.Random) -> bytes:
    tag = rng.choice([b"div", b"b", b"ul><li", b"table><tr><td", b"blockquote", b"font", b"a href=x",
                      b"details", b"svg", b"select", b"template", b"p", b"button"])  # fmt: skip
    at, depth = _at(data, rng), rng.choice([50, 400, 3000, 20_000])
    return data[:at] + (b"<" + tag + b">") * depth + data[at:]


def _nest_quotes(data: bytes, _: bytes, rng: random.Random) -> bytes:
    mark = rng.choice([b"> ", b"* ", b"  - ", b"[", b"![", b"**", b"`", b"<!--", b"\\(", b"$$"])
    at = _at(data, rng)
    return data[:at] + b"\n" + mark * rng.choice([20, 500, 5000]) + data[at:]


def _attribute(data: bytes, _: bytes, rng: random.Random) -> bytes:
    value = rng.choice([b"x" * 200_000, b"'" * 5000, b"a=b " * 20_000, b"data:image/png;base64," +
                        b"A" * 100_000])  # fmt: skip
    at = _at(data, rng)
    return data[:at] + b'<p title="' + value + rng.choice([b'">', b"'>", b""]) + data[at:]


def _entities(data: bytes, _: bytes, rng: random.Random) -> bytes:
    entity = rng.choice([b"&amp;", b"&#0;", b"&#xD800;", b"&#x110000;", b"&nosuch;", b"&", b"&lt;",
                         b"&#99999999999;", b"&copy", b"&zwj;"])  # fmt: skip
    at = _at(data, rng)
    return data[:at] + entity * rng.choice([1, 100, 20_000]) + data[at:]


def _openers(data: bytes, _: bytes, rng: random.Random) -> bytes:
    opener = rng.choice([b"<!--", b"<script>", b"<style>", b"<textarea>", b"<title>", b"<plaintext>",
                         b"<![CDATA[", b"<xmp>", b"<noscript>", b"<svg><title>", b"<math><mi>",
                         b"<?xml version='1.0' encoding='utf-16'?>", b"<frameset>"])  # fmt: skip
    at = _at(data, rng)
    return data[:at] + opener + data[at:]


def _controls(data: bytes, _: bytes, rng: random.Random) -> bytes:
    odd = ["\u202e", "\u200b", "\ufeff", "\ufffe", "\x1b[31m", "\u0300" * 200, "\x85", "\U000e0041",
           "\x08", "\u2029"]  # fmt: skip
    for _count in range(rng.randrange(1, 20)):
        at = _at(data, rng)
        data = data[:at] + rng.choice(odd).encode("utf-8", "surrogatepass") + data[at:]
    return data


def _surrogates(data: bytes, _: bytes, rng: random.Random) -> bytes:
    at = _at(data, rng)
    return data[:at] + rng.choice([b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xf4\x90\x80\x80"]) + data[at:]


def _declare(data: bytes, _: bytes, rng: random.Random) -> bytes:
    charset = rng.choice([b"utf-16", b"utf-7", b"nosuch", b"cp037", b"", b"x" * 5000, b"utf-8\0",
                          b"idna", b"rot13", b"zlib"])  # fmt: skip
    return b'<meta charset="' + charset + b'">' + data


def _marks(data: bytes, _: bytes, rng: random.Random) -> bytes:
    start = rng.choice([b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"PK\x03\x04",
                        b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"MIME-Version: 1.0\r\n", b"%PDF-1.7\n",
                        b"From: x\r\n", b"---\n", b"<?xml?>"])  # fmt: skip
    return start + data


def _squeeze(data: bytes, _: bytes, rng: random.Random) -> bytes:
    packed = gzip.compress(data, mtime=0)
    return rng.choice([_flip, _truncate])(packed, b"", rng) if rng.random() < 0.7 else packed


def _whitespace(data: bytes, _: bytes, rng: random.Random) -> bytes:
    space = rng.choice([b" ", b"\t", b"\n", b"\xc2\xa0", b"\xe3\x80\x80"])
    at = _at(data, rng)
    return data[:at] + space * rng.choice([10, 5000, 200_000]) + data[at:]


MUTATIONS: dict[str, Mutation] = {
    function.__name__.lstrip("_").replace("_", "-"): function
    for function in (
        _attribute, _controls, _cut, _declare, _double, _double_tags, _drop_tags, _entities, _flip,
        _insert, _line_ends, _marks, _mojibake, _nest, _nest_quotes, _noise, _nuls, _openers,
        _recode, _recode_part, _repeat, _shuffle_lines, _shuffle_tags, _splice, _squeeze,
        _surrogates, _truncate, _truncate_in_character, _truncate_in_tag, _whitespace,
    )
}  # fmt: skip


def mutations(pages: Sequence[bytes], count: int, seed: int, *, first: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield damaged pages number `first` up to `count`, each with a label that names what was done to which page.

    Each number is fixed by `seed` and its place, so that one page of 10,000 can be made again
    alone: `next(mutations(pages, n + 1, seed, first=n))`. No page is over 400 kB but those
    of which one mutation makes more.
    """
    names = sorted(MUTATIONS)
    for number in range(first, count):
        rng = random.Random(f"{seed}/{number}")
        which = rng.randrange(len(pages))
        data = pages[which]
        chosen = [names[number % len(names)]]
        chosen += rng.choices(names, k=rng.choice([0, 0, 1, 1, 2, 4]))
        for name in chosen:
            if len(data) < MAX_BYTES:
                data = MUTATIONS[name](data, pages[rng.randrange(len(pages))], rng)
        yield f"{number:05d}-page{which}-{'+'.join(chosen)}", data
