"""Compare a record, as Guidepress writes it, with what the page says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .model import Truth, squeeze

__all__ = ["compare"]

CONTEXT = 40


def compare(record: Mapping[str, Any], truth: Truth) -> list[str]:
    """Return the differences, one readable line each; an empty list if all is equal.

    Compared character for character, white space collapsed: term, course, definition, facts,
    questions with answers, related terms with definitions, other courses, notices.
    """
    found: list[str] = []
    _one(found, "term", _text(record.get("term")), truth["term"])
    _one(found, "course", (record.get("course") or {}).get("title"), truth["course"])
    _one(found, "definition", _text(record.get("definition")), truth["definition"])
    _many(found, "facts", [_text(fact) for fact in record.get("facts") or []], truth["facts"])
    questions = record.get("questions") or []
    _many(
        found,
        "questions",
        [_text(item.get("question")) for item in questions],
        [item["question"] for item in truth["questions"]],
    )
    _many(
        found,
        "answers",
        [_text(item.get("answer")) for item in questions],
        [item["answer"] for item in truth["questions"]],
    )
    related = record.get("related_terms") or []
    _many(
        found,
        "related terms",
        [_text(item.get("term")) for item in related],
        [item["term"] for item in truth["related"]],
    )
    _many(
        found,
        "related definitions",
        [_text(item.get("definition")) for item in related],
        [item["definition"] for item in truth["related"]],
    )
    courses = [item.get("title") for item in record.get("also_found_in") or []]
    _many(found, "also found in", courses, truth["also_found_in"])
    _many(found, "notices", list(record.get("notices") or []), truth["notices"])
    return found


def _text(rich: Mapping[str, Any] | None) -> str | None:
    return rich.get("text") if rich else None


def _one(found: list[str], label: str, got: str | None, want: str) -> None:
    if got is None:
        found.append(f"{label}: missing, expected {_short(want)}")
        return
    have, need = squeeze(got), squeeze(want)
    if have == need:
        return
    pairs = zip(have, need, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(have), len(need)))
    start = max(0, at - CONTEXT // 2)
    lead = "…" if start else ""
    found.append(
        f"{label}: differs at character {at}: {_short(lead + have[start:])} instead of {_short(lead + need[start:])}"
    )


def _many(found: list[str], label: str, got: Sequence[str | None], want: Sequence[str]) -> None:
    if len(got) != len(want):
        have = [squeeze(one or "") for one in got]
        need = [squeeze(one) for one in want]
        extra = [_short(one) for one in have if one not in need]
        missing = [_short(one) for one in need if one not in have]
        found.append(
            f"{label}: {len(got)} instead of {len(want)};"
            f" too much: {', '.join(extra) or 'nothing'}; missing: {', '.join(missing) or 'nothing'}"
        )
        return
    for number, (one, other) in enumerate(zip(got, want, strict=True), 1):
        _one(found, f"{label} {number}", one, other)


def _short(text: str) -> str:
    return repr(text if len(text) <= 2 * CONTEXT else f"{text[: 2 * CONTEXT]}…")
