"""Which blocks with the words of a heading are one: what stands around a block decides."""

from collections import Counter
from collections.abc import Sequence, Set
from typing import Final

from pipeline.blocks import Block, Frame
from pipeline.layouts.reading.frames import innermost, is_inside
from pipeline.layouts.reading.labels import Label
from pipeline.layouts.reading.patterns import Compiled, comparable
from pipeline.records import normalise

__all__ = ["FIELDS", "sure_labels"]

# The order in which pages have them. A synonym out of this order is no heading.
FIELDS: Final = ("definition", "facts", "questions", "related_terms", "also_found_in")
# Containers whose own words are items and cells, not sections' headings.
_ITEMS: Final = ("li", "td", "th", "dd")
_LONGEST_HEAD: Final = 4  # blocks between "from class:" and the definition's heading
_ADVERTISEMENT: Final = "advertisement"  # the rule of the word over a place for one
_FEWEST_TOP: Final = 2  # headings of the first level; where there are more, word processors wrote the sections'
_STEM: Final = 6  # letters that a word has in common with those made of it: advertisement, advertising
_SHORTEST_STEM: Final = 4
_SENTENCE: Final = 60  # characters of an item among which no lone word is one


def sure_labels(blocks: Sequence[Block], labels: Sequence[Label | None], patterns: Compiled) -> list[Label | None]:
    """Return the labels without those that are wrong at their place.

    Dropped are the headings of a table's columns, a term that is called like a heading ("definition"), the entries of
    a table of contents (they get a label of their own), advertising on a page about it, and synonyms where anything
    around them speaks against it.
    """
    kept = _without_column_heads(blocks, _without_advertising(blocks, labels))
    kept = _without_the_term(blocks, kept)
    kept = _without_contents(blocks, kept)
    return _without_doubtful(blocks, kept, patterns)


def _without_column_heads(blocks: Sequence[Block], labels: Sequence[Label | None]) -> list[Label | None]:
    """Return the labels, but for headings alone in a cell beside others: they head a column, no section."""
    cells: Counter[Frame | None] = Counter()
    rows: dict[Frame | None, set[Frame | None]] = {}
    places: list[tuple[Frame | None, Frame | None]] = []
    for block in blocks:
        cell, row = innermost(block, "td", "th"), innermost(block, "tr")
        places.append((cell, row))
        if cell is not None and block.text:
            cells[cell] += 1
            rows.setdefault(row, set()).add(cell)
    return [
        None
        if label is not None and label.kind == "heading" and cells[cell] == 1 and len(rows.get(row, ())) > 1
        else label
        for label, (cell, row) in zip(labels, places, strict=True)
    ]


def _heading(label: Label | None) -> str | None:
    """Return the field that a label heads, if it heads one."""
    return label.name if label is not None and label.kind == "heading" else None


def _without_the_term(blocks: Sequence[Block], labels: Sequence[Label | None]) -> list[Label | None]:
    """Return the labels, but for that of a term called like a heading, over the class or as the page's title.

    A later heading of that kind, or furniture that names the term, must say that it is none.
    """
    kept = list(labels)
    course = next((n for n, label in enumerate(labels) if label and label.kind == "label" and label.is_sure), 0)
    above = [n for n, block in enumerate(blocks[:course]) if block.text and not block.hidden and block.region == "main"]
    titles = [n for n, block in enumerate(blocks) if block.kind == "heading"][:1]
    named = {normalise(label.groups.get("term") or "") for label in labels if label is not None}
    for index in {*above[-1:], *(n for n in titles if blocks[n].level == 1)}:
        field = _heading(labels[index])
        again = any(_heading(label) == field for label in labels[index + 1 :])
        if field is not None and (again or normalise(comparable(blocks[index].text)) in named):
            kept[index] = None
    return kept


def _without_contents(blocks: Sequence[Block], labels: Sequence[Label | None]) -> list[Label | None]:
    """Return the labels, those of a table of contents or a row of tabs made boilerplate.

    Those are headings in a row, with nothing between them, that stand on the page again further down.
    """
    kept = list(labels)
    last = {_heading(label): index for index, label in enumerate(labels)}
    row: list[int] = []
    for index in [*(n for n, block in enumerate(blocks) if block.text), len(blocks)]:
        names = [_heading(labels[n]) for n in row]
        field = _heading(labels[index]) if index < len(blocks) else None
        if field is not None and field not in names:
            row.append(index)
            continue
        below = {name for name, place in last.items() if place >= index}
        if len(names) > 1 and names[0] in FIELDS[:2] and len(set(names) & below) > 1:
            for n in row:
                kept[n] = Label("boilerplate", "contents", {})
        row = [index] if field is not None else []
    return kept


def _without_doubtful(
    blocks: Sequence[Block], labels: Sequence[Label | None], patterns: Compiled
) -> list[Label | None]:
    """Return the labels without the synonyms that anything speaks against.

    A key-term page's fields stand in their order; those of a layout without a definition, a guide's, stand anywhere.
    """
    if not any(name == "definition" for name, _ in patterns.headings.groups):
        top = [block for block in blocks if block.kind == "heading" and block.level == 1 and block.text]
        sections = top[1:] if len(top) > _FEWEST_TOP else ()
        return [
            label if label is None or label.is_sure or _stands_alone(block, patterns, set(), sections) else None
            for block, label in zip(blocks, labels, strict=True)
        ]
    kept: list[Label | None] = []
    seen = [(block, label) for block, label in zip(blocks, labels, strict=True) if label is not None]
    sure = {label.name for block, label in seen if label.is_sure and not block.hidden}
    levels = {
        block.level for block, label in seen if label.is_sure and _heading(label) in FIELDS and block.kind == "heading"
    }
    reached = -1  # how far in the order of the fields
    named: int | None = None  # the blocks since "from class:"
    for block, said in zip(blocks, labels, strict=True):
        label = said
        place = FIELDS.index(label.name) if label is not None and label.name in FIELDS else -1
        if label is not None and not label.is_sure:
            if label.kind == "label":
                fits = reached < 0 and named is None and block.text.rstrip().endswith((":", "："))
            elif label.name == "definition":
                fits = reached < 0 and named is not None and 0 < named <= _LONGEST_HEAD
            else:
                fits = 0 <= reached < place
            if not fits or label.name in sure or not _stands_alone(block, patterns, levels):
                label = None
        kept.append(label)
        if label is None:
            named = named + bool(block.text) if named is not None else None
        elif label.kind == "label":
            named = 0
        elif place >= 0 and label.kind == "heading":
            reached = place
            levels |= {block.level} if block.kind == "heading" else set()
        elif label.groups.get("term"):
            reached = max(reached, 0)  # the congratulation: the definition is over
    return kept


def _stands_alone(block: Block, patterns: Compiled, levels: set[int], sections: Sequence[Block] = ()) -> bool:
    """Say whether a block may head a section: no item or cell, no word of the site, no deeper than other headings.

    Of headings of the first level only `sections` are none of the page's title.
    """
    if is_inside(block, *_ITEMS) or block.hidden or block.kind == "button":
        return False
    if block.kind == "heading":
        is_section = block.level > 1 or any(block is one for one in sections)
        return is_section and (not levels or block.level <= max(levels))
    return not block.is_link and not block.text[:1].islower() and patterns.shell.match(comparable(block.text)) is None


def _without_advertising(blocks: Sequence[Block], labels: Sequence[Label | None]) -> list[Label | None]:
    """Return the labels, but for that of an advertisement's place on what may be a term, a heading or an item.

    Such is a word that the page uses elsewhere, in a heading, in bold, in a table or a list of terms, or among short
    items.
    """
    places = {n for n, label in enumerate(labels) if label is not None and label.name == _ADVERTISEMENT}
    words = {n: stem for n in places if (stem := _stem(blocks[n].text))}
    if not words:
        return list(labels)
    said = [block.text.casefold() for n, block in enumerate(blocks) if n not in places]
    used = {stem for stem in set(words.values()) if any(stem in text for text in said)}
    listed = _lists_of_sentences(blocks)
    return [
        None if n in words and (words[n] in used or _may_be_content(blocks[n], listed)) else label
        for n, label in enumerate(labels)
    ]


def _stem(text: str) -> str:
    """Return how a lone word for advertisements begins, and others made of it do; "Ads" is short for another one."""
    first, *rest = text.casefold().split()
    if rest:
        return ""
    first = first.strip("[(:)]")
    return first[:_STEM] if len(first) >= _SHORTEST_STEM else "advert"


def _lists_of_sentences(blocks: Sequence[Block]) -> set[Frame | None]:
    """Return the lists of which an item is so long that a lone word among them is none."""
    long = (innermost(block, "li") for block in blocks if len(block.text) >= _SENTENCE)
    return {item.parent for item in long if item is not None}


def _may_be_content(block: Block, listed: Set[Frame | None]) -> bool:
    if block.kind == "heading" or block.is_bold or is_inside(block, "td", "th", "dt", "dd"):
        return True
    item = innermost(block, "li")
    return item is not None and item.parent not in listed
