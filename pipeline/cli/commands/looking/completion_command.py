"""`guidepress completion`: what makes a shell complete commands, options, codes, ids and paths."""

import click

from pipeline.cli.options import examples

__all__ = ["command"]


@click.command(
    "completion",
    epilog=examples(
        'eval "$(guidepress completion bash)"  # in ~/.bashrc',
        'eval "$(guidepress completion zsh)"  # in ~/.zshrc, below compinit',
        "guidepress completion fish > ~/.config/fish/completions/guidepress.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print what makes SHELL complete commands, options, codes, ids of records and raw paths."""
    from click.shell_completion import get_completion_class

    from pipeline.cli.app import cli

    maker = get_completion_class(shell)
    assert maker is not None  # noqa: S101 (click has these three)
    click.echo(maker(cli, {}, "guidepress", "_GUIDEPRESS_COMPLETE").source())
    return 0
