"""Read our own pages back as a careful human would, to see that a page holds what it must."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from functools import cache

from bs4 import BeautifulSoup, Comment
from markdown_it import MarkdownIt

from .model import Truth, squash, strings

__all__ = ["decode", "lost", "text_of_html", "text_of_markdown", "visible"]

LINK_NUMBER = re.compile(r"\[\d+\]")


def _cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error("as-cp1252", _cp1252)


def decode(data: bytes) -> str:
    """Return `data` as text: by its byte order mark, else UTF-8 with stray bytes as cp1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    return data.decode("utf-8", errors="as-cp1252").removeprefix("\ufeff").replace("\0", "")


def text_of_html(page: str) -> str:
    """Return the text of a page, hidden text included, without scripts, styles and comments."""
    soup = BeautifulSoup(page, "html.parser")
    for node in soup(["script", "style", "title"]):
        node.decompose()
    for comment in soup.find_all(string=lambda node: isinstance(node, Comment)):
        comment.extract()
    return soup.get_text()


def text_of_markdown(page: str) -> str:
    """Return the text of a CommonMark page with tables."""
    return text_of_html(_commonmark_with_tables().render(page))


@cache
def _commonmark_with_tables() -> MarkdownIt:
    return MarkdownIt().enable("table")


def _root_part(data: bytes) -> str:
    message = email.message_from_bytes(data, policy=email.policy.default)
    start = message.get_param("start")
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if isinstance(start, str):
        pages = [part for part in pages if part["Content-ID"] == start]
    payload = pages[0].get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise TypeError("the root part has no content")
    charset = pages[0].get_content_charset()
    if charset and charset.startswith("utf-16"):
        return payload.decode(charset).removeprefix("\ufeff")
    return decode(payload)


def visible(data: bytes, generation: str, name: str) -> str:
    """Return the text of a page of `generation` called `name`."""
    if generation == "mhtml":
        return text_of_html(_root_part(data))
    text = decode(data)
    if generation == "markdown":
        return text_of_markdown(text)
    return text if name.endswith(".txt") else text_of_html(text)


def lost(truth: Truth, text: str) -> list[str]:
    """Return the texts of `truth` that `text` lacks, white space and link numbers aside."""
    whole = squash(text)
    bare = squash(LINK_NUMBER.sub("", text))
    return [
        one
        for one in strings(truth) + truth["notices"]
        if squash(one) not in whole and squash(LINK_NUMBER.sub("", one)) not in bare
    ]
