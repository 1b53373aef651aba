"""Study guides for the tests of handouts, in our own words."""

from collections.abc import Sequence

from pdf_factories import NOTICE
from pipeline.records import (
    Course,
    Item,
    Question,
    RichText,
    Section,
    Source,
    StudyGuide,
    Unit,
    VocabularyItem,
    course_slug,
    item_keys,
    key_term_id,
    study_guide_id,
)

__all__ = ["choice_question", "study_guide"]


def choice_question(key: str, asked: str, choices: Sequence[str], answer: str | None, why: str = "") -> Question:
    """Return a question with choices."""
    return Question(
        key=key,
        question=RichText.of(asked),
        choices=tuple(RichText.of(choice) for choice in choices),
        answer=None if answer is None else RichText.of(answer),
        explanation=RichText.of(why) if why else None,
    )


def study_guide(
    title: str,
    *,
    unit: int | None = 3,
    unit_title: str | None = "Energy",
    topic: str | None = "3.5",
    objectives: Sequence[str] = (),
    lead: str | None = None,
    sections: Sequence[tuple[int, str, str]] = ((2, "What it is", "<p>A few plain words.</p>"),),
    vocabulary: Sequence[tuple[str, str | None]] = (),
    linked: Sequence[str] = (),
    questions: Sequence[Question] = (),
    authors: Sequence[str] = (),
    updated: str | None = None,
    course: str = "Life Science",
) -> StudyGuide:
    """Return a guide whose texts are the given canonical fragments; `linked` words have a key-term page."""
    rich_title = RichText.of(title)
    return StudyGuide(
        id=study_guide_id("Guild", course, "guide" if unit is None else f"unit-{unit}", rich_title.text),
        course=Course(slug=course_slug(course), title=course),
        publisher="Guild",
        notices=(NOTICE,),
        language="en",
        source=Source(path="g.html", sha256="0" * 64, media_type="text/html", encoding="utf-8", layout="test"),
        title=rich_title,
        unit=None if unit is None and unit_title is None else Unit(number=unit, title=unit_title),
        topic=topic,
        objectives=tuple(
            Item.model_validate({"key": key, "html": text})
            for key, text in zip(item_keys(objectives), objectives, strict=True)
        ),
        lead=None if lead is None else RichText.of(lead),
        sections=tuple(
            Section(key=key, level=level, heading=RichText.of(heading), body=RichText.of(body))
            for key, (level, heading, body) in zip(
                item_keys(heading for _, heading, _ in sections), sections, strict=True
            )
        ),
        vocabulary=tuple(
            VocabularyItem(
                key=key,
                term=RichText.of(term),
                definition=None if meaning is None else RichText.of(meaning),
                record_id=key_term_id("Guild", course, term) if term in linked else None,
            )
            for key, (term, meaning) in zip(item_keys(term for term, _ in vocabulary), vocabulary, strict=True)
        ),
        questions=tuple(questions),
        authors=tuple(authors),
        updated=updated,
    )
