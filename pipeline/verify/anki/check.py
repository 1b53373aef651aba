"""One file of `anki/` against the records, identities and settings of a build."""

import errno
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pipeline.exporters import Edition
from pipeline.exporters.anki import CourseDeck, course_decks, retired_text
from pipeline.verify.anki.copies import copied_courses
from pipeline.verify.anki.course import CourseComparison
from pipeline.verify.anki.found import Found
from pipeline.verify.anki.whole import WholeComparison
from pipeline.verify.apkg import PackageError, ReadPackage, read_package
from pipeline.verify.difference import Difference

__all__ = ["verify"]

_HINT: Final = "run `guidepress export anki` to write it again"


def verify(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    """Yield every difference between one file of `anki/` and the records, identities and settings of this build.

    In `all.apkg` a course is compared with its own package beside it, which is an artifact too, and with the records
    only if it is not the same as there.
    """
    name = artifact.removeprefix("anki/")
    if name == "retired.txt":
        if path.read_bytes() != retired_text(edition.retired).encode():
            yield Difference(artifact, "not the searches for this build's retired notes", hint=_HINT)
        return
    # Decks are named over all courses: in a package of one course its deck is called what it is in all.apkg.
    decks = course_decks(edition.courses, edition.settings.anki.root)
    chosen = [deck for deck in decks if name in ("all.apkg", f"{deck.course.slug}.apkg")]
    if not chosen:
        yield Difference(artifact, "no course of this build has that name", hint=_HINT)
        return
    try:
        with read_package(path, edition.scratch) as package:
            for message, record_id in _differences(path, package, chosen, edition, joined=name == "all.apkg"):
                yield Difference(artifact, message, record_id, _HINT)
    except (PackageError, OSError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        yield Difference(artifact, str(error), hint=_HINT)


def _differences(
    path: Path, package: ReadPackage, decks: Sequence[CourseDeck], edition: Edition, *, joined: bool
) -> Iterator[Found]:
    whole = WholeComparison(package, edition)
    yield from whole.head()
    copies = copied_courses(path, package, decks, edition) if joined else {}
    for deck in decks:
        if copy := copies.get(deck.course.slug):
            whole.take_copy(copy)
        else:
            course = CourseComparison(package, deck, edition)
            yield from course.differences()
            whole.take(course)
    yield from whole.rest()
