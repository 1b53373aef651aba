"""Fields that are lists: sentences, questions with their answers, words with their definitions."""

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.blocks import Piece, frames_of, rich_text
from pipeline.layouts.fields.context import PageContext
from pipeline.layouts.fields.texts import name_text, prose_text, short_text
from pipeline.layouts.lists import Item, PairDraft
from pipeline.layouts.questions import QuestionDraft
from pipeline.layouts.reading import Note, Reading, end_of_name, link_of, shared_frame
from pipeline.records import RichText

__all__ = ["QuestionText", "take_items", "take_name", "take_pair", "take_question"]

QuestionText = Callable[[Sequence[tuple[int, Piece]]], RichText]


def take_items(reading: Reading, field: str, items: Sequence[Item]) -> list[RichText]:
    """Claim the items of a list, and return the text of each that has one."""
    texts = []
    for item in items:
        text = rich_text([piece for _, piece in item.pieces], below=item.frame)
        if text:
            texts.append(text)
            reading.ledger.claim_pieces(item.pieces, field)
            reading.ledger.claim_spans(item.numbers, "list number")
    return texts


def take_name(reading: Reading, field: str, named: tuple[int, Piece]) -> Piece:
    """Claim a name and return it, without the "(opens in new tab)" that its link may add."""
    index, piece = named
    start, end = piece.start, len(piece.block.text) if piece.end is None else piece.end
    stop = start + end_of_name(piece.block.text[start:end])
    reading.ledger.claim(index, field, start=start, end=stop)
    reading.ledger.claim_boilerplate(index, "link note", start=stop, end=end)
    return piece if stop == end else Piece(piece.block, start, stop)


def take_pair(reading: Reading, field: str, pair: PairDraft) -> dict[str, Any]:
    """Claim a word and its definition, and return them with the word's link."""
    piece = take_name(reading, field, pair.term)
    reading.ledger.claim_pieces(pair.definition, field)
    reading.ledger.claim_spans(pair.separators, "separator")
    return {"term": name_text(piece), "definition": prose_text(pair.definition) or None, "url": link_of(piece)}


def take_question(context: PageContext, draft: QuestionDraft, text: QuestionText) -> dict[str, Any]:
    """Claim a question, and return it as a record has it; `text` is how questions without choices are written."""
    ledger = context.reading.ledger
    ledger.claim_pieces(
        (*draft.question, *draft.choices, *draft.answer, *draft.explanation, *draft.letter), "questions"
    )
    ledger.claim_spans(draft.marks, "question label")
    if not draft.is_answered:
        what = "a question with choices whose answer is not given" if draft.choices else "a question without an answer"
        context.notes.append(Note("no-answer", what, (draft.question or draft.choices)[0][0]))
    if stray := _stray(draft):
        block, said = stray
        context.notes.append(Note("doubtful-field", said, block, field="questions", signs=(said,)))
    if not draft.choices:
        return {"question": text(draft.question), "answer": prose_text(draft.answer) or None}
    choices = [short_text([choice]) for choice in draft.choices]
    answer = short_text(draft.answer) if draft.answer else None
    return {
        "question": short_text(draft.question),
        "choices": choices,
        "answer": choices[draft.right] if draft.right is not None else answer,
        "explanation": short_text(draft.explanation) if draft.explanation else None,
    }


def _stray(draft: QuestionDraft) -> tuple[int, str] | None:
    """Return the block of an answer that the page sets apart from the others by its markup, and how it does."""
    answer = draft.answer
    if draft.question and len(answer) > 1:
        box = shared_frame(draft.question[0][1].block, answer[0][1].block)
        outside = [number for number, piece in answer if box and box not in frames_of(piece.block.frame)]
        if outside:
            return outside[0], "a part of an answer stands outside the box that holds the question and its answer"
    shown = [number for number, piece in answer if not piece.block.hidden]
    if shown and len(shown) < len(answer):
        return shown[0], "a part of an answer stands outside the panel that unfolds with the answer"
    bare = [number for number, piece in answer if piece.block.shape == "p"]
    classed = [number for number, piece in answer if piece.block.shape.strip(".") not in ("", "p")]
    if len(bare) == len(classed) == 1 and len(answer) == 2:
        return bare[0], "one of the two paragraphs of an answer has a class, and this one has none"
    return None
