"""The findings of one page: what its layout, its reader and its pictures have to tell, each with its line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.blocks import Page
from pipeline.layouts import Extraction, Note
from pipeline.pages import RawPage
from pipeline.records import Finding, Record
from pipeline.stages.page.drafting import fragments, is_truncated, pictures_of, trace_hint
from pipeline.stages.page.source_lines import SourceLines
from pipeline.survey import doubts_of

__all__ = ["page_findings"]

_SHOWN: Final = 4  # pieces of unclaimed text that a finding names; the ledger has them all
_LONGEST: Final = 200  # characters of a value
_KEY: Final = re.compile(r"[.\[]")  # what an owner has behind the key of its record


def page_findings(
    raw: RawPage, page: Page, extraction: Extraction, lines: SourceLines, records: Sequence[Record]
) -> tuple[Finding, ...]:
    """Return the findings of a page that gave `records`; those that say the same are one."""
    telling = _Telling(raw, page, extraction, lines, records[0].id if len(records) == 1 else None)
    return _merged(
        [
            *telling.of_layout(),
            *telling.of_ledger(),
            *telling.of_source(),
            *telling.of_records(records),
            *_of_pictures(raw, records),
        ]
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    raw: RawPage
    page: Page
    extraction: Extraction
    lines: SourceLines
    record: str | None  # the page's only one

    def of_layout(self) -> Iterator[Finding]:
        for note in self.extraction.notes:
            yield Finding.of(
                note.code,
                self.raw.path,
                note.message,
                line=self.lines.of_block(note.block),
                record=self.record,
                field=self._field(note),
                value=self._value(note),
                signs=note.signs,
                hint=note.hint,
                level=note.level,
            )

    def _line_of(self, value: str | None) -> int | None:
        at = self.page.source.find(value) if value else -1
        return self.page.source.count("\n", 0, at) + 1 if at >= 0 else None

    def _field(self, note: Note) -> str | None:
        """Return the field of a note, else that which owns its block."""
        if note.field is not None or note.block is None:
            return note.field
        owners = (owner for _, _, owner in self.extraction.reading.ledger.owners(note.block))
        return next((_KEY.split(owner)[0] for owner in owners if not owner.startswith("[")), None)

    def _value(self, note: Note) -> str | None:
        if note.value is not None or note.block is None:
            return note.value
        return _shortened(self.extraction.reading.blocks[note.block].text)

    def of_ledger(self) -> Iterator[Finding]:
        """Tell of text that nothing claims: once a page, by its first piece."""
        pieces = list(self.extraction.reading.ledger.unclaimed())
        pieces.sort(key=lambda piece: not any(char.isalpha() for char in piece[1]))  # a lone number tells nothing
        if not pieces:
            return
        shown = [_shortened(text) for _, text in pieces[:_SHOWN]]
        places = [self.lines.of_block(block) for block, _ in pieces[:_SHOWN]]
        more = f" and {len(pieces) - len(shown):,} more pieces" if len(pieces) > len(shown) else ""
        yield Finding.of(
            "unclaimed-text",
            self.raw.path,
            f"text that nothing claims: {', '.join(map(repr, shown))}{more}",
            line=places[0],
            record=self.record,
            field=self._headed(pieces[0][0]),
            value=shown[0],
            count=len(pieces),
            examples=[f"{self.raw.path}:{line}" if line else self.raw.path for line in places],
            hint=trace_hint(self.raw.path),
        )

    def _headed(self, block: int) -> str | None:
        """Return the field whose heading is the last before a block: that is what its text would be part of."""
        labels = self.extraction.reading.labels[block::-1]
        return next((label.name for label in labels if label is not None and label.kind == "heading"), None)

    def of_records(self, records: Iterable[Record]) -> Iterator[Finding]:
        """Tell what of a finished record does not look like its field."""
        for record in records:
            for doubt in doubts_of(record):
                shown = _shortened(doubt.value)
                yield Finding.of(
                    "doubtful-field",
                    self.raw.path,
                    f"{doubt.field}: {doubt.why}: {shown[:80]!r}",
                    line=self.lines.of_block(self._block_of(doubt.value)),
                    record=record.id,
                    field=doubt.field,
                    value=shown,
                    signs=(doubt.why,),
                )

    def _block_of(self, value: str) -> int | None:
        """Return the first block that says the first line of a value."""
        said = value.partition("\n")[0].partition("\t")[0]
        blocks = self.extraction.reading.blocks
        return next((index for index, block in enumerate(blocks) if said and said in block.text), None)

    def of_source(self) -> Iterator[Finding]:
        path, record = self.raw.path, self.record
        for remark in self.page.remarks:
            line, value, signs = self._line_of(remark.value), remark.value, remark.signs
            yield Finding.of(remark.code, path, remark.message, line=line, record=record, value=value, signs=signs)
        if is_truncated(self.raw, self.page):
            line = self.page.source.count("\n") + 1
            yield Finding.of("truncated", path, "the file ends within a tag", line=line, record=record)


def _of_pictures(raw: RawPage, records: Iterable[Record]) -> Iterator[Finding]:
    """Tell of the pictures of records that are not kept: remote ones are never fetched, lost ones are lost."""
    for record in records:
        for src, alt in pictures_of(fragments(record.model_dump())):
            if src.startswith(("http://", "https://")):
                shown = src[:_LONGEST]
                message = f"{shown} is not saved with the page, and is never fetched"
                yield Finding.of("remote-picture", raw.path, message, record=record.id, value=shown)
            elif not src:
                message = f"a picture is not saved with the page, or none that can be drawn: {alt[:80]!r}"
                yield Finding.of("missing-picture", raw.path, message, record=record.id, value=_shortened(alt) or None)


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    first: dict[str, Finding] = {}
    for finding in findings:
        known = first.get(finding.id)
        both = known and known.model_copy(update={"count": known.count + finding.count})
        first[finding.id] = both or finding
    return tuple(first.values())
