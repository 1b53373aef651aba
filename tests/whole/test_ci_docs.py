"""docs/ci.md is true: the commands of its workflows are run on a pull request, and the rest has the hosts' form."""

import json
import os
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from command_runs import command, guidepress
from forked_commands import guidepress_forked
from places import ROOT
from term_pages import FACTS, term_page, write_pages

PAGE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
SETTINGS = {"GUIDEPRESS_JOBS": "1", "GUIDEPRESS_PDF__PARTS": "[]"}  # the steps are tested: nothing is drawn for them
# What stands for commands that change the machine or another's server: it notes what it was called with.
NOTED = """#!/bin/sh
echo "$(basename $0) $*" >> "$NOTED"
for word; do [ -f "$word" ] && cat "$word" >> "$NOTED"; done
exit 0
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


GITHUB, GITLAB = (yaml.safe_load(block) for block in blocks("yaml"))
STEPS: list[dict[str, Any]] = GITHUB["jobs"]["build"]["steps"]
RUNS = {step["name"]: step for step in STEPS if "run" in step}


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone in which a branch has edited a page, and built nothing since; `origin/main` has page and lock."""
    top = tmp_path_factory.mktemp("request")
    main = top / "main"
    write_pages(main / "raw", ["Alpha"])
    assert guidepress(["export", "anki"], main).returncode == 0
    shutil.rmtree(main / "build")
    git(main, "init", "-q", "-b", "main")
    commit(main, "pages")
    git(top, "clone", "-q", str(main), str(top / "clone"))
    git(top / "clone", "switch", "-q", "-c", "edited")
    page = term_page("Alpha", facts=(FACTS[0].replace("first", "only"), FACTS[1]))
    (top / "clone/raw/test-studies/alpha.txt").write_text(page)
    commit(top / "clone", "an edit")
    return top / "clone"


@pytest.fixture
def checkout(request_: Path, tmp_path: Path) -> Path:
    folder = shutil.copytree(request_, tmp_path / "checkout")
    shims = tmp_path / "shims"
    shims.mkdir()
    for name in ("sudo", "apt-get", "python", "gh"):
        (shims / name).write_text(NOTED)
        (shims / name).chmod(0o755)
    return folder


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "-qm", message)


def ran(script: str, checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the hosts do: by bash, which ends at the first command that fails."""
    above = checkout.parent
    path = os.pathsep.join((str(above / "shims"), str(Path(command()[0]).parent), os.environ["PATH"]))
    places = {"PATH": path, "NOTED": str(above / "noted"), "GITHUB_STEP_SUMMARY": str(above / "summary")}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=checkout,
        env={**os.environ, **places, **SETTINGS, **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_the_workflow_is_the_one_that_init_writes() -> None:
    written = (files("pipeline.stages.inspecting.beginning") / "workflow.yml").read_text(encoding="utf-8")
    assert blocks("yaml")[0] == written.replace("guidepress==VERSION", "guidepress")


def test_the_workflow_has_the_shape_that_github_reads() -> None:
    assert set(GITHUB) == {"name", True, "permissions", "jobs"}  # YAML 1.1 reads the key `on` as true
    assert set(GITHUB[True]) == {"pull_request", "push"}
    job = GITHUB["jobs"]["build"]
    assert set(job) == {"runs-on", "timeout-minutes", "steps"}
    for step in STEPS:
        assert set(step) <= {"name", "uses", "with", "run", "env", "if"}
        assert ("uses" in step) != ("run" in step), step
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
        # Whatever a request says (its branch, its number) comes as a variable, never as text of the script.
        assert "${{" not in step.get("run", "")
        assert step.get("if", "${{ }}").startswith("${{")
    used = {step["uses"].partition("@")[0]: step.get("with", {}) for step in STEPS if "uses" in step}
    assert used["actions/checkout"]["fetch-depth"] == 0
    assert used["actions/cache"]["path"] == "build/.state"
    assert used["actions/upload-artifact"]["path"] == "build"
    assert list(RUNS) == [
        "Install",
        "Build without changing the lock",
        "What changes for learners",
        "Tell it on the pull request",
    ]


def test_the_first_step_installs_what_the_others_need(checkout: Path) -> None:
    assert ran(RUNS["Install"]["run"], checkout).returncode == 0
    noted = (checkout.parent / "noted").read_text().splitlines()
    assert noted[-1] == "python -m pip install guidepress"
    asked = re.findall(r"install_packages (libpango.+?) \|\|", (ROOT / "scripts/setup").read_text())[0]
    assert noted[1] == f"sudo apt-get install --yes {asked}"


def test_a_request_whose_lock_was_not_committed_fails_says_which_notes_and_tells_learners_changes(
    checkout: Path,
) -> None:
    built = ran(RUNS["Build without changing the lock"]["run"], checkout)
    assert built.returncode == 4, built.stderr
    assert built.stdout.startswith("::error file=cards.lock,title=lock-would-change::")
    assert "raw/test-studies/alpha.txt: Text: The [-first-]{+only+} thing" in built.stdout
    told = ran(RUNS["What changes for learners"]["run"], checkout, BASE="origin/main")
    assert told.returncode == 0, told.stderr
    text = (checkout / "diff.md").read_text(encoding="utf-8")
    assert "Back: The <del>first</del><ins>only</ins> thing to know about Alpha was" in text
    assert (checkout.parent / "summary").read_text(encoding="utf-8") == text
    assert ran(RUNS["Tell it on the pull request"]["run"], checkout, REQUEST="12").returncode == 0
    noted = (checkout.parent / "noted").read_text(encoding="utf-8")
    assert noted == f"gh pr comment 12 --body-file diff.md --edit-last --create-if-none\n{text}"


def test_a_request_with_its_lock_builds_and_tells_the_same_and_gitlab_reads_its_report(checkout: Path) -> None:
    assert guidepress_forked(["all"], checkout, environment=SETTINGS).returncode == 0
    commit(checkout, "the lock")
    state = shutil.copytree(checkout / "build/.state", checkout.parent / "state")
    shutil.rmtree(checkout / "build")
    # As the cache action restores it.
    shutil.copytree(state, checkout / "build/.state")
    built = ran(RUNS["Build without changing the lock"]["run"], checkout)
    assert (built.returncode, built.stdout) == (0, "")
    assert json.loads((checkout / "build/report.json").read_text())["parsed"] == 0
    assert ran(RUNS["What changes for learners"]["run"], checkout, BASE="origin/main").returncode == 0
    assert "<ins>only</ins>" in (checkout / "diff.md").read_text(encoding="utf-8")
    for line in [*GITLAB["guides"]["script"], *GITLAB["guides"]["after_script"]]:
        assert ran(line, checkout, CI_DEFAULT_BRANCH="main").returncode == 0, line
    assert json.loads((checkout / GITLAB["guides"]["artifacts"]["reports"]["codequality"]).read_text()) == []


def test_a_reject_stops_the_build_unless_one_says_otherwise(checkout: Path) -> None:
    git(checkout, "checkout", "-q", "origin/main")
    (checkout / "raw/empty.txt").write_text("")
    built = ran(RUNS["Build without changing the lock"]["run"], checkout)
    assert built.returncode == 3
    assert built.stdout.startswith("::error file=raw/empty.txt,")
    assert ran(blocks("sh")[0], checkout).returncode == 0
