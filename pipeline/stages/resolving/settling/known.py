"""What is known of identities, as JSON for the state."""

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from pipeline.identity import Ends, FreshPlace, KnownArea, NoteIdentity, NoteRef, short_id, with_titles
from pipeline.notes import Blank

__all__ = ["identities_of", "identities_text", "known_from", "known_text", "retired_of"]


def known_text(known: KnownArea) -> str:
    """Return an area as JSON; sentences that it lost are told in the run that lost them, and never after."""
    fresh = [[place.records, place.signs] for place in known.ends.fresh]
    return _dumped([known.notes, known.ends.gained, fresh, known.missing, known.retired, known.unasked])


def known_from(inputs: str, text: str) -> KnownArea:
    """Return the area of `known_text`."""
    notes, gained, fresh, missing, retired, unasked = json.loads(text)
    return KnownArea(
        inputs,
        Ends(gained, fresh=[FreshPlace(*place) for place in fresh]),
        notes,
        missing=[(record_id, count) for record_id, count in missing],
        retired=[(title, record_id, guid, said) for title, record_id, guid, said in retired],
        unasked=[(path, said) for path, said in unasked],
    )


def retired_of(areas: Iterable[str], titles: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return course title, GUID and identity text of all retired notes of areas (`known_text`).

    `titles` are those of courses by slug.
    """
    found = (with_titles(one, titles) for text in areas for one in known_from("", text).retired)
    return tuple(sorted(found))


def identities_text(identities: Mapping[NoteRef, NoteIdentity]) -> str:
    """Return the identities of a course as JSON, record by record."""
    return _dumped(
        [
            [record_id, [[ref.kind, ref.key, one.guid, one.mod, one.due, one.blank, one.tags] for ref, one in notes]]
            for record_id, notes in groupby(identities.items(), key=lambda item: item[0].record_id)
        ]
    )


def identities_of(text: str) -> dict[NoteRef, NoteIdentity]:
    """Return the identities of `identities_text`."""
    found: dict[NoteRef, NoteIdentity] = {}
    for record_id, notes in json.loads(text or "[]"):
        for kind, key, guid, mod, due, blank, tags in notes:
            asks = Blank(*blank) if blank else None
            found[NoteRef(record_id, kind, key)] = NoteIdentity(guid, short_id(guid), mod, due, asks, tuple(tags))
    return found


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
