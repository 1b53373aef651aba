"""`--strict` and `--fail-on`: the pages of chosen findings are rejects, all others go on."""

import json
from pathlib import Path
from typing import Any

import pytest

from guide_pages import guide_page
from pipeline.config import ConfigError, Settings, load_settings
from pipeline.stages.build import Plan, RunResult, run
from pipeline.stages.inspecting import status
from pipeline.stages.resolving import failing_names
from term_pages import term_page

PAGE = """<!doctype html><title>beta - (Test Studies) - Vocab</title>
<h1>beta</h1><p>from class:</p><h3>Test Studies</h3>
<h2>Definition</h2><p>The second letter.</p>
<h2>Our Sponsors This Week</h2><p>This sentence belongs to no field and to no rule, however long one looks.</p>"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return a build of four pages: `beta` has text that nothing claims, `copy` the id of `alpha`, a guide a word."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "alpha.txt").write_text(term_page("Alpha"), encoding="utf-8")
    (raw / "copy.txt").write_text(term_page("Alpha", questions=()), encoding="utf-8")
    (raw / "beta.html").write_text(PAGE, encoding="utf-8")
    guide = guide_page("First Letters", {"alpha": "A letter of its own kind."})
    (raw / "letters.txt").write_text(guide, encoding="utf-8")
    return Settings(raw=(raw,), build=tmp_path / "build", lock=tmp_path / "cards.lock", jobs=1)


def build(settings: Settings, **changes: Any) -> RunResult:
    return run(settings.model_copy(update=changes), Plan(export=("json",)))


def lines(settings: Settings, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (settings.build / name).read_text(encoding="utf-8").splitlines()]


def test_findings_change_neither_the_exit_code_nor_what_is_made(settings: Settings) -> None:
    result = build(settings)
    assert (result.exit_code, result.records) == (0, 3)
    assert [line["code"] for line in lines(settings, "findings.jsonl")] == [
        "unclaimed-text",
        "duplicate",
        "definition-differs",
    ]


@pytest.mark.parametrize(
    ("changes", "rejected"),
    [
        ({"strict": True}, {"beta.html": "unclaimed-text"}),
        ({"fail_on": ("doubt",)}, {}),
        ({"fail_on": ("warning",)}, {"beta.html": "unclaimed-text"}),
        ({"fail_on": ("duplicate",)}, {"copy.txt": "duplicate"}),
        ({"fail_on": ("definition-differs",)}, {"letters.txt": "definition-differs"}),
        (
            {"fail_on": ("info",)},
            {"beta.html": "unclaimed-text", "copy.txt": "duplicate", "letters.txt": "definition-differs"},
        ),
    ],
)
def test_a_page_with_a_chosen_finding_is_a_reject_with_its_code(
    settings: Settings, changes: dict[str, Any], rejected: dict[str, str]
) -> None:
    before = build(settings) and lines(settings, "findings.jsonl")
    result = build(settings, **changes)
    assert {line["path"]: line["code"] for line in lines(settings, "rejects.jsonl")} == rejected
    assert {one.path: one.code for one in result.rejects} == rejected
    assert result.exit_code == (3 if rejected else 0)
    assert result.parsed == 0
    assert not {line["source"]["path"] for line in lines(settings, "records.jsonl")} & rejected.keys()
    assert lines(settings, "findings.jsonl") == before
    assert result.differences == []


def test_a_rejected_guide_leaves_no_link_behind(settings: Settings) -> None:
    build(settings, fail_on=("definition-differs",))
    assert [line["named_in"] for line in lines(settings, "records.jsonl")] == [[], []]


def test_status_and_the_next_run_know_that_another_choice_was_made(settings: Settings) -> None:
    build(settings)
    assert set(status(settings).artifacts.values()) == {"current"}
    strict = settings.model_copy(update={"strict": True})
    assert status(strict).artifacts["rejects.jsonl"] == "may-change"
    assert build(strict).exit_code == 3
    assert (build(settings).exit_code, lines(settings, "rejects.jsonl")) == (0, [])


def test_a_page_with_several_findings_is_named_once_by_the_gravest(settings: Settings) -> None:
    page = PAGE.replace("beta - (", "gamma - (", 1)  # the title names another term than the heading
    (settings.raw[0] / "beta.html").write_text(page, encoding="utf-8")
    build(settings, strict=True)
    (reject,) = lines(settings, "rejects.jsonl")
    assert reject["code"] == "evidence-differs"
    assert reject["message"].endswith("(1 more of its findings reject the page)")


def test_a_level_stands_for_graver_ones_as_well() -> None:
    assert failing_names(Settings(fail_on=("warning", "duplicate"))) == {"warning", "doubt", "duplicate"}
    assert failing_names(Settings(strict=True)) == {"doubt", "unclaimed-text"}
    assert failing_names(Settings()) == frozenset()


def test_a_name_that_is_no_finding_is_told_before_anything_is_read(settings: Settings) -> None:
    with pytest.raises(ConfigError) as caught:
        build(settings, fail_on=("duplicates",))
    assert "did you mean `duplicate`?" in str(caught.value)
    assert not (settings.build / "records.jsonl").exists()


def test_the_environment_joins_names_with_commas(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUIDEPRESS_FAIL_ON", "doubt, count-differs")
    assert load_settings().fail_on == ("doubt", "count-differs")
