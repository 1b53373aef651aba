"""What each kind of record needs, and how a draft's fields become its keys. A further kind is one entry here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pipeline.records import LABELLED, course_slug, item_keys, key_term_id, slug, study_guide_id

__all__ = ["Missing", "missing_field", "record_fields"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A field without which there is no record of that kind."""

    code: str
    message: str
    hint: str = ""


_BY_PATH: Final = 'give it by path:\n[[defaults]]\npath = "{pages}"\ncourse = "…"\nor '
_NO_GUIDE_COURSE: Final = Missing(
    "no-course",
    "no course found: expected it in a breadcrumb, or in a line like “AP Biology Unit 3 Review”",
    _BY_PATH,
)
_NEEDS: Final[dict[str, tuple[tuple[str, Missing], ...]]] = {
    "key_term": (
        (
            "term",
            Missing(
                "no-term",
                "no term found: expected it before “from class:”, or named by two of the congratulation, "
                "“X” also found in, and the title",
            ),
        ),
        (
            "course",
            Missing(
                "no-course",
                "no course found: expected it after “from class:”, or in the title",
                _BY_PATH,
            ),
        ),
        (
            "definition",
            Missing("no-definition", "no definition found: expected a block under a heading like “Definition”"),
        ),
    ),
    "study_guide": (
        (
            "title",
            Missing("no-title", "no title found: expected it in a heading, or in a line like “3.5 Respiration”"),
        ),
        ("course", _NO_GUIDE_COURSE),
        (
            "content",
            Missing(
                "no-content",
                "a study guide with neither section, vocabulary nor question: expected headings with text below them",
            ),
        ),
    ),
}


def missing_field(kind: str, fields: Mapping[str, Any]) -> tuple[str, Missing] | None:
    """Return the first field that this kind needs and the draft lacks, and what to say of it."""
    return next(((name, missing) for name, missing in _NEEDS[kind] if not _has(fields, name)), None)


def _has(fields: Mapping[str, Any], name: str) -> bool:
    if name == "content":
        return any(fields.get(part) for part in ("sections", "vocabulary", "questions"))
    return bool(fields.get(name))


def record_fields(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record's keys from a complete draft, with its id and its items' keys."""
    publisher = fields.get("publisher") or "unknown"
    course = fields["course"]
    shared = {
        "kind": kind,
        "course": {"slug": course_slug(course["title"]), "title": course["title"], "url": course.get("url")},
        "publisher": publisher,
    }
    labelled = {name: fields.get(name) for name in LABELLED[kind]}
    return {**shared, **labelled, **_KINDS[kind](fields, publisher, course["title"])}


def _key_term(fields: Mapping[str, Any], publisher: str, course: str) -> dict[str, Any]:
    term = fields["term"]
    prefix = fields.get("id_prefix")
    return {
        "id": f"{prefix.strip('/')}/{slug(term.text)}" if prefix else key_term_id(publisher, course, term.text),
        "term": term,
        "definition": fields["definition"],
        "facts": keyed(fields.get("facts", ())),
        "questions": keyed_questions(fields.get("questions", ())),
        "related_terms": fields.get("related_terms", ()),
        "also_found_in": [
            {"slug": course_slug(subject["title"]), "title": subject["title"], "url": subject.get("url")}
            for subject in fields.get("also_found_in", ())
        ],
    }


def _study_guide(fields: Mapping[str, Any], publisher: str, course: str) -> dict[str, Any]:
    title, unit = fields["title"], fields.get("unit")
    place = f"unit-{unit['number']}" if unit and unit["number"] is not None else "guide"
    prefix = fields.get("id_prefix")
    words, sections = fields.get("vocabulary", ()), fields.get("sections", ())
    word_keys = item_keys(word["term"].text for word in words)
    section_keys = item_keys(section["heading"].text for section in sections)
    return {
        "id": f"{prefix.strip('/')}/{place}/{slug(title.text)}"
        if prefix
        else study_guide_id(publisher, course, place, title.text),
        "title": title,
        "unit": unit,
        "topic": fields.get("topic"),
        "objectives": keyed(fields.get("objectives", ())),
        "lead": fields.get("lead") or None,
        "sections": [{**section, "key": key} for key, section in zip(section_keys, sections, strict=True)],
        "vocabulary": [{**word, "key": key} for key, word in zip(word_keys, words, strict=True)],
        "questions": keyed_questions(fields.get("questions", ())),
        "authors": fields.get("authors", ()),
        "updated": fields.get("updated"),
    }


def keyed(texts: Any) -> list[dict[str, Any]]:
    """Return rich texts with the key of each."""
    keys = item_keys(text.text for text in texts)
    return [{"key": key, "text": text.text, "html": text.html} for key, text in zip(keys, texts, strict=True)]


def keyed_questions(questions: Any) -> list[dict[str, Any]]:
    """Return questions with the key of each."""
    keys = item_keys(question["question"].text for question in questions)
    return [
        {"choices": (), "explanation": None, **question, "key": key}
        for key, question in zip(keys, questions, strict=True)
    ]


_KINDS: Final[dict[str, Callable[[Mapping[str, Any], str, str], dict[str, Any]]]] = {
    "key_term": _key_term,
    "study_guide": _study_guide,
}
