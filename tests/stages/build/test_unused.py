"""Rules of the settings for paths that no page has."""

from pathlib import Path

from command_runs import guidepress
from term_pages import write_pages


def test_paths_that_match_no_page_are_told_with_file_and_line(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", course="Test Studies")
    (tmp_path / "guidepress.toml").write_text(
        '[[defaults]]\npath = "test-studies/**"\nlicense = "CC BY 4.0"\n[[defaults]]\ncourse = "X"\npath = "nope/**"\n'
        '[[layouts]]\nname = "acme"\npath = ["nothing-here/**", "nor/here/*"]\n',
        encoding="utf-8",
    )
    done = guidepress(["parse"], tmp_path)
    assert done.returncode == 0
    assert "guidepress.toml:6: `[[defaults]]` is for no page: none has a path like 'nope/**'" in done.stderr
    assert "guidepress.toml:9: the layout \"acme\" is for no page: none has a path like 'nothing-here/**' or" in done.stderr
    assert "test-studies/**" not in done.stderr
