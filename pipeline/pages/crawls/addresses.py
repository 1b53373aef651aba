"""Addresses of pages: those that a person asks for, and how indexes of crawls sort them."""

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["address_pattern", "sort_prefixes"]

_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+")
# As far as all makers of indexes write a path alike: in lower case, nothing escaped.
_PLAIN_PATH: Final = re.compile(r"/[A-Za-z0-9/_.-]*")


def address_pattern(wanted: Sequence[str]) -> re.Pattern[str] | None:
    """Return what matches, from its beginning, an address that is asked for; None if all are.

    Each of `wanted` is the beginning of addresses, with or without `https://`; `*` stands for any characters. A name
    without a path is a whole name: `example.org` is not the beginning of `example.organic`.
    """
    if not wanted:
        return None
    return re.compile("|".join(_expression(one) for one in wanted))


def _expression(wanted: str) -> str:
    scheme = _SCHEME.match(wanted)
    host, slash, path = wanted[scheme.end() if scheme else 0 :].partition("/")
    name = re.escape(host).replace(r"\*", r"[^/]*")
    rest = re.escape(slash + path).replace(r"\*", ".*") if slash else r"(?=[/:?#]|\Z)" if host[-1:] != "*" else ""
    return f"{re.escape(scheme[0].lower()) if scheme else 'https?://'}(?i:{name}){rest}"


def sort_prefixes(wanted: Sequence[str]) -> list[str]:
    """Return beginnings of the keys under which a sorted index may have addresses that are asked for; [""] for all.

    Keys are SURTs (http://crawler.archive.org/articles/user_manual/glossary.html#surt): `org,example)/guides` of
    `https://www.example.org/guides/`. Makers of indexes differ in what they leave of a path, and of `www.`: what is
    returned is the beginning of each of their forms.
    """
    prefixes = sorted({prefix for one in wanted for prefix in _prefixes(one)}) or [""]
    return [one for at, one in enumerate(prefixes) if not any(one.startswith(before) for before in prefixes[:at])]


def _prefixes(wanted: str) -> list[str]:
    scheme = _SCHEME.match(wanted)
    host, slash, path = wanted[scheme.end() if scheme else 0 :].lower().partition("/")
    any_host = host.startswith("*.")
    host = re.sub(r"\Awww\d*\.", "", host.removeprefix("*."))
    if not _HOST.fullmatch(host):
        return [""]
    key = ",".join(reversed(host.split(".")))
    if any_host or not slash:
        return [key]
    plain = _PLAIN_PATH.match(slash + path.partition("*")[0])
    folder = plain[0].rpartition("/")[0] if plain else ""
    return [f"{key}){folder}", f"{key},www", f"{key}:"] if folder else [key]
