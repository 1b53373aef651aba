"""From a layout's draft to a validated record, or to the reject that says what it lacks."""

import hashlib
import html
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bs4 import BeautifulSoup
from pydantic import ValidationError

from pipeline.blocks import Page, Picture
from pipeline.config import Settings
from pipeline.layouts import Draft, Fit
from pipeline.pages import RawPage
from pipeline.records import Media, Record, Reject, RichText, Source, load_record
from pipeline.stages.page.defaults import given_fields
from pipeline.stages.page.kinds import Missing, missing_field, record_fields
from pipeline.stages.page.lacking import expectation, lines_that_help

__all__ = ["Drafting", "fragments", "headings_of", "is_truncated", "pictures_of", "trace_hint"]

_MOST_HEADINGS = 6
_MARKUP = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Drafting:
    """What all drafts of one page have in common."""

    raw: RawPage
    page: Page
    fit: Fit
    settings: Settings
    pictures: Mapping[str, Picture]
    line: Callable[[], int | None]  # where on the page a field that it lacks would be looked for

    def record(self, draft: Draft) -> Record | Reject:
        """Return the record of a draft, `[[defaults]]` given, or the reject that names the first thing it lacks."""
        kind = self.fit.spec.kind
        given = given_fields(draft.fields, self.raw.path, self.settings, kind)
        fields = {**draft.fields, **given}
        missing = missing_field(kind, fields)
        if missing is not None:
            return self._lacks(*missing)
        data = record_fields(kind, fields)
        said = draft.fields.get("language") or self.page.language  # a layout knows better than the page's program
        data["language"] = said or fields.get("language") or self.settings.language
        data["notices"] = fields.get("notices", ())
        data["source"] = self._source(draft, given)
        data["media"] = self._media(data)
        try:
            return load_record(data)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            return self._reject("invalid", f"{where}: {first['msg']}")

    def _lacks(self, field: str, missing: Missing) -> Reject:
        pages = str(PurePosixPath(self.raw.path).parent / "*")
        help_by_path = missing.hint.replace("{pages}", pages)
        code = "truncated" if is_truncated(self.raw, self.page) else missing.code
        own = next((one for one in self.settings.layouts if one.name == self.fit.spec.name), None)
        if own is None:
            return self._reject(code, f"{missing.message}; {headings_of(self.page)}", help_by_path)
        message = (field != "content" and expectation(own, field)) or missing.message
        lines = lines_that_help(self.fit.spec, field, self.fit.reading)
        hint = f'{help_by_path}see `guidepress trace {self.raw.path}`, or add to "{own.name}":\n{lines}'
        return self._reject(code, f"{message}; {headings_of(self.page)}", hint, trace="")

    def _reject(self, code: str, message: str, hint: str = "", *, trace: str | None = None) -> Reject:
        path = self.raw.path
        ending = trace_hint(path) if trace is None else trace
        return Reject(path=path, line=self.line(), code=code, message=message, hint=f"{hint}{ending}")

    def _source(self, draft: Draft, given: Mapping[str, Any]) -> Source:
        return Source(
            path=self.raw.path,
            sha256=hashlib.sha256(self.raw.data).hexdigest(),
            media_type=self.raw.media_type,
            encoding=self.page.encoding,
            layout=self.fit.spec.name,
            url=self.page.url,
            captured_at=self.raw.captured_at,
            inferred=tuple(field for field in draft.inferred if field not in given),
            given=tuple(sorted(set(given) - {"id_prefix"})),
        )

    def _media(self, data: Mapping[str, Any]) -> list[Media]:
        """Return the media that the record's rich text names, sorted by name, each with the first `alt` it has."""
        alts: dict[str, str] = {}
        if self.pictures:
            for src, alt in pictures_of(fragments(data)):
                alts.setdefault(src, alt)
        kept = [picture for name, picture in sorted(self.pictures.items()) if name in alts]
        return [
            Media(
                name=picture.name,
                media_type=picture.media_type,
                alt=alts[picture.name],
                sha256=picture.sha256,
                size=len(picture.data),
            )
            for picture in kept
        ]


def fragments(value: Any) -> Iterator[str]:
    """Yield the HTML of every rich text in a record's data."""
    if isinstance(value, RichText):
        yield value.html
    elif isinstance(value, Mapping):
        if isinstance(value.get("html"), str):
            yield value["html"]
        for part in value.values():
            yield from fragments(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from fragments(part)


def pictures_of(htmls: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (src, alt) of each picture in canonical fragments."""
    text = "\n".join(fragment for fragment in htmls if "<img" in fragment)
    for image in BeautifulSoup(text, "lxml").find_all("img") if text else ():
        yield html.unescape(str(image.get("src", ""))), str(image.get("alt", ""))


def headings_of(page: Page) -> str:
    """Return a clause that names a page's headings, for somebody who looks for one that is not there."""
    found = [block.text[:60] for block in page.blocks if block.kind == "heading" or block.is_bold][:_MOST_HEADINGS]
    return f"the page has headings: {', '.join(found)}" if found else "the page has no headings"


def is_truncated(raw: RawPage, page: Page) -> bool:
    """Say whether an HTML file ends within a tag: nobody saves that on purpose."""
    if raw.media_type not in _MARKUP:
        return False
    tail = page.source[-2000:].rstrip()
    opened = tail.rfind("<")
    begins_tag = tail[opened + 1 : opened + 2].isalpha() or tail[opened + 1 : opened + 2] in ("/", "!")
    return opened >= 0 and ">" not in tail[opened:] and begins_tag


def trace_hint(path: str) -> str:
    """Return what to do about a page that was not understood."""
    return f"a new layout? see `guidepress trace {path}`"
