"""Help: every command has it, with the options that do something there, and examples that can be typed."""

import re
import shlex

import click
import pytest

from command_runs import guidepress
from pipeline.cli.app import cli

ALL = {"--raw", "--build", "--config", "--lock", "--frozen", "--jobs", "--strict", "--fail-on"}
# What each command reads of the settings that can be given as options.
OFFERED = {
    "init": ALL,
    "all": ALL,
    "watch": ALL,
    "check": ALL,
    "export": ALL,
    "diff": ALL,
    "parse": ALL - {"--lock", "--frozen"},
    "status": ALL - {"--frozen", "--jobs"},
    "verify": {"--raw", "--build", "--config", "--lock"},
    "lock": {"--build", "--config", "--lock", "--frozen"},
    "trace": {"--raw", "--build", "--config"},
    "records": {"--build", "--config"},
    "clean": {"--build", "--config"},
    "layout try": {"--raw"},
    "layout suggest": {"--raw", "--config"},
    "layout": set(),
    "schema": set(),
    "explain": set(),
    "docs": set(),
    "completion": set(),
}


def commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    layout = found["layout"]
    assert isinstance(layout, click.Group)
    found |= {f"layout {name}": command for name, command in layout.commands.items()}
    return {name: command for name, command in found.items() if command is not None}


def test_every_command_offers_only_what_applies_to_it() -> None:
    found = {}
    for name, command in commands().items():
        shown = [one for one in command.params if not getattr(one, "hidden", False)]
        options = {option for parameter in shown for option in parameter.opts}
        assert "--no-color" in options
        found[name] = options & ALL
    assert found == OFFERED


def test_where_things_are_may_be_said_to_every_command_and_what_would_do_nothing_is_refused(tmp_path) -> None:
    places = ["--raw", "raw", "--build", "out", "--lock", "x.lock", "-j", "1"]
    for name in ("records", "lock", "clean", "verify"):
        result = guidepress([name, *places], tmp_path)
        assert "No such option" not in result.stderr
        assert "--jobs" not in guidepress([name, "-h"], tmp_path).stdout
    refused = guidepress(["records", "--strict"], tmp_path)
    assert refused.returncode == 2
    assert "No such option '--strict'" in refused.stderr


@pytest.mark.parametrize("name", ["", *commands()])
def test_every_help_ends_with_examples_that_can_be_typed(name: str, tmp_path) -> None:
    if name:  # click keeps the first help option it made: that of a test which ran the command by itself has no -h
        commands()[name]._help_option = None
    result = guidepress([*name.split(), "-h"], tmp_path)
    assert result.returncode == 0
    assert result.stdout.startswith(f"Usage: guidepress {name}".rstrip())
    assert "-h, --help" in result.stdout
    lines = [line.partition("  #")[0].strip() for line in result.stdout.partition("Examples:\n")[2].splitlines()]
    assert lines
    assert max(map(len, result.stdout.splitlines())) <= 80
    for line in lines:
        typed = re.sub(r"^eval \"\$\((.+)\)\"$", r"\1", line).partition(" > ")[0]
        words = shlex.split(typed)
        assert words[0] == "guidepress"
        with cli.make_context("guidepress", words[1:]) as context:
            rest = [*context._protected_args, *context.args]
            inner: click.Command = cli
            while rest and isinstance(inner, click.Group):
                _, found, rest = inner.resolve_command(context, rest)
                assert found is not None
                inner = found
            if "-h" not in rest:
                inner.make_context("x", rest, parent=context)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["buidl"], "did you mean `all`?"),
        (["verfy"], "did you mean `verify`?"),
        (["all", "--jbos", "2"], "(Did you mean one of: '--jobs',"),
        (["explain", "no-layuot"], "did you mean `no-layout`?"),
        (["layout", "sugest"], "Did you mean 'suggest'?"),
        (["export", "bundle"], "there are: anki, json, pdf"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_what_was_meant(typed: list[str], meant: str, tmp_path) -> None:
    (tmp_path / "raw").mkdir()
    result = guidepress(typed, tmp_path)
    assert result.returncode == 2
    assert meant in result.stderr
    assert result.stdout == ""


def test_explain_says_what_the_documents_say(tmp_path) -> None:
    both = guidepress(["explain", "truncated"], tmp_path).stdout
    assert "truncated (reject: the page is in no output)" in both
    assert "truncated (finding, warning)" in both
    one = " ".join(guidepress(["explain", "no-layout"], tmp_path).stdout.split())
    assert "no layout knows this kind of page what to do: `guidepress trace PAGE`" in one
    listed = guidepress(["explain"], tmp_path).stdout.splitlines()
    assert {"no-layout", "duplicate"} < {line.split()[0] for line in listed}


def test_version_is_one_line(tmp_path) -> None:
    from importlib.metadata import version

    assert guidepress(["-V"], tmp_path).stdout == guidepress(["--version"], tmp_path).stdout
    assert guidepress(["-V"], tmp_path).stdout == f"guidepress {version('guidepress')}\n"
