"""The same pages, settings and lock give the same bytes, whatever the hash seed, the workers and the time."""

from pathlib import Path

from command_runs import artifact_sums, guidepress_process
from term_pages import write_pages


def test_hash_seed_workers_and_folder_do_not_matter(tmp_path: Path) -> None:
    sums = []
    for number, (seed, jobs) in enumerate([("1", "1"), ("977", "3")]):
        folder = tmp_path / f"machine {number}"
        write_pages(folder / "raw", ["Alpha", "Beta", "Gamma", "Delta"])
        write_pages(folder / "raw", ["Epsilon", "Zeta"], course="Other Studies")
        (folder / "raw" / "bad.html").write_text("")
        (folder / "raw" / "copy.txt").write_bytes((folder / "raw/test-studies/alpha.txt").read_bytes())
        result = guidepress_process(["all", "--jobs", jobs], folder, environment={"PYTHONHASHSEED": seed})
        assert result.returncode == 3, result.stderr
        sums.append({**artifact_sums(folder / "build"), "lock": (folder / "cards.lock").read_text(encoding="utf-8")})
    assert sums[0] == sums[1]
    assert {path.split("/")[0] for path in sums[0]} == {"records.jsonl", "rejects.jsonl", "anki", "pdf", "json", "lock"}
