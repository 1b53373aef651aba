"""`cards.lock` on the disk and after merges: links, modes, power cuts, and what stands twice."""

import json
import os
import shutil
import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from factories import Workshop, key_term
from pipeline.identity import Lock, LockError, LockLine, parse_lock, read_lock
from pipeline.identity.lock import put_in_place, remove_leftovers, write_lock
from pipeline.records import KeyTerm


def pages(count: int, course: str = "Kitchen Science") -> list[KeyTerm]:
    return [
        key_term(f"term {number}", f"Word {number}.", [f"Fact {number} was found in 19{number:02}."], course=course)
        for number in range(count)
    ]


@pytest.fixture
def lock() -> Lock:
    return Workshop().build(pages(5)).lock


def merged(*locks: Lock) -> Lock:
    """Return what a lock says that holds the lines of all of these, as after a union merge."""
    head, *lines = locks[0].dumps().splitlines()
    for other in locks[1:]:
        lines += [line for line in other.dumps().splitlines()[1:] if line not in lines]
    return parse_lock("\n".join([head, *lines, ""]).encode())


def only(lock: Lock, guid: str) -> LockLine:
    (line,) = (line for line in lock.lines if line.guid == guid)
    return line


def changed(lock: Lock, at: int, **values: object) -> Lock:
    lines = list(lock.lines)
    lines[at] = replace(lines[at], **values)  # type: ignore[arg-type]
    return replace(lock, lines=tuple(lines))


def test_a_link_stays_a_link_and_what_it_leads_to_is_written_with_its_mode(lock: Lock, tmp_path: Path) -> None:
    real = tmp_path / "repo" / "cards.lock"
    real.parent.mkdir()
    write_lock(real, lock)
    real.chmod(0o660)
    link = tmp_path / "cards.lock"
    link.symlink_to("repo/cards.lock")
    other = changed(lock, 0, mod=1_800_000_000)
    write_lock(link, other)
    assert link.is_symlink()
    assert read_lock(real) == other
    assert stat.S_IMODE(real.stat().st_mode) == 0o660
    assert sorted(child.name for child in tmp_path.rglob("*")) == ["cards.lock", "cards.lock", "repo"]


def test_a_new_lock_has_the_mode_that_any_new_file_has(lock: Lock, tmp_path: Path) -> None:
    write_lock(tmp_path / "cards.lock", lock)
    (tmp_path / "other").touch()
    assert (tmp_path / "cards.lock").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_bytes_are_on_the_disk_before_they_take_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else f"file of {os.fstat(handle).st_size}")
        fsync(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    (tmp_path / "part").write_bytes(b"12345")
    put_in_place(tmp_path / "part", tmp_path / "target")
    assert done == ["file of 5", "rename", "folder"]
    assert (tmp_path / "target").read_bytes() == b"12345"


def test_a_lock_that_cannot_be_written_leaves_the_old_one_and_nothing_else(
    lock: Lock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cards.lock"
    write_lock(path, lock)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_lock(path, changed(lock, 0, mod=1_800_000_000))
    assert path.read_bytes() == before
    assert [child.name for child in tmp_path.iterdir()] == ["cards.lock"]


def test_what_killed_runs_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    names = ["cards.lock", ".cards.lock.abc.new", ".cards.lock.def.new", ".other.lock.abc.new", "cards.lock.new"]
    for name in names:
        (tmp_path / name).touch()
    remove_leftovers(tmp_path / "cards.lock")
    assert sorted(child.name for child in tmp_path.iterdir()) == sorted([names[0], *names[3:]])


def test_of_a_guid_that_stands_twice_the_later_line_holds(lock: Lock) -> None:
    guid = lock.lines[0].guid
    later = changed(lock, 0, mod=1_800_000_000, identity_text="edited here")
    last = changed(lock, 0, mod=1_800_000_001, identity_text="edited there")
    for both in (merged(later, last), merged(last, later)):
        assert only(both, guid).identity_text == "edited there"
        assert len(both.lines) == len(lock.lines)
        assert both.twice == (f"GUID {guid} has 2 lines; the later holds",)


def test_of_two_of_one_time_the_live_one_holds_and_else_all_machines_agree(lock: Lock) -> None:
    guid = lock.lines[0].guid
    retired = changed(lock, 0, state="retired", identity_text="zzz")
    assert only(merged(lock, retired), guid).state == only(merged(retired, lock), guid).state == "live"
    other = changed(lock, 0, due=4321)
    assert merged(lock, other).lines == merged(other, lock).lines


def test_the_name_that_one_side_gave_a_course_holds_also_where_the_other_edited(lock: Lock) -> None:
    workshop = Workshop(lock=lock)
    renamed = workshop.build(pages(5, "Kitchen Practice")).lock
    edited = changed(lock, 2, mod=1_800_000_000, identity_text="edited")
    # The merge kept both sides' lines of three notes, and those of the side that renamed for all others.
    theirs = replace(edited, lines=edited.lines[1:4])
    for both in (merged(renamed, theirs), merged(theirs, renamed)):
        assert {line.record_id.split("/")[1] for line in both.lines} == {"kitchen-practice"}
        assert only(both, edited.lines[2].guid).identity_text == "edited"
    build = Workshop(lock=merged(renamed, theirs), now=1_800_000_000).build(pages(5, "Kitchen Practice"))
    assert (build.assignment.new, build.assignment.missing, build.assignment.retired_now) == (0, 0, 0)


def test_a_lock_with_what_stood_twice_is_written_anew_by_the_next_build(lock: Lock) -> None:
    both = merged(lock, changed(lock, 0, due=lock.lines[0].due + 1))
    build = Workshop(lock=both).build(pages(5))
    assert build.assignment.changed
    assert build.lock.twice == ()
    assert not Workshop(lock=build.lock).build(pages(5)).assignment.changed


def test_lines_of_an_older_version_that_a_merge_left_are_read(lock: Lock) -> None:
    head, *lines = lock.dumps().splitlines()
    old = [json.dumps(json.loads(line)[:9]) for line in lines if line.startswith("[")]
    both = parse_lock("\n".join([head, '{"format":"guidepress cards.lock","version":1}', *lines, *old]).encode())
    assert both.lines == lock.lines
    assert both.version == lock.version


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '["078GAWqX7oJ","fact","a/b/c","k",1180591620717411303424,1,"live","d","t",null]']
)
def test_what_no_number_and_no_depth_can_be_is_named_with_its_line(line: str) -> None:
    with pytest.raises(LockError) as caught:
        parse_lock(f'{{"format":"guidepress cards.lock","version":1}}\n{line}\n'.encode())
    assert caught.value.lines == (2,)


@pytest.mark.parametrize("size", [10, 40, 160])
def test_branches_that_add_a_page_and_edit_a_text_are_merged_by_git_without_a_hand(size: int, tmp_path: Path) -> None:
    """Each branch adds a page, edits one definition and one fact; then one more build of what both have."""
    if shutil.which("git") is None:
        pytest.skip("git is not there")
    base = Workshop()
    base.build(pages(size))
    known = {line.guid for line in base.lock.lines}

    def edited(at: int, name: str) -> list[KeyTerm]:
        own = pages(size)
        own[at] = key_term(f"term {at}", f"Word {at} of {name}.", [f"Fact {at} was first found in 19{at:02}."])
        return [*own, key_term(name, f"What {name} is.", [f"A {name} was found in 1815."])]

    ours, theirs = Workshop(lock=base.lock), Workshop(lock=base.lock)
    ours.build(edited(1, "ladle"))
    theirs.build(edited(2, "whisk"))
    for name, one in (("base", base.lock), ("ours", ours.lock), ("theirs", theirs.lock)):
        write_lock(tmp_path / name, one)
    command = ["git", "merge-file", "--union", "-p", "ours", "base", "theirs"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    together = [*edited(1, "ladle")[:2], *edited(2, "whisk")[2:], edited(1, "ladle")[-1]]
    build = Workshop(lock=parse_lock(done.stdout)).build(together)
    assert (build.assignment.new, build.assignment.retired_now, build.assignment.missing) == (0, 0, 0)
    assert {line.guid for line in build.lock.lines} == known | {
        line.guid for one in (ours, theirs) for line in one.lock.lines
    }
    assert build.assignment.updated == 0
