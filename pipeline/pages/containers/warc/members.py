"""A WARC's pages: responses, conversions and resources that hold text, each with the pictures that the file has."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Final

from pipeline.config import Limits
from pipeline.pages.containers.http_response import decoded_body
from pipeline.pages.containers.member import FindAssets, Member
from pipeline.pages.containers.streams import ByteStream, too_large, too_many
from pipeline.pages.containers.transport import page_url, utc_from_iso
from pipeline.pages.containers.warc.records import Damage, Record, read_records
from pipeline.pages.cursor import Mark
from pipeline.pages.found import Ignored, PageError
from pipeline.records import Reject

__all__ = ["warc_members"]

_TEXT_TYPES: Final = frozenset(
    ("", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown")
)
# More than a page, and some room for its HTTP headers and chunk sizes.
_OVERHEAD: Final = 1 << 20

NameOfOffset = Callable[[int], str]
# Called with a page's address: finds the pictures that the page names.
AssetsOf = Callable[[str | None], FindAssets]


def warc_members(
    stream: ByteStream, outer: Member, limits: Limits, name_of: NameOfOffset, assets_of: AssetsOf, *, start: Mark
) -> Iterator[Member | Reject | Ignored]:
    """Yield a member for each record of a page, what is ignored, and a reject for each that cannot be read.

    A member's path is `<path of outer>!/<offset>`, the offset as `name_of` says it. Damage between records is rejected
    once. `stream` begins at `start`. Raises PageError where the file ends within a record.
    """
    for count, record in enumerate(read_records(stream, start.unpacked), start.count):
        path = f"{outer.path}!/{name_of(record.offset)}"
        if count >= limits.members:
            raise too_many("a WARC file", "records", limits.members)
        if isinstance(record, Damage):
            yield record.problem.reject(path)
            continue
        found = _found(record, path, outer, limits, assets_of)
        record.end()
        yield found


def _found(record: Record, path: str, outer: Member, limits: Limits, assets_of: AssetsOf) -> Member | Reject | Ignored:
    url = page_url(record.headers.get("warc-target-uri"))
    # A resource without an address on the web is what a crawler keeps of its own: logs, arguments, texts of pages.
    if record.kind not in ("response", "conversion") and (record.kind != "resource" or url is None):
        return Ignored(path, "warc-record")
    if outer.addresses and not outer.addresses.match(url or ""):
        return Ignored(path, "address")
    payload = record.payload()
    if payload is None:
        return Ignored(path, "warc-record")
    if payload.status not in (None, 200):
        return Ignored(path, "http-status")
    if payload.media_type not in _TEXT_TYPES:
        return Ignored(path, "content-type")
    if payload.size > limits.page_bytes + _OVERHEAD:
        return too_large("a page", limits.page_bytes, "page_bytes").reject(path)
    body = record.body(payload)
    if payload.status is not None:
        try:
            body = decoded_body(body, payload.headers, limits)
        except PageError as error:
            return error.reject(path)
    return Member(
        path,
        "",
        BytesIO(body),
        levels=outer.levels + 1,
        declared=payload.media_type or None,
        charset=payload.charset,
        url=url,
        captured_at=utc_from_iso(record.headers.get("warc-date")),
        find_assets=assets_of(url),
    )
