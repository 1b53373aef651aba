"""The stage `resolve`: one record for each id, links between them, courses that are told apart, and the files
`records.jsonl` and `rejects.jsonl`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from pipeline.records import KeyTerm, StudyGuide, dump_record, load_record
from pipeline.stages.fingerprint import code_fingerprint, digest_of
from pipeline.stages.parsing import note_row, unpack
from pipeline.stages.progress import Progress
from pipeline.stages.resolving.courses import (
    CourseKey,
    CourseSum,
    CourseTally,
    courses_from_json,
    courses_to_json,
    file_slugs,
)
from pipeline.stages.resolving.linking import Links, TermKey
from pipeline.stages.writing import ArtifactWriter, Fate
from pipeline.store import NoteRow, PageIndex, State, StoredRecord

__all__ = ["RECORDS", "REJECTS", "STAGE", "Resolved", "resolve", "resolved_before"]

RECORDS: Final = "records.jsonl"
REJECTS: Final = "rejects.jsonl"
STAGE: Final = "records"
_MODULES: Final = (
    "pipeline.records",
    "pipeline.stages.resolving.stage",
    "pipeline.stages.resolving.linking",
    "pipeline.stages.resolving.courses",
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the stage gave: the courses, by slug, and the digest of all records."""

    courses: tuple[CourseSum, ...]
    fates: dict[str, Fate]

    @property
    def digest(self) -> str:
        """Return a digest of every record of the build."""
        return digest_of([[course.slug, course.title, course.digest] for course in self.courses])

    @property
    def count(self) -> int:
        """Return how many records there are."""
        return sum(course.count for course in self.courses)

    @property
    def kinds(self) -> dict[str, int]:
        """Return how many records there are of each kind."""
        totals: dict[str, int] = {}
        for course in self.courses:
            for kind, count in course.kinds.items():
                totals[kind] = totals.get(kind, 0) + count
        return dict(sorted(totals.items()))


def resolve(index: PageIndex, state: State, writer: ArtifactWriter, progress: Progress) -> Resolved:
    """Write `records.jsonl` and `rejects.jsonl` if any page changed, or if they are not what we wrote."""
    progress.start("resolve", None)
    digest = digest_of([index.version, code_fingerprint(_MODULES)])
    before = resolved_before(state)
    if before is not None and all(writer.is_current(path, digest) for path in (RECORDS, REJECTS)):
        return Resolved(before, {RECORDS: "kept", REJECTS: "kept"})
    run = _Resolution(index, progress)
    fates = {RECORDS: writer.write(RECORDS, STAGE, digest, run.write_records)}
    with state.transaction():
        index.set_build_findings([*run.duplicates, *map(note_row, run.links.findings)])
        index.keep_media(run.media)
        state.set_meta("courses", courses_to_json(run.courses()))
    fates[REJECTS] = writer.write(REJECTS, STAGE, digest, lambda part: _write_rejects(part, index))
    return Resolved(tuple(run.courses()), fates)


def resolved_before(state: State) -> tuple[CourseSum, ...] | None:
    """Return the courses of `records.jsonl` as it was written last; None if it never was."""
    text = state.meta("courses")
    return None if text is None else courses_from_json(text)


class _Resolution:
    """Passes over all records, by id: who names whom, then each record with its links."""

    def __init__(self, index: PageIndex, progress: Progress) -> None:
        self._index = index
        self._progress = progress
        self._tallies: dict[CourseKey, CourseTally] = {}
        self.links = Links()
        self.duplicates: list[NoteRow] = []
        self.media: set[str] = set()

    def write_records(self, part: Path) -> None:
        """Write the best record of each id, a line each."""
        self._find_links()
        offset = 0
        with part.open("wb") as handle:
            for record in self._winners():
                line = self._linked(record).encode() + b"\n"
                self._tally(record).add(line, offset, kind=record.kind, title=record.title, url=record.url)
                offset += len(line)
                handle.write(line)
                self._progress.advance()

    def _find_links(self) -> None:
        """Read the guides, then the key terms that they name: a build without guides has neither to read."""
        for row in _best(self._index.records("study_guide")):
            guide = load_record(unpack(row.body), trusted=True)
            if isinstance(guide, StudyGuide):
                self.links.add_guide(guide)
        if not self.links:
            return
        for row in _best(self._index.records("key_term")):
            key = _term_key(row)
            if self.links.names(key):
                page = load_record(unpack(row.body), trusted=True)
                if isinstance(page, KeyTerm):
                    self.links.add_page(key, page)

    def _linked(self, row: StoredRecord) -> str:
        """Return a record's JSON with its links; most have none, and are as their page gave them."""
        body = unpack(row.body)
        if not self.links or (row.kind == "key_term" and not self.links.names(_term_key(row))):
            return body
        match record := load_record(body, trusted=True):
            case KeyTerm():
                return dump_record(self.links.linked_page(_term_key(row), record))
            case StudyGuide():
                return dump_record(self.links.linked_guide(record))

    def _winners(self) -> Iterator[StoredRecord]:
        winner: StoredRecord | None = None
        for record in self._index.records():
            pictures = load_record(unpack(record.body), trusted=True).media if record.media else ()
            self.media.update(picture.name for picture in pictures)
            if winner is None or record.id != winner.id:
                winner = record
                self._tally(record).media.update((picture.name, picture) for picture in pictures)
                yield record
            else:
                self.duplicates.append(_duplicate(record, winner))

    def _tally(self, record: StoredRecord) -> CourseTally:
        return self._tallies.setdefault((record.course, record.publisher), CourseTally())

    def courses(self) -> list[CourseSum]:
        """Return the courses of the records that went by, by slug."""
        names = file_slugs(self._tallies)
        sums = [tally.sum(names[key], key[1]) for key, tally in self._tallies.items()]
        return sorted(sums, key=lambda course: course.slug)


def _best(rows: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
    """Yield the first row of each id: the best comes first."""
    return (next(same) for _, same in groupby(rows, key=lambda row: row.id))


def _term_key(row: StoredRecord) -> TermKey:
    return TermKey.of_page(row.publisher, row.course, row.id)


def _duplicate(record: StoredRecord, winner: StoredRecord) -> NoteRow:
    return NoteRow(
        path=record.path,
        line=None,
        code="duplicate",
        message=f"{record.id} is also in {winner.path}, which was taken",
        hint="nothing to do, unless the two are about different things: see `[[defaults]] id_prefix`",
    )


def _write_rejects(part: Path, index: PageIndex) -> None:
    with part.open("w", encoding="utf-8", newline="\n") as handle:
        for row in index.rejects():
            line = {"path": row.path, "line": row.line, "code": row.code, "message": row.message, "hint": row.hint}
            handle.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
