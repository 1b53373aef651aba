"""Parses pages for tests as a run does: bytes to raw pages, each to its outcome."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.config import Settings
from pipeline.pages import MemoryAssets, RawPage, discover, page_from_bytes, read_pages
from pipeline.records import Finding, KeyTerm, Reject
from pipeline.stages.page.outcome import ParseOutcome
from pipeline.stages.page.parse import parse_page

__all__ = ["codes", "finding", "only_record", "parse", "parse_file", "parse_folder", "term_html"]

# Pages with truth that are not the project's own; tests that need them say so where they are absent.


@cache
def _defaults() -> Settings:
    return Settings()


def parse(
    page: str | bytes,
    path: str = "biology/osmosis.html",
    settings: Settings | None = None,
    assets: MemoryAssets | None = None,
) -> ParseOutcome:
    """Return what one page gives, sniffed by its content; a page that cannot even be read gives its reject."""
    found = page_from_bytes(page.encode() if isinstance(page, str) else page, path)
    assert len(found) == 1
    return _outcome(found[0], settings or _defaults(), assets)


def _outcome(found: RawPage | Reject, settings: Settings, assets: MemoryAssets | None = None) -> ParseOutcome:
    if isinstance(found, Reject):
        return ParseOutcome(path=found.path, rejects=(found,))
    if assets is not None:
        found = RawPage(found.path, found.data, found.media_type, found.charset, found.url, found.captured_at, assets)
    return parse_page(found, settings)


def parse_file(data: bytes, path: str, settings: Settings | None = None) -> list[ParseOutcome]:
    """Return what a file with these bytes gives: an outcome for each page, archives opened."""
    return [_outcome(found, settings or _defaults()) for found in page_from_bytes(data, path)]


def parse_folder(folder: Path, settings: Settings | None = None) -> Iterator[ParseOutcome]:
    """Yield what each page of a raw folder gives."""
    chosen = settings or _defaults()
    for file in discover([folder]):
        if isinstance(file, Reject):
            yield _outcome(file, chosen)
        else:
            yield from (_outcome(found, chosen) for found in read_pages(file))


def only_record(outcome: ParseOutcome) -> KeyTerm:
    """Return the one record that a page gave, or fail with what it gave instead."""
    assert outcome.rejects == ()
    assert len(outcome.records) == 1
    record = outcome.records[0]
    assert isinstance(record, KeyTerm)
    return record


def codes(outcome: ParseOutcome) -> list[str]:
    """Return the codes of a page's rejects."""
    return [reject.code for reject in outcome.rejects]


def finding(outcome: ParseOutcome, code: str) -> Finding:
    """Return the one finding of that code."""
    found = [one for one in outcome.findings if one.code == code]
    assert len(found) == 1, [one.code for one in outcome.findings]
    return found[0]


def term_html(**parts: Any) -> str:
    """Return a small page of one term; `parts` replace its parts (HTML, as it stands between the headings)."""
    html = {
        "head": "<title>osmosis - (AP Biology) - Vocab</title>",
        "term": "<h1>osmosis</h1>",
        "course": "<p>from class:</p><h3>AP Biology</h3>",
        "definition": "<h2>Definition</h2><p>Water crosses a membrane.</p>",
        "facts": "<h2>2 Must Know Facts For Your Next Test</h2><ol>"
        "<ol><li>It is passive.</li><li>It needs a membrane.</li></ol>",
        "questions": "<h2>Review Questions</h2><ul><li>Why?<ul><li>Because of the solute.</li></ul></li></ul>",
        "related": "",
        "found": "",
        "end": "<footer><p>© 2024 Fiveable Inc. All rights reserved.</p></footer>",
    } | parts
    head = html.pop("head")
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n'
        + "\n".join(html.values())
        + "\n</body></html>"
    )
