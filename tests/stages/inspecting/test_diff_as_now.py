"""`guidepress diff` for the pages as they are: against decks, a lock, a git revision; and what a frozen lock names."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from command_runs import guidepress
from pipeline.report.comparing import diff_markdown, frozen_lines
from pipeline.report.comparing.sections import told_words
from pipeline.stages.comparing import Comparison, FieldChange, NoteChange
from pipeline.stages.inspecting import Diff
from term_pages import FACTS, term_page, write_pages

ANSWER = "Because this page is about Beta."
NEW_FACT = "Nobody had told or written of this in a book before 1900."


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a git repository with three pages, their lock, and decks."""
    folder = tmp_path_factory.mktemp("committed")
    write_pages(folder / "raw")
    assert ran(folder, "export", "anki").returncode == 0
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "raw", "cards.lock")
    git(folder, "-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "-qm", "pages")
    return folder


@pytest.fixture
def edited(committed: Path, tmp_path: Path) -> Path:
    """Return the repository with a fact and an answer edited, a fact replaced, a page gone, and nothing built since."""
    folder = shutil.copytree(committed, tmp_path / "edited")
    pages = folder / "raw/test-studies"
    pages.joinpath("alpha.txt").write_text(term_page("Alpha", facts=(FACTS[0].replace("first", "only"), FACTS[1])))
    beta = term_page("Beta", facts=(FACTS[0], NEW_FACT))
    pages.joinpath("beta.txt").write_text(beta.replace(ANSWER, ANSWER.replace("about", "on")))
    pages.joinpath("gamma.txt").unlink()
    return folder


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def ran(folder: Path, *arguments: str) -> Any:
    return guidepress((*arguments, "--jobs", "1"), folder)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_edit_is_told_before_anything_is_built_and_nothing_is_written(edited: Path) -> None:
    before = files(edited)
    said = ran(edited, "diff").stdout
    assert "Back: The [-first-]{+only+} thing to know about Alpha was …" in said
    assert "Answer: Because this page is [-about-]{+on+} Beta." in said
    assert "raw/test-studies/alpha.txt  Fact: Alpha: The only thing" in said
    assert "1 new\n" in said
    assert "1 retired" in said
    assert "4 missing" in said
    assert files(edited) == before


@pytest.mark.parametrize("old", [[], ["build"], ["cards.lock"], ["--git", "main"]])
def test_decks_a_lock_and_a_revision_say_the_same_words(edited: Path, old: list[str]) -> None:
    found = json.loads(ran(edited, "diff", *old, "--json").stdout)
    assert found["counts"] == {
        "new": 1,
        "changed": 2,
        "retired": 1,
        "missing": 4,
        "taken_over": 0,
        "other_build": 0,
        "least_alike": 0,
        "unchanged": 5,
    }
    changes = {(note["page"], change["field"]) for note in found["changed"] for change in note["fields"]}
    assert changes == {("test-studies/alpha.txt", "Back"), ("test-studies/beta.txt", "Answer")}


def test_without_decks_a_revisions_pages_give_the_words_and_a_lock_what_it_keeps(edited: Path) -> None:
    shutil.rmtree(edited / "build")
    found = json.loads(ran(edited, "diff", "--git", "HEAD", "--json").stdout)
    assert {change["field"] for note in found["changed"] for change in note["fields"]} == {"Back", "Answer"}
    found = json.loads(ran(edited, "diff", "cards.lock", "--json").stdout)
    assert [note["fields"] for note in found["changed"]] == [
        [
            {
                "field": "Text",
                "old": "The first thing to know about Alpha was said in 1847.",
                "new": "The only thing to know about Alpha was said in 1847.",
            }
        ],
        [],
    ]
    assert "an answer, choices" in ran(edited, "diff", "cards.lock").stdout
    assert not (edited / "build").exists()


def test_a_revision_is_read_with_its_own_settings_and_git_is_left_as_it_was(edited: Path) -> None:
    (edited / "raw").rename(edited / "pages")
    (edited / "guidepress.toml").write_text('raw = ["pages"]\n')
    found = json.loads(ran(edited, "diff", "--git", "main", "--json").stdout)
    assert (found["counts"]["changed"], found["counts"]["new"]) == (2, 1)
    assert ran(edited, "export", "anki").returncode == 0
    shutil.rmtree(edited / "build")
    git(edited, "add", "-A")
    git(edited, "-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "-qm", "moved")
    beta = edited / "pages/test-studies/beta.txt"
    beta.write_text(beta.read_text().replace("page is on", "page is of"))
    (edited / "pages").rename(edited / "other")
    (edited / "guidepress.toml").write_text('raw = ["other"]\n')
    before = files(edited)
    found = json.loads(ran(edited, "diff", "--git", "HEAD", "--json").stdout)
    # The answer stands in no lock: it was read from the page below `pages`, as the settings of then have it.
    assert [change["field"] for note in found["changed"] for change in note["fields"]] == ["Answer"]
    assert files(edited) == before


def test_a_hook_of_git_and_a_folder_below_do_not_lead_to_another_repository(
    edited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    found = json.loads(
        ran(edited / "raw", "diff", "--raw", ".", "--lock", "../cards.lock", "--git", "main", "--json").stdout
    )
    assert (found["counts"]["changed"], found["counts"]["new"]) == (2, 1)


@pytest.mark.parametrize(
    ("prepare", "revision", "said"),
    [
        ("", "nowhere", "fetch-depth: 0"),
        ("", "--version", "no revision"),
        ("rm", "main", "no git repository"),
    ],
)
def test_what_git_cannot_give_is_told_with_what_to_do(edited: Path, prepare: str, revision: str, said: str) -> None:
    if prepare == "rm":
        shutil.rmtree(edited / ".git")
    result = ran(edited, "diff", "--git", revision)
    assert result.returncode == 2
    assert said in result.stderr


def test_a_revision_without_a_lock_had_no_notes_and_that_is_told(edited: Path) -> None:
    git(edited, "rm", "-q", "--cached", "cards.lock")
    git(edited, "-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "-qm", "no lock")
    result = ran(edited, "diff", "--git", "HEAD", "--json")
    assert result.returncode == 0
    assert "HEAD has no cards.lock: every note counts as new" in result.stderr
    assert json.loads(result.stdout)["counts"]["new"] == 8


def test_the_exit_code_tells_a_difference_on_request_only(edited: Path, committed: Path) -> None:
    assert ran(edited, "diff").returncode == 0
    assert ran(edited, "diff", "--exit-code").returncode == 4
    assert json.loads(ran(edited, "diff", "--exit-code", "--json").stdout)["exit_code"] == 4
    assert ran(committed, "diff", "--exit-code").returncode == 0
    assert ran(committed, "diff", "--git", "main", "--exit-code").returncode == 0
    assert ran(edited, "diff", "build", "--git", "main").returncode == 2


def test_kinds_that_are_switched_off_are_missing_from_decks_and_none_of_a_locks_concern(edited: Path) -> None:
    write_pages(edited / "raw")
    (edited / "guidepress.toml").write_text('[anki]\nnotes = ["key_term"]\n')
    counts = json.loads(ran(edited, "diff", "--json").stdout)["counts"]
    assert (counts["unchanged"], counts["missing"]) == (3, 9)
    counts = json.loads(ran(edited, "diff", "cards.lock", "--json").stdout)["counts"]
    assert (counts["unchanged"], counts["missing"]) == (12, 0)


def test_no_line_is_wider_than_the_terminal_and_no_changed_word_is_lost(
    edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "48")
    lines = ran(edited, "diff").stdout.splitlines()
    assert max(map(len, lines)) <= 48
    assert "[-about-]{+on+}" in " ".join(line.strip() for line in lines)


def test_a_fact_that_does_not_name_its_term_stands_behind_it(edited: Path) -> None:
    page = edited / "raw/test-studies/alpha.txt"
    page.write_text(term_page("Alpha", facts=("Nothing that is said here since 1901 names what it is about.",)))
    said = ran(edited, "diff").stdout
    assert "Fact: Alpha: Nothing that is said here" in said
    assert "AlphaNothing" not in said


def test_a_page_that_was_renamed_says_nothing_new_and_a_record_with_another_name_is_taken_over(edited: Path) -> None:
    shutil.rmtree(edited / "raw")
    folder = write_pages(edited / "raw", course="Test Studies II") / "test-studies-ii"
    folder.joinpath("alpha.txt").rename(folder / "renamed.txt")
    found = json.loads(ran(edited, "diff", "cards.lock", "--json").stdout)
    assert (found["counts"]["new"], found["counts"]["retired"]) == (0, 0)
    assert {note["was"] for note in found["taken_over"]} == {
        f"own-words/test-studies/{term}" for term in ("alpha", "beta", "gamma")
    }
    said = ran(edited, "diff", "cards.lock").stdout
    assert "of own-words/test-studies/beta by own-words/test-studies-ii/beta" in said


def test_pairs_that_were_kept_though_least_alike_are_listed_with_their_likeness(edited: Path) -> None:
    pages = edited / "raw/test-studies"
    sentence = "The first thing of nine that everybody ought to know about it and about Alpha."
    pages.joinpath("alpha.txt").write_text(term_page("Alpha", facts=(sentence, FACTS[1])))
    found = json.loads(ran(edited, "diff", "--json").stdout)
    (pair,) = found["least_alike"]
    assert 0.5 < pair["likeness"] < 0.8
    assert pair["text"] == f"Alpha: {sentence}"
    assert f"{pair['likeness']:.0%}  {pair['short_id']}" in ran(edited, "diff").stdout


def test_pages_that_are_rejected_now_are_counted(edited: Path) -> None:
    (edited / "raw/test-studies/alpha.txt").write_text("")
    result = ran(edited, "diff")
    assert "1 pages are rejected now" in result.stdout
    assert json.loads(ran(edited, "diff", "--json").stdout)["rejects"] == 1


def test_frozen_names_each_note_with_its_page_and_what_changed(edited: Path) -> None:
    result = ran(edited, "export", "anki", "--frozen", "--json")
    assert result.returncode == 4
    told = json.loads(result.stdout)["would_change"]
    (new,), (retired,) = told["new"], told["retired"]
    assert [(note["page"], note["fields"][0]["field"]) for note in told["changed"]] == [
        ("test-studies/alpha.txt", "Back"),
        ("test-studies/beta.txt", "Answer"),
    ]
    changed = told["changed"][0]["short_id"]
    lines = [line.strip() for line in result.stderr.splitlines()]
    where = "raw/test-studies/"
    words = "Back: The [-first-]{+only+} thing to know about Alpha was …"
    assert f"changed  {changed}  {where}alpha.txt: {words}" in lines
    assert f"new      {new['short_id']}  {where}beta.txt: Beta: {NEW_FACT}" in lines
    assert f"retired  {retired['short_id']}  {where}beta.txt: {FACTS[1].format(term='Beta')}" in lines


def test_a_frozen_lock_that_would_only_be_put_in_order_says_so() -> None:
    (line,) = frozen_lines(Comparison(unchanged=3), [Path("raw")])
    assert line.startswith("no note says anything else")
    moved = NoteChange("g", "id12345678", "Fact", "d", "a.txt", "p/c/now", "text", was="p/c/before", likeness=1.0)
    assert frozen_lines(Comparison(taken_over=(moved, moved)), [Path("raw")]) == ["moved    2 of p/c/before to p/c/now"]


def test_what_stays_the_same_is_shown_next_to_a_change_only() -> None:
    same = " ".join(f"word{number}" for number in range(40))
    runs = told_words(FieldChange("Back", f"{same} old {same}", f"{same} new {same}"))
    assert "".join(text for _, text in runs) == (
        "… word34 word35 word36 word37 word38 word39 oldnew word0 word1 word2 word3 word4 word5 …"
    )


def test_a_run_that_may_change_the_lock_names_no_note(committed: Path) -> None:
    result = ran(committed, "export", "anki", "--json")
    assert json.loads(result.stdout)["would_change"] is None


def test_markdown_shows_what_a_page_says_and_obeys_none_of_it() -> None:
    evil = "<script>x</script> | `code` **bold** @somebody #12 [link](http://example.org) $x$ ~~gone~~\n# head"
    note = NoteChange("g", "id12345678", "Fact", "deck", "a`b.txt", "p/c/r", evil)
    text = diff_markdown(Diff("HEAD", 0, Comparison(new=(note,))), [Path("raw")])
    html = MarkdownIt("gfm-like").disable("linkify").render(text)
    for sign in ("<script", "<strong", "<a ", "<h1", "<s>", "@somebody", "#12"):
        assert sign not in html
    for shown in ("&lt;script&gt;", "**bold**", "[link](http", "~~gone~~", "<details>"):
        assert shown in html


def test_markdown_of_many_notes_fits_into_a_comment_and_counts_the_rest() -> None:
    notes = tuple(NoteChange(f"g{n}", f"id{n:08}", "Fact", "d", "a.txt", "p/c/r", "word " * 50) for n in range(1000))
    text = diff_markdown(Diff("HEAD", 0, Comparison(new=notes, retired=notes)), [Path("raw")])
    assert len(text) < 65_536
    shown = text.count("`id")
    assert f"and {2000 - shown - 1000:,} more" in text
    assert text.count("<details>") == text.count("</details>") == 2
