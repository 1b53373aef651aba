"""The same pages, settings and lock give the same bytes, whatever the hash seed, the workers and the time."""

from functools import partial
from pathlib import Path

from command_runs import artifact_sums, guidepress, guidepress_process
from guide_pages import guide_page
from pipeline import load_exporters
from term_pages import write_pages

QUESTIONS = [
    ("Which letter is the last?", ("Alpha", "Psi", "Omega", "Chi"), "Omega"),
    ("Why learn them?", (), "Because formulas are full of them."),
]


def test_hash_seed_workers_and_folder_do_not_matter(tmp_path: Path) -> None:
    sums = []
    # The first run is of this process, which has a hash seed of its own.
    for jobs, run in (("1", guidepress), ("2", partial(guidepress_process, environment={"PYTHONHASHSEED": "977"}))):
        folder = tmp_path / f"machine {jobs}"
        write_pages(folder / "raw", ["Alpha", "Beta", "Gamma"])
        write_pages(folder / "raw", ["Epsilon"], course="Other Studies")
        words = {"alpha": "The first of the letters.", "Gamma": "", "chi": "A letter that looks like an x."}
        guide = guide_page("Greek Letters", words, questions=QUESTIONS)
        (folder / "raw" / "letters.txt").write_text(guide, encoding="utf-8")
        (folder / "raw" / "bad.html").write_text("")
        (folder / "raw" / "copy.txt").write_bytes((folder / "raw/test-studies/alpha.txt").read_bytes())
        result = run(["all", "--jobs", jobs], folder)
        assert result.returncode == 3, result.stderr
        sums.append({**artifact_sums(folder / "build"), "lock": (folder / "cards.lock").read_text(encoding="utf-8")})
        records = (folder / "build/records.jsonl").read_text(encoding="utf-8")
        assert (records.count('"kind":"study_guide"'), records.count('"kind":"key_term"')) == (1, 4)
    assert sums[0] == sums[1]
    lines = {"records.jsonl", "rejects.jsonl", "findings.jsonl"}
    assert {path.split("/")[0] for path in sums[0]} == {*lines, *load_exporters(), "lock"}
