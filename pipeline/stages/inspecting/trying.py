"""`guidepress layout try`: what a layout makes of pages, field by field, without a build."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.config import Settings
from pipeline.pages import RawPage
from pipeline.records import Record, Reject
from pipeline.stages.inspecting.pages_at import pages_at

__all__ = ["TriedPage", "TriedRecord", "try_layout"]

# Keys of a record that no page says: what it is called, where it is from.
_NOT_READ: Final = ("schema_version", "kind", "id", "source", "media", "named_in")


@dataclass(frozen=True, slots=True)
class TriedRecord:
    """A record's fields in the order of its model: the values that were read, as plain text."""

    id: str
    layout: str
    fields: dict[str, tuple[str, ...]]
    inferred: tuple[str, ...]
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TriedPage:
    """What a page would give: records or rejects, what nobody claims, and what is doubtful; (line, text) each."""

    path: str
    systems: tuple[str, ...]  # the publishing systems whose furniture was dropped
    records: tuple[TriedRecord, ...]
    rejects: tuple[tuple[int | None, str], ...]
    unclaimed: tuple[tuple[int | None, str], ...]
    told: tuple[tuple[int | None, str], ...]
    furniture: dict[str, int]  # name -> characters


def try_layout(paths: Sequence[Path], settings: Settings) -> Iterator[TriedPage]:
    """Yield what each page at `paths` would give with these settings."""
    for page in pages_at(paths, settings):
        yield _rejected(page) if isinstance(page, Reject) else _tried(page, settings)


def _rejected(reject: Reject) -> TriedPage:
    return TriedPage(reject.path, (), (), ((reject.line, _message(reject)),), (), (), {})


def _message(reject: Reject) -> str:
    return f"{reject.message}\n{reject.hint}" if reject.hint else reject.message


def _tried(page: RawPage, settings: Settings) -> TriedPage:
    # The readers of pages take their time to load; the other commands of this package do without them.
    from pipeline.stages.page import parse_page, read_page

    outcome = parse_page(page, settings)
    if not outcome.records and outcome.rejects[0].code in ("too-large", "too-deep", "too-many-tags"):
        return _rejected(outcome.rejects[0])
    return TriedPage(
        page.path,
        read_page(page, settings).page.systems,
        tuple(map(_record, outcome.records)),
        tuple((reject.line, _message(reject)) for reject in outcome.rejects),
        tuple((piece.line, piece.text) for piece in outcome.ledger.unclaimed),
        tuple((one.line, f"{one.level}: {one.message}") for one in outcome.findings if one.code != "unclaimed-text"),
        outcome.ledger.boilerplate,
    )


def _record(record: Record) -> TriedRecord:
    data = record.model_dump(mode="json")
    fields = {name: tuple(_texts(value)) for name, value in data.items() if name not in _NOT_READ}
    source = record.source
    return TriedRecord(record.id, source.layout, fields, source.inferred, source.given)


def _texts(value: Any) -> Iterator[str]:
    """Yield a field's value as a person would say it: each item of a list, the name before what is said of it."""
    if value is None:
        return
    if isinstance(value, list):
        yield from (" ".join(text.split()) for item in value for text in _texts(item))
    elif isinstance(value, dict):
        if "text" in value:
            yield value["text"]
            return
        names = ("number", "term", "title", "heading", "question", "definition", "answer", "body")
        yield ": ".join(text for name in names for text in _texts(value.get(name)))
    else:
        yield str(value)
