"""`guidepress diff --anki`: what a person edited in the real Anki, and nothing that Anki or the person only placed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anki.collection import ExportAnkiPackageOptions

from anki_learner import Learner
from command_runs import guidepress
from pipeline.verify import PackageError, read_collection
from term_pages import write_pages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    write_pages(folder / "raw")
    assert guidepress(["export", "anki"], folder).returncode == 0
    return folder


@pytest.fixture
def learner(built: Path, tmp_path: Path) -> Iterator[Learner]:
    someone = Learner(tmp_path / "learner")
    someone.imports(built / "build" / "anki" / "all.apkg")
    yield someone
    someone.close()


def exported(learner: Learner, folder: Path, name: str, *, legacy: bool) -> Path:
    """Return the collection as a file that Anki exports, or as its own file once it is closed."""
    out = folder / name
    if name.endswith(".apkg"):
        options = ExportAnkiPackageOptions(with_scheduling=True, with_media=False, legacy=legacy)
        learner.col.export_anki_package(out_path=str(out), options=options, limit=None)
    elif name.endswith(".colpkg"):
        learner.col.export_collection_package(str(out), include_media=False, legacy=legacy)
        learner.col.reopen()
    else:
        learner.col.close()
        out.write_bytes((folder / "learner" / "collection.anki2").read_bytes())
        learner.col.reopen()
    return out


def told(built: Path, file: Path, *more: str) -> dict[str, Any]:
    done = guidepress(["diff", "--anki", str(file), "--json", *more], built)
    assert done.returncode in (0, 4), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == found["exit_code"]
    return found


def note_of(learner: Learner, kind: str) -> Any:
    return learner.col.get_note(learner.col.find_notes(f'"note:{kind}"')[0])


FORMS = [
    ("collection.anki2", False),
    ("new.colpkg", False),
    ("legacy.colpkg", True),
    ("new.apkg", False),
    ("legacy.apkg", True),
]


@pytest.mark.parametrize(("name", "legacy"), FORMS)
def test_an_edit_is_told_word_by_word_whatever_the_file(
    built: Path, learner: Learner, tmp_path: Path, name: str, legacy: bool
) -> None:
    note = note_of(learner, "Key term")
    given = note["Definition"]
    learner.edits(note["Id"], "Definition", given.replace(" is ", " was ", 1))
    found = told(built, exported(learner, tmp_path, name, legacy=legacy), "--exit-code")
    (one,) = found["changed"]
    assert (one["guid"], one["short_id"]) == (note.guid, note["Id"])
    (field,) = one["fields"]
    assert field["field"] == "Definition"
    assert field["new"] == field["old"].replace(" is ", " was ", 1) != field["old"]
    assert found["counts"]["unchanged"] == learner.col.note_count() - 1
    assert found["counts"]["other_build"] == 0
    assert found["exit_code"] == 4


@pytest.mark.parametrize(("name", "legacy"), FORMS)
def test_nothing_is_told_of_what_is_no_edit(
    built: Path, learner: Learner, tmp_path: Path, name: str, legacy: bool
) -> None:
    note = note_of(learner, "Key term")
    text = note["Definition"]
    note["Definition"] = f'<div style="color: red">{text.replace(" ", "&nbsp;", 1)}</div><b></b><br />'
    note["Recall"] = ""  # furniture
    note["Unit"] = "9"
    note.tags = [*note.tags, "mine", "leech"]
    learner.col.update_note(note)
    card = note.cards()[0]
    learner.col.set_user_flag_for_cards(3, [card.id])
    learner.col.sched.suspend_cards([card.id])
    # A note of the learner's own, of a note type that Anki has.
    own = learner.col.new_note(learner.col.models.by_name("Basic"))
    own["Front"] = "Mine"
    learner.col.add_note(own, learner.col.decks.id("Mine"))
    found = told(built, exported(learner, tmp_path, name, legacy=legacy), "--exit-code")
    assert (found["changed"], found["other_build"], found["exit_code"]) == ([], [], 0)
    assert found["counts"]["unchanged"] == learner.col.note_count() - 1


def test_bold_is_an_edit_and_markdown_and_the_terminal_tell_it(built: Path, learner: Learner, tmp_path: Path) -> None:
    note = note_of(learner, "Review question")
    learner.edits(note["Id"], "Answer", f"<b>{note['Answer']}</b>")
    file = exported(learner, tmp_path, "mine.colpkg", legacy=False)
    (one,) = told(built, file)["changed"]
    assert [field["field"] for field in one["fields"]] == ["Answer"]
    assert "<b>" in one["fields"][0]["new"]
    said = guidepress(["diff", "--anki", str(file)], built).stdout
    assert f"1 changed\n  {note['Id']}" in said
    assert "{+<b>" in said
    said = guidepress(["diff", "--anki", str(file), "--format", "markdown"], built).stdout
    assert "<ins>&lt;b>" in said


def test_notes_of_another_build_are_never_edits(built: Path, learner: Learner, tmp_path: Path) -> None:
    note = note_of(learner, "Fact")
    learner.edits(note["Id"], "Back", "What I wrote myself.")
    raw = tmp_path / "raw"
    raw.mkdir()
    pages = {path.name: path.read_text("utf-8") for path in sorted((built / "raw").rglob("*.txt"))}
    for name, text in pages.items():
        (raw / name).write_text(text.replace("The first thing", "The only thing"), encoding="utf-8")
    lock = tmp_path / "cards.lock"
    lock.write_bytes((built / "cards.lock").read_bytes())
    newer = tmp_path / "newer"
    done = guidepress(["export", "anki", "--raw", str(raw), "--build", str(newer), "--lock", str(lock)], built)
    assert done.returncode == 0, done.stderr
    file = exported(learner, tmp_path, "mine.colpkg", legacy=False)
    found = told(built, file)
    assert [one["guid"] for one in found["changed"]] == [note.guid]
    against_newer = told(built, file, "--given", str(newer / "anki" / "all.apkg"))
    others = {one["guid"] for one in against_newer["other_build"]}
    assert others
    assert not others & {one["guid"] for one in against_newer["changed"]}
    # A learner who emptied or typed into `Given` has told nothing that can be relied on.
    learner.edits(note["Id"], "Given", "oops")
    found = told(built, exported(learner, tmp_path, "typed.colpkg", legacy=False))
    assert (found["changed"], [one["guid"] for one in found["other_build"]]) == ([], [note.guid])


def test_a_note_type_with_a_field_of_the_learners_own_is_ours_still(
    built: Path, learner: Learner, tmp_path: Path
) -> None:
    kind = learner.col.models.by_name("Key term")
    learner.col.models.add_field(kind, learner.col.models.new_field("My notes"))
    kind["name"] = "Key term+"
    learner.col.models.update_dict(kind)
    note = note_of(learner, "Key term+")
    note["My notes"] = "Mine"
    note["Definition"] = "Told in my own words."
    learner.col.update_note(note)
    found = told(built, exported(learner, tmp_path, "mine.apkg", legacy=False))
    (one,) = found["changed"]
    assert [(field["field"], field["new"]) for field in one["fields"]] == [("Definition", "Told in my own words.")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\0" + bytes(90), b"no collection at all"])
def test_what_is_no_collection_is_told_with_a_hint(built: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "some.colpkg"
    file.write_bytes(content)
    with pytest.raises(PackageError):
        read_collection(file)
    done = guidepress(["diff", "--anki", str(file)], built)
    assert done.returncode == 2
    assert str(file) in done.stderr
    assert "hint: give collection.anki2" in done.stderr
    assert guidepress(["diff", "--anki", str(tmp_path / "none.apkg")], built).returncode == 2


def test_a_collection_that_is_open_in_anki_is_told_or_read(built: Path, learner: Learner, tmp_path: Path) -> None:
    file = tmp_path / "learner" / "collection.anki2"
    learner.col.db.execute("update col set mod = mod")
    done = guidepress(["diff", "--anki", str(file)], built)
    assert (done.returncode, "close Anki first" in done.stderr) in ((2, True), (0, False)), done.stderr


def test_options_that_do_not_go_together_are_refused(built: Path) -> None:
    for arguments in (["--anki", "x", "old"], ["--anki", "x", "--git", "main"], ["--given", "x"]):
        assert guidepress(["diff", *arguments], built).returncode == 2


@pytest.mark.parametrize(
    ("given", "message"), [("picture.png", "neither a collection nor an exported deck"), ("raw", "Is a directory")]
)
def test_a_file_that_is_no_collection_is_told_in_plain_words(built: Path, given: str, message: str) -> None:
    (built / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    result = guidepress(["diff", "--anki", given], built)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Errno" not in result.stderr
    assert "zip" not in result.stderr
