"""Read `records.jsonl`, `rejects.jsonl` and `findings.jsonl` back: every line valid, in canonical form, in order."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from pipeline.exporters import Edition, blocks, id_of
from pipeline.records import Finding, KeyTerm, Record, Reject, StudyGuide, dump_record, load_record
from pipeline.verify.difference import Difference
from pipeline.verify.proven import Proven

__all__ = ["verify"]

_HINT: Final = "run `guidepress all` to write it again"
# Where a line names another record. No text has this: quotes in texts are escaped.
_LINK: Final = re.compile(rb'"record_id":"([^"\\]+)"')


def verify(path: Path, artifact: str, edition: Edition, proven: Proven) -> Iterator[Difference]:
    """Yield every line that is not what we write, and every course whose lines are not those that were resolved.

    Lines of `records.jsonl` in blocks that are proven are known to be valid; their order and links are looked at again.
    """
    try:
        if artifact.startswith("rejects"):
            yield from _rejects(path, artifact)
        elif artifact.startswith("findings"):
            yield from _findings(path, artifact)
        else:
            yield from _Records(path, artifact, edition, proven).differences()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        yield Difference(artifact, f"cannot be read: {error}", hint=_HINT)


class _Records:
    """Reads `records.jsonl` once, a block of lines at a time."""

    def __init__(self, path: Path, artifact: str, edition: Edition, proven: Proven) -> None:
        self._path = path
        self._artifact = artifact
        self._edition = edition
        self._proven = proven
        self._count = 0
        self._last = ""
        self._ids: set[int] = set()  # hashes
        self._links: dict[str, str] = {}  # the id to which a record leads -> the first that does

    def differences(self) -> Iterator[Difference]:
        with self._path.open("rb") as handle:
            for digest, lines in blocks(handle):
                if digest in self._proven:
                    yield from self._known(lines)
                    self._proven.now.append(digest)
                    continue
                found = [difference for line in lines for difference in self._read(line)]
                yield from found
                if not found:
                    self._proven.now.append(digest)
        for target in sorted(target for target in self._links if hash(target) not in self._ids):
            message = f"leads to {target}, which is no record of this build"
            yield self._difference(message, self._links[target])
        expected = sum(course.count for course in self._edition.courses)
        if self._count != expected:
            yield self._difference(f"{expected} records were resolved, {self._count} are in the file")
        for course in self._edition.courses:
            content = hashlib.sha256()
            for line in course.lines():
                content.update(line)
            if content.hexdigest() != course.digest:
                yield self._difference(f"the records of the course {course.slug} are not those that were resolved")

    def _difference(self, message: str, record_id: str | None = None) -> Difference:
        return Difference(self._artifact, message, record_id, _HINT)

    def _read(self, line: bytes) -> Iterator[Difference]:
        self._count += 1
        text = line.decode()
        try:
            # Not trusted: the text is sanitised and derived again, and must come out as it is.
            record = load_record(text)
        except ValidationError as error:
            yield self._difference(f"line {self._count} is no valid record: {_first(error)}")
            return
        if dump_record(record) + "\n" != text:
            yield self._difference(f"line {self._count} is not in canonical form", record.id)
        yield from self._placed(record.id)
        for target in _linked(record):
            self._links.setdefault(target, record.id)

    def _known(self, lines: Iterable[bytes]) -> Iterator[Difference]:
        """Look at the order and the links of records whose form is known to be right."""
        for line in lines:
            self._count += 1
            record_id = id_of(line)
            yield from self._placed(record_id)
            for target in _LINK.findall(line):
                self._links.setdefault(target.decode(), record_id)

    def _placed(self, record_id: str) -> Iterator[Difference]:
        if record_id <= self._last:
            yield self._difference(f"line {self._count} is not in the order of ids, or there twice", record_id)
        self._last = record_id
        self._ids.add(hash(record_id))


def _linked(record: Record) -> Iterator[str]:
    """Yield the ids that a record names."""
    match record:
        case KeyTerm():
            yield from (guide.record_id for guide in record.named_in)
        case StudyGuide():
            yield from (word.record_id for word in record.vocabulary if word.record_id)


def _rejects(path: Path, artifact: str) -> Iterator[Difference]:
    last = ("", 0)
    with path.open(encoding="utf-8", newline="\n") as handle:
        for number, line in enumerate(handle, 1):
            try:
                reject = Reject.model_validate_json(line)
            except ValidationError as error:
                yield Difference(artifact, f"line {number} is no valid reject: {_first(error)}", hint=_HINT)
                continue
            place = (reject.path, reject.line or 0)
            if place < last:
                yield Difference(artifact, f"line {number} is not in the order of paths and lines", hint=_HINT)
            last = place


def _findings(path: Path, artifact: str) -> Iterator[Difference]:
    last = ("", 0, "", "")
    with path.open(encoding="utf-8", newline="\n") as handle:
        for number, line in enumerate(handle, 1):
            try:
                finding = Finding.model_validate_json(line)
            except ValidationError as error:
                yield Difference(artifact, f"line {number} is no valid finding: {_first(error)}", hint=_HINT)
                continue
            if finding.model_dump_json() + "\n" != line:
                yield Difference(artifact, f"line {number} is not in canonical form", finding.record, _HINT)
            place = (finding.path, finding.line or 0, finding.code, finding.id)
            if place < last:
                message = f"line {number} is not in the order of paths, lines, codes and ids"
                yield Difference(artifact, message, finding.record, _HINT)
            last = place


def _first(error: ValidationError) -> str:
    mistake = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in mistake['loc'])}: {mistake['msg']}"
