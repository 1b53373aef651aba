"""What is told when there is no cluster to work on."""

import sys
from pathlib import Path

import pytest

from command_runs import guidepress
from term_pages import write_pages


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_pages(tmp_path / "raw", ["Alpha"])
    return tmp_path


def test_without_the_extra_the_run_says_how_to_get_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = guidepress(["parse", "--executor", "dask"], project)
    assert result.returncode == 2
    assert "pip install 'guidepress[dask]'" in result.stderr


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://"])
def test_a_scheduler_that_does_not_answer_is_named(project: Path, address: str) -> None:
    pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    result = guidepress(["parse", "--executor", "dask", "--scheduler", address], project)
    assert result.returncode == 2
    assert f"no Dask scheduler answers at {address}" in result.stderr


def test_a_scheduler_that_is_not_asked_for_is_told(project: Path) -> None:
    result = guidepress(["parse", "--scheduler", "tcp://127.0.0.1:1"], project)
    assert result.returncode == 0
    assert "`scheduler` is not used" in result.stderr
