"""The exporter: a package for each course, one for all of them, and the searches for retired notes."""

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.exporters.anki.decks import CourseDeck, course_decks
from pipeline.exporters.anki.joining import join_packages
from pipeline.exporters.anki.note_types import note_type_digests
from pipeline.exporters.anki.package import write_package
from pipeline.exporters.anki.retired import retired_text
from pipeline.exporters.protocol import Artifact, Edition

__all__ = ["AnkiExporter"]


class AnkiExporter:
    """Makes `anki/`: `<course>.apkg` for each course, `all.apkg` with the same decks, `retired.txt`."""

    name = "anki"

    def artifacts(self, edition: Edition) -> Iterator[Artifact]:
        """Yield the courses' packages by slug, the package of all, the searches for retired notes."""
        decks = list(course_decks(edition).values())
        common = [note_type_digests(), dict(edition.note_type_mods), edition.settings.anki.model_dump(mode="json")]
        digests, paths = [], []
        for deck in decks:
            course = deck.course
            digests.append(_digest(deck.name, course.slug, course.title, course.digest, course.identities_digest))
            paths.append(f"anki/{course.slug}.apkg")
            yield _course_package(paths[-1], deck, edition, _digest(digests[-1], *common))
        if decks:
            yield Artifact(
                "anki/all.apkg",
                _digest("all", digests, *common),
                lambda part: join_packages(part, decks, edition),
                parts=paths,
            )
        text = retired_text(edition.retired)
        yield Artifact("anki/retired.txt", _digest(text), partial(_write_text, text))


def _course_package(path: str, deck: CourseDeck, edition: Edition, digest: str) -> Artifact:
    return Artifact(path, digest, lambda part: write_package(part, deck, edition))


def _write_text(text: str, part: Path) -> None:
    part.write_text(text, encoding="utf-8", newline="\n")


def _digest(*values: Any) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
