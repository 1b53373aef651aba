"""Read `records.jsonl`, `rejects.jsonl` and `findings.jsonl` back: every line valid, in canonical form, in order."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from pipeline.exporters import Edition
from pipeline.records import Finding, KeyTerm, Record, Reject, StudyGuide, dump_record, load_record
from pipeline.verify.difference import Difference

__all__ = ["verify"]

_HINT = "run `guidepress all` to write it again"


def verify(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    """Yield every line that is not what we write, and a count of lines that is not that of the build."""
    try:
        if artifact.startswith("rejects"):
            yield from _rejects(path, artifact)
        elif artifact.startswith("findings"):
            yield from _findings(path, artifact)
        else:
            yield from _records(path, artifact, edition)
    except (OSError, UnicodeDecodeError) as error:
        yield Difference(artifact, f"cannot be read: {error}", hint=_HINT)


def _records(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    count, last = 0, ""
    ids: set[str] = set()
    links: dict[str, str] = {}  # the id to which a record leads -> the first that does
    with path.open(encoding="utf-8", newline="\n") as handle:
        for number, line in enumerate(handle, 1):
            count += 1
            try:
                # Not trusted: the text is sanitised and derived again, and must come out as it is.
                record = load_record(line)
            except ValidationError as error:
                yield Difference(artifact, f"line {number} is no valid record: {_first(error)}", hint=_HINT)
                continue
            if dump_record(record) + "\n" != line:
                yield Difference(artifact, f"line {number} is not in canonical form", record.id, _HINT)
            if record.id <= last:
                yield Difference(
                    artifact, f"line {number} is not in the order of ids, or there twice", record.id, _HINT
                )
            last = record.id
            ids.add(record.id)
            for target in _linked(record):
                links.setdefault(target, record.id)
    for target in sorted(links.keys() - ids):
        yield Difference(artifact, f"leads to {target}, which is no record of this build", links[target], _HINT)
    expected = sum(course.count for course in edition.courses)
    if count != expected:
        yield Difference(artifact, f"{expected} records were resolved, {count} are in the file", hint=_HINT)


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
