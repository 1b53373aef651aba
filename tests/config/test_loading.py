"""Settings: which source goes before which, and how a mistake is told."""

from pathlib import Path

import pytest

from pipeline.config import ConfigError, Settings, load_settings, unknown_variables
from pipeline.config.keys import keys
from pipeline.config.reference import reference, sample
from pipeline.config.toml_lines import line_of
from places import ROOT

DOCS = ROOT / "docs"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "guidepress.toml"


def mistake(config: Path, text: str) -> ConfigError:
    config.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(config)
    return caught.value


def test_a_flag_goes_before_the_environment_and_that_before_the_file(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_text("jobs = 1\nlanguage = 'fr'\n[limits]\nseconds = 9\ndepth = 50\n", encoding="utf-8")
    monkeypatch.setenv("GUIDEPRESS_JOBS", "2")
    monkeypatch.setenv("GUIDEPRESS_LIMITS__SECONDS", "4")
    settings = load_settings(config, {"jobs": 3, "language": None})
    assert (settings.jobs, settings.language) == (3, "fr")
    assert (settings.limits.seconds, settings.limits.depth) == (4, 50)


def test_paths_in_the_file_are_relative_to_it_and_flags_are_not(config: Path) -> None:
    config.write_text("raw = ['pages']\nbuild = 'out'\n[pdf]\nlogo = 'logo.png'\n", encoding="utf-8")
    settings = load_settings(config, {"build": Path("elsewhere")})
    assert settings.raw == (config.parent / "pages",)
    assert settings.build == Path("elsewhere")
    assert settings.lock == config.parent / "cards.lock"
    assert settings.pdf.logo == config.parent / "logo.png"


def test_several_raw_folders_come_from_the_environment_as_in_path(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_text("", encoding="utf-8")
    monkeypatch.setenv("GUIDEPRESS_RAW", "a:b")
    assert load_settings(config).raw == (Path("a"), Path("b"))


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()


def test_an_unknown_key_is_told_with_file_line_and_the_key_that_was_meant(config: Path) -> None:
    error = mistake(config, "# pages\njobs = 1\n\n[limits]\nsecnds = 3\n")
    assert str(error) == f"{config}:5: unknown key `limits.secnds`\n  hint: did you mean `seconds`?"
    assert error.exit_code == 2


def test_a_key_in_the_wrong_table_is_told_where_it_belongs(config: Path) -> None:
    assert "did you mean `limits.seconds`?" in str(mistake(config, "seconds = 3\n"))


def test_an_unknown_key_of_the_second_of_several_tables_has_its_own_line(config: Path) -> None:
    text = '[[defaults]]\npath = "a/**"\n[[defaults]]\npath = "b/**"\ncuorse = "B"\n'
    assert str(mistake(config, text)).startswith(
        f"{config}:5: unknown key `defaults[1].cuorse`\n  hint: did you mean `course`"
    )


def test_a_value_of_the_wrong_type_is_told_with_its_line(config: Path) -> None:
    error = mistake(config, 'jobs = "many"\n')
    assert (error.line, error.where) == (1, str(config))
    assert "`jobs`" in error.message
    assert "'many'" in error.message


@pytest.mark.parametrize(("text", "line"), [("jobs = 1\n[limits\n", 2), ("a = [1,\n\n", 2), ('a = "x\n', 1), ("=", 1)])
def test_damaged_toml_is_told_with_its_line(config: Path, text: str, line: int) -> None:
    error = mistake(config, text)
    assert "not valid TOML" in error.message
    assert error.line in {line, line + 1}


def test_a_file_that_is_not_utf8_is_told_with_its_line(config: Path) -> None:
    config.write_bytes(b"jobs = 1\nlanguage = '\xff'\n")
    with pytest.raises(ConfigError, match="not UTF-8") as caught:
        load_settings(config)
    assert caught.value.line == 2


def test_a_settings_file_that_is_named_has_to_be_there(config: Path) -> None:
    with pytest.raises(ConfigError, match="no such settings file"):
        load_settings(config)


def test_a_wrong_environment_variable_is_told_by_its_name(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDEPRESS_JOBS", "several")
    assert "GUIDEPRESS_JOBS" in str(mistake(config, ""))


def test_variables_that_name_no_setting_are_found() -> None:
    environment = {"GUIDEPRESS_JOB": "1", "GUIDEPRESS_JOBS": "1", "GUIDEPRESS_LIMITS__DEPTH": "20", "HOME": "/"}
    assert unknown_variables(environment) == ["GUIDEPRESS_JOB"]


def test_a_line_is_found_past_comments_strings_and_dotted_keys() -> None:
    text = 'x = """\nlimits = 1\n"""\n# limits\nlimits.depth = 3\n[pdf] # paper\n"paper" = "A4"\n'
    assert line_of(text, ("limits", "depth")) == 5
    assert line_of(text, ("pdf", "paper")) == 7
    assert line_of(text, ("anki", "root")) is None


def test_every_key_has_a_description() -> None:
    assert [key.dotted for key in keys() if not key.field.description] == []


def test_the_reference_page_is_made_from_these_settings() -> None:
    assert (DOCS / "configuration.md").read_text(encoding="utf-8") == reference(), "run `make docs`"


def test_the_sample_file_says_the_defaults(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(config.parent)
    uncommented = [
        line.removeprefix("# ") if " = " in line and not line.endswith("…") else line
        for line in sample().splitlines()
        if not line.startswith("# ") or line.partition(" = ")[0].removeprefix("# ").isidentifier()
    ]
    top = "\n".join(uncommented).partition("# [[")[0]
    config.write_text(sample({"jobs": 3}), encoding="utf-8")
    assert load_settings(Path(config.name)).model_dump() == Settings(jobs=3).model_dump()
    assert "jobs = 0" in top


def test_the_settings_file_of_the_project_is_what_init_writes() -> None:
    assert (ROOT / "guidepress.toml").read_text(encoding="utf-8") == sample(), "`guidepress init` in an empty folder"


def test_the_file_of_a_folder_above_is_found_and_what_it_names_is_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "course/raw/bio"
    inner.mkdir(parents=True)
    (tmp_path / "guidepress.toml").write_text("jobs = 7", encoding="utf-8")  # of a project around this one
    (tmp_path / "course/guidepress.toml").write_text("raw = ['raw', 'more']\njobs = 3\n", encoding="utf-8")
    monkeypatch.chdir(inner)
    settings = load_settings(flags={"build": Path("out")})
    assert settings.raw == (Path("../../raw"), Path("../../more"))
    assert (settings.build, settings.lock, settings.jobs) == (Path("out"), Path("../../cards.lock"), 3)
    (tmp_path / "course/guidepress.toml").write_text("jbos = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="unknown key") as caught:
        load_settings()
    assert caught.value.where == "../../guidepress.toml"


def test_defaults_are_relative_to_the_file_as_what_it_says_is(config: Path) -> None:
    config.write_text("", encoding="utf-8")
    settings = load_settings(config)
    assert settings.raw == (config.parent / "raw",)
    assert settings.build == config.parent / "build"


def test_outside_of_any_project_that_of_the_pages_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course, here, own = (tmp_path / name for name in ("course", "here", "own"))
    for folder in (course / "raw/bio", course / "raw/art", here, own):
        folder.mkdir(parents=True)
    (course / "guidepress.toml").write_text("jobs = 3\n", encoding="utf-8")
    monkeypatch.chdir(here)
    raw = (course / "raw/bio", Path("../course/raw/art"))
    settings = load_settings(flags={"raw": raw})
    assert (settings.raw, settings.lock, settings.jobs) == (raw, course / "cards.lock", 3)
    assert load_settings(flags={"raw": (own,)}).lock == Path("cards.lock")
    assert load_settings(flags={"raw": (own, *raw)}).lock == Path("cards.lock")  # of no one project
    (here / "guidepress.toml").write_text("jobs = 4\n", encoding="utf-8")
    assert load_settings(flags={"raw": raw}).jobs == 4
