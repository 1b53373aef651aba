"""`import pipeline`: what a program uses instead of the command, lazily, typed, and with examples that run."""

import ast
import doctest
import gzip
import importlib
import inspect
import os
import pkgutil
import runpy
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import pipeline
from pipeline.stages.page import parse_bytes
from places import ROOT
from term_pages import term_page, write_pages

REFERENCE = ROOT / "docs/python.md"
STUB = ROOT / "pipeline/__init__.pyi"
USER = """from collections.abc import Iterator
from pathlib import Path

import pipeline


def terms(build: Path) -> Iterator[str]:
    for record in pipeline.read_records(build):
        if isinstance(record, pipeline.KeyTerm):
            yield record.term.text


class Lines:
    name = "lines"

    def artifacts(self, edition: pipeline.Edition) -> Iterator[pipeline.Artifact]:
        for course in edition.courses:
            yield pipeline.Artifact(f"lines/{course.slug}.txt", course.digest, lambda path: None)


exporter: pipeline.Exporter = Lines()
outcome: pipeline.ParseOutcome = pipeline.parse_bytes(b"", settings=pipeline.Settings(jobs=1))
code: int = pipeline.run(pipeline.load_settings(), pipeline.Plan(export=("json",))).exit_code
"""
# A line of a program, and the kind of mistake that a type checker must see in it.
MISTAKES = {
    "pipeline.parse_bytes('text')": "arg-type",
    "pipeline.parse_bytes(b'', place='x')": "call-arg",
    "[record.definition for record in pipeline.parse_bytes(b'').records]": "union-attr",
    "pipeline.schema('deck')": "arg-type",
    "pipeline.Settings(jobs='many')": "arg-type",
    "pipeline.parse_everything": "attr-defined",
    "wrong: pipeline.Exporter = object()": "assignment",
}


def python(*arguments: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def rooms() -> set[str]:
    return {module.name for module in pkgutil.iter_modules(pipeline.__path__)}


def test_importing_the_package_loads_no_room():
    code = "import sys, pipeline; dir(pipeline); print([name for name in sys.modules if name.startswith('pipeline.')])"
    assert python("-c", code).stdout == "[]\n"


def test_a_name_loads_its_own_room_and_no_parser():
    code = "import sys; from pipeline import Settings; print('pipeline.config' in sys.modules, 'bs4' in sys.modules)"
    assert python("-c", code).stdout == "True False\n"


def test_every_name_resolves_and_none_is_that_of_a_room():
    namespace: dict[str, object] = {}
    exec("from pipeline import *", namespace)
    assert set(pipeline.__all__) <= namespace.keys()
    assert set(pipeline.__all__) <= set(dir(pipeline))
    assert rooms().isdisjoint(pipeline.__all__)


def test_what_is_no_name_is_told_as_by_any_module():
    with pytest.raises(AttributeError, match="module 'pipeline' has no attribute 'prase'"):
        pipeline.prase  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'prase' from 'pipeline'"):
        exec("from pipeline import prase")


def test_the_stub_has_the_same_names_from_the_same_rooms():
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    stub = {name.name: node.module for node in tree.body if isinstance(node, ast.ImportFrom) for name in node.names}
    declared = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)]
    assert set(declared[0]) == stub.keys() == set(pipeline.__all__)
    for name, room in stub.items():
        module = importlib.import_module(str(room))
        assert name in module.__all__
        assert getattr(module, name) is getattr(pipeline, name)


def test_no_room_imports_from_the_package_itself():
    def imports(tree: ast.Module) -> list[str]:
        nodes = list(ast.walk(tree))
        names = [one.name for node in nodes if isinstance(node, ast.Import) for one in node.names]
        return names + [
            str(node.module)
            for node in nodes
            if isinstance(node, ast.ImportFrom) and [one.name for one in node.names] != ["__version__"]
        ]

    files = [path for path in (ROOT / "pipeline").rglob("*.py") if path != ROOT / "pipeline/__init__.py"]
    assert len(files) > 100
    assert [path for path in files if "pipeline" in imports(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_every_function_has_an_example_and_every_class_says_what_it_is():
    for name in pipeline.__all__:
        value = getattr(pipeline, name)
        if inspect.isfunction(value):
            assert ">>> " in (value.__doc__ or ""), name
        elif inspect.isclass(value):
            assert vars(value).get("__doc__"), name


def test_the_reference_page_is_made_from_the_docstrings():
    made = runpy.run_path(str(ROOT / "scripts/python_reference.py"))["reference"]()
    assert REFERENCE.read_text(encoding="utf-8") == made, "run `make docs`"


def test_every_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(REFERENCE), module_relative=False)
    assert result.failed == 0
    assert result.attempted > 20


def test_a_users_program_is_type_checked_strictly_and_its_mistakes_are_seen(tmp_path: Path):
    (tmp_path / "right.py").write_text(USER, encoding="utf-8")
    (tmp_path / "wrong.py").write_text("\n".join(["import pipeline", *MISTAKES]), encoding="utf-8")
    # As a user has it: none of our settings, no plugin; our own sources are looked at, not judged.
    command = ["-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent", "right.py", "wrong.py"]
    found = python(*command, folder=tmp_path, MYPYPATH=str(ROOT)).stdout
    errors = [line for line in found.splitlines() if ": error: " in line]
    assert [line.rpartition("[")[2].rstrip("]") for line in errors] == list(MISTAKES.values()), found
    assert all(line.startswith("wrong.py:") for line in errors), found
    assert "checked 2 source files" in found


def test_running_the_package_is_running_the_command(tmp_path: Path):
    shown = python("-m", "pipeline", "-h", folder=tmp_path)
    assert shown.stdout.startswith("Usage: guidepress [OPTIONS] COMMAND")
    write_pages(tmp_path / "raw", ["Alpha"])
    (tmp_path / "raw/bad.html").write_text("")
    assert python("-m", "pipeline", "parse", "--jobs", "1", folder=tmp_path).returncode == 3
    assert [record.id for record in pipeline.read_records(tmp_path / "build")] == ["own-words/test-studies/alpha"]
    wrong = python("-m", "pipeline", "pasre", folder=tmp_path)
    assert wrong.returncode == 2
    assert "Usage: guidepress" in wrong.stderr


def test_a_page_reads_from_its_bytes_as_it_does_in_a_run(tmp_path: Path):
    write_pages(tmp_path / "raw", ["Alpha"])
    settings = pipeline.Settings(raw=(tmp_path / "raw",), build=tmp_path / "build", lock=tmp_path / "lock", jobs=1)
    pipeline.run(settings, pipeline.Plan(export=(), verify=False))
    page = tmp_path / "raw/test-studies/alpha.txt"
    outcome = parse_bytes(page.read_bytes(), path="test-studies/alpha.txt")
    assert list(outcome.records) == list(pipeline.read_records(settings.build))


def test_settings_and_address_are_those_that_are_given():
    bare = term_page("Alpha").replace("from class:\n\nTest Studies\n\n", "").encode()
    settings = pipeline.Settings(defaults=({"path": "bio/**", "course": "AP Biology"},))
    assert [reject.code for reject in parse_bytes(bare, path="bio/alpha.txt").rejects] == ["no-course"]
    (record,) = parse_bytes(bare, path="bio/alpha.txt", settings=settings, url="https://example.org/alpha").records
    assert (record.course.title, record.source.given) == ("AP Biology", ("course",))
    assert record.source.url == "https://example.org/alpha"


def test_a_packed_page_is_one_page_and_an_archive_of_two_is_not():
    page = term_page("Alpha").encode()
    assert len(parse_bytes(gzip.compress(page), path="alpha.txt.gz").records) == 1
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", page)
        archive.writestr("b.txt", page)
    with pytest.raises(pipeline.NotOnePageError, match=r"pages\.zip: expected one page, found 2"):
        parse_bytes(packed.getvalue(), path="pages.zip")
    with pytest.raises(pipeline.NotOnePageError, match="found 0"):
        parse_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40), path="figure.png")


def test_bytes_that_are_no_page_are_a_reject_and_no_error():
    assert [reject.code for reject in parse_bytes(b"").rejects] == ["empty"]
    assert [reject.code for reject in parse_bytes(b"%PDF-1.7\n\x00\xff").rejects] == ["binary"]


def test_settings_made_directly_do_not_read_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUIDEPRESS_JOBS", "7")
    monkeypatch.setenv("GUIDEPRESS_LIMITS__SECONDS", "4")
    assert pipeline.Settings().jobs == 0
    loaded = pipeline.load_settings()
    assert (loaded.jobs, loaded.limits.seconds) == (7, 4)
    assert pipeline.load_settings(flags={"jobs": 3}).jobs == 3
