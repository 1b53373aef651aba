"""One entry for all kinds of page: bytes in, blocks out."""

from collections.abc import Callable
from dataclasses import replace

from pipeline.blocks.html_reader import read_html
from pipeline.blocks.markdown_reader import read_markdown
from pipeline.blocks.mathematics import mark_math
from pipeline.blocks.model import Page
from pipeline.blocks.text_reader import read_text
from pipeline.config import Limits
from pipeline.pages import RawPage, decode

__all__ = ["read"]


def read(page: RawPage, *, limits: Limits, starts_block: Callable[[str], bool] = lambda line: False) -> Page:
    """Return a raw page as blocks. `starts_block` tells the text reader of lines that begin something new.

    Raises TooDeepError or TooManyTagsError for HTML beyond the limits.
    """
    decoded = decode(page.data, charset=page.charset, media_type=page.media_type)
    source, encoding = decoded.text, decoded.encoding
    if page.media_type == "text/plain":
        blocks = read_text(source, url=page.url, encoding=encoding, starts_block=starts_block)
    elif page.media_type == "text/markdown":
        blocks = read_markdown(source, limits=limits, url=page.url, encoding=encoding)
    else:
        blocks = read_html(source, limits=limits, url=page.url, encoding=encoding, utf8=decoded.utf8)
    # Extractors print a formula's copies one after another.
    doubled = page.media_type in ("text/plain", "text/markdown")
    return replace(mark_math(blocks, doubled=doubled), url=page.url or blocks.url)
