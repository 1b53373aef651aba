"""What containers say of a page beside its bytes: its address, and when it was captured."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

__all__ = ["page_url", "saved_from", "utc_from_iso", "utc_from_mail"]

_WEB: Final = re.compile(r"https?://[^\s<>\"\x00-\x20\x7f]{1,2000}", re.IGNORECASE)
# The mark that Internet Explorer began and all browsers write into pages they save: length of the address, address.
_MARK_OF_THE_WEB: Final = re.compile(rb"<!--\s*saved from url=\(\d{4}\)(https?://[^\s<>\"]{1,2000}?)\s*-->")


def page_url(value: str | None) -> str | None:
    """Return a web address, or None for anything else: a `file:` address tells of somebody's machine."""
    match = _WEB.fullmatch((value or "").strip().removeprefix("<").removesuffix(">"))
    return match[0] if match else None


def saved_from(data: bytes) -> str | None:
    """Return the address in a browser's "saved from url" mark near the beginning of a page, or None."""
    match = _MARK_OF_THE_WEB.search(data[:4096])
    return page_url(match[1].decode("latin-1")) if match else None


def utc_from_iso(value: str | None) -> str | None:
    """Return a WARC-Date (W3C profile of ISO 8601) as `2024-01-02T03:04:05Z`, or None."""
    try:
        return _utc(datetime.fromisoformat((value or "").strip()))
    except (ValueError, OverflowError):
        return None


def utc_from_mail(value: str | None) -> str | None:
    """Return a mail's Date (RFC 5322) as `2024-01-02T03:04:05Z`, or None."""
    try:
        return _utc(parsedate_to_datetime(" ".join((value or "").split())))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _utc(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
