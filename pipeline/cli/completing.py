"""What a shell is told when a person presses Tab: codes, record ids, raw paths."""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from pipeline.store import NameIndex

__all__ = ["complete_causes", "complete_codes", "complete_ids", "complete_targets"]

_MOST: Final = 1000  # more than a shell shows without asking


def complete_codes(_ctx: "click.Context", _parameter: "click.Parameter", incomplete: str) -> "list[str]":
    """Return the codes of rejects and findings."""
    from pipeline.records import ERROR_CODES, FINDING_CODES

    return sorted(code for code in {*ERROR_CODES, *FINDING_CODES} if code.startswith(incomplete))


def complete_causes(_ctx: "click.Context", _parameter: "click.Parameter", incomplete: str) -> "list[str]":
    """Return what `--fail-on` takes: codes and levels of findings."""
    from pipeline.records import FINDING_CODES, LEVELS

    return [name for name in (*LEVELS, *FINDING_CODES) if name.startswith(incomplete)]


def complete_ids(ctx: "click.Context", _parameter: "click.Parameter", incomplete: str) -> "list[str]":
    """Return ids of the last build's records."""
    return _names(ctx, incomplete)[0]


def complete_targets(ctx: "click.Context", _parameter: "click.Parameter", incomplete: str) -> "list[CompletionItem]":
    """Return files, for the shell to complete, then ids of records and paths of raw pages of the last build."""
    from click.shell_completion import CompletionItem

    ids, paths = _names(ctx, incomplete)
    return [CompletionItem(incomplete, type="file"), *map(CompletionItem, [*ids, *paths])]


def _names(ctx: "click.Context", incomplete: str) -> tuple[list[str], list[str]]:
    """Return the ids, and the paths as a person names them, that begin so; none where there is no build to ask."""
    from pipeline.config import UserError, load_settings
    from pipeline.store import NameIndex, StateDamagedError, StateFolder

    try:
        flags: dict[str, Any] = {name: ctx.params.get(name) or None for name in ("raw", "build")}
        settings = load_settings(ctx.params.get("config"), flags)
        state = StateFolder(settings.build).look()
        if state is None:
            return [], []
        with state:
            index = NameIndex(state)
            ids = list(index.ids(incomplete, _MOST))
            paths: list[str] = []
            for root in settings.raw:
                label = f"{root.name}/" if len(settings.raw) > 1 else ""
                paths += _paths(index, f"{root.as_posix()}/", label, incomplete)
            return ids, paths
    except (UserError, StateDamagedError, OSError):
        return [], []


def _paths(index: "NameIndex", folder: str, label: str, incomplete: str) -> list[str]:
    """Return paths below one raw folder, which is `folder` to the shell and `label` to the state."""
    if incomplete.startswith(folder):
        begun = label + incomplete.removeprefix(folder)
    elif folder.startswith(incomplete):
        begun = label
    else:
        return []
    return [folder + path.removeprefix(label) for path in index.paths(begun, _MOST)]
