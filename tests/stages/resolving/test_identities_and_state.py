"""What the state knows of identities only spares work: with it and without it a run gives the same, byte for byte."""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from factories import key_term
from pipeline.config import Settings
from pipeline.identity import course_of, read_lock
from pipeline.records import KeyTerm, dump_record
from pipeline.stages.build import edition_source
from pipeline.stages.resolving import CourseSum, IdentityCounts, Resolved, identify
from pipeline.stages.resolving.courses import CourseTally, file_slugs
from pipeline.stages.resolving.settling.notes import CourseNotes
from pipeline.store import StateFolder
from tests.histories.edits import EDITS, Step
from tests.histories.world import World

FIRST = 1_750_000_000


@dataclass
class Project:
    """Records in a build folder, and a lock: identified as a run does it, without the pages."""

    folder: Path
    builds: int = 0
    counts: IdentityCounts = field(default_factory=IdentityCounts)

    @property
    def settings(self) -> Settings:
        return Settings(build=self.folder / "build", lock=self.folder / "cards.lock")

    def build(self, records: Iterable[KeyTerm]) -> object:
        """Return all that outputs are made of, but for the records."""
        courses = self.write(sorted(records, key=lambda record: record.id))
        folder = StateFolder(self.settings.build)
        folder.create()
        with folder.opened() as state:
            resolved = Resolved(courses, {})
            source = edition_source(self.settings, resolved, state)
            self.counts, allowed = identify(source, self.settings, state, print)
            assert allowed
            edition = source.edition
            given = {course.slug: (dict(course.identities()), course.identities_digest) for course in edition.courses}
            return given, edition.retired, edition.note_type_mods

    def write(self, records: Sequence[KeyTerm]) -> tuple[CourseSum, ...]:
        self.settings.build.mkdir(parents=True, exist_ok=True)
        tallies: dict[tuple[str, str], CourseTally] = {}
        offset = 0
        with (self.settings.build / "records.jsonl").open("wb") as handle:
            for record in records:
                line = dump_record(record).encode() + b"\n"
                tally = tallies.setdefault((record.course.slug, "own-words"), CourseTally())
                tally.add(line, offset, record_id=record.id, kind=record.kind, title=record.course.title, url=None)
                offset += len(line)
                handle.write(line)
        names = file_slugs(tallies)
        return tuple(tally.sum(names[key], key) for key, tally in sorted(tallies.items()))

    def forget(self) -> None:
        StateFolder(self.settings.build).discard()

    def lines(self) -> str:
        return read_lock(self.settings.lock).dumps()


def records_of(world: World, prefixed: str) -> list[KeyTerm]:
    """Return the world's records; those of one course have ids of another form, as `id_prefix` gives them."""
    found = []
    for record in world.records():
        own = record.course.title == prefixed
        found.append(record.model_copy(update={"id": f"pre/{record.id.rpartition('/')[2]}"}) if own else record)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_runs_with_a_state_and_without_give_the_same_lock_and_the_same_identities(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.stages.resolving.edition.code_fingerprint", lambda _: "the same")
    dice = random.Random(seed)
    world = World.make(dice)
    prefixed = world.courses[0].title if seed % 2 else ""
    ours, new, folder, new_folder = (Project(tmp_path / name) for name in ("kept", "new", "folder", "new-folder"))
    for one in (folder, new_folder):
        one.settings.lock.mkdir(parents=True)
    for number in range(7):
        if number:
            step = Step(world)
            for _ in range(dice.randint(0, 6)):
                step.do(dice.choice(list(EDITS)))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST + 86_400 * number))
        new.forget()
        new_folder.forget()
        records = records_of(world, prefixed)
        found = [project.build(records) for project in (ours, new, folder, new_folder)]
        assert found == [found[0]] * 4
        locks = [project.lines() for project in (ours, new, folder, new_folder)]
        assert locks == [locks[0]] * 4
        assert ours.settings.lock.read_bytes() == new.settings.lock.read_bytes() == locks[0].encode()
        counts = [json.dumps(asdict(project.counts)) for project in (ours, new, folder, new_folder)]
        assert counts == [counts[0]] * 4
        assert ours.build(records) == found[0]
        assert ours.lines() == locks[0]


def course(name: str, *terms: str, edited: str = "") -> list[KeyTerm]:
    return [
        key_term(
            term,
            f"What {term} is in {name}{edited}.",
            [f"The {term} of {name} was found in 1847 by two bakers{edited}."],
            course=name,
        )
        for term in terms
    ]


def test_only_the_course_that_changed_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    read = CourseNotes._read

    def noted(self: CourseNotes, *given: object) -> None:
        read(self, *given)  # type: ignore[arg-type]
        looked.extend({"/".join(course_of(record_id)) for record_id in self.groups})

    monkeypatch.setattr(CourseNotes, "_read", noted)
    project = Project(tmp_path)
    bread, soup = course("Bread", "crust", "crumb"), course("Soup", "broth", "stock")
    project.build([*bread, *soup])
    assert sorted(set(looked)) == ["own-words/bread", "own-words/soup"]
    looked.clear()
    project.build([*bread, *soup])
    assert looked == []
    project.build([*bread, *course("Soup", "broth", "stock", edited=" at home")])
    assert set(looked) == {"own-words/soup"}
    assert (project.counts.notes, project.counts.updated, project.counts.kept) == (8, 4, 4)
