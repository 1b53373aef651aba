"""MHTML (RFC 2557): a page and its pictures as the parts of a mail, in whatever coding a browser chose."""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin

from pipeline.config import Limits
from pipeline.pages.assets import collect_assets, named_files
from pipeline.pages.containers.http_response import content_type, headers_of, parameter, split_head
from pipeline.pages.containers.member import Member
from pipeline.pages.containers.streams import damaged
from pipeline.pages.containers.transport import page_url, utc_from_mail
from pipeline.pages.found import Ignored
from pipeline.pages.page import Asset, AssetSource
from pipeline.records import Reject

__all__ = ["looks_like_mhtml", "mhtml_members"]

_HEADER: Final = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_DEEPEST: Final = 8
_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml", "text/markdown", "text/plain")
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]+")


def looks_like_mhtml(head: bytes) -> bool:
    """Return whether a file begins with a mail's headers: a multipart type, or a text type and a MIME version."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not _HEADER.match(start):
        return False
    found = split_head(start)
    headers = headers_of(found[0] if found else start)
    media_type = content_type(headers.get("content-type"))[0]
    return media_type.startswith("multipart/") or ("mime-version" in headers and media_type.startswith("text/"))


def mhtml_members(data: bytes, member: Member, limits: Limits) -> Iterator[Member | Reject | Ignored]:
    """Yield the page of an MHTML file as a member that finds its pictures among the other parts.

    A part after it that is cut off is a reject. Raises PageError if there is no page, or if the page is cut off.
    """
    whole = split_head(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if whole is None:
        raise damaged("expected an MHTML file, found its headers alone")
    headers = headers_of(whole[0])
    parts = list(_leaves(_Part(headers, whole[1], is_whole=True), _DEEPEST))
    root = _root(headers, parts)
    if root is None:
        raise damaged("expected an MHTML file with a page, found no text part in it")
    body = root.decoded()
    if not root.is_whole and not body.rstrip().lower().endswith(b"</html>"):
        raise damaged("expected an MHTML file, found that it ends within its page")
    media_type, charset = content_type(root.headers.get("content-type"))
    base = _location(headers.get("snapshot-content-location")) or _location(root.headers.get("content-location"))
    pictures = _Pictures(base, _pictures(parts, root, member.path))
    yield replace(
        member,
        stream=BytesIO(body),
        size=len(body),
        declared=media_type or None,
        charset=charset,
        url=page_url(base),
        captured_at=utc_from_mail(headers.get("date")),
        find_assets=partial(pictures.named_in, limits.page_bytes),
    )
    for part in parts:
        if part is not root and part.media_type in _PAGE_TYPES:
            yield Ignored(member.path, "frame")
    if not parts[-1].is_whole and parts[-1] is not root:
        # The page has the file's path; what is damaged needs one of its own.
        cut = damaged("expected an MHTML file, found that it ends within this part; its page was read")
        yield cut.reject(f"{member.path}!/part-{len(parts) - 1}")


@dataclass(frozen=True, slots=True)
class _Part:
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool

    @property
    def media_type(self) -> str:
        return content_type(self.headers.get("content-type"))[0] or "text/plain"

    def decoded(self) -> bytes:
        """Return the body with its transfer coding undone; never raises, as far as it goes."""
        coding = self.headers.get("content-transfer-encoding", "").strip().lower()
        if coding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if coding == "base64":
            letters = _NOT_BASE64.sub(b"", self.body.split(b"=", 1)[0])
            # A last group of one letter holds only six bits, less than a byte.
            letters = letters[:-1] if len(letters) % 4 == 1 else letters
            return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
        return self.body


def _leaves(part: _Part, depth: int) -> Iterator[_Part]:
    if not part.media_type.startswith("multipart/") or depth == 0:
        yield part
        return
    for inner in _split(part):
        yield from _leaves(inner, depth - 1)


def _split(part: _Part) -> Iterator[_Part]:
    """Yield the parts of a multipart body; the last one is not whole where the closing delimiter is missing."""
    boundary = parameter(part.headers.get("content-type"), "boundary")
    if boundary is None:
        guess = re.search(rb"^--([^\s-][^\r\n]{0,100}|-+[^\r\n]{1,100})\r?$", part.body, re.MULTILINE)
        if guess is None:
            raise damaged("expected an MHTML file with parts, found no boundary between them")
        boundary = guess[1].decode("latin-1").rstrip()
    mark = re.escape(boundary.encode("latin-1", "replace"))
    delimiters = list(re.finditer(rb"(?:\A|\r?\n)--" + mark + rb"(--)?[ \t]*(?=\r?\n|\Z)", part.body))
    if not delimiters:
        raise damaged("expected an MHTML file with parts, found none")
    for number, delimiter in enumerate(delimiters):
        if delimiter[1]:
            return
        is_last = number + 1 == len(delimiters)
        end = len(part.body) if is_last else delimiters[number + 1].start()
        segment = part.body[delimiter.end() : end]
        # The segment begins with the delimiter's own line end; a second one at once means that there are no headers.
        found = split_head(segment)
        head, body = found or (segment, b"")
        yield _Part(headers_of(head.strip()), body, is_whole=not is_last)


def _root(headers: Mapping[str, str], parts: list[_Part]) -> _Part | None:
    """Return the page: the part that `start` names, else the first of the likeliest type (RFC 2387)."""
    start = (parameter(headers.get("content-type"), "start") or "").strip("<> ")
    for part in parts:
        if start and _content_id(part) == start and part.media_type in _PAGE_TYPES:
            return part
    for media_type in _PAGE_TYPES:
        for part in parts:
            if part.media_type == media_type:
                return part
    return None


def _content_id(part: _Part) -> str:
    return part.headers.get("content-id", "").strip().strip("<>")


def _location(value: str | None) -> str:
    # A folded address has no spaces of its own.
    return "".join((value or "").split())


def _pictures(parts: list[_Part], root: _Part, path: str) -> dict[str, Asset]:
    """Return parts that are no text by `cid:` and by location."""
    found: dict[str, Asset] = {}
    for number, part in enumerate(parts):
        if part is root or part.media_type.startswith("text/") or not part.is_whole:
            continue
        asset = Asset(part.decoded(), f"{path}!/part-{number}")
        if content_id := _content_id(part):
            found.setdefault(f"cid:{content_id}", asset)
        if location := _location(part.headers.get("content-location")):
            found.setdefault(location, asset)
    return found


@dataclass(frozen=True, slots=True)
class _Pictures:
    base: str
    parts: Mapping[str, Asset]

    def named_in(self, limit: int, data: bytes, media_type: str, charset: str | None) -> AssetSource:
        """Return the pictures by every address that the page's elements hold, and by their own."""
        if not self.parts:
            return collect_assets(set(), self._find, limit=limit)
        refs = named_files(data, media_type, charset) | set(self.parts)
        return collect_assets(refs, self._find, limit=limit)

    def _find(self, ref: str) -> Asset | None:
        plain = urldefrag(ref.strip()).url
        try:
            resolved = urljoin(self.base, plain)
        except ValueError:  # `http://[` is no address
            resolved = plain
        for address in (ref, plain, resolved, unquote(plain), unquote(resolved)):
            if address in self.parts:
                return self.parts[address]
        return None
