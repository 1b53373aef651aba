"""One entry for all kinds of page: bytes in, blocks out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from pipeline.blocks.apparatus import without_apparatus
from pipeline.blocks.flavours import is_org, markdown_of_org, markdown_of_wiki
from pipeline.blocks.html import read_html, read_markdown
from pipeline.blocks.mathematics import mark_math
from pipeline.blocks.mending import Mended, mended_markup, mended_text
from pipeline.blocks.model import Page, Remark
from pipeline.blocks.selection import Selecting, nothing_selected
from pipeline.blocks.signs import turns_apart
from pipeline.blocks.text import delimited_table, read_text, undumped
from pipeline.config import Limits
from pipeline.pages import REPAIRS, Decoded, RawPage, decode
from pipeline.pages.encodings import is_doubtful

__all__ = ["read"]

_LINES_OF_A_FILE: Final = 8  # fewer are a sample of code


def read(
    page: RawPage,
    *,
    limits: Limits,
    starts_block: Callable[[str], bool] = lambda line: False,
    selecting: Selecting = nothing_selected,
) -> Page:
    """Return a raw page as blocks. `starts_block` tells the text reader of lines that begin something new.

    `selecting` says, knowing an HTML page's head, what of its markup is to be read, and as what.

    Raises TooDeepError or TooManyTagsError for HTML beyond the limits.
    """
    decoded = decode(page.data, charset=page.charset, media_type=page.media_type)
    encoding = decoded.encoding
    table = delimited_table(decoded.text, page.path) if page.media_type == "text/plain" else None
    if table is not None:
        mended = Mended(decoded.text)
        blocks = read_html(table.markup(), limits=limits, url=page.url, encoding=encoding)
        blocks = replace(blocks, source=decoded.text, cuts=tuple(table.cuts))
    elif page.media_type == "text/plain" and (other := _as_markdown(decoded.text)) is not None:
        mended = Mended(decoded.text)
        blocks = read_markdown(other, limits=limits, url=page.url, encoding=encoding)
        blocks = replace(blocks, source=decoded.text)
    elif page.media_type == "text/plain":
        mended = mended_text(decoded.text)
        dump = undumped(mended.source)
        blocks = read_text(dump.text, url=page.url, encoding=encoding, starts_block=starts_block)
        blocks = replace(blocks, cuts=dump.cuts, remarks=dump.remarks)
    elif page.media_type == "text/markdown":
        mended = Mended(decoded.text)
        blocks = read_markdown(decoded.text, limits=limits, url=page.url, encoding=encoding)
    else:
        mended = mended_markup(decoded.text)
        utf8 = decoded.utf8 if mended.source is decoded.text else None
        blocks = read_html(
            mended.source, limits=limits, url=page.url, encoding=encoding, utf8=utf8, selecting=selecting
        )
        if (shown := _text_shown(blocks)) is not None:
            dump = undumped(shown)
            lines = read_text(dump.text, encoding=encoding, starts_block=starts_block).blocks
            lines = tuple(replace(block, line=None) for block in lines)
            blocks = replace(blocks, blocks=lines, cuts=dump.cuts, remarks=(*blocks.remarks, *dump.remarks))
    remarks = (*_of_encoding(decoded), *mended.remarks, *blocks.remarks)
    # Extractors print a formula's copies one after another.
    doubled = page.media_type in ("text/plain", "text/markdown")
    plain = without_apparatus(mark_math(replace(blocks, remarks=remarks), doubled=doubled))
    return replace(plain, blocks=tuple(turns_apart(plain.blocks)), url=page.url or blocks.url)


def _as_markdown(text: str) -> str | None:
    """Return the source of another markup as Markdown, or None if the text is no such source."""
    return markdown_of_org(text) if is_org(text) else markdown_of_wiki(text)


def _text_shown(page: Page) -> str | None:
    """Return the text of a page that is nothing but `pre`: how browsers show a text file, and so save it."""
    shown = page.blocks[0] if len(page.blocks) == 1 else None
    is_file = shown is not None and shown.kind == "pre" and shown.text.count("\n") >= _LINES_OF_A_FILE
    return shown.text if shown is not None and is_file else None


def _of_encoding(decoded: Decoded) -> tuple[Remark, ...]:
    """Return what is to be told of a page whose characters were, or look, scrambled."""
    if "scrambled-utf-8" in decoded.repaired:
        return (Remark("scrambled-text", f"repaired: {REPAIRS['scrambled-utf-8']}"),)
    if is_doubtful(decoded.text):
        return (
            Remark("scrambled-text", f"some of the page looks like {REPAIRS['scrambled-utf-8']}; it is left as it is"),
        )
    return ()
