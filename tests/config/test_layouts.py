"""`[[layouts]]` that cannot be meant: told with file, line and the name that was probably meant."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.config import ConfigError, LayoutSpec, Settings, load_settings


def mistake(tmp_path: Path, text: str) -> ConfigError:
    config = tmp_path / "guidepress.toml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(config)
    assert caught.value.exit_code == 2
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "name", "meant"),
    [
        ('[layouts.headings]\ndefiniton = ["meaning"]', 4, "definiton", "definition"),
        ('[layouts.labels]\nlicence = ["from"]', 4, "licence", "license"),
        ('[[layouts.evidence.coarse]]\nfrom = "url"\npattern = "(?P<value>x)"', 3, "coarse", "course"),
        ('[layouts.select]\ndefinitions = "p"', 4, "definitions", "definition"),
        ('[layouts.synonyms]\nfact = ["facts"]', 4, "fact", "facts"),
    ],
)
def test_an_unknown_field_is_told_with_its_line_and_the_field_that_was_meant(
    tmp_path: Path, text: str, line: int, name: str, meant: str
) -> None:
    error = mistake(tmp_path, f'[[layouts]]\nname = "acme"\n{text}\n')
    assert (error.line, error.hint) == (line, f"did you mean `{meant}`?")
    assert f"unknown field `{name}`" in error.message


def test_the_fields_of_a_layout_are_those_of_the_kind_that_it_extends(tmp_path: Path) -> None:
    text = '[[layouts]]\nname = "acme"\nextends = "study-guide"\n[layouts.headings]\nfacts = ["points"]\n'
    assert "unknown field `facts` in `headings` of a study_guide layout" in str(mistake(tmp_path, text))


def test_a_pattern_without_its_group_is_told_with_the_group_that_it_needs(tmp_path: Path) -> None:
    text = '[[layouts]]\nname = "acme"\n[[layouts.evidence.term]]\nfrom = "title"\npattern = "^(.+?) - Acme"\n'
    error = mistake(tmp_path, text)
    assert error.line == 5
    assert "needs a group named `value`" in error.message


def test_a_second_layouts_evidence_has_its_own_line(tmp_path: Path) -> None:
    one = '[[layouts]]\nname = "{}"\n[[layouts.evidence.term]]\nfrom = "title"\npattern = "{}"\n'
    assert mistake(tmp_path, one.format("a", "(?P<value>.+)") + one.format("b", ".+")).line == 10


@pytest.mark.parametrize("text", ['drop = ["p.."]', 'content = ["div >"]', '[layouts.select]\ncourse = "[ @content"'])
def test_a_selector_that_is_no_css_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    error = mistake(tmp_path, f'[[layouts]]\nname = "acme"\n{text}\n')
    assert "not a CSS selector" in error.message
    assert error.line == 2 + text.count("\n") + 1


def test_a_layout_that_is_extended_must_be_there(tmp_path: Path) -> None:
    error = mistake(tmp_path, '[[layouts]]\nname = "acme"\nextends = "study-guid"\n')
    assert (error.line, error.hint) == (3, "did you mean `study-guide`?")


def test_layouts_cannot_extend_one_another_in_a_circle(tmp_path: Path) -> None:
    text = '[[layouts]]\nname = "a"\nextends = "b"\n[[layouts]]\nname = "b"\nextends = "a"\n'
    assert "in a circle: a → b → a" in str(mistake(tmp_path, text))


def test_settings_made_directly_refuse_layouts_that_cannot_be_meant() -> None:
    with pytest.raises(ValidationError, match="there is no layout `b` to extend"):
        Settings(layouts=(LayoutSpec(name="a", extends="b"),))


def test_a_kind_other_than_that_of_the_extended_layout_is_a_mistake(tmp_path: Path) -> None:
    text = '[[layouts]]\nname = "a"\nextends = "study-guide"\nkind = "key_term"\n'
    assert mistake(tmp_path, text).line == 4


def test_an_unknown_publishing_system_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    error = mistake(tmp_path, 'shells = ["wordpres"]\n')
    assert error.line == 1
    assert "wordpress" in str(error)
