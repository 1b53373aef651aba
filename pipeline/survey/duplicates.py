"""Two pages with one id: which was taken, which was not, and what decided it."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.records import Finding
from pipeline.survey.candidate import Candidate

__all__ = ["duplicates"]


def duplicates(candidates: Iterable[Candidate]) -> Iterator[Finding]:
    """Yield a finding for each record that was not taken. `candidates` come by id, the one that is taken first."""
    for record_id, same in groupby(candidates, key=lambda candidate: candidate.id):
        taken, *others = same
        for other in others:
            yield Finding.of(
                "duplicate",
                other.path,
                f"{record_id} is given by {other.path} and by {taken.path}, which was taken",
                record=record_id,
                signs=(_decisive(taken, other),),
                examples=(taken.path,),
                hint="nothing to do, unless the two are about different things: see `[[defaults]] id_prefix`",
            )


def _decisive(taken: Candidate, other: Candidate) -> str:
    """Return the first sign by which two records differ, in the order in which they count."""
    if taken.fields != other.fields:
        return f"{taken.path} has {taken.fields} fields that are not empty, {other.path} {other.fields}"
    if taken.characters != other.characters:
        return f"{taken.path} has {taken.characters:,} characters of text, {other.path} {other.characters:,}"
    if taken.captured != other.captured:
        return f"{taken.path} was captured later"
    return "both are equally full: the first path was taken"
