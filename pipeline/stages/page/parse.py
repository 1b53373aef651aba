"""`parse_page`: one raw page to its records or a reject. Pure and picklable; every executor calls just this."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.blocks import Page, Picture, TooDeepError, TooManyTagsError, read, settle_pictures
from pipeline.config import LayoutSpec, Settings
from pipeline.layouts import (
    Fit,
    Ledger,
    Origin,
    Reading,
    Shortfall,
    extract,
    is_landmark,
    match,
    meant_by,
    selection_of,
)
from pipeline.pages import RawPage
from pipeline.records import Reject
from pipeline.stages.page.defaults import given_names
from pipeline.stages.page.drafting import Drafting, is_truncated, trace_hint
from pipeline.stages.page.findings import page_findings
from pipeline.stages.page.outcome import AssetUse, ParseOutcome
from pipeline.stages.page.source_lines import SourceLines

__all__ = ["ReadPage", "parse_page", "read_page"]

_LONGEST_HEADING: Final = 120  # characters


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page up to its layout: blocks, what fits it (or why nothing does), pictures, and the files that it named."""

    page: Page
    origin: Origin
    fit: Fit | Shortfall
    pictures: dict[str, Picture]
    used: dict[str, str | None]


def read_page(raw: RawPage, settings: Settings) -> ReadPage:
    """Return a page's blocks and its layout. Raises TooDeepError or TooManyTagsError for what is beyond the limits."""
    return _read_with(raw, settings, settings.layouts)


def _read_with(raw: RawPage, settings: Settings, layouts: Sequence[LayoutSpec]) -> ReadPage:
    """Return a page as the first of `layouts` that means it reads it; if that one does not fit, as the others do."""
    blocks = read(
        raw,
        limits=settings.limits,
        starts_block=is_landmark,
        selecting=lambda head: selection_of(head, raw.path, layouts, settings.shells),
    )
    settled = settle_pictures(blocks, raw.assets)
    page = settled.page
    origin = Origin(raw.path, page.url, page.title, given_names(raw.path, settings))
    fit = match(page, origin, layouts)
    meant = meant_by(origin, layouts)
    refused = meant is not None and (isinstance(fit, Shortfall) or fit.spec.name != meant.name)
    if meant is not None and refused and any(one.selects for one in layouts):
        # What the selectors of that layout left out may be what another one looks for.
        return _read_with(raw, settings, [spec for spec in layouts if spec.name != meant.name])
    return ReadPage(page, origin, fit, settled.pictures, settled.used)


def parse_page(page: RawPage, settings: Settings) -> ParseOutcome:
    """Return what one page gives. Bad input never raises: it is a reject with its code, line and hint."""
    limits = settings.limits
    if len(page.data) > limits.page_bytes:
        found = f"{len(page.data):,} bytes, more than {limits.page_bytes:,}"
        return _rejected(page, "too-large", found, "raise `limits.page_bytes`, or split the page")
    hint = "raise `limits.{}` if the page is meant to be so"
    try:
        read_so_far = read_page(page, settings)
    except TooDeepError as error:
        found = f"elements nested {error} deep, more than {limits.depth}"
        return _rejected(page, "too-deep", found, hint.format("depth"))
    except TooManyTagsError as error:
        found = f"about {error} elements, more than {limits.tags:,}"
        return _rejected(page, "too-many-tags", found, hint.format("tags"))
    outcome = _outcome(page, settings, read_so_far)
    assets = tuple(AssetUse(ref=ref, sha256=sha256) for ref, sha256 in sorted(read_so_far.used.items()))
    return outcome.model_copy(update={"assets": assets})


def _outcome(raw: RawPage, settings: Settings, read_so_far: ReadPage) -> ParseOutcome:
    page, fit = read_so_far.page, read_so_far.fit
    if not any(block.text.strip() for block in page.blocks):
        return _rejected(raw, "empty", "no visible text", "was it saved before its script had filled it?")
    if isinstance(fit, Shortfall):
        code = "truncated" if is_truncated(raw, page) else fit.code
        summary = Ledger(page.blocks, page.cuts).summary()
        hint = f"{trace_hint(raw.path)}; `guidepress layout suggest` drafts one from some pages"
        rejected = _rejected(raw, code, fit.message, hint)
        return rejected.model_copy(update={"ledger": summary.model_copy(update={"unclaimed": ()})})
    extraction = extract(fit, read_so_far.origin)
    lines = SourceLines(page, extraction.reading.blocks, media_type=raw.media_type)
    unclaimed = list(extraction.reading.ledger.unclaimed())
    ledger = extraction.reading.ledger.summary([lines.of_block(index) for index, _ in unclaimed])
    reading = extraction.reading
    drafting = Drafting(
        raw, page, fit, settings, read_so_far.pictures, line=lambda: lines.of_block(_first_unknown(reading))
    )
    made = [drafting.record(draft) for draft in extraction.drafts]
    rejects = [record for record in made if isinstance(record, Reject)]
    records = [record for record in made if not isinstance(record, Reject)]
    if not made:
        message = f'the layout "{fit.spec.name}" found no term on this page, by its `many = "{fit.spec.many}"`'
        other = "headings" if fit.spec.many == "pairs" else "pairs"
        hint = f'see `guidepress trace {raw.path}`, or read its terms in the other way:\n[[layouts]]\nmany = "{other}"'
        rejects = [_reject(raw, None, "no-layout", message, hint)]
    named = {media.name for record in records for media in record.media}
    return ParseOutcome(
        path=raw.path,
        records=tuple(records),
        rejects=tuple(rejects),
        findings=page_findings(raw, page, extraction, lines, records),
        ledger=ledger,
        headings=_free_headings(reading),
        media={name: picture.data for name, picture in read_so_far.pictures.items() if name in named},
    )


def _free_headings(reading: Reading) -> tuple[str, ...]:
    """Return the headings that nothing claims, as the page spells them."""
    return tuple(
        " ".join(block.text.split())[:_LONGEST_HEADING]
        for index, block in enumerate(reading.blocks)
        if block.text and reading.ledger.is_free(index) and (block.kind == "heading" or block.is_bold)
    )


def _first_unknown(reading: Reading) -> int | None:
    """Return the first heading that no field has, else the first such block: where something lacking is looked for."""
    free = [index for index, block in enumerate(reading.blocks) if block.text and reading.ledger.is_free(index)]
    heads = [index for index in free if reading.blocks[index].kind == "heading" or reading.blocks[index].is_bold]
    sections = [index for index, label in enumerate(reading.labels) if label is not None and label.kind == "heading"]
    return next(iter([*heads, *free, *sections]), None)


def _reject(page: RawPage, line: int | None, code: str, message: str, hint: str) -> Reject:
    return Reject(path=page.path, line=line, code=code, message=message, hint=hint)


def _rejected(page: RawPage, code: str, message: str, hint: str) -> ParseOutcome:
    return ParseOutcome(path=page.path, rejects=(_reject(page, None, code, message, hint),))
