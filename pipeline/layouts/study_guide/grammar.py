"""The study-guide grammar: from an outline to one draft, each piece of text claimed by the field that it became."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from pipeline.blocks import Frame, Piece, frames_of, inline_html, rich_text
from pipeline.config import LayoutSpec
from pipeline.layouts.lists import PairDraft, list_items
from pipeline.layouts.questions import (
    Atom,
    OpenQuestions,
    PracticeDraft,
    QuestionDraft,
    piece_of,
    practice_of,
    questions_of,
)
from pipeline.layouts.reading import Draft, Extraction, Note, Origin, Outline, Reading, claim_leftovers, publisher_of
from pipeline.layouts.reading import Section as OutlineSection
from pipeline.layouts.study_guide.head import GuideHead, guide_head
from pipeline.layouts.study_guide.labels import guide_labels
from pipeline.layouts.study_guide.outline import guide_outline
from pipeline.layouts.study_guide.parts import LEAD, SECTION, GuideOutline, Part
from pipeline.layouts.study_guide.vocabulary import words_of
from pipeline.records import RichText

__all__ = ["extract_study_guide"]

_DEEPEST: Final = 6


def extract_study_guide(reading: Reading, spec: LayoutSpec, origin: Origin) -> Extraction:
    """Return the draft of a study guide. What the page lacks is absent from the draft."""
    return _Extractor(replace(reading, labels=guide_labels(reading)), spec, origin).extract()


class _Extractor:
    def __init__(self, reading: Reading, spec: LayoutSpec, origin: Origin) -> None:
        self.reading = reading
        self.spec = spec
        self.head: GuideHead = guide_head(reading, spec, path=origin.path)
        self.outline: GuideOutline = guide_outline(reading, self.head.start)
        self.fields: dict[str, Any] = {}
        self.inferred: list[str] = list(self.head.inferred)
        self.result = Extraction(spec.name, reading)

    def extract(self) -> Extraction:
        self._names()
        self._furniture()
        for part in self.outline.parts:
            if part.name == "objectives":
                self._objectives(part)
            elif part.name == "vocabulary":
                self._vocabulary(part)
            elif part.name == "questions":
                self._questions(part)
        self._prose()
        self._notices()
        self._leftovers()
        self.result.notes += self.outline.notes
        self.result.drafts.append(Draft(self.fields, tuple(self.inferred)))
        return self.result

    # -- names -----------------------------------------------------------------------------------------------------

    def _names(self) -> None:
        head = self.head
        for index, start, end, owner in head.claims:
            if owner.startswith("["):
                self.reading.ledger.claim_boilerplate(index, owner.strip("[]"), start=start, end=end)
            else:
                self.reading.ledger.claim(index, owner, start=start, end=end, record=0)
        if head.title is not None:
            self.fields["title"] = _named(head.title)
        if head.course:
            self.fields["course"] = {"title": head.course, "url": head.course_url}
        if head.unit_number is not None:
            self.fields["unit"] = {"number": head.unit_number, "title": head.unit_title}
        self._breadcrumb()
        self.fields |= {"topic": head.topic, "authors": head.authors, "updated": head.updated}

    def _breadcrumb(self) -> None:
        """Claim what stands above the text and only says again what the names say: breadcrumb, unit line, signs."""
        head, ledger = self.head, self.reading.ledger
        for index, label in enumerate(self.reading.labels[: head.start]):
            if label is not None and label.kind in ("label", "heading") and ledger.is_free(index):
                ledger.claim_boilerplate(index, "breadcrumb" if label.kind == "label" else "site shell")
            at = 0
            length = len(self.reading.blocks[index].text)
            owners = ledger.owners(index)
            if not owners and index in head.repeated:
                ledger.claim_boilerplate(index, "breadcrumb")
            elif any(owner in ("course", "unit", "topic", "title") for _, _, owner in owners):
                for start, end, _ in [*owners, (length, length, "")]:
                    if self.reading.blocks[index].text[at:start].strip():
                        ledger.claim_boilerplate(index, "breadcrumb", start=at, end=start)
                    at = end

    def _furniture(self) -> None:
        """Claim the layout's own words wherever they stand."""
        for index, label in enumerate(self.reading.labels):
            if label is not None and label.kind == "boilerplate" and self.reading.ledger.is_free(index):
                self.reading.ledger.claim_boilerplate(index, label.name)
        for index in self.outline.card:
            self.reading.ledger.claim_boilerplate(index, "more resources")

    # -- lists -----------------------------------------------------------------------------------------------------

    def _objectives(self, part: Part) -> None:
        items, left = list_items(self.reading, part.blocks, part.heading)
        texts = []
        for item in items:
            text = rich_text([piece for _, piece in item.pieces], below=item.frame)
            if not text:
                continue
            texts.append(text)
            self._claim_pieces("objectives", item.pieces)
            for index, start, end in item.numbers:
                self.reading.ledger.claim_boilerplate(index, "list number", start=start, end=end)
        self._add("objectives", part, texts, left)

    def _vocabulary(self, part: Part) -> None:
        pairs, left = words_of(self.reading, part.blocks, part.heading, part.counted)
        if part.counted is not None and part.counted != len(pairs):
            self.result.notes.append(
                Note("count-differs", f"the page says {part.counted} key terms, {len(pairs)} were read", part.heading)
            )
        words = [self._word(pair) for pair in pairs]
        if words:  # what stands in the table and is no word heads its columns
            tables = {frame for pair in pairs for frame in _frames(self.reading, pair.term[0], "table")}
            for index in left:
                if tables & set(_frames(self.reading, index, "table")) and self.reading.blocks[index].text:
                    self.reading.ledger.claim_boilerplate(index, "column heading")
        self._add("vocabulary", part, words, left)

    def _word(self, pair: PairDraft) -> dict[str, Any]:
        self._claim_pieces("vocabulary", (pair.term, *pair.definition))
        for block, start, end in pair.separators:
            self.reading.ledger.claim_boilerplate(block, "separator", start=start, end=end)
        _, piece = pair.term
        definition = rich_text([part for _, part in pair.definition]) if pair.definition else None
        link = next((mark.value for run in piece.runs for mark in run.marks if mark.tag == "a"), None)
        return {"term": _named(piece), "definition": definition or None, "url": link}

    def _questions(self, part: Part) -> None:
        blocks = [index for index in part.blocks if self.reading.blocks[index].text]
        questions: list[dict[str, Any]] = []
        left: list[int] = []
        for asked in practice_of(self.reading, blocks) or [OpenQuestions(tuple(part.blocks))]:
            if isinstance(asked, PracticeDraft):
                questions.append(self._practice(asked))
                continue
            drafts, rest = questions_of(self.reading, asked.blocks, part.heading)
            questions += [self._open_question(draft) for draft in drafts]
            left += rest
        self._add("questions", part, questions, left)

    def _open_question(self, draft: QuestionDraft) -> dict[str, Any]:
        answer = rich_text([piece for _, piece in draft.answer]) if draft.answer else None
        self._claim_pieces("questions", (*draft.question, *draft.answer))
        for index, start, end in draft.marks:
            self.reading.ledger.claim_boilerplate(index, "question label", start=start, end=end)
        if not draft.answer:
            self.result.notes.append(Note("no-answer", "a question without an answer", draft.question[0][0]))
        return {"question": _prose(draft.question), "answer": answer or None}

    def _practice(self, draft: PracticeDraft) -> dict[str, Any]:
        for atom in draft.marks:
            self._claim_atom(atom, "question label", boilerplate=True)
        letter = [draft.letter] if draft.letter else []
        for atom in (*draft.question, *draft.choices, *draft.answer, *draft.explanation, *letter):
            self._claim_atom(atom, "questions")
        answer = self._text(draft.answer) if draft.answer else None
        if draft.right is not None:
            answer = self._text([draft.choices[draft.right]])
        if answer is None:
            first = (draft.question or draft.choices)[0].block
            self.result.notes.append(Note("no-answer", "a question with choices whose answer is not given", first))
        return {
            "question": self._text(draft.question),
            "choices": [self._text([choice]) for choice in draft.choices],
            "answer": answer,
            "explanation": self._text(draft.explanation) if draft.explanation else None,
        }

    def _add(self, field: str, part: Part, found: Sequence[Any], left: Sequence[int]) -> None:
        """Add what a known heading stands over; a heading that stands over nothing of the kind opens a section."""
        self.fields.setdefault(field, [])
        self.fields[field] += found
        if not found and part.blocks:
            part.name = SECTION
            return
        if part.heading is not None and self.reading.ledger.is_free(part.heading):
            self.reading.ledger.claim_boilerplate(part.heading, "heading")
        part.blocks = [index for index in left if self.reading.ledger.is_free(index)]

    # -- prose -----------------------------------------------------------------------------------------------------

    def _prose(self) -> None:
        """Read the lead and the sections; the first section has level 2, whatever the page's own first level is."""
        sections = [part for part in self.outline.parts if part.name == SECTION and part.heading is not None]
        top = min((part.level for part in sections), default=2)
        lead: list[int] = []
        made: list[dict[str, Any]] = []
        for part in self.outline.parts:
            if part.name == LEAD and not made:
                lead += part.blocks
            elif part.name == LEAD and part.blocks:
                made[-1]["blocks"] += part.blocks
            elif part in sections:
                made.append({"part": part, "blocks": list(part.blocks)})
        self.fields["lead"] = self._body("lead", lead, None) if lead else None
        self.fields["sections"] = [
            {
                "level": min(2 + section["part"].level - top, _DEEPEST),
                "heading": self._heading(section["part"]),
                "body": self._body("sections", section["blocks"], self.reading.blocks[section["part"].heading].frame),
            }
            for section in made
        ]
        if any(part.inferred for part in sections):
            self.inferred.append("sections")

    def _heading(self, part: Part) -> RichText:
        index = part.heading
        if index is None:
            return RichText.plain("")
        self.reading.ledger.claim(index, "sections", record=0)
        return _named(Piece(self.reading.blocks[index]))

    def _body(self, field: str, blocks: Sequence[int], frame: Frame | None) -> RichText:
        taken = [index for index in blocks if self.reading.ledger.is_free(index)]
        text = rich_text([Piece(self.reading.blocks[index]) for index in taken], below=frame or Frame("div"))
        for index in taken:
            self.reading.ledger.claim(index, field, record=0)
        return text

    # -- around the content ------------------------------------------------------------------------------------------

    def _notices(self) -> None:
        notices: list[str] = []
        for index in self.outline.notices:
            if not self.reading.ledger.is_free(index):
                continue
            lines = [" ".join(line.split()) for line in self.reading.blocks[index].text.split("\n") if line.strip()]
            notices += [line for line in lines if line not in notices]
            self.reading.ledger.claim(index, "notices", record=0)
        self.fields["notices"] = notices
        page = self.reading.page
        self.fields["publisher"] = publisher_of(notices, page.site, page.title) or self.spec.publisher

    def _leftovers(self) -> None:
        head = self.head
        names = [head.course or "", head.unit_title or "", str(self.fields["title"].text) if head.title else ""]
        if head.topic and head.title:
            names += [f"{head.topic} {names[2]}", head.topic]
        if head.unit_number is not None:
            names += [f"Unit {head.unit_number}", f"Unit {head.unit_number} {head.unit_title or ''}"]
        claim_leftovers(
            self.reading,
            Outline([OutlineSection("")], outside=self.outline.outside, hidden=self.outline.hidden),
            names=tuple(name for name in names if name),
            first=head.start,
            last=self.outline.end - 1,
        )

    def _claim_pieces(self, field: str, pieces: Iterable[tuple[int, Piece]]) -> None:
        for index, piece in pieces:
            self.reading.ledger.claim(index, field, start=piece.start, end=piece.end, record=0)

    def _claim_atom(self, atom: Atom, owner: str, *, boilerplate: bool = False) -> None:
        if boilerplate:
            self.reading.ledger.claim_boilerplate(atom.block, owner, start=atom.start, end=atom.end)
        else:
            self.reading.ledger.claim(atom.block, owner, start=atom.start, end=atom.end, record=0)

    def _text(self, atoms: Sequence[Atom]) -> RichText:
        pieces = [piece_of(self.reading, atom) for atom in atoms]
        return _named(pieces[0]) if len(pieces) == 1 else rich_text(pieces)


def _named(piece: Piece) -> RichText:
    """Return a name's rich text: without the weight and the links that are the page's way of showing it."""
    runs = tuple(
        replace(run, marks=tuple(mark for mark in run.marks if mark.tag not in ("a", "strong"))) for run in piece.runs
    )
    return RichText.of(inline_html(runs))


def _prose(pieces: Sequence[tuple[int, Piece]]) -> RichText:
    return _named(pieces[0][1]) if len(pieces) == 1 else rich_text([piece for _, piece in pieces])


def _frames(reading: Reading, index: int, tag: str) -> list[Frame]:
    return [frame for frame in frames_of(reading.blocks[index].frame) if frame.tag == tag]
