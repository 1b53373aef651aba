"""What a run says of its lock and of texts that make no card, in one line each."""

import json
from pathlib import Path

from command_runs import guidepress
from term_pages import FACTS, term_page, write_pages


def test_a_lock_of_the_older_format_is_read_written_anew_and_told_in_a_line(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw")
    assert guidepress(["export", "anki"], tmp_path).returncode == 0
    lock = tmp_path / "cards.lock"
    before = lock.read_bytes()
    head, *lines = lock.read_text("utf-8").splitlines()
    assert '"version":2' in head.replace(" ", "")
    older = [json.dumps(json.loads(line)[:9], ensure_ascii=False) if line[0] == "[" else line for line in lines]
    assert any(json.loads(line)[9:] for line in lines if line[0] == "[")
    head = json.dumps({**json.loads(head), "version": 1})
    lock.write_text("\n".join([head, *older]) + "\n", encoding="utf-8")
    done = guidepress(["export", "anki", "--json"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["identity"]["upgraded_from"] == 1
    assert lock.read_bytes() == before
    lock.write_text("\n".join([head, *older]) + "\n", encoding="utf-8")
    done = guidepress(["export", "anki"], tmp_path)
    told = [line for line in done.stderr.splitlines() if "its format was version 1, and is the newest now" in line]
    assert len(told) == 1
    done = guidepress(["export", "anki"], tmp_path)
    assert "its format was version" not in done.stderr


def test_texts_that_make_no_card_are_told_with_their_page(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", ["Alpha"])
    page = raw / "test-studies" / "alpha.txt"
    page.write_text(term_page("Alpha", facts=(FACTS[0], "Alpha.", "It varies.", "Yes")), encoding="utf-8")
    done = guidepress(["export", "anki"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "cards: 3 texts on 1 page make no card: too little is left to tell what is asked\n" in done.stderr
    assert "  raw/test-studies/alpha.txt: It varies." in done.stderr
    found = json.loads(guidepress(["export", "anki", "--json"], tmp_path).stdout)
    assert {text for _, text in found["identity"]["unasked"]} == {"Alpha.", "It varies.", "Yes"}
    assert {page for page, _ in found["identity"]["unasked"]} == {"test-studies/alpha.txt"}


def test_of_many_texts_that_make_no_card_three_are_named_once_and_all_on_request(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", ["Alpha", "Beta"])
    for name, facts in {"Alpha": ("It varies.", "Yes", "No more"), "Beta": ("It moves.", "So", "Not now")}.items():
        page = raw / "test-studies" / f"{name.lower()}.txt"
        page.write_text(term_page(name, facts=(FACTS[0], *facts)), encoding="utf-8")

    def told(*options: str) -> list[str]:
        lines = guidepress(["export", "anki", *options], tmp_path).stderr.splitlines()
        start = [number for number, line in enumerate(lines) if line.startswith("cards: ")]
        below = lines[start[0] + 1 :] if start else []
        others = [number for number, line in enumerate(below) if not line.startswith("  ")]
        return [lines[one] for one in start] + below[: others[0] if others else None]

    about = "cards: 6 texts on 2 pages make no card: too little is left to tell what is asked"
    first = told()
    assert (first[0], len(first), first[4]) == (about, 5, "  … and 3 more: -v shows all")
    assert told() == [f"{about} (-v shows which)"]
    every = told("-v")
    assert (every[0], len(every)) == (about, 7)
    assert told("-q") == []


def test_one_new_note_is_one_note(tmp_path: Path) -> None:
    page = write_pages(tmp_path / "raw", ["Alpha"]) / "test-studies" / "alpha.txt"
    page.write_text(term_page("Alpha", facts=FACTS[:1]), encoding="utf-8")
    assert guidepress(["export", "json"], tmp_path).returncode == 0
    page.write_text(term_page("Alpha", facts=FACTS[:2]), encoding="utf-8")
    done = guidepress(["export", "json", "--frozen"], tmp_path)
    assert done.returncode == 4
    assert "would change: 1 new note, 0 changed" in done.stderr
    formatted = guidepress(["export", "json", "--frozen", "--format", "github"], tmp_path)
    assert "1 new note, 0 changed" in formatted.stdout
