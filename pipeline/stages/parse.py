"""`parse_page`: one raw page to its records or a reject. Pure and picklable; every executor calls just this."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bs4 import BeautifulSoup
from pydantic import ValidationError

from pipeline.blocks import LineFinder, Page, TooDeepError, TooManyTagsError, read
from pipeline.blocks.pictures import Picture, settle_pictures
from pipeline.config import Settings
from pipeline.layouts import (
    Draft,
    Extraction,
    Fit,
    Ledger,
    Origin,
    Shortfall,
    extract,
    is_landmark,
    match,
)
from pipeline.pages import RawPage
from pipeline.records import Finding, Media, RecordBase, Reject, RichText, Source, load_record
from pipeline.stages.defaults import given_fields
from pipeline.stages.kinds import missing_field, record_fields
from pipeline.stages.outcome import AssetUse, ParseOutcome

__all__ = ["parse_page", "read_layout"]

_MOST_UNCLAIMED: Final = 50


def read_layout(
    page: RawPage, settings: Settings
) -> tuple[Page, Fit | Shortfall, dict[str, Picture], dict[str, str | None]]:
    """Return a page's blocks, its layout, its pictures and the files it named. Raises as `blocks.read` does."""
    blocks = read(page, limits=settings.limits, starts_block=is_landmark)
    settled = settle_pictures(blocks, page.assets)
    origin = Origin(page.path, settled.page.url, settled.page.title)
    return settled.page, match(settled.page, origin, settings.layouts), settled.pictures, settled.used


def parse_page(page: RawPage, settings: Settings) -> ParseOutcome:
    """Return what one page gives. Bad input never raises: it is a reject with its code, line and hint."""
    limits = settings.limits
    if len(page.data) > limits.page_bytes:
        return _rejected(
            page,
            None,
            "too-large",
            f"{len(page.data):,} bytes, more than {limits.page_bytes:,}",
            "raise `limits.page_bytes`, or split the page",
        )
    try:
        blocks, fit, pictures, used = read_layout(page, settings)
    except TooDeepError as error:
        return _rejected(
            page,
            None,
            "too-deep",
            f"elements nested {error} deep, more than {limits.depth}",
            "raise `limits.depth` if the page is meant to be so",
        )
    except TooManyTagsError as error:
        return _rejected(
            page,
            None,
            "too-many-tags",
            f"{error} elements, more than {limits.tags:,}",
            "raise `limits.tags` if the page is meant to be so",
        )
    assets = tuple(AssetUse(ref=ref, sha256=sha256) for ref, sha256 in sorted(used.items()))
    if not any(block.text.strip() for block in blocks.blocks):
        outcome = _rejected(
            page, None, "empty", "no visible text in the page", "was it saved before its script had filled it?"
        )
        return outcome.model_copy(update={"assets": assets})
    if isinstance(fit, Shortfall):
        code = "truncated" if _is_truncated(page, blocks) else fit.code
        outcome = _rejected(page, None, code, fit.message, _trace_hint(page))
        ledger = Ledger(blocks.blocks, blocks.cuts).summary()
        return outcome.model_copy(
            update={"assets": assets, "ledger": ledger.model_copy(update={"unclaimed": ledger.unclaimed[:1]})}
        )
    extraction = extract(fit, Origin(page.path, blocks.url, blocks.title))
    return _finish(page, settings, blocks, fit, extraction, pictures, assets)


def _finish(
    page: RawPage,
    settings: Settings,
    blocks: Page,
    fit: Fit,
    extraction: Extraction,
    pictures: Mapping[str, Picture],
    assets: tuple[AssetUse, ...],
) -> ParseOutcome:
    lines = _Lines(page, blocks, extraction)
    ledger = extraction.reading.ledger.summary(
        [lines.of_block(index) for index, _ in extraction.reading.ledger.unclaimed()]
    )
    findings = [*_findings(page, extraction, lines), *_page_notes(page, blocks, lines)]
    rejects: list[Reject] = []
    records: list[RecordBase] = []
    for draft in extraction.drafts:
        made = _record(page, settings, blocks, fit, draft, pictures)
        if isinstance(made, Reject):
            rejects.append(made)
        else:
            records.append(made)
    if not extraction.drafts:
        rejects.append(
            _reject(
                page, None, "no-layout", f'the layout "{fit.spec.name}" found no term on this page', _trace_hint(page)
            )
        )
    if settings.strict and ledger.unclaimed:
        first = ledger.unclaimed[0]
        rejects = [
            _reject(
                page,
                first.line,
                "unclaimed-text",
                f"text that nothing claims: {first.text[:80]!r} ({len(ledger.unclaimed)} pieces in all)",
                _trace_hint(page),
            )
        ]
        records = []
    findings += _picture_findings(page, records)
    named = {media.name for record in records for media in record.media}
    return ParseOutcome(
        path=page.path,
        records=tuple(records),  # type: ignore[arg-type]
        rejects=tuple(rejects),
        findings=tuple(findings),
        ledger=ledger,
        assets=assets,
        media={name: picture.data for name, picture in pictures.items() if name in named},
    )


def _record(
    page: RawPage, settings: Settings, blocks: Page, fit: Fit, draft: Draft, pictures: Mapping[str, Picture]
) -> RecordBase | Reject:
    given = given_fields(draft.fields, page.path, settings)
    fields = {**draft.fields, **given}
    missing = missing_field(fit.spec.kind, fields)
    if missing is not None:
        code = "truncated" if _is_truncated(page, blocks) else missing.code
        headings = [block.text[:60] for block in blocks.blocks if block.kind == "heading" or block.is_bold][:6]
        has = f"the page has headings: {', '.join(headings)}" if headings else "the page has no headings"
        return _reject(page, None, code, f"{missing.message}; {has}", f"{missing.hint}{_trace_hint(page)}")
    language = blocks.language or fields.get("language") or settings.language
    source = Source(
        path=page.path,
        sha256=hashlib.sha256(page.data).hexdigest(),
        media_type=page.media_type,
        encoding=blocks.encoding,
        layout=fit.spec.name,
        url=blocks.url,
        captured_at=page.captured_at,
        inferred=tuple(field for field in draft.inferred if field not in given),
        given=tuple(sorted(set(given) - {"id_prefix"})),
    )
    data = record_fields(fit.spec.kind, fields)
    data |= {
        "language": language,
        "license": fields.get("license"),
        "source": source,
        "notices": fields.get("notices", ()),
    }
    data["media"] = _media(data, pictures)
    try:
        return load_record(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return _reject(page, None, "invalid", f"{where}: {first['msg']}", _trace_hint(page))


def _media(data: Any, pictures: Mapping[str, Picture]) -> list[Media]:
    """Return the media that any rich text of the record names, sorted by name."""
    if not pictures:
        return []
    html = "\n".join(_fragments(data))
    found = []
    for name, picture in sorted(pictures.items()):
        at = html.find(f'src="{name}"')
        if at >= 0:
            alt = html[at:].split('alt="', 1)[1].split('"', 1)[0] if 'alt="' in html[at : at + 4000] else ""
            found.append(
                Media(
                    name=name,
                    media_type=picture.media_type,
                    alt=_unescape(alt),
                    sha256=picture.sha256,
                    bytes=len(picture.data),
                )
            )
    return found


def _unescape(text: str) -> str:
    return text.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _fragments(value: Any) -> Iterable[str]:
    if isinstance(value, RichText):
        yield value.html
    elif isinstance(value, Mapping):
        if isinstance(value.get("html"), str):
            yield value["html"]
        for part in value.values():
            yield from _fragments(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _fragments(part)


class _Lines:
    """The lines of an extraction's blocks; the source is searched only when the first line is asked for."""

    def __init__(self, page: RawPage, blocks: Page, extraction: Extraction) -> None:
        self._blocks = extraction.reading.blocks
        self._source = blocks.source
        self._markup = page.media_type in ("text/html", "application/xhtml+xml")
        self._lines: list[int | None] | None = None

    def of_block(self, index: int | None) -> int | None:
        """Return the line on which a block begins, or None."""
        if index is None:
            return None
        if self._blocks[index].line is not None:
            return self._blocks[index].line
        if self._lines is None:
            finder = LineFinder(self._source, markup=self._markup)
            self._lines = finder.find_all(block.text for block in self._blocks)
        return self._lines[index]


def _findings(page: RawPage, extraction: Extraction, lines: _Lines) -> Iterable[Finding]:
    for note in extraction.notes:
        yield Finding(
            path=page.path, line=lines.of_block(note.block), code=note.code, message=note.message, hint=note.hint
        )
    unclaimed = list(extraction.reading.ledger.unclaimed())
    for index, text in unclaimed[:_MOST_UNCLAIMED]:
        yield Finding(
            path=page.path,
            line=lines.of_block(index),
            code="unclaimed-text",
            message=f"text that nothing claims: {text[:120]!r}",
            hint=_trace_hint(page),
        )


def _page_notes(page: RawPage, blocks: Page, lines: _Lines) -> Iterable[Finding]:
    for code, message in blocks.notes:
        yield Finding(path=page.path, line=None, code=code, message=message)
    if _is_truncated(page, blocks):
        yield Finding(
            path=page.path, line=blocks.source.count("\n") + 1, code="truncated", message="the file ends within a tag"
        )


def _picture_findings(page: RawPage, records: Iterable[RecordBase]) -> Iterable[Finding]:
    """Tell of the pictures of records that are not kept: remote ones are never fetched, lost ones are lost."""
    for record in records:
        tree = (
            BeautifulSoup("\n".join(_fragments(record.model_dump())), "lxml")
            if "<img" in record.model_dump_json()
            else None
        )
        for image in tree.find_all("img") if tree is not None else ():
            src, alt = str(image.get("src", "")), str(image.get("alt", ""))
            if src.startswith(("http://", "https://")):
                yield Finding(
                    path=page.path,
                    line=None,
                    code="remote-picture",
                    message=f"{src[:200]} is not saved with the page, and is never fetched",
                )
            elif not src:
                yield Finding(
                    path=page.path,
                    line=None,
                    code="missing-picture",
                    message=f"a picture is not saved with the page, or no picture of a known type: {alt[:80]!r}",
                )


def _is_truncated(page: RawPage, blocks: Page) -> bool:
    """Say whether an HTML file ends within a tag: nobody saves that on purpose."""
    if page.media_type == "text/plain" or page.media_type == "text/markdown":
        return False
    tail = blocks.source[-2000:].rstrip()
    opened = tail.rfind("<")
    return (
        opened >= 0
        and ">" not in tail[opened:]
        and tail[opened + 1 : opened + 2].isalpha() | (tail[opened + 1 : opened + 2] in "/!")
    )


def _trace_hint(page: RawPage) -> str:
    return f"a new layout? see `guidepress trace {page.path}`"


def _reject(page: RawPage, line: int | None, code: str, message: str, hint: str) -> Reject:
    return Reject(path=page.path, line=line, code=code, message=message, hint=hint)


def _rejected(page: RawPage, line: int | None, code: str, message: str, hint: str) -> ParseOutcome:
    return ParseOutcome(path=page.path, rejects=(_reject(page, line, code, message, hint),))
