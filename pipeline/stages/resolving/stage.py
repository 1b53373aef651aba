"""The stage `resolve`: one record for each id, links between them, courses that are told apart, and the files
`records.jsonl`, `rejects.jsonl` and `findings.jsonl`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from pipeline.records import FINDING_CODES, Finding, KeyTerm, StudyGuide, dump_record, load_record
from pipeline.stages.fingerprint import code_fingerprint, digest_of
from pipeline.stages.parsing import finding_row, note_row, unpack
from pipeline.stages.progress import Progress
from pipeline.stages.resolving.courses import (
    CourseKey,
    CourseSum,
    CourseTally,
    courses_from_json,
    courses_to_json,
    file_slugs,
)
from pipeline.stages.resolving.linking import DEFINITION_DIFFERS, Links, TermKey
from pipeline.stages.resolving.rejecting import Rejecting
from pipeline.stages.resolving.surveying import surveyed
from pipeline.stages.writing import ArtifactWriter, Fate
from pipeline.store import FindingIndex, FindingRow, NamedMedia, NoteRow, PageIndex, State, StoredRecord

__all__ = ["RECORDS", "STAGE", "Resolved", "resolve", "resolved_before", "resolving_digest"]

RECORDS: Final = "records.jsonl"
STAGE: Final = "records"
_REJECTS: Final = "rejects.jsonl"
_FINDINGS: Final = "findings.jsonl"
_MODULES: Final = (
    "pipeline.records",
    "pipeline.survey",
    "pipeline.stages.resolving.stage",
    "pipeline.stages.resolving.linking",
    "pipeline.stages.resolving.courses",
    "pipeline.stages.resolving.rejecting",
    "pipeline.stages.resolving.surveying",
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


def resolve(
    index: PageIndex,
    state: State,
    writer: ArtifactWriter,
    progress: Progress,
    failing: frozenset[str],
    *,
    approve: Callable[[Path, Sequence[CourseSum]], None] = lambda _records, _courses: None,
) -> Resolved:
    """Write the stage's files if any page changed, or if they are not what we wrote.

    The pages of findings that `failing` names (by code or level) are rejected. `approve` gets the new records, and
    their courses, before they take the place of the old ones; what it raises leaves these as they are.
    """
    progress.start("resolve", None)
    digest = resolving_digest(index, failing)
    before = resolved_before(state)
    files = (RECORDS, _REJECTS, _FINDINGS)
    if before is not None and all(writer.is_current(path, digest) for path in files):
        return Resolved(before, dict.fromkeys(files, "kept"))
    told = FindingIndex(state)
    run = _Resolution(index, state, Rejecting(failing), progress)
    run.reject(told)

    def write_records(part: Path) -> None:
        run.write_records(part)
        approve(part, run.courses())

    fates = {RECORDS: writer.write(RECORDS, STAGE, digest, write_records)}
    with state.transaction():
        told.collect(map(finding_row, run.findings()), but_known=True)
        told.set_of_the_build(map(note_row, run.rejecting.told()))
        run.media.forget_others()
        state.set_meta("courses", courses_to_json(run.courses()))
    fates[_REJECTS] = writer.write(_REJECTS, STAGE, digest, lambda part: _write_lines(part, map(_line, told.rejects())))
    bodies = (row.body for row in told.findings())
    fates[_FINDINGS] = writer.write(_FINDINGS, STAGE, digest, lambda part: _write_lines(part, bodies))
    return Resolved(tuple(run.courses()), fates)


def resolving_digest(index: PageIndex, failing: frozenset[str]) -> str:
    """Return a digest of all that the stage's files are made from."""
    return digest_of([index.version, code_fingerprint(_MODULES), sorted(failing)])


def resolved_before(state: State) -> tuple[CourseSum, ...] | None:
    """Return the courses of `records.jsonl` as it was written last; None if it never was."""
    text = state.meta("courses")
    return None if text is None else courses_from_json(text)


class _Resolution:
    """Passes over all records, by id: which are not taken, who names whom, then each record with its links."""

    def __init__(self, index: PageIndex, state: State, rejecting: Rejecting, progress: Progress) -> None:
        self._index = index
        self._state = state
        self._progress = progress
        self._tallies: dict[CourseKey, CourseTally] = {}
        self._links = Links()
        self.rejecting = rejecting
        self.media = NamedMedia(state)

    def reject(self, told: FindingIndex) -> None:
        """Reject pages for what is found on each, between guides and key terms, and over many pages, which is told."""
        rejecting = self.rejecting
        rows = (row for row in told.findings_of_pages() if rejecting.rejects(row.code, row.level))
        rejecting.judge(Finding.model_validate_json(row.body) for row in rows)
        left_out = rejecting.paths()  # and not the pages of what is found now
        told.begin_to_collect()
        if rejecting.rejects(DEFINITION_DIFFERS, FINDING_CODES[DEFINITION_DIFFERS].level):
            self._told_and_judged(told, self._disagreements())
        self._told_and_judged(told, surveyed(self._index, self._state, left_out.__contains__))

    def _told_and_judged(self, told: FindingIndex, findings: Iterable[Finding]) -> None:
        def judged() -> Iterator[FindingRow]:
            for finding in findings:
                self.rejecting.judge([finding])
                yield finding_row(finding)

        told.collect(judged())

    def findings(self) -> Iterable[Finding]:
        """Return what the links told, once the records are written."""
        return self._links.findings

    def write_records(self, part: Path) -> None:
        """Write the best record of each id, a line each."""
        self._links = self._found_links()
        offset = 0
        with part.open("wb") as handle:
            for record in self._winners():
                line = self._linked(record).encode() + b"\n"
                self._tally(record).add(
                    line, offset, record_id=record.id, kind=record.kind, title=record.title, url=record.url
                )
                offset += len(line)
                handle.write(line)
                self._progress.advance()

    def _records(self, kind: str | None = None) -> Iterator[StoredRecord]:
        """Yield the records of all pages that are not rejected, by id, the best first."""
        return (row for row in self._index.records(kind) if row.path not in self.rejecting)

    def _found_links(self) -> Links:
        """Read the guides, then the key terms that they name: a build without guides has neither to read."""
        links = Links()
        for guide in self._guides():
            links.add_guide(guide)
        if not links:
            return links
        for row in _best(self._records("key_term")):
            key = _term_key(row)
            if links.names(key):
                page = load_record(unpack(row.body), trusted=True)
                if isinstance(page, KeyTerm):
                    links.add_page(key, page)
        return links

    def _guides(self) -> Iterator[StudyGuide]:
        for row in _best(self._records("study_guide")):
            guide = load_record(unpack(row.body), trusted=True)
            if isinstance(guide, StudyGuide):
                yield guide

    def _disagreements(self) -> Sequence[Finding]:
        """Return the guides' definitions that differ, before any record is written: their pages may be rejected."""
        links = self._found_links()
        for guide in self._guides():
            links.linked_guide(guide)
        return links.findings

    def _linked(self, row: StoredRecord) -> str:
        """Return a record's JSON with its links; most have none, and are as their page gave them."""
        body = unpack(row.body)
        if not self._links or (row.kind == "key_term" and not self._links.names(_term_key(row))):
            return body
        match record := load_record(body, trusted=True):
            case KeyTerm():
                return dump_record(self._links.linked_page(_term_key(row), record))
            case StudyGuide():
                return dump_record(self._links.linked_guide(record))
            case _:  # a kind without links is as its page gave it
                return body

    def _winners(self) -> Iterator[StoredRecord]:
        last = ""
        for record in self._records():
            pictures = load_record(unpack(record.body), trusted=True).media if record.media else ()
            if pictures:
                self.media.name(picture.name for picture in pictures)
            if record.id != last:
                last = record.id
                self._tally(record).media.update((picture.name, picture) for picture in pictures)
                yield record

    def _tally(self, record: StoredRecord) -> CourseTally:
        return self._tallies.setdefault((record.course, record.publisher), CourseTally())

    def courses(self) -> list[CourseSum]:
        """Return the courses of the records that went by, by slug."""
        names = file_slugs(self._tallies)
        sums = [tally.sum(names[key], key) for key, tally in self._tallies.items()]
        return sorted(sums, key=lambda course: course.slug)


def _best(rows: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
    """Yield the first row of each id: the best comes first."""
    return (next(same) for _, same in groupby(rows, key=lambda row: row.id))


def _term_key(row: StoredRecord) -> TermKey:
    return TermKey.of_page(row.publisher, row.course, row.id)


def _line(reject: NoteRow) -> str:
    keys = ("path", "line", "code", "message", "hint")
    return json.dumps({key: getattr(reject, key) for key in keys}, ensure_ascii=False, separators=(",", ":"))


def _write_lines(part: Path, lines: Iterable[str]) -> None:
    with part.open("w", encoding="utf-8", newline="\n") as handle:
        handle.writelines(f"{line}\n" for line in lines)
