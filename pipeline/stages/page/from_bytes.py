"""One page from its bytes, without a folder and without a build."""

from dataclasses import replace

from pipeline.config import Settings, UserError
from pipeline.pages import page_from_bytes
from pipeline.records import Reject
from pipeline.stages.page.outcome import ParseOutcome
from pipeline.stages.page.parse import parse_page

__all__ = ["NotOnePageError", "parse_bytes"]


class NotOnePageError(UserError):
    """Bytes that are an archive of several pages, or (a picture, an empty archive) of none."""


def parse_bytes(
    data: bytes, *, path: str = "page.html", settings: Settings | None = None, url: str | None = None
) -> ParseOutcome:
    """Return what one page gives: its records, or the rejects that say why there are none.

    >>> outcome = pipeline.parse_bytes(b"<h1>osmosis</h1>", path="bio/osmosis.html")
    >>> [(reject.path, reject.code) for reject in outcome.rejects]
    [('bio/osmosis.html', 'no-layout')]

    `data` is HTML, text, Markdown or a container (MHTML, gzip, WARC, zip) with one page, recognised by its content;
    `path` is the page's name in the outcome and what `[[defaults]]` go by, `url` where it was fetched. Without
    `settings` every key has its default. Bad input is a reject; NotOnePageError is raised for what is not one page.
    Nothing watches over this process: `limits.seconds` and `limits.memory_mb`, which hold in a run, do not here.
    """
    chosen = settings or Settings()
    pages = page_from_bytes(data, path, chosen.limits)
    if len(pages) != 1:
        hint = "archives are read by `run`" if pages else "is it a picture, or an archive without a page?"
        raise NotOnePageError(f"expected one page, found {len(pages)}", where=path, hint=hint)
    [page] = pages
    if isinstance(page, Reject):
        return ParseOutcome(path=page.path, rejects=(page,))
    return parse_page(replace(page, url=url or page.url), chosen)
