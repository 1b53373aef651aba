"""`guidepress trace`: a page as blocks with the owner of each, or a record's fields with file and line."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Settings, UserError
from pipeline.pages import RawFile, RawPage, discover, read_pages
from pipeline.records import Reject
from pipeline.stages.inspecting.finding import near_names, read_records

if TYPE_CHECKING:
    from pipeline.layouts import Extraction
    from pipeline.stages.page import SourceLines

__all__ = ["Trace", "TraceError", "TraceLine", "trace"]


class TraceError(UserError):
    """A target that is neither a raw page nor the id of a record."""


@dataclass(frozen=True, slots=True)
class TraceLine:
    """A piece of a page: where it stands, what it is, and which field or boilerplate rule ("[rule]") owns it."""

    line: int | None
    kind: str  # heading 2, item, paragraph, cut…
    owner: str  # "" if nobody does
    text: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One page: what was made of it, piece by piece."""

    path: str
    media_type: str
    encoding: str
    title: str | None
    url: str | None
    layout: str | None
    message: str  # why no layout fits, or ""
    lines: tuple[TraceLine, ...]


def trace(target: str, settings: Settings) -> list[Trace]:
    """Return the trace of a page: a path as the shell has it, or below the raw folder; members as `a.zip!/b.html`.

    For the id of a record: of the page that it is from, with the pieces that the record owns. Raises TraceError.
    """
    found = _pages(target, settings)
    if found is not None:
        return [_trace_page(page, settings) for page in found]
    try:
        record = next((r for r in read_records(settings.build, text=target) if r.id == target), None)
    except UserError:  # no build yet: then no id is one of a record
        record = None
    if record is None:
        if any(os.path.lexists(location) for _, location, _ in _places(target, settings)):
            hint = "name a page; a folder, a pipe, or a link that leads nowhere is none"
            raise TraceError(f"{target!r} is there, but is no file that can be read", hint=hint)
        near = " or ".join(f"`{name}`" for name in near_names(target, settings))
        hint = "give a path below the raw folder, or an id as `guidepress records` lists it"
        hint = f"did you mean {near}?" if near else hint
        message = f"{target!r} is neither a raw page nor the id of a record of the last build"
        raise TraceError(message, hint=hint)
    pages = _pages(record.source.path, settings) or []
    traces = [_trace_page(page, settings) for page in pages if page.path == record.source.path]
    if not traces:
        message = f"{record.source.path}, from which the record is, is not there any more"
        raise TraceError(message, hint="run `guidepress all` again")
    return [_only_fields(traces[0], target)]


def _pages(target: str, settings: Settings) -> list[RawPage] | None:
    """Return the pages of a file, or the one that `target` names within it; None if there is no such file."""
    outer, _, _ = target.partition("!/")
    for path, location, root in _places(outer, settings):
        if not location.is_file():
            continue
        status = location.stat()
        file = RawFile(path, location.absolute(), status.st_size, status.st_mtime_ns, root.absolute())
        pages: list[RawPage] = []
        for page in read_pages(file, settings.limits):
            if isinstance(page, Reject):
                if page.path == path + target.removeprefix(outer):
                    raise TraceError(f"{page.path}: {page.message}", hint=page.hint)
            elif "!/" not in target or page.path.endswith("!/" + target.partition("!/")[2]):
                pages.append(page)
        if pages:
            return pages
    return None


def _places(path: str, settings: Settings) -> list[tuple[str, Path, Path]]:
    """Return where a path may lead, below each raw folder or as the shell has it: (path in reports, file, root)."""
    several = len(settings.raw) > 1
    places = [(path, (root.parent if several else root) / path, root) for root in settings.raw]
    shell = Path(path)
    for root in settings.raw:
        if shell.absolute().is_relative_to(root.absolute()):
            inner = shell.absolute().relative_to(root.absolute()).as_posix()
            places.append((f"{root.name}/{inner}" if several else inner, shell, root))
    places.append((shell.name, shell, shell.parent))
    if any(root.is_file() for root in settings.raw):  # lists and indexes name files that lie elsewhere
        named = (one for one in discover(settings.raw, settings.url) if isinstance(one, RawFile) and one.path == path)
        places += [(one.path, one.location, one.root or one.location.parent) for one in named]
    return places


def _trace_page(raw: RawPage, settings: Settings) -> Trace:
    # The readers of pages take their time to load; the other commands of this package do without them.
    from pipeline.blocks import TooDeepError, TooManyTagsError
    from pipeline.layouts import Shortfall, extract
    from pipeline.stages.page import SourceLines, read_page

    try:
        found = read_page(raw, settings)
    except (TooDeepError, TooManyTagsError) as error:
        raise TraceError(f"{raw.path}: beyond the limits ({error})", hint="see `[limits]`") from None
    page = found.page
    if isinstance(found.fit, Shortfall):
        finder = SourceLines(page, page.blocks, media_type=raw.media_type)
        lines = [
            TraceLine(finder.of_block(index), _kind(block.kind, block.level), "", block.text)
            for index, block in enumerate(page.blocks)
            if block.text
        ]
        cuts, layout, message = page.cuts, None, found.fit.message
    else:
        extraction = extract(found.fit, found.origin)
        lines = _lines(extraction, SourceLines(page, extraction.reading.blocks, media_type=raw.media_type))
        cuts, layout, message = extraction.reading.page.cuts, found.fit.spec.name, ""
    lines += [TraceLine(None, "cut", f"[{cut.name}]", cut.text) for cut in cuts]
    return Trace(raw.path, raw.media_type, page.encoding, page.title, page.url, layout, message, tuple(lines))


def _lines(extraction: "Extraction", finder: "SourceLines") -> list[TraceLine]:
    lines = []
    for index, block in enumerate(extraction.reading.blocks):
        kind = _kind(block.kind, block.level) if block.marker == "" else f"item {block.marker}"
        at = 0
        for start, end, owner in [*extraction.reading.ledger.owners(index), (len(block.text), len(block.text), "")]:
            for piece, who in ((block.text[at:start], ""), (block.text[start:end], owner)):
                if piece.strip():
                    lines.append(TraceLine(finder.of_block(index), kind, who, piece.strip()))
            at = max(at, end)
    return lines


def _only_fields(page: Trace, record_id: str) -> Trace:
    """Return the trace with only what fields own."""
    lines = tuple(line for line in page.lines if line.owner and not line.owner.startswith("["))
    return Trace(page.path, page.media_type, page.encoding, page.title, page.url, page.layout, record_id, lines)


def _kind(kind: str, level: int) -> str:
    return f"{kind} {level}" if level else kind
