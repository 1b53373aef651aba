"""One file of `anki/` against the records, identities and settings of a build."""

import errno
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.exporters import Edition
from pipeline.exporters.anki import CourseDeck, course_decks, retired_text
from pipeline.verify.anki.copies import Copy, copied_courses
from pipeline.verify.anki.course import CourseComparison
from pipeline.verify.anki.found import Found
from pipeline.verify.anki.whole import WholeComparison
from pipeline.verify.apkg import PackageError, ReadPackage, read_package
from pipeline.verify.difference import Difference
from pipeline.verify.proven import Proven

__all__ = ["verify"]

_HINT: Final = "run `guidepress export anki` to write it again"


def verify(path: Path, artifact: str, edition: Edition, proven: Proven) -> Iterator[Difference]:
    """Yield every difference between one file of `anki/` and the records, identities and settings of this build.

    In `all.apkg` a course is compared with its own package beside it, which is an artifact too, and with the records
    only if it is not the same as there.
    """
    name = artifact.removeprefix("anki/")
    if name == "retired.txt":
        if path.read_bytes() != retired_text(edition.retired).encode():
            yield Difference(artifact, "not the searches for this build's retired notes", hint=_HINT)
        return
    decks = course_decks(edition)
    is_whole = name == "all.apkg"
    chosen = list(decks.values()) if is_whole else [deck for slug, deck in decks.items() if name == f"{slug}.apkg"]
    if not chosen:
        yield Difference(artifact, "no course of this build has that name", hint=_HINT)
        return
    try:
        with read_package(path, edition.scratch) as package:
            copies = copied_courses(path, package, decks, edition, proven) if is_whole else {}
            for message, record_id in _differences(package, chosen, copies, edition, proven):
                yield Difference(artifact, message, record_id, _HINT)
    except (PackageError, OSError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        yield Difference(artifact, str(error), hint=_HINT)


def _differences(
    package: ReadPackage, decks: Iterable[CourseDeck], copies: Mapping[str, Copy], edition: Edition, proven: Proven
) -> Iterator[Found]:
    whole = WholeComparison(package, edition)
    yield from whole.head()
    for deck in decks:
        if copy := copies.get(deck.course.slug):
            whole.take_copy(copy)
        else:
            course = CourseComparison(package, deck, edition)
            yield from course.differences(proven)
            whole.take(course)
    yield from whole.rest()
