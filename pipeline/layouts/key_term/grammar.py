"""The key-term grammar: from an outline to one draft, each piece of text claimed by the field that it became."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from pipeline.blocks import Piece, rich_text
from pipeline.config import LayoutSpec
from pipeline.layouts.key_term.extras import extent_of, notices_of, second_page_notes, without_ads, without_repetition
from pipeline.layouts.key_term.gaps import read_gap
from pipeline.layouts.key_term.head import Head, Name, head_of
from pipeline.layouts.key_term.related import related_of
from pipeline.layouts.key_term.subjects import subjects_of
from pipeline.layouts.lists import PairDraft, is_column_head, is_within, list_items
from pipeline.layouts.questions import questions_of
from pipeline.layouts.reading import (
    Draft,
    Extraction,
    Note,
    Origin,
    Outline,
    Reading,
    Section,
    claim_leftovers,
    end_of_name,
    link_of,
    outline_of,
    publisher_of,
    unmarked,
)
from pipeline.records import RichText, escape, normalise

__all__ = ["extract_key_term"]

_GAP: Final = "|"
_UNKNOWN: Final = "?"


def extract_key_term(reading: Reading, spec: LayoutSpec, origin: Origin) -> Extraction:
    """Return the draft of a page that holds one term. What the page lacks is absent from the draft."""
    return _Extractor(reading, spec, origin).extract()


class _Extractor:
    def __init__(self, reading: Reading, spec: LayoutSpec, origin: Origin) -> None:
        self.reading = reading
        self.spec = spec
        self.origin = origin
        self.outline: Outline = outline_of(reading)
        self.fields: dict[str, Any] = {}
        self.inferred: list[str] = []
        self.result = Extraction(spec.name, reading)

    def extract(self) -> Extraction:
        head = head_of(self.reading, self.outline, self.spec, path=self.origin.path)
        self._names(head)
        self._headings()
        self._definition(head)
        self._section("facts", self._facts)
        self._section("questions", self._questions)
        self._section("related_terms", self._related)
        self._section("also_found_in", self._subjects)
        self._gaps()
        self.fields["notices"] = notices_of(self.reading, self.outline)
        names = tuple(name.text for name in (head.term, head.course) if name is not None)
        heads = [name.block for name in (head.term, head.course) if name is not None and name.block is not None]
        first, last = extent_of(self.reading, self.outline)
        claim_leftovers(
            self.reading,
            self.outline,
            names=names,
            first=min([*heads, *([first] if first is not None else [])], default=None),
            last=last,
        )
        self.result.notes += second_page_notes(self.reading, self.outline)
        self._publisher()
        self.result.drafts.append(Draft(self.fields, tuple(self.inferred)))
        return self.result

    # -- names ---------------------------------------------------------------------------------------------------

    def _names(self, head: Head) -> None:
        if head.term is not None:
            self.fields["term"] = self._name("term", head.term)
        if head.course is not None:
            block = self.reading.blocks[head.course.block] if head.course.block is not None else None
            self._name("course", head.course)
            self.fields["course"] = {"title": head.course.text, "url": block.link() if block else None}
        if head.disagreeing is not None and head.term is not None:
            said = f'but its {head.disagreeing.place} says "{head.disagreeing.value}"'
            note = Note("evidence-differs", f'the page\'s term is "{head.term.text}", {said}', head.term.block)
            self.result.notes.append(note)

    def _name(self, field: str, name: Name) -> RichText:
        if name.inferred:
            self.inferred.append(field)
        if name.block is None:
            return RichText.of(escape(name.text))
        block = self.reading.blocks[name.block]
        end = name.end if name.end is not None else len(block.text)
        self.reading.ledger.claim(name.block, field, start=name.start, end=end, record=0)
        self.reading.ledger.claim_boilerplate(name.block, "title's words", end=name.start)
        self.reading.ledger.claim_boilerplate(name.block, "title's words", start=end)
        # A title's own weight and its link to itself are no part of the name.
        is_whole = name.start == 0 and end == len(block.text)
        whole = Piece(block) if is_whole else Piece(block, name.start, end)
        piece = unmarked(whole, dropped=("a", "strong") if field == "term" else ("a", "strong", "em"))
        return rich_text([piece], below=block.frame)

    # -- sections ------------------------------------------------------------------------------------------------

    def _headings(self) -> None:
        for section in self.outline.sections:
            numbers = [
                *([section.heading] if section.heading is not None and section.name != "?" else []),
                *section.subheadings,
            ]
            for index in numbers:
                if self.reading.ledger.is_free(index):
                    self.reading.ledger.claim_boilerplate(index, "heading")
        for index, label in enumerate(self.reading.labels):
            if label is not None and label.kind in ("label", "boilerplate") and self.reading.ledger.is_free(index):
                self.reading.ledger.claim_boilerplate(index, "label" if label.kind == "label" else label.name)

    def _section(self, name: str, read: Callable[[Section, Sequence[int]], bool]) -> None:
        """Read the fullest section of that name; others that say the same again are boilerplate."""
        sections = self.outline.named(name)
        for section in sorted(
            sections, key=lambda section: -sum(len(self.reading.blocks[i].text) for i in section.blocks)
        ):
            blocks = self._content(section)
            if name in self.fields:
                self._repeated(blocks)
            elif blocks or section is sections[-1]:
                read(section, blocks)

    def _content(self, section: Section) -> list[int]:
        """Return a section's blocks that are still free, without the site's words at the end of the page."""
        free = [
            index
            for index in section.blocks
            if self.reading.labels[index] is None
            and self.reading.ledger.is_free(index)
            and self._is_content(section, index)
        ]
        while free and self.reading.shell_rule(free[-1]) is not None and not is_within(self.reading, free[-1], "li"):
            if section.name == "definition" or (
                len(free) > 1 and not self._is_last(section) and self._depth(free[-1]) >= self._depth(free[0])
            ):
                break
            free.pop()
        while free and self.reading.blocks[free[0]].kind == "button" and self.reading.shell_rule(free[0]) is not None:
            free.pop(0)  # a button in the heading: "Copy link"
        return free

    def _is_content(self, section: Section, index: int) -> bool:
        """Say whether a block has text, or is a picture where one may stand for itself."""
        block = self.reading.blocks[index]
        return bool(block.text) or section.name == "definition" or is_within(self.reading, index, "li")

    def _is_last(self, section: Section) -> bool:
        after = self.outline.sections[self.outline.sections.index(section) + 1 :]
        return section.name == "also_found_in" or all(other.name in (_GAP, "?") for other in after)

    def _depth(self, index: int) -> int:
        frame = self.reading.blocks[index].frame
        return frame.depth if frame is not None else 0

    def _repeated(self, blocks: Sequence[int]) -> None:
        told = {
            normalise(self.reading.blocks[i].text)
            for i in range(len(self.reading.blocks))
            if self.reading.ledger.owners(i)
        }
        for index in blocks:
            if normalise(self.reading.blocks[index].text) in told:
                self.reading.ledger.claim_boilerplate(index, "repeated")

    def _definition(self, head: Head) -> None:
        for section in self.outline.named("definition"):
            blocks = without_repetition(self.reading, self._content(section))
            if "definition" in self.fields:
                self._repeated(blocks)
            elif blocks:
                self._claim_prose("definition", blocks, section.heading)
        if "definition" not in self.fields and head.definition:
            self._claim_prose("definition", [i for i in head.definition if self.reading.ledger.is_free(i)], None)
            if "definition" in self.fields:
                self.inferred.append("definition")

    def _claim_prose(self, field: str, blocks: Sequence[int], heading: int | None) -> None:
        text = rich_text([Piece(self.reading.blocks[index]) for index in blocks])
        if not text:
            return
        for index in blocks:
            self.reading.ledger.claim(index, field, record=0)
        self.fields[field] = text

    def _facts(self, section: Section, blocks: Sequence[int]) -> bool:
        items, left = list_items(self.reading, blocks, section.heading)
        items = without_ads(self.reading, items, section.counted)
        facts = []
        for item in items:
            text = rich_text([piece for _, piece in item.pieces], below=item.frame)
            if not text:
                continue
            facts.append(text)
            self._claim_pieces("facts", item.pieces)
            for index, start, end in item.numbers:
                self.reading.ledger.claim_boilerplate(index, "list number", start=start, end=end)
        self.fields["facts"] = facts
        self._count(section, len(facts), "facts")
        self._pass_on(section, left)
        return bool(facts)

    def _questions(self, section: Section, blocks: Sequence[int]) -> bool:
        drafts, left = questions_of(self.reading, blocks, section.heading)
        questions = []
        for draft in drafts:
            answer = rich_text([piece for _, piece in draft.answer]) if draft.answer else None
            questions.append({"question": rich_text([piece for _, piece in draft.question]), "answer": answer or None})
            self._claim_pieces("questions", (*draft.question, *draft.answer))
            for index, start, end in draft.marks:
                self.reading.ledger.claim_boilerplate(index, "question label", start=start, end=end)
        self.fields["questions"] = questions
        self._count(section, len(questions), "questions")
        self._pass_on(section, left)
        for draft in drafts:
            if not draft.answer:
                index = draft.question[0][0]
                self.result.notes.append(Note("no-answer", "a question without an answer", index))
        return bool(questions)

    def _related(self, section: Section, blocks: Sequence[int]) -> bool:
        found = related_of(self.reading, blocks, section.heading)
        for index in found.left:
            if is_column_head(self.reading, index, found.pairs):
                self.reading.ledger.claim_boilerplate(index, "column heading")
        self.fields["related_terms"] = [self._pair(pair) for pair in found.pairs]
        self._count(section, len(found.pairs), "related terms")
        for index in found.guessed:
            self.result.notes.append(Note("no-definition", "a related term without a definition", index))
        return bool(found.pairs)

    def _pair(self, pair: PairDraft) -> dict[str, Any]:
        index, piece = pair.term
        start, end = piece.start, len(piece.block.text) if piece.end is None else piece.end
        stop = start + end_of_name(piece.block.text[start:end])
        if stop < end:
            self.reading.ledger.claim_boilerplate(index, "link note", start=stop, end=end)
            piece = Piece(piece.block, start, stop)
        self._claim_pieces("related_terms", ((index, piece), *pair.definition))
        for block, start, end in pair.separators:
            self.reading.ledger.claim_boilerplate(block, "separator", start=start, end=end)
        definition = rich_text([part for _, part in pair.definition]) if pair.definition else None
        return {
            "term": rich_text([unmarked(piece, dropped=("a", "strong"))], below=self.reading.blocks[index].frame),
            "definition": definition or None,
            "url": link_of(piece),
        }

    def _subjects(self, section: Section, blocks: Sequence[int]) -> bool:
        subjects: list[dict[str, str | None]] = []
        for index, start, end in subjects_of(self.reading, blocks, section.counted):
            stop = start + end_of_name(self.reading.blocks[index].text[start:end])
            self.reading.ledger.claim_boilerplate(index, "link note", start=stop, end=end)
            piece = Piece(self.reading.blocks[index], start, stop)
            subjects.append({"title": "".join(run.text for run in piece.runs).strip(" ,;"), "url": link_of(piece)})
            self.reading.ledger.claim(index, "also_found_in", start=start, end=stop, record=0)
        self.fields["also_found_in"] = subjects
        self._count(section, len(subjects), "subjects")
        return bool(subjects)

    def _claim_pieces(self, field: str, pieces: Sequence[tuple[int, Piece]]) -> None:
        for index, piece in pieces:
            self.reading.ledger.claim(index, field, start=piece.start, end=piece.end, record=0)

    def _count(self, section: Section, found: int, what: str) -> None:
        if section.counted is not None and section.counted != found:
            # "Subjects (3)" stands below the section's heading, a lone "5" before it.
            place = next(iter(section.subheadings), section.heading)
            message = f"the page says {section.counted} {what}, {found} were read"
            self.result.notes.append(Note("count-differs", message, place))

    # -- headings that were lost ---------------------------------------------------------------------------------

    def _pass_on(self, section: Section, left: Sequence[int]) -> None:
        """Make a section of its own of what stood behind a section's items: the next heading may be lost."""
        if left and any(other is section for other in self.outline.sections):
            place = self.outline.sections.index(section) + 1
            section.blocks = [index for index in section.blocks if index not in left]
            self.outline.sections.insert(place, Section(_GAP, None, list(left)))

    def _gaps(self) -> None:
        """Read what stands under no heading, where its form and its place agree on what it is."""
        reading, sections = self.reading, self.outline.sections
        for section in [section for section in sections if section.name in (_GAP, _UNKNOWN)]:
            blocks = [
                index
                for index in section.blocks
                if reading.labels[index] is None and reading.ledger.is_free(index) and reading.shell_rule(index) is None
            ]
            position = sections.index(section)
            gap = read_gap(
                reading,
                blocks,
                known=set(self.fields),
                before={other.name for other in sections[:position]},
                after={other.name for other in sections[position + 1 :]},
            )
            for field, found, read in (
                ("facts", gap.facts, self._facts),
                ("questions", gap.questions, self._questions),
                ("related_terms", gap.related_terms, self._related),
            ):
                # Under a heading that no field knows, all has to fit; the heading itself stays unclaimed and is told.
                whole = section.name == _GAP or list(found) == blocks
                if found and whole and read(Section(field), found):
                    self.inferred.append(field)

    # -- around the content --------------------------------------------------------------------------------------

    def _notices(self) -> None:
        notices: list[str] = []
        wrapped = False
        for index in self.outline.notices:
            block = self.reading.blocks[index]
            if not self.reading.ledger.is_free(index):
                continue
            for line in block.text.split("\n"):
                text = " ".join(line.split())
                if wrapped and text and self.reading.labels[index] is None:
                    notices[-1] += f" {text}"
                elif text and text not in notices:
                    notices.append(text)
            wrapped = bool(notices)
            self.reading.ledger.claim(index, "notices", record=0)
        self.fields["notices"] = notices

    def _second_page(self) -> None:
        end = self.outline.end
        if end is None or all(index < end for index, _ in self.reading.ledger.unclaimed()):
            return  # the same page again
        message = "another page begins here in the same file: only the first one was read"
        self.result.notes.append(Note("second-page", message, end, "cut the file in two"))

    def _publisher(self) -> None:
        page = self.reading.page
        self.fields["publisher"] = publisher_of(self.fields["notices"], page.site, page.title) or self.spec.publisher
