"""Drawing processes that die or fail: tried once more on a fresh one, told by who did it, remembered if it lasts."""

from pathlib import Path

import pytest

from command_runs import artifact_sums, guidepress
from stand_ins import FORMULA, attempts, stand_in
from term_pages import term_page

KILL = "os.kill(os.getpid(), signal.{})"


def make_project(folder: Path) -> Path:
    """Return a project of two courses; one has a formula, and is drawn after the other."""
    (folder / "raw").mkdir(parents=True)
    for name, more in (("alpha", ""), ("beta", FORMULA)):
        text = term_page(
            name,
            course=f"{name} studies",
            definition=f"{{term}} is what this page explains {more} in one plain sentence.",
        )
        (folder / "raw" / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "guidepress.toml").write_text("jobs = 1\n[pdf]\nparts = ['handout']\n")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what a run makes that nothing happens to."""
    folder = make_project(tmp_path_factory.mktemp("undisturbed"))
    assert guidepress(["all"], folder).returncode == 0
    return artifact_sums(folder / "build")


@pytest.mark.parametrize(
    ("module", "what"),
    [
        ("ziamath", KILL.format("SIGKILL")),
        ("weasyprint", KILL.format("SIGKILL")),  # before it has started
        ("ziamath", "bytearray(20_000_000_000)"),  # on a process that has drawn before
    ],
)
def test_a_process_that_dies_once_is_replaced_and_nobody_notices(
    project: Path, undisturbed: dict[str, str], monkeypatch: pytest.MonkeyPatch, module: str, what: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", stand_in(project, module, what, failing=1))
    result = guidepress(["all"], project)
    assert (result.returncode, result.stderr) == (0, "")
    assert attempts(project) > 1
    assert artifact_sums(project / "build") == undisturbed


def test_who_is_killed_twice_from_outside_fails_this_run_alone(
    project: Path, undisturbed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", stand_in(project, "ziamath", KILL.format("SIGKILL"), failing=2))
    result = guidepress(["all"], project)
    assert result.returncode == 2
    assert "beta-studies-handout.pdf: " in result.stderr
    assert "ended from outside (SIGKILL), twice" in result.stderr
    made = artifact_sums(project / "build")
    assert undisturbed.items() >= made.items()
    assert undisturbed.keys() - made.keys() == {"pdf/beta-studies-handout.pdf"}
    result = guidepress(["all"], project)
    assert (result.returncode, result.stderr) == (0, "")
    assert artifact_sums(project / "build") == undisturbed


@pytest.mark.parametrize(
    ("what", "tries", "told"),
    [
        (KILL.format("SIGSEGV"), 2, "ended by itself (SIGSEGV), twice"),
        ("while True: pass", 1, "it took longer than 1 seconds (`pdf.seconds`)"),
    ],
)
def test_what_fails_by_its_content_is_remembered_and_told_again_at_once(
    project: Path, monkeypatch: pytest.MonkeyPatch, what: str, tries: int, told: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", stand_in(project, "ziamath", what))
    (project / "raw/alpha.txt").unlink()  # so that the process is a fresh one
    settings = "jobs = 1\n[pdf]\nparts = ['handout']\nseconds = {}\n"
    (project / "guidepress.toml").write_text(settings.format(1))
    first = guidepress(["all"], project)
    assert first.returncode == 3
    assert told in first.stderr
    before = artifact_sums(project / "build")
    again = guidepress(["all"], project)
    assert (again.returncode, again.stderr, artifact_sums(project / "build")) == (3, first.stderr, before)
    # Other records are new, but not this piece.
    (project / "raw/gamma.txt").write_text(term_page("Gamma", course="Other Studies"), encoding="utf-8")
    again = guidepress(["all"], project)
    assert (again.returncode, again.stderr) == (3, first.stderr)
    assert attempts(project) == tries
    assert (project / "build/pdf/other-studies-handout.pdf").exists()
    # Other limits: it may be that it can be drawn now.
    (project / "guidepress.toml").write_text(settings.format(1.5))
    assert guidepress(["export", "pdf"], project).returncode == 3
    assert attempts(project) == 2 * tries
