"""Where no PDF can be made, one line tells so, once; decks and bundles are made, and PDFs can be switched off."""

from pathlib import Path

import pytest

from command_runs import artifact_sums, guidepress
from term_pages import term_page, write_pages


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_pages(tmp_path / "raw", ["Alpha"])
    write_pages(tmp_path / "raw", ["Gamma"], course="Other Studies")
    (tmp_path / "guidepress.toml").write_text("jobs = 1\n")
    return tmp_path


def break_pango(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let drawing processes, and only these, find a WeasyPrint that finds no Pango."""
    (folder / "stand-in/weasyprint").mkdir(parents=True)
    (folder / "stand-in/weasyprint/__init__.py").write_text("raise OSError(\"cannot load library 'libpango'\")")
    monkeypatch.setenv("PYTHONPATH", str(folder / "stand-in"))


def test_it_is_told_once_and_may_be_switched_off(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_pango(project, monkeypatch)
    for _ in range(2):
        result = guidepress(["all"], project)
        assert result.returncode == 2
        assert result.stderr == (
            "pdf: no PDF can be made here: cannot load library 'libpango'\n"
            "  hint: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (decks and JSON are made "
            "without them); to do without PDFs: `--only anki,json`, or `parts = []` below `[pdf]`\n"
        )
    made = artifact_sums(project / "build")
    assert {"anki/all.apkg", "json/manifest.json"} <= made.keys()
    result = guidepress(["all", "--only", "anki,json"], project)
    assert (result.returncode, result.stderr) == (0, "")
    (project / "guidepress.toml").write_text("jobs = 1\n[pdf]\nparts = []\n")
    result = guidepress(["all"], project)
    assert (result.returncode, result.stderr) == (0, "")
    assert artifact_sums(project / "build") == made
    assert guidepress(["all", "--only", "anki,docx"], project).returncode == 2


def test_pdfs_of_an_earlier_build_stay_as_they_are(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "guidepress.toml").write_text("jobs = 1\n[pdf]\nparts = ['answers']\n")
    assert guidepress(["export", "pdf"], project).returncode == 0
    before = artifact_sums(project / "build/pdf")
    assert len(before) == 2
    break_pango(project, monkeypatch)
    assert guidepress(["all", "--only", "pdf"], project).returncode == 0  # nothing has to be drawn
    (project / "raw/test-studies/alpha.txt").write_text(term_page("Alpha", definition="New."), encoding="utf-8")
    (project / "raw/other-studies/gamma.txt").unlink()
    assert guidepress(["all"], project).returncode == 2
    assert artifact_sums(project / "build/pdf") == before
    # Without PDFs nobody looks at those that are left, which say what the pages said.
    assert guidepress(["all", "--only", "anki,json"], project).returncode == 0
