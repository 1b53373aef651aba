"""A headline that says the term and its course at once, as the site's pages of 2026 have it.

"Tariff in AP Sample History"; in its Markdown "Tariff — AP Sample History Definition & Exam Guide".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.layouts.key_term.name import looks_like_name
from pipeline.layouts.reading import Label, Reading, comparable, is_inside, label_of
from pipeline.records import normalise, slug

__all__ = ["Headline", "headline_of", "labelled_below"]

_SIGNS_NEEDED: Final = 2  # of what else on the page says the term or the course: a headline alone is a line
_LONGEST: Final = 200
_IN: Final = re.compile(r"(?<!\s)\s++in\s++(?=\S)")
_GUIDE: Final = re.compile(r"(?<!\s)\s++[–—-]\s++(?=\S)")
_GUIDE_END: Final = re.compile(r"(?<!\s)\s++definition\s*+(?:&|and)\s*+exam guide\s*+$", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"/key-terms/(?:[^/?#]+/)?(?P<term>[^/?#]+?)(?:\.md)?/?(?:[?#]|$)")
_VERIFIED: Final = re.compile(
    r"verified for the (?:\d{4}(?:\s*[-–/]\s*\d{2,4})? )?(?P<course>.{2,80}?) exams?(?-i:(?![a-z]))", re.IGNORECASE
)
# Headings that name the term; the article before it is none of its words.
_TERMS_HEADINGS: Final = tuple(
    (name, re.compile(pattern.replace("TERM", "(?:an? |the )?(?P<term>.{1,120}?)"), re.IGNORECASE))
    for name, pattern in (
        ("“What is …?”", r"what (?:is|are|was|were) TERM\?"),
        ("“Why … matters”", r"why (?:(?:is|are|does|do) )?TERM matters?\b.*"),
        ("“… to know about …”", r".{0,30}\bto know about TERM"),
        ("“… vs. …”", r"TERM (?:vs\.?|versus|and) .{1,120}"),
    )
)
_FIELDS: Final = ("facts", "questions", "related_terms")  # whose synonyms such a page's headings may be


@dataclass(frozen=True, slots=True)
class Headline:
    """The block, where in it term and course stand, and what else on the page says them."""

    block: int
    term: tuple[int, int]
    course: tuple[int, int]
    signs: tuple[str, ...]


def headline_of(reading: Reading) -> Headline | None:
    """Return the headline with the most signs on the page that it is one, if there are enough."""
    first = next((n for n, block in enumerate(reading.blocks) if _may_be_headline(reading, n)), None)
    top = next((n for n, block in enumerate(reading.blocks) if block.kind == "heading" and block.level == 1), first)
    found = [
        headline
        for index in dict.fromkeys((top, first))
        if index is not None and _may_be_headline(reading, index)
        for headline in _readings_of(reading, index)
        if len(headline.signs) >= _SIGNS_NEEDED
    ]
    return max(found, key=lambda headline: len(headline.signs), default=None)


def _may_be_headline(reading: Reading, index: int) -> bool:
    block = reading.blocks[index]
    return (
        reading.labels[index] is None
        and block.kind in ("heading", "paragraph")
        and block.region == "main"
        and len(block.text) <= _LONGEST
        and not block.hidden
        and not is_inside(block, "li", "td")
        and (_IN.search(block.text) is not None or _GUIDE.search(block.text) is not None)
        and not block.text.endswith((".", "!", "?", ":"))
    )


def _readings_of(reading: Reading, index: int) -> Iterator[Headline]:
    """Yield each way to cut the block in two names."""
    text = reading.blocks[index].text
    behind = _GUIDE_END.search(text)
    cuts = _GUIDE.finditer(text) if behind else _IN.finditer(text)
    end = behind.start() if behind else len(text)
    for cut in cuts:
        term, course = text[: cut.start()], text[cut.end() : end]
        if term and looks_like_name(course):
            yield Headline(index, (0, cut.start()), (cut.end(), end), tuple(_signs(reading, index, term, course)))


def _signs(reading: Reading, index: int, term: str, course: str) -> Iterator[str]:
    """Yield what else on the page says the term or the course, each sign once."""
    page = reading.page
    if normalise(page.front.get("subject", "")) == normalise(course):
        yield "the front matter's subject"
    title = _GUIDE_END.sub("", (page.title or "").rpartition(" | ")[0] or page.title or "")
    if normalise(title).startswith(normalise(term)) and normalise(title).endswith(normalise(course)):
        yield "the title"
    if (address := _ADDRESS.search(page.url or "")) and address["term"] == slug(term):
        yield "the address"
    seen = set()
    for other, block in enumerate(reading.blocks):
        if other == index or len(block.text) > _LONGEST:
            continue
        text = comparable(block.spaced)
        if (verified := _VERIFIED.search(text)) and normalise(verified["course"]) == normalise(course):
            seen.add("“Verified for the … exam”")
        for name, pattern in _TERMS_HEADINGS:
            if (match := pattern.fullmatch(text)) and _is_same_word(match["term"], term):
                seen.add(name)
    yield from sorted(seen)


def _is_same_word(first: str, second: str) -> bool:
    """Say whether two texts are one term, in the singular or in the plural."""
    one, other = sorted((normalise(first), normalise(second)), key=len)
    return other in (one, f"{one}s", f"{one}es") or (one.endswith("y") and other == f"{one[:-1]}ies")


def labelled_below(reading: Reading, headline: Headline) -> Reading:
    """Return the page with the words that head a field on other sites believed in headings below the headline."""
    labels: list[Label | None] = list(reading.labels)
    for index in range(headline.block + 1, len(labels)):
        block = reading.blocks[index]
        if labels[index] is None and block.kind == "heading":
            label = label_of(block.spaced, reading.patterns)
            labels[index] = label if label is not None and label.name in _FIELDS else None
    return replace(reading, labels=tuple(labels))
