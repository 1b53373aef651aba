"""The notes of a key-term page: its term, its facts, its questions."""

from pipeline.config import AnkiSettings
from pipeline.notes.asking import FEWEST_WORDS, content_words
from pipeline.notes.masking import Mask
from pipeline.notes.placing import Placing, link, placing_of
from pipeline.notes.question import question_note
from pipeline.notes.study_note import StudyNote, identity_text
from pipeline.notes.term_forms import names_in
from pipeline.records import Item, KeyTerm, RelatedTerm, RichText, plain_text, slug

__all__ = ["key_term_notes", "term_identity", "term_note"]


def key_term_notes(record: KeyTerm, settings: AnkiSettings) -> list[StudyNote]:
    """Return the note of the term, then those of its facts and of its questions, in page order."""
    names = names_in(record.term.text, _page(record))
    mask = Mask(record.term.text, record.language, names)
    placing = placing_of(record, mask, places=[(guide.unit, guide.topic) for guide in record.named_in])
    term = term_note(
        placing,
        mask,
        settings,
        term=record.term,
        definition=record.definition,
        related_terms=_related(record.related_terms),
        related=tuple(related.term.text for related in record.related_terms),
        also_found_in=", ".join(link(course.title, course.url) for course in record.also_found_in),
    )
    facts = [_fact_note(placing, record.term, fact, names) for fact in record.facts]
    questions = [question_note(placing, question, record.term.html, mask) for question in record.questions]
    return [term, *facts, *(note for note in questions if note)]


def term_identity(placing: Placing, term: RichText) -> str:
    """Return `<publisher>/<course slug>/<term slug>`, the same whichever page supplies the term."""
    return f"{slug(placing['publisher'])}/{placing['course_slug']}/{slug(term.text or term.html)}"


def term_note(
    placing: Placing,
    mask: Mask,
    settings: AnkiSettings,
    *,
    term: RichText,
    definition: RichText,
    key: str = "",
    related_terms: str = "",
    related: tuple[str, ...] = (),
    also_found_in: str = "",
) -> StudyNote:
    """Return the Key term note of a term and its definition."""
    masked = mask.html(definition.html).html
    if content_words(plain_text(masked)) < FEWEST_WORDS:
        masked = ""
    return StudyNote(
        kind="key_term",
        key=key,
        identity_key=term_identity(placing, term),
        identity_text=identity_text(f"{_one_line(term.text)}\t{_one_line(definition.text)}"),
        front=term.html,
        back=definition.html,
        term=term.html,
        masked=masked,
        recognise="recognise" in settings.directions,
        recall="recall" in settings.directions and bool(masked),
        related_terms=related_terms,
        related=related,
        also_found_in=also_found_in,
        **placing,
    )


def _fact_note(placing: Placing, term: RichText, fact: Item, names: tuple[str, ...]) -> StudyNote:
    """Return the note of a fact, which the course and the lock have still to say what it asks for."""
    return StudyNote(
        kind="fact",
        key=fact.key,
        identity_key=fact.key,
        identity_text=identity_text(_one_line(fact.text)),
        front="",
        back=fact.html,
        term=term.html,
        names=names,
        **placing,
    )


def _page(record: KeyTerm) -> str:
    """Return what a page says of its term in sentences."""
    answers = (part for one in record.questions for part in (one.question, one.answer) if part)
    return "\n".join(text.text for text in (record.definition, *record.facts, *answers))


def _related(terms: tuple[RelatedTerm, ...]) -> str:
    if not terms:
        return ""
    items = (
        f"<li><strong>{related.term.html}</strong>{f': {related.definition.html}' if related.definition else ''}</li>"
        for related in terms
    )
    return f"<ul>{''.join(items)}</ul>"


def _one_line(text: str) -> str:
    return " ".join(text.split())
