"""`guidepress layout suggest`: what some pages have in common, as a commented draft of a layout."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.config import Kind, Settings, UserError
from pipeline.pages import RawPage
from pipeline.records import normalise, slug
from pipeline.stages.inspecting.pages_at import pages_at

if TYPE_CHECKING:
    from pipeline.blocks import Block, Part
    from pipeline.layouts import Reading

__all__ = ["suggest"]

_MOST_PAGES: Final = 50
_LONGEST_HEADING: Final = 80
_LONGEST_LINE: Final = 60  # of a text page, where no heading is marked
_LONGEST_TITLE: Final = 150
_MOST_SHOWN: Final = 12
_LETTERS: Final = re.compile(r"\W*\w(?:\W+\w)?\W*")  # "B", "A-C": over a glossary's terms, no section
_ENOUGH: Final = 0.6  # of a page's text, for an element to hold its content
_UNIT: Final = re.compile(r"(?:^|[/_-])(unit|week|chapter|module|lesson)[ _-]?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One page: its path, its reading without a layout of the user's, and the elements that selectors name."""

    path: str
    title: str
    reading: "Reading"
    parts: dict[str, "Part"]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that pages have in common: on how many, and the guess at its field."""

    text: str
    pages: int
    field: str | None
    known: bool  # by the built-in words, so that it need not be listed


def suggest(paths: Sequence[Path], settings: Settings) -> str:
    """Return a layout for the pages at `paths` as TOML: what is a guess says so, what is none is commented out.

    Raises UserError if there is no page to read.
    """
    seen = list(islice(_seen(paths, settings), _MOST_PAGES))
    if not seen:
        raise UserError("no page could be read there", hint="name pages of one kind, or their folder")
    kind = _kind(seen)
    headings = _headings(seen, kind)
    many = not any(heading.field for heading in headings) and _are_glossaries(seen)
    lines = [
        f"# A draft from {len(seen)} page{'s' if len(seen) > 1 else ''}. Guesses are yours to judge:",
        "# `guidepress layout try FILE PATH…` shows what it makes of pages; docs/layouts.md says what else there is.",
        "",
        "[[layouts]]",
        f"name = {_toml(slug((*_shared_folder(seen), '')[-2]) if _shared_folder(seen) else 'my-site')}",
        'many = "pairs"                     # each `term: definition` pair is a record'
        if many
        else f'extends = "{kind.replace("_", "-")}"',
        *_places(seen),
        *_systems(seen),
        *_elements(seen),
        *([] if many else _heading_lines(headings, len(seen))),
        *_repeated_lines(seen, {heading.text for heading in headings}),
        *_unit_lines(seen, kind),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _seen(paths: Sequence[Path], settings: Settings) -> Iterator[_Seen]:
    # The readers of pages take their time to load; the other commands of this package do without them.
    from pipeline.blocks import TooDeepError, TooManyTagsError, parts_of
    from pipeline.layouts import Shortfall, bare_reading, reading_of
    from pipeline.stages.page import read_page

    bare = settings.model_copy(update={"layouts": ()})
    for page in pages_at(paths, settings):
        if not isinstance(page, RawPage):
            continue
        try:
            found = read_page(page, bare)
        except (TooDeepError, TooManyTagsError):
            continue
        reading = reading_of(found.page) if isinstance(found.fit, Shortfall) else found.fit.reading
        is_markup = page.media_type in ("text/html", "application/xhtml+xml")
        parts = {part.selector: part for part in parts_of(found.page.source)} if is_markup else {}
        yield _Seen(page.path, found.page.title or "", bare_reading(reading), parts)


def _kind(seen: Sequence[_Seen]) -> Kind:
    from pipeline.layouts import field_by_words

    votes: Counter[Kind] = Counter()
    for page in seen:
        for kind in ("key_term", "study_guide"):
            known = {field_by_words(page.reading.text(index), kind) for index in _heading_blocks(page)}
            votes[kind] += len(known - {None})
    return "key_term" if votes["key_term"] > votes["study_guide"] else "study_guide"


def _heading_blocks(page: _Seen) -> list[int]:
    blocks = page.reading.blocks
    # Some writers (Google Docs) begin with the first level, whose one heading is a title elsewhere.
    first = 1 if sum(block.kind == "heading" and block.level == 1 for block in blocks) > 1 else 2
    return [
        index
        for index, block in enumerate(blocks)
        if block.text
        and block.region == "main"
        and len(block.text) <= (_LONGEST_HEADING if block.line is None else _LONGEST_LINE)
        and ((block.kind == "heading" and block.level >= first) or block.is_bold or block.line is not None)
    ]


def _headings(seen: Sequence[_Seen], kind: Kind) -> list[_Heading]:
    """Return the headings that at least half of the pages have (two, if there are more), in page order."""
    from pipeline.layouts import field_by_form, field_by_words

    pages: Counter[str] = Counter()
    forms: dict[str, Counter[str | None]] = {}
    for page in seen:
        heads = _heading_blocks(page)
        said = {page.reading.text(index).lower(): index for index in reversed(heads)}
        for text, index in sorted(said.items(), key=lambda pair: pair[1]):
            pages[text] += 1
            end = next((other for other in heads if other > index), len(page.reading.blocks))
            form = field_by_form(page.reading, range(index + 1, end), index, kind)
            forms.setdefault(text, Counter())[form] += 1
    found = []
    for text, count in pages.items():
        if count >= _half(seen) and not _LETTERS.fullmatch(text):
            known = field_by_words(text, kind)
            found.append(_Heading(text, count, known or forms[text].most_common(1)[0][0], known is not None))
    return found


def _half(seen: Sequence[_Seen]) -> int:
    return max(min(2, len(seen)), -(-len(seen) // 2))


def _are_glossaries(seen: Sequence[_Seen]) -> bool:
    from pipeline.layouts import glossary_pairs

    return all(glossary_pairs(page.reading) > 1 for page in seen)


def _shared_folder(seen: Sequence[_Seen]) -> tuple[str, ...]:
    shared = Path(seen[0].path).parent.parts
    for page in seen:
        parts = Path(page.path).parent.parts
        shared = shared[: next((n for n, (a, b) in enumerate(zip(shared, parts, strict=False)) if a != b), len(parts))]
    return shared


def _places(seen: Sequence[_Seen]) -> list[str]:
    glob = "/".join([*_shared_folder(seen), "**"])
    return [f"path = [{_toml(glob)}]", '# course = "…"                       # the class, where no page says it']


def _systems(seen: Sequence[_Seen]) -> list[str]:
    names = sorted({name for page in seen for name in page.reading.page.systems})
    return [f"# made with {', '.join(names)}: what that prints around a page is dropped already"] if names else []


def _elements(seen: Sequence[_Seen]) -> list[str]:
    """Return candidate selectors, commented out: of the content, of what is the same on each page, of the title."""
    with_parts = [page for page in seen if page.parts]
    if len(with_parts) < len(seen):
        return []
    everywhere = [css for css in seen[0].parts if all(css in page.parts for page in seen)]
    lines = []
    lone = [css for css in everywhere if all(page.parts[css].count == 1 for page in seen)]
    holding = [css for css in lone if all(_holds_most(page, css) for page in seen)]
    if holding:
        best = min(holding, key=lambda css: sum(len(page.parts[css].text) for page in seen))
        lines.append(f"# content = [{_toml(best)}]                # holds most of each page, and the least besides")
    if len(seen) > 1:
        alike = [css for css in everywhere if len({page.parts[css].text for page in seen}) == 1]
        texts = {css: seen[0].parts[css].text for css in alike}
        outer = [css for css in alike if not any(texts[css] in text and texts[css] != text for text in texts.values())]
        outer = [css for n, css in enumerate(outer) if texts[css] not in [texts[other] for other in outer[:n]]]
        if shown := outer[:_MOST_SHOWN]:  # in one list: a key may stand once
            said = "; ".join(_short(texts[css]) for css in shown)
            lines.append(f"# drop = [{', '.join(map(_toml, shown))}]   # says the same on each page: {said}")
        lone = [css for css in lone if css not in alike]  # what each page says is the site's name, and no title
    titles = [css for css in lone if all(_is_title(page, page.parts[css].text) for page in seen)]
    titles.sort(key=lambda css: not all(_begins_title(page, page.parts[css].text) for page in seen))
    if titles:
        lines.append(
            f"# select.title = {_toml(titles[0])}           # or `select.term`: {_short(seen[0].parts[titles[0]].text)}"
        )
    return lines


def _holds_most(page: _Seen, css: str) -> bool:
    whole = sum(len(block.text) for block in page.reading.blocks)
    return len(page.parts[css].text) >= min(_ENOUGH * whole, 5000)


def _is_title(page: _Seen, text: str) -> bool:
    return 0 < len(text) <= _LONGEST_TITLE and normalise(text) in normalise(page.title)


def _begins_title(page: _Seen, text: str) -> bool:
    return normalise(page.title).startswith(normalise(text))


def _heading_lines(headings: Sequence[_Heading], pages: int) -> list[str]:
    fields: dict[str, list[str]] = {}
    notes = []
    for heading in headings:
        told = f"{_toml(heading.text)} on {heading.pages} of {pages}"
        if heading.known:
            notes.append(f"# {told}: known as {heading.field}")
        elif heading.field:
            notes.append(f"# {told}: by its form {heading.field}?")
            fields.setdefault(heading.field, []).append(_pattern(heading.text))
        else:
            notes.append(f"# {told}: a section, or …?")
    lines = ["", "[layouts.headings]", *notes] if notes else []
    return lines + [f"{field} = {_toml_list(words)}" for field, words in fields.items()]


def _repeated_lines(seen: Sequence[_Seen], headings: set[str]) -> list[str]:
    """Return the blocks that half of the pages say word for word: furniture, if they are no field."""
    from pipeline.layouts import is_known_furniture

    if len(seen) < 2:
        return []
    pages: Counter[str] = Counter()
    for page in seen:
        pages.update(
            {page.reading.text(index).lower(): 1 for index, block in enumerate(page.reading.blocks) if block.text}
        )
    repeated = [
        text
        for text, count in pages.items()
        if count >= _half(seen)
        and text not in headings
        and not _LETTERS.fullmatch(text)
        and not is_known_furniture(text)
    ]
    if not repeated:
        return []
    lines = ["", "[layouts.boilerplate]", "# word for word on half of the pages or more: what of it is no content?"]
    return lines + [f"# repeated-{n} = [{_toml(_pattern(text))}]" for n, text in enumerate(repeated[:_MOST_SHOWN], 1)]


def _is_cell(block: "Block") -> bool:
    from pipeline.blocks import frames_of

    return any(frame.tag in ("td", "th") for frame in frames_of(block.frame))


def _unit_lines(seen: Sequence[_Seen], kind: Kind) -> list[str]:
    found = {match[1].lower() for page in seen if (match := _UNIT.search(page.path))}
    if kind != "study_guide" or len(found) != 1:
        return []
    pattern = f"{found.pop()}[ _-]?(?P<value>\\d+)"
    return [
        "",
        "[[layouts.evidence.unit]]            # the unit stands in the path",
        'from = "path"',
        f"pattern = {_toml(pattern)}",
    ]


def _pattern(text: str) -> str:
    return re.sub(r"([.?*+()\[\]{}|^$\\])", r"\\\1", text)


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:49] + "…"


def _toml(text: str) -> str:
    """Return a TOML string: in single quotes where that saves it from backslashes."""
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def _toml_list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(_toml, texts)) + "]"
