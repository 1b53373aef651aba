"""Names that people type: completed by a shell, and guessed where they are slips of the pen."""

import shutil
import subprocess
from pathlib import Path

import pytest

from command_runs import guidepress
from forked_commands import guidepress_forked
from term_pages import write_pages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    write_pages(folder / "raw", ["Osmosis", "Osmium"])
    assert guidepress(["parse", "--jobs", "1"], folder).returncode == 0
    return folder


def completed(typed: str, folder: Path) -> list[str]:
    """Return what bash is told for a line, the cursor at its end."""
    words = typed.split(" ")
    environment = {
        "_GUIDEPRESS_COMPLETE": "bash_complete",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words) - 1),
    }
    result = guidepress_forked([], folder, environment=environment)
    assert result.stderr == ""
    return [line.partition(",")[2] for line in result.stdout.splitlines() if line.startswith("plain,")]


def test_commands_options_and_codes_are_completed(built: Path) -> None:
    assert completed("guidepress ver", built) == ["verify"]
    assert completed("guidepress all --fr", built) == ["--frozen"]
    assert completed("guidepress explain no-l", built) == ["no-layout"]
    assert completed("guidepress all --fail-on dou", built)[:2] == ["doubt", "doubtful-character-references"]


def test_ids_and_raw_paths_of_the_last_build_are_completed(built: Path) -> None:
    assert completed("guidepress trace own-words/test-studies/osmo", built) == ["own-words/test-studies/osmosis"]
    assert completed("guidepress records own", built) == [
        "own-words/test-studies/osmium",
        "own-words/test-studies/osmosis",
    ]
    assert completed("guidepress trace raw/test-studies/osmi", built) == ["raw/test-studies/osmium.txt"]
    assert completed("guidepress trace --build nowhere own", built) == []


def test_where_nothing_was_built_or_the_settings_are_wrong_nothing_is_completed(tmp_path: Path) -> None:
    assert completed("guidepress trace own", tmp_path) == []
    (tmp_path / "guidepress.toml").write_text("jbos = 1\n")
    assert completed("guidepress trace own", tmp_path) == []
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_takes_its_script(shell: str, tmp_path: Path) -> None:
    script = guidepress(["completion", shell], tmp_path)
    assert script.returncode == 0
    assert f"_GUIDEPRESS_COMPLETE={shell}_complete" in script.stdout
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=script.stdout, capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("own-words/test-studies/osmossis", "own-words/test-studies/osmosis"),
        ("osmium", "own-words/test-studies/osmium"),
        ("osmossis", "own-words/test-studies/osmosis"),
        ("raw/test-studies/osmosi.txt", "raw/test-studies/osmosis.txt"),
    ],
)
def test_an_id_or_a_path_that_is_none_is_told_with_the_nearest(typed: str, meant: str, built: Path) -> None:
    result = guidepress(["trace", typed], built)
    assert result.returncode == 2
    assert f"did you mean `{meant}`" in result.stderr


def test_a_path_without_a_build_and_a_path_to_try_are_guessed_as_well(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", ["Osmosis"])
    traced = guidepress(["trace", "raw/test-studies/osmosis.text"], tmp_path)
    assert "did you mean `raw/test-studies/osmosis.txt`?" in traced.stderr
    tried = guidepress(["layout", "suggest", "raw/test-studies/osmosi.txt"], tmp_path)
    assert "did you mean `raw/test-studies/osmosis.txt`?" in tried.stderr


def test_records_that_are_not_there_are_guessed(built: Path) -> None:
    result = guidepress(["records", "own-words/test-studies/osmossis"], built)
    assert (result.returncode, result.stdout) == (0, "")
    assert "did you mean `own-words/test-studies/osmosis`" in result.stderr
