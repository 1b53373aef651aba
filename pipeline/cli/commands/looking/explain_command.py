"""`guidepress explain`: what the code of a reject or a finding means."""

import click

from pipeline.cli.completing import complete_codes
from pipeline.cli.meant import meant
from pipeline.cli.options import examples

__all__ = ["command"]


@click.command(
    "explain", epilog=examples("guidepress explain  # every code, a line each", "guidepress explain no-layout")
)
@click.argument("code", default="", shell_complete=complete_codes)
def command(code: str) -> int:
    """Say what the CODE of a reject or a finding means, and what to do; without one, list them all.

    The same stands in docs/rejects.md and docs/findings.md.
    """
    from pipeline.records import ERROR_CODES, ERROR_HINTS, FINDING_CODES

    known = sorted({*ERROR_CODES, *FINDING_CODES})
    if not code:
        width = max(map(len, known))
        for name in known:
            told = ERROR_CODES.get(name) or next(one.meaning for each, one in FINDING_CODES.items() if each == name)
            click.echo(f"{name.ljust(width)}  {told}")
        return 0
    if code not in known:
        near = meant(code, known) or "; `guidepress explain` lists them all"
        raise click.UsageError(f"no reject and no finding has the code `{code}`{near}")
    if code in ERROR_CODES:
        _say(code, "reject: the page is in no output", ERROR_CODES[code], ERROR_HINTS[code])
    for name, one in FINDING_CODES.items():
        if name == code:
            _say(code, f"finding, {one.level}", one.meaning, one.hint)
    return 0


def _say(code: str, what: str, meaning: str, hint: str) -> None:
    click.echo(f"{click.style(code, bold=True)} ({what})")
    for line in (meaning, f"what to do: {hint}" if hint else ""):
        if line:
            click.echo(click.wrap_text(line, click.get_current_context().terminal_width or 78, "  ", "  "))
